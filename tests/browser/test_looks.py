"""How the widget looks and is operated: accessibility in every state, small screens, focus, keyboard, rude pages."""

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.async_api import expect

from tests.browser.conftest import PHONE
from tests.browser.product import Widget
from tests.browser.told import ANNA, CUSTOMER, DAYS, STARS, TIMES, a_talk, message, show, state, tell

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = """async () => {
  const runOnly = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run({ include: [["frontline-chat"]] }, { runOnly });
  const place = (node) => `${node.html.slice(0, 120)} ${node.any[0]?.message ?? ""}`;
  return found.violations.map((one) => `${one.id}: ${one.nodes.map(place).join(" | ")}`);
}"""
FOCUSED = """() => {
  const inside = document.querySelector("frontline-chat").shadowRoot.activeElement;
  return inside?.className || inside?.localName || "";
}"""
LOG = "document.querySelector('frontline-chat').shadowRoot.querySelector('.log')"
AT_END = f"() => {{ const log = {LOG}; return log.scrollHeight - log.scrollTop - log.clientHeight < 2; }}"
GHOST = """async () => {
  const talk = await document.querySelector("frontline-chat").talk();
  talk.view.ghost({ id: "g", text: "On its way" });
}"""
LIVE = """(chat) => [...chat.shadowRoot.querySelectorAll("[role=log], [role=status], [role=alert], [aria-live]")]
  .map((one) => one.className)"""
RUDE = """
html { direction: rtl; letter-spacing: 9px; text-transform: uppercase; visibility: hidden; transform: rotate(0); }
frontline-chat { opacity: 0; transform: scale(.1); pointer-events: none; display: none !important; }
#rude { position: fixed; inset: 0; z-index: 2147483647; background: #fff; }"""
COLOURS = """(one) => {
  const { backgroundColor, color } = getComputedStyle(one);
  return [backgroundColor, color].map((each) => each.match(/\\d+/g).map(Number));
}"""
STYLE = """(one) => {
  const { direction, letterSpacing, textTransform, visibility } = getComputedStyle(one);
  return [direction, letterSpacing, textTransform, visibility];
}"""


async def opened(frontline, people, **options):
    visitor = Widget(await people.page(frontline.url, locale="en-GB", **options))
    await visitor.open()
    await visitor.chat.locator("header p", has_text="Answers").wait_for(state="attached")
    return visitor


async def violations(visitor):
    if not await visitor.page.evaluate("() => 'axe' in window"):
        await visitor.page.evaluate(AXE)
    return await visitor.page.evaluate(RULES)


async def every_state(visitor):
    """Brings the widget into one state after the other."""
    page = visitor.page
    yield "empty"
    await show(page, a_talk(DAYS))
    yield "days"
    await show(page, [message(9, CUSTOMER, "5 May", key="k9"), message(10, ANNA, "When?", buttons=tuple(TIMES))])
    yield "times"
    await state(page, "queued", position=2, wait_s=[60, 180])
    await tell(page, "status", "offline")
    yield "queue, no connection"
    await page.evaluate(GHOST)
    yield "on its way"
    await tell(page, "failed", {"id": "g", "code": "too_long", "message": ""})
    yield "not sent"
    await state(page, "active", operator={"name": "Anna"})
    await tell(page, "typing", {"author": {"kind": "operator", "name": "Anna"}})
    await tell(page, "read", {"seq": 9})
    yield "with a person"
    await state(page, "closed")
    await show(page, [message(11, ANNA, "How was it?", buttons=tuple(STARS))])
    yield "rating"
    await visitor.chat.locator(".star").nth(3).click()
    yield "rated"
    files = [{"name": name, "mimeType": "text/plain", "buffer": b"words"} for name in ("a.txt", "b.exe")]
    await visitor.chat.locator("input[type=file]").set_input_files(files)
    await visitor.chat.locator(".refused").wait_for()
    yield "files"
    await visitor.chat.locator("header button").last.click()
    await show(page, [message(12, ANNA, "Are you there?")])
    await visitor.chat.locator(".badge").wait_for()
    yield "closed, unread"


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_stands_in_anybodys_way_in_any_state(frontline, people, scheme):
    visitor = await opened(frontline, people, color_scheme=scheme, bypass_csp=True)
    faults = {name: found async for name in every_state(visitor) if (found := await violations(visitor))}
    assert faults == {}


