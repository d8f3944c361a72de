"""How the desk looks: accessible in every state, light and dark, and whole on small screens."""

from typing import get_args

import pytest
from playwright.async_api import expect

from bot.dialog.rating import RATED
from bot.telegram.ticket_commands import CLOSING
from handoff.events import Result, TicketEvent
from handoff.promises import PROMISED
from handoff.ticket import Reason
from tests.browser.conftest import PHONE
from tests.browser.desk_told import (
    CALL,
    CALLS,
    MINE,
    SOON,
    TICKETS,
    ToldDesk,
    answering,
    card,
    snapshot,
    talk,
    words,
)
from tests.browser.test_looks import AXE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

RULES = """async (only) => {
  const runOnly = only ?? ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, { runOnly });
  const place = (node) => `${node.html.slice(0, 120)} ${node.any[0]?.message ?? ""}`;
  return found.violations.map((one) => `${one.id}: ${one.nodes.map(place).join(" | ")}`);
}"""
OUTSIDE = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && !one.closest(".quiet, #said, h1, .tables"))
  .map((one) => [one.className || one.id || one.localName, one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.left < -1 || box.right > innerWidth + 1)).map(([name]) => String(name))"""
WORDS = """async () => {
  const names = (one, path = "") =>
    typeof one === "object" ? Object.keys(one).flatMap((key) => names(one[key], `${path}.${key}`)) : [path.slice(1)];
  const said = [];
  for (const locale of ["en", "ru", "lv"]) {
    const words = await import(`/static/desk_words_${locale}.js`);
    said.push(names(words[locale.toUpperCase()]).sort());
  }
  return said;
}"""


async def every_state(desk):
    """Brings the desk into one state after the other."""
    yield "empty"
    for part in (asking, writing, looking_back, on_and_off_duty):
        async for name in part(desk):
            yield name


async def asking(desk):
    page = desk.page
    desk.tell(snapshot(TICKETS))
    await expect(page.locator(".offers .left")).to_be_visible()
    yield "queue"
    desk.tell(snapshot([*TICKETS, *CALLS]))
    await desk.open_talk(CALLS[0])
    yield "booked calls"
    for key in ("b", "x"):
        await page.keyboard.press(key)
        await expect(page.locator("dialog")).to_be_visible()
        yield f"a booked call, {key}"
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog")).to_be_hidden()
    desk.tell(snapshot(TICKETS))
    await desk.open_talk(MINE)
    yield "talk"
    for name in ("transfer", "close"):
        await page.locator(f"[data-key={name}]").click()
        yield name
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog")).to_be_hidden()
    await page.locator("[data-key=more]").click()
    yield "more"
    await page.locator(".tools .popup .act").nth(1).click()
    yield "merge"
    await page.keyboard.press("Escape")
    await expect(page.locator("dialog")).to_be_hidden()
    await page.locator("#talk .log").focus()
    await page.keyboard.press("b")
    await expect(page.locator("dialog input")).to_be_focused()
    await page.keyboard.type("tomorrow")
    await page.keyboard.press("Enter")
    await expect(page.locator("dialog .warning")).to_contain_text("10:30")
    yield "a time that is not free"
    await page.keyboard.press("Escape")


async def writing(desk):
    page = desk.page
    await page.locator("#words").fill("")
    await page.locator("#words").press_sequentially("/llo")
    await expect(page.locator(".menu li")).to_have_count(3)
    yield "menu"
    await page.keyboard.press("Escape")
    await page.locator("#words").fill("// a note")
    yield "note"
    await page.locator(".finder > summary").click()
    await page.locator(".finder input").fill("deliver")
    await page.keyboard.press("Enter")
    await page.locator(".hit summary").first.click()
    yield "finder"


async def looking_back(desk):
    page = desk.page
    for summary in await page.locator("#card summary").all():
        await summary.click()
    await expect(page.locator(".past li").first).to_be_visible()
    yield "history"
    await desk.open_talk(CALL)
    await expect(page.locator(".call a")).to_be_visible()
    yield "a call"
    desk.tell(card(MINE.model_copy(update={"conversation": CALL.conversation, "state": "closed"}), rating=4))
    await expect(page.locator(".end .stars")).to_be_visible()
    yield "closed and rated"


async def on_and_off_duty(desk):
    page = desk.page
    await page.locator(".gear").click()
    yield "settings"
    await page.locator("[data-key=help]").click()
    yield "keys"
    await page.keyboard.press("Escape")
    desk.tell(snapshot(TICKETS, "paused", until=SOON, notice="Something is wrong"))
    await expect(page.locator("#strip")).to_be_visible()
    yield "paused"
    desk.tell(snapshot(TICKETS, role="supervisor", wraps_up=SOON))
    await expect(page.locator("#strip")).to_contain_text("Wrap-up")
    await page.locator("#to-room").click()
    yield "wrap-up and the room"


async def test_nothing_stands_in_anybodys_way_in_any_state(frontline, people):
    desk = await ToldDesk.open(people, frontline, bypass_csp=True)
    answering(desk)
    await desk.page.evaluate(AXE)
    faults = {}
    async for name in every_state(desk):
        found = await desk.page.evaluate(RULES)
        await desk.page.emulate_media(color_scheme="dark")
        found += await desk.page.evaluate(RULES, ["color-contrast"])
        await desk.page.emulate_media(color_scheme="light")
        if found:
            faults[name] = found
    assert faults == {}


@pytest.mark.parametrize(("width", "height"), [(320, 568), (640, 400), (1280, 400)])
async def test_on_a_small_screen_and_at_200_percent_all_of_it_can_be_reached(frontline, people, width, height):
    long = "W" * 70
    tickets = [
        each.model_copy(update={"customer": f"{long} {each.customer}", "question": long}) for each in [*TICKETS, *CALLS]
    ]
    screen = {"viewport": {"width": width, "height": height}}
    desk = await ToldDesk.open(people, frontline, snapshot(tickets, "paused", "supervisor"), screen=screen)
    page = desk.page
    answering(desk)
    desk.shows(*[talk(each, words()) for each in tickets])
    await expect(page.locator(".booked .ticket")).to_have_count(3)
    assert await page.evaluate(OUTSIDE) == []
    await desk.open_talk(tickets[1])
    await page.locator("#words").press_sequentially("/")
    await page.locator(".menu li").first.wait_for()
    assert await page.evaluate(OUTSIDE) == []
    for part in ("#words", ".sender", ".menu"):
        box = await page.locator(part).bounding_box()
        assert box["y"] >= 0, part
        assert box["y"] + box["height"] <= height, part
    await page.locator("#words").fill("")
    await page.locator("[data-key=more]").click()
    assert await page.evaluate(OUTSIDE) == []
    await page.keyboard.press("Escape")
    await page.locator("#talk .log").focus()
    for key in ("i", "o"):
        await page.keyboard.press(key)
        assert await page.evaluate(OUTSIDE) == []


async def test_on_a_phone_the_browsers_way_back_leads_from_the_card_to_the_talk_to_the_list(frontline, people):
    desk = await ToldDesk.open(people, frontline, snapshot(TICKETS), screen=PHONE)
    answering(desk)
    page, view = desk.page, "() => document.body.dataset.view"
    await desk.open_talk(MINE)
    assert not await page.locator("#list").is_visible()
    await page.locator(".details").click()
    assert await page.evaluate(view) == "card"
    await page.evaluate("() => history.back()")
    await expect(page.locator("#talk")).to_be_visible()
    await desk.focuses("details")
    await page.evaluate("() => history.back()")
    await expect(page.locator("#list")).to_be_visible()
    await desk.focuses("t1", "where one came from")
    await desk.open_talk(MINE)
    await page.locator("#talk .back").click()
    await expect(page.locator("#list")).to_be_visible()
    assert await page.evaluate(view) == "list"


async def test_the_desk_moves_nothing_for_who_wants_it_calm(frontline, people):
    desk = await ToldDesk.open(people, frontline, snapshot(TICKETS))
    answering(desk)
    await desk.open_talk(MINE)
    await desk.page.locator("[data-key=close]").click()
    assert await desk.page.evaluate("() => document.getAnimations().length") == 0


async def test_every_language_has_words_for_everything_that_can_happen(frontline, people):
    page = await people.page(f"{frontline.url}/desk", locale="en-GB")
    english, russian, latvian = await page.evaluate(WORDS)
    assert english == russian == latvian
    events = {each.__name__ for each in get_args(TicketEvent)}
    assert events | {"Asked", RATED, PROMISED} <= {name.removeprefix("events.") for name in english}
    assert {f"reasons.{each}" for each in CLOSING} <= set(english)
    assert {f"results.{each}" for each in Result} <= set(english)
    assert {each for each in Reason if f"reasons.{each}" not in english and f"ends.{each}" not in english} == set()
