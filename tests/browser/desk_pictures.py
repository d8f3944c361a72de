"""The desk's pictures, taken while a talk goes on; `tests/browser/pictures.py` brings it about."""

from playwright.async_api import expect

PHONE = {"viewport": {"width": 390, "height": 720}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DARK = {"viewport": {"width": 1180, "height": 640}, "device_scale_factor": 2, "color_scheme": "dark"}


async def at_the_desk(people, frontline, anna, folder):
    """What Anna sees, what she finds with a slash, the keys, her phone, and the room that Olga looks after."""
    page = anna.page
    await page.screenshot(path=folder / "desk.png")
    await page.locator("#words").press_sequentially("/deliv")
    await expect(page.locator(".menu li", has_text="article").first).to_be_visible()
    await page.locator("#talk").screenshot(path=folder / "desk-menu.png")
    await page.keyboard.press("Escape")
    await page.locator("#words").fill("")
    await page.keyboard.press("Escape")
    await page.keyboard.press("?")
    await page.locator("dialog").screenshot(path=folder / "desk-keys.png")
    await page.keyboard.press("Escape")
    await on_a_phone(people, frontline, folder)
    await the_room(people, frontline, folder)


async def on_a_phone(people, frontline, folder):
    page = await people.page(frontline.desk_link("anna"), locale="en-GB", screen=PHONE)
    await page.click("button")
    await page.locator("section.mine .ticket").first.click()
    await page.locator(".said.note").first.wait_for()
    await page.locator("#talk .log").focus()
    await page.screenshot(path=folder / "desk-phone.png")
    await page.context.close()


async def the_room(people, frontline, folder):
    async with people.operator(frontline, "olga", locale="en-GB", screen=DARK) as olga:
        await olga.page.locator("#to-room").click()
        await expect(olga.page.locator("#room td", has_text="%").first).to_be_visible()
        await olga.page.mouse.move(0, 0)
        await olga.page.screenshot(path=folder / "desk-room.png")