@pytest.mark.parametrize("color", ["#ffd400", "#00ff88", "#777777", "#000000", "#ffffff", "#c8372d"])
async def test_any_colour_of_a_site_can_be_read(frontline, people, color):
    for scheme in ("light", "dark"):
        visitor = await opened(frontline, people, color_scheme=scheme, bypass_csp=True)
        await visitor.chat.evaluate("(chat, color) => chat.setAttribute('color', color)", color)
        await show(visitor.page, a_talk(TIMES))
        assert await violations(visitor) == []


@pytest.mark.parametrize(
    "screen", [{"width": 320, "height": 568}, {"width": 640, "height": 400}, {"width": 320, "height": 256}]
)
async def test_on_a_small_screen_and_at_200_percent_all_of_it_can_be_reached(frontline, people, screen):
    visitor = await opened(frontline, people, screen={"viewport": screen})
    await show(visitor.page, a_talk(DAYS))
    await visitor.chat.locator("input[type=file]").set_input_files(
        [{"name": "w" * 90 + ".txt", "mimeType": "text/plain", "buffer": b"words"}]
    )
    await visitor.chat.locator(".tray li").wait_for()
    outside = """(chat) => [...chat.shadowRoot.querySelectorAll(".panel, header button, form *, .items *")]
      .map((one) => [one.className || one.localName, one.getBoundingClientRect()])
      .filter(([, box]) => box.width && (box.left < -1 || box.right > innerWidth + 1)).map(([name]) => String(name))"""
    assert await visitor.chat.evaluate(outside) == []
    for part in (".sender", "textarea", "header button"):
        box = await visitor.chat.locator(part).last.bounding_box()
        assert box["y"] + box["height"] <= screen["height"] + 1, part
    assert (await visitor.chat.locator(".log").bounding_box())["height"] >= 60


async def test_in_a_browser_that_cannot_reckon_with_colours_all_of_it_can_be_read(frontline, people):
    page = await people.page("about:blank", color_scheme="dark")

    async def older(route):
        answer = await route.fetch()
        text = (await answer.text()).replace("light-dark(", "no-such(").replace("lch(from", "no-such(from")
        await route.fulfill(response=answer, body=text)

    await page.route("**/*.js*", older)
    await page.goto(frontline.url)
    visitor = Widget(page)
    await visitor.open()
    for part, ground, letters in ((".panel", 255, 28), ("header", None, 255), (".launcher", None, 255)):
        shown = await visitor.chat.locator(part).evaluate(COLOURS)
        assert shown[1][0] == letters, part
        assert ground is None or shown[0] == [ground] * 3, part
    assert await violations(visitor) == []


async def test_the_end_of_the_talk_stays_in_sight_when_the_input_grows(frontline, people):
    visitor = await opened(frontline, people)
    await show(visitor.page, a_talk(TIMES))
    await visitor.chat.locator("textarea").fill("words that take many lines " * 9)
    await visitor.page.wait_for_function(AT_END)


async def test_a_window_made_narrower_is_no_scrolling_even_where_it_leads_to_the_top(frontline, people):
    visitor = await opened(frontline, people)
    await show(visitor.page, a_talk(TIMES))
    as_webkit_does = f"() => {{ const log = {LOG}; log.parentElement.style.width = '300px'; log.scrollTop = 0; }}"
    await visitor.page.evaluate(as_webkit_does)
    await visitor.page.wait_for_function(AT_END)


async def test_only_the_log_can_be_scrolled_so_that_the_heading_stays(frontline, people):
    visitor = await opened(frontline, people)
    await show(visitor.page, a_talk(TIMES))
    hidden = "(one) => one.scrollHeight - one.clientHeight"
    assert await visitor.chat.locator(".log").evaluate(hidden) > 0
    assert await visitor.chat.locator(".panel").evaluate(hidden) == 0


