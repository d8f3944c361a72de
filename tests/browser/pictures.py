"""The pictures of the README, taken from the real thing; `python -m tests.browser.pictures` where Chromium is there."""

import asyncio
import shutil
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from tests.browser.conftest import FLAGS, People
from tests.browser.desk_pictures import at_the_desk
from tests.browser.product import product

HERE = Path(__file__).parents[2] / "docs" / "pictures"
WIDGET = {"viewport": {"width": 400, "height": 780}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1180, "height": 720}, "device_scale_factor": 2}


async def take(chromium, frontline):
    """One talk from the question to the operator, with others waiting beside it."""
    complaints = []
    async with async_playwright() as playwright:
        people = People(await playwright.chromium.launch(executable_path=chromium, args=FLAGS), complaints)
        async with people.operator(frontline, locale="en-GB", screen=DESK) as anna:
            visitor = await people.visitor(frontline, locale="en-GB", screen=WIDGET)
            await visitor.open()
            await asks(visitor, "How can I pay?")
            await asks(visitor, "Can I talk to a person?")
            await anna.accept()
            await anna.write("Hello! How can I help?")
            await visitor.said("How can I help", "operator")
            await visitor.write("Could I pay half now and half in the shop?")
            await anna.said("half now", "customer")
            await visitor.page.wait_for_timeout(700)  # for the ticks, and for the page to come to rest
            await visitor.page.screenshot(path=HERE / "widget.png")
            await calls_back(people, frontline)
            await anna.write("Of course. Which bike is it?")
            await visitor.write("The green City, size M.")
            await anna.said("size M", "customer")
            await anna.write("// A deposit is fine: ask for the order number")
            await waits(people, frontline, "How much does a repair cost?", "en-GB", "Wait in the queue")
            await waits(people, frontline, "Есть ли скидки студентам?", "ru-RU")
            await anna.page.locator(".offers").wait_for()
            await at_the_desk(people, frontline, anna, HERE)
            await anna.close_talk()
        await people.browser.close()
    assert complaints == []


async def calls_back(people, frontline):
    """Somebody chooses a day and a time, in the dark."""
    visitor = await people.visitor(frontline, locale="en-GB", screen=WIDGET, color_scheme="dark")
    await visitor.open()
    await asks(visitor, "Please call me back")
    await visitor.press("day")
    await visitor.chat.locator(".days").wait_for()
    await visitor.page.wait_for_timeout(700)
    await visitor.page.screenshot(path=HERE / "widget-callback.png")


async def asks(visitor, text):
    """Ask, and wait until the bot has answered."""
    before = len(await visitor.texts("bot"))
    await visitor.write(text)
    await visitor.chat.locator(".item.bot[data-seq]").nth(before).wait_for()


async def waits(people, frontline, question, locale, *presses):
    """Somebody else asks, and then for a person."""
    visitor = await people.visitor(frontline, locale=locale)
    await visitor.open()
    await asks(visitor, question)
    await asks(visitor, "Позовите оператора" if locale == "ru-RU" else "Talk to a person")
    for label in presses:
        await visitor.press(label)


def main():
    """Take both."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("Chromium is not installed; install it to take the pictures")
    with tempfile.TemporaryDirectory() as folder, product(Path(folder), Path(folder) / "models") as frontline:
        asyncio.run(take(chromium, frontline))


if __name__ == "__main__":
    main()
