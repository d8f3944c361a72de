"""Writing at the desk: the menu of the composer, calls booked in words, drafts."""

import pytest
from playwright.async_api import expect

from bot.web import desk_wire as wire
from tests.browser.desk_told import CALL, MINE, REPLIES, at_desk

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_menu_of_the_composer_inserts_and_never_sends(frontline, people):
    desk = await at_desk(people, frontline)
    page, box, options = desk.page, desk.page.locator("#words"), desk.page.locator(".menu li")
    await desk.open_talk(MINE)
    await page.keyboard.press("/")
    await expect(options).to_have_text(["/helloHello! My name is Anna."])
    await expect(box).to_have_attribute("aria-activedescendant", await options.first.get_attribute("id"))
    await page.keyboard.type("deliver")
    await expect(options).to_have_count(2)
    await expect(options.last).to_contain_text("operators only")
    await page.keyboard.press("ArrowUp")
    await expect(options.last).to_have_attribute("aria-selected", "true")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(box).to_have_value("We deliver everywhere.")
    await box.press_sequentially(" /hello")
    await page.keyboard.press("Tab")
    await expect(box).to_have_value("We deliver everywhere. Hello! My name is Anna.")
    await page.keyboard.press("Control+z")
    await expect(box).to_have_value("We deliver everywhere. /hello")
    await box.press("End")
    await box.press_sequentially(" /he")
    await expect(options).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(page.locator(".menu")).to_be_hidden()
    await expect(box).to_be_focused()
    await box.fill("// not a menu")
    await expect(page.locator(".menu")).to_be_hidden()
    assert "say" not in {frame["type"] for frame in desk.sent}


async def test_what_is_for_operators_only_is_read_and_not_inserted(frontline, people):
    desk = await at_desk(people, frontline)
    await desk.open_talk(MINE)
    await desk.page.locator("#words").press_sequentially("/deliver")
    await desk.page.locator(".menu li", has_text="operators only").click()
    await expect(desk.page.locator(".hit .text")).to_be_visible()
    await expect(desk.page.locator("#words")).to_have_value("")


async def test_a_callback_is_booked_in_words_and_a_refusal_leaves_the_words(frontline, people):
    desk = await at_desk(people, frontline)
    page = desk.page
    await desk.open_talk(MINE)
    await page.locator("#words").press_sequentially("/callback tomorrow at 10")
    await page.keyboard.press("Enter")
    field = page.locator("dialog input")
    await expect(field).to_have_value("tomorrow at 10")
    await page.keyboard.press("Enter")
    assert await desk.until("promise") == {"type": "promise", "ticket": 1, "words": "tomorrow at 10"}
    await expect(page.locator("dialog .warning")).to_contain_text("2026-05-05 10:30")
    await expect(field).to_be_focused()
    desk.answers["promise"] = [wire.Okay(id="")]
    await page.keyboard.press("Enter")
    await expect(page.locator("dialog")).to_be_hidden()


async def test_drafts_stay_with_their_tickets_and_outlive_a_reload(frontline, people):
    desk = await at_desk(people, frontline)
    page, box = desk.page, desk.page.locator("#words")
    await desk.open_talk(MINE)
    await box.fill("half a sentence")
    await expect(page.locator("[data-key=t1] .draft")).to_be_visible()
    await desk.open_talk(CALL)
    await expect(box).to_have_value("")
    await desk.open_talk(MINE)
    await expect(box).to_have_value("half a sentence")
    await page.reload()
    await expect(page.locator("#talk h2")).to_have_text("Customer 1")
    await expect(box).to_have_value("half a sentence")
    await box.press("Enter")
    assert (await desk.until("say"))["text"] == "half a sentence"
    await expect(page.locator(".draft")).to_have_count(0)


async def test_what_could_not_be_sent_stays_a_draft_of_its_own_talk(frontline, people):
    desk = await at_desk(people, frontline)
    desk.answers["say"] = [wire.Failure(code="unauthorized", message="It is Olga's.", id="")]
    box = desk.page.locator("#words")
    await desk.open_talk(MINE)
    await box.fill("lost?")
    await box.press("Enter")
    await expect(desk.page.locator("#toast")).to_have_text("It is Olga's.")
    await expect(box).to_have_value("lost?")


async def test_canned_replies_are_asked_for_anew_in_each_talk(frontline, people):
    desk = await at_desk(people, frontline)
    for each in (MINE, CALL):
        desk.sent.clear()
        await desk.open_talk(each)
        await desk.page.keyboard.press("/")
        await expect(desk.page.locator(".menu li")).to_have_count(len(REPLIES.replies))
        await desk.until("canned")
        await desk.page.locator("#words").fill("")


async def test_who_is_faster_than_the_list_chooses_and_a_slip_is_not_sent(frontline, people):
    desk = await at_desk(people, frontline)
    box, waiting = desk.page.locator("#words"), []
    desk.answers["canned"] = lambda frame: waiting
    await desk.open_talk(MINE)
    await box.press_sequentially("/hello")
    await box.press("Enter")
    await desk.until("canned")
    desk.tell(REPLIES.model_copy(update={"id": desk.ids["canned"]}))
    await expect(box).to_have_value("Hello! My name is Anna.")
    assert [frame["type"] for frame in desk.sent].count("canned") == 1, "and not at each letter"
    await box.fill("/helo")
    await box.press("Enter")
    await expect(desk.page.locator("#toast")).to_contain_text("Press Escape, then Enter")
    assert "say" not in {frame["type"] for frame in desk.sent}
    await box.press("Escape")
    await box.press("Enter")
    assert (await desk.until("say"))["text"] == "/helo"


async def test_words_whose_answer_was_cut_off_are_said_again_under_the_same_id(frontline, people):
    desk = await at_desk(people, frontline)
    await desk.open_talk(MINE)
    desk.answers["say"] = []
    await desk.page.locator("#words").fill("It leaves today")
    await desk.page.keyboard.press("Enter")
    await desk.until("say")
    first, desk.answers["say"] = desk.ids["say"], [wire.Okay(id="")]
    desk.sent.clear()
    await desk.socket.close()
    assert (await desk.until("say"))["text"] == "It leaves today"
    assert desk.ids["say"] == first
    await expect(desk.page.locator("#words")).to_have_value("")