async def test_with_a_phones_keyboard_open_the_input_is_above_it(frontline, people):
    visitor = await opened(frontline, people, screen=PHONE)
    await visitor.page.evaluate(
        """() => {
          Object.defineProperty(visualViewport, "height", { value: 380, configurable: true });
          visualViewport.dispatchEvent(new Event("resize"));
        }"""
    )
    box = await visitor.chat.locator("textarea").bounding_box()
    assert box["y"] + box["height"] <= 380


async def test_on_a_phone_the_page_behind_is_out_of_reach_and_the_focus_comes_back(frontline, people):
    visitor = Widget(await people.page(frontline.url, locale="en-GB", screen=PHONE))
    await visitor.page.locator("#ask").focus()
    await visitor.page.keyboard.press("Enter")
    await visitor.chat.locator(".panel[aria-modal=true]").wait_for()
    for _ in range(12):
        await visitor.page.keyboard.press("Tab")
        assert await visitor.page.evaluate(FOCUSED)
    await visitor.page.keyboard.press("Escape")
    await expect(visitor.page.locator("#ask")).to_be_focused()


async def test_a_day_and_a_time_are_chosen_by_arrow_keys(frontline, people):
    visitor = await opened(frontline, people)
    await show(visitor.page, a_talk(DAYS))
    days = visitor.chat.locator(".days button")
    await days.first.focus()
    for key, day in [
        ("ArrowRight", "6"),
        ("ArrowDown", "12"),
        ("ArrowUp", "5"),
        ("End", "8"),
        ("Home", "5"),
        ("ArrowLeft", "5"),
    ]:
        await visitor.page.keyboard.press(key)
        focused = "(chat) => chat.shadowRoot.activeElement.textContent"
        if key == "ArrowUp":
            assert await visitor.chat.evaluate(focused) in {"5", "6"}
            await days.first.focus()
        else:
            assert await visitor.chat.evaluate(focused) == day, key
    assert await days.first.get_attribute("aria-label") == "Tuesday, May 5"
    await visitor.page.keyboard.press("Enter")
    await visitor.chat.locator(".ghost", has_text="5 May").wait_for()
    await expect(visitor.chat.locator("textarea"), "what was pressed is gone: one can go on").to_be_focused()


async def test_a_press_with_the_keyboard_keeps_the_focus_inside(frontline, people):
    visitor = await opened(frontline, people)
    await show(visitor.page, a_talk(STARS))
    await visitor.chat.locator(".star").nth(4).focus()
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.chat.locator("textarea")).to_be_focused()


async def test_one_log_and_one_other_place_speak(frontline, people):
    visitor = await opened(frontline, people)
    await show(visitor.page, a_talk())
    assert await visitor.chat.evaluate(LIVE) == ["log", "hidden"]
    assert await visitor.chat.locator(".log").get_attribute("aria-live") == "polite"
    await state(visitor.page, "queued", position=3)
    await visitor.chat.locator("[role=status]", has_text="place 3").wait_for(state="attached")


async def test_with_reduced_motion_nothing_moves(frontline, people):
    visitor = await opened(frontline, people)
    moving = "(chat) => chat.shadowRoot.getAnimations({ subtree: true }).length"
    await tell(visitor.page, "typing", {"author": {"kind": "operator", "name": "Anna"}})
    assert await visitor.chat.evaluate(moving) == 0


async def test_above_every_neighbour_and_safe_from_the_pages_direction(frontline, people):
    visitor = Widget(await people.page(frontline.url, locale="en-GB", bypass_csp=True))
    await visitor.page.add_style_tag(content=RUDE)
    await visitor.page.evaluate(
        "() => document.body.append(Object.assign(document.createElement('div'), { id: 'rude' }))"
    )
    await visitor.open()
    panel = visitor.chat.locator(".panel")
    box = await panel.bounding_box()
    assert box["x"] + box["width"] == 1260
    on_top = "() => document.elementFromPoint(1100, 500) === document.querySelector('frontline-chat')"
    assert await visitor.page.evaluate(on_top)
    assert await panel.evaluate(STYLE) == ["ltr", "normal", "none", "visible"]
