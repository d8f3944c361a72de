"""A day at the desk: keys, talks, waits that run, pauses, alerts, and the room."""

import re

import pytest
from playwright.async_api import expect

from bot.web import desk_wire as wire
from tests.browser.desk_told import (
    CALL,
    CALLS,
    MINE,
    OFFER,
    TICKETS,
    at_desk,
    mine,
    snapshot,
    talk,
    ticket,
    words,
)
from tests.browser.told import CUSTOMER, message

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

BELL = """() => {
  window.rung = 0;
  const begin = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...at) { window.rung++; return begin.apply(this, at); };
  window.told = [];
  window.asked = 0;
  window.Notification = class {
    static permission = "default";
    static async requestPermission() { window.asked++; return (this.permission = "granted"); }
    constructor(title, { body }) { window.told.push(`${title} ${body}`); }
    close() { window.told.push("closed"); }
  };
  document.hasFocus = () => false;
}"""
SCROLL = "(log) => [log.scrollTop, log.scrollHeight - log.clientHeight]"


async def test_every_act_has_a_key_in_any_layout(frontline, people):
    desk = await at_desk(people, frontline)
    press = desk.page.keyboard.press
    await press("g")
    assert (await desk.until("take"))["ticket"] == 4
    await press("d")
    assert (await desk.until("decline"))["ticket"] == OFFER.number
    await press("p")
    assert (await desk.until("declare"))["presence"] == "paused"
    await desk.page.evaluate(
        "() => document.body.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyA', key: 'ф', bubbles: true }))"
    )
    assert (await desk.until("accept"))["ticket"] == OFFER.number
    await expect(desk.page.locator("#words")).to_be_focused()
    await press("Escape")
    await desk.focuses("t2", "back to the ticket in the list")
    await press("j")
    await expect(desk.page.locator("#talk h2")).to_have_text("Customer 1")
    await press("h")
    assert await desk.until("hold") == {"type": "hold", "ticket": 1, "on": True}
    await press("x")
    await desk.page.locator("dialog .act").nth(1).click()
    assert (await desk.until("close"))["reason"] == "no_answer"
    await expect(desk.page.locator("dialog")).to_be_hidden()  # while a dialog is open, keys are its own
    await press("k")
    await expect(desk.page.locator("#talk h2")).to_have_text(OFFER.customer)


async def test_no_key_acts_while_one_types_or_when_keys_are_off(frontline, people):
    desk = await at_desk(people, frontline)
    page = desk.page
    await desk.open_talk(MINE)
    await page.keyboard.press("r")
    await page.keyboard.type("adgx?")
    await expect(page.locator("#words")).to_have_value("adgx?")
    await page.keyboard.press("Escape")
    await page.locator(".gear").click()
    await page.locator("[data-key=skeys]").click()
    await page.keyboard.press("Escape")
    for key in ("a", "d", "g", "x", "?"):
        await page.keyboard.press(key)
    await page.reload()
    await expect(page.locator(".offers .left")).to_be_visible()
    await page.keyboard.press("d")
    assert not await page.locator("dialog").is_visible()
    assert {frame["type"] for frame in desk.sent} <= {"open", "typing", "read"}


async def test_the_list_of_keys_gives_the_focus_back(frontline, people):
    desk = await at_desk(people, frontline)
    await desk.page.locator("[data-key=t1]").focus()
    await desk.page.keyboard.press("?")
    await expect(desk.page.locator("dialog li").first).to_be_visible()
    await desk.page.keyboard.press("a")
    await desk.page.keyboard.press("Escape")
    await desk.focuses("t1")
    assert desk.sent == []


async def test_tickets_of_one_person_are_merged(frontline, people):
    desk = await at_desk(people, frontline)
    await desk.open_talk(MINE)
    await desk.page.keyboard.press("m")
    await desk.page.locator("dialog .act", has_text="#4 Customer 4").click()
    assert await desk.until("merge") == {"type": "merge", "ticket": 1, "into": 4}


async def test_a_callback_shows_its_number_to_call_and_is_closed_with_a_result(frontline, people):
    desk = await at_desk(people, frontline)
    await desk.open_talk(CALL)
    number = desk.page.locator(".call a")
    assert await number.get_attribute("href") == "tel:+37129123456"
    await desk.page.keyboard.press("x")
    await desk.page.locator("dialog .act", has_text="Busy").click()
    assert (await desk.until("close"))["result"] == "busy"


async def test_booked_calls_stand_below_the_queue_a_few_at_first(frontline, people):
    desk = await at_desk(people, frontline, MINE, *CALLS)
    shown, below = desk.page.locator(".booked .ticket"), "(one) => one.getBoundingClientRect().top"
    await expect(shown).to_have_count(3)
    await expect(desk.page.locator(".booked .count")).to_have_text("5")
    await expect(desk.page.locator(".booked .due").first).to_have_text(re.compile(r"^to(morrow|day), \d\d:\d\d$"))
    await expect(shown.first).to_contain_text("kept for Olga")
    assert await desk.page.locator(".booked .row a").first.get_attribute("href") == "tel:+37129123456"
    assert await desk.page.locator(".mine").evaluate(below) < await desk.page.locator(".booked").evaluate(below)
    await desk.page.get_by_role("button", name="and 2 more").press("Enter")
    await expect(shown).to_have_count(5)
    await expect(shown.nth(3)).to_be_focused()
    desk.tell(snapshot([MINE, *CALLS], booked_more=7))
    await expect(desk.page.locator(".booked")).to_contain_text("and 7 more")
    await expect(desk.page.locator(".booked .count")).to_have_text("12")


async def test_a_booked_call_is_moved_in_words_and_called_off(frontline, people):
    desk = await at_desk(people, frontline, MINE, *CALLS)
    desk.answers["promise"] = [wire.Okay(id="")]
    await desk.open_talk(CALLS[0])
    await expect(desk.page.locator(".tools .act")).to_have_text(["Move the call", "Cancel the call"])
    await desk.page.keyboard.press("b")
    await desk.page.locator("dialog input").fill("tomorrow at 10")
    await desk.page.keyboard.press("Enter")
    assert await desk.until("promise") == {"type": "promise", "ticket": 11, "words": "tomorrow at 10"}
    await expect(desk.page.locator("dialog")).to_be_hidden()
    await desk.page.keyboard.press("x")
    await expect(desk.page.locator("dialog")).to_contain_text("The customer will be told.")
    await desk.page.locator("dialog .act", has_text="Cancel the call").click()
    assert await desk.until("close") == {"type": "close", "ticket": 11, "reason": "cancelled", "result": None}


async def test_the_place_in_a_talk_is_kept_and_what_comes_below_is_told(frontline, people):
    desk = await at_desk(people, frontline)
    desk.shows(talk(MINE, words(60)), talk(CALL, words()))
    log = desk.page.locator("#talk .log")
    await desk.open_talk(MINE)
    top, bottom = await log.evaluate(SCROLL)
    assert top == bottom
    await log.evaluate("(log) => { log.scrollTop = 200; }")
    await desk.open_talk(CALL)
    await desk.open_talk(MINE)
    assert (await log.evaluate(SCROLL))[0] == 200
    said = wire.Said(conversation="c1", message=talk(MINE, [message(61, CUSTOMER, "Hello?")]).messages[0])
    desk.tell(said)
    await desk.page.locator(".down").click()
    top, bottom = await log.evaluate(SCROLL)
    assert top == bottom


async def test_earlier_messages_come_above_without_moving_what_one_reads(frontline, people):
    desk = await at_desk(people, frontline)
    desk.shows(talk(MINE, words(60)[30:]))
    desk.answers["earlier"] = [wire.EarlierShown(id="", messages=talk(MINE, words(60)[:30]).messages)]
    await desk.open_talk(MINE)
    log, first = desk.page.locator("#talk .log"), desk.page.locator("[data-seq='31']")
    await log.evaluate("(log) => { log.scrollTop = 0; }")
    before = await first.bounding_box()
    await desk.page.locator(".earlier").click()
    await expect(desk.page.locator("[data-seq='1']")).to_be_attached()
    assert await desk.until("earlier") == {"type": "earlier", "before": 31}
    after = await first.bounding_box()
    assert abs(after["y"] - before["y"]) < 50, "what one read is where it was, but for the button that is gone"
    await expect(desk.page.locator(".earlier")).to_be_hidden()


async def seconds(clock):
    """What the clock shows, and the page's time."""
    shown, now = await clock.evaluate("(one) => [one.textContent, Date.now() / 1000]")
    minutes, rest = shown.split(":")
    return int(minutes) * 60 + int(rest), now


async def test_waits_and_offers_run_without_the_server(frontline, people):
    desk = await at_desk(people, frontline)
    await desk.page.clock.install()
    await desk.page.reload()
    wait, left = desk.page.locator("[data-key=t4] [data-since]"), desk.page.locator(".offers .left")
    await expect(left).to_be_visible()
    before = [await seconds(wait), await seconds(left)]
    await desk.page.clock.run_for(10_000)
    after = [await seconds(wait), await seconds(left)]
    for sign, (shown, then), (shows, now) in zip([1, -1], before, after, strict=True):
        assert now - then >= 10
        assert sign * (shows - shown) == pytest.approx(now - then, abs=2)  # each is told once a second


async def test_times_run_also_where_a_proxy_keeps_the_date_to_itself(frontline, people):
    desk = await at_desk(people, frontline)
    await desk.page.clock.install()
    await desk.page.route("**/healthz", lambda route: route.fulfill(body="{}"))
    async with desk.page.expect_response("**/healthz"):
        await desk.page.reload()
    wait = desk.page.locator("[data-key=t4] [data-since]")
    await expect(wait).to_be_visible()
    await desk.page.clock.run_for(2_000)
    waited, _ = await seconds(wait)
    assert waited > 0


async def test_the_wrap_up_runs_and_can_be_ended_early(frontline, people):
    desk = await at_desk(people, frontline)
    desk.tell(snapshot(TICKETS, wraps_up=OFFER.deadline))
    await expect(desk.page.locator("#strip .left")).to_contain_text(":")
    await desk.page.locator("#strip button").click()
    assert await desk.until("declare") == {"type": "declare", "presence": "online", "minutes": None}


async def test_a_pause_is_given_its_minutes(frontline, people):
    desk = await at_desk(people, frontline)
    desk.tell(snapshot(presence="paused"))
    await desk.page.get_by_role("button", name="15 min").click()
    assert await desk.until("declare") == {"type": "declare", "presence": "paused", "minutes": 15}


async def test_offers_are_heard_and_noticed_only_by_who_has_asked(frontline, people):
    desk = await at_desk(people, frontline, MINE)
    page = desk.page
    await page.evaluate(BELL)
    desk.tell(snapshot([MINE, OFFER]))
    await expect(page.locator("#said")).to_contain_text("Offer! Customer 2")
    assert await page.evaluate("() => [rung, told.length, asked]") == [0, 0, 0]
    await page.locator(".gear").click()
    await page.locator("[data-key=snotices]").click()
    await expect(page.locator("[data-key=snotices]")).to_be_checked()
    desk.tell(snapshot([MINE]))
    desk.tell(snapshot([MINE, mine(8, "offered", deadline=OFFER.deadline)]))
    await page.wait_for_function("() => told.length === 1")
    assert await page.evaluate("() => [rung, asked]") == [0, 1]
    await page.locator("[data-key=ssound]").click()
    desk.tell(snapshot([MINE]), snapshot([MINE, mine(7, "offered", deadline=OFFER.deadline)]))
    await page.wait_for_function("() => told.length === 3")
    offered = "Offer! Customer 7 · Delivery · Where is my order?"
    assert await page.evaluate("() => [rung, told[1], told[2]]") == [1, "closed", offered]
    await page.reload()
    await page.locator(".gear").click()
    await expect(page.locator("[data-key=ssound]")).to_be_checked()


async def test_a_supervisor_sees_the_room_and_reads_along(frontline, people):
    theirs = ticket(6, "active", operator="olga", operator_name="Olga")
    desk = await at_desk(people, frontline, MINE, theirs)
    desk.shows(talk(theirs, words()))
    assert not await desk.page.locator("#to-room").is_visible()
    desk.tell(snapshot([MINE, theirs], role="supervisor"))
    await expect(desk.page.locator("#to-room")).to_be_visible()
    await desk.page.keyboard.press("o")
    rows = desk.page.locator("#room tbody tr")
    await expect(rows.first).to_contain_text("50 %")
    await expect(rows.first.locator("b")).to_have_class("low")
    await rows.filter(has_text="Olga").get_by_role("button", name="Customer 6").click()
    await expect(desk.page.locator("#talk h2")).to_have_text("Customer 6")
    await expect(desk.page.locator(".said").first).to_be_visible()
    assert "read" not in {frame["type"] for frame in desk.sent}, "it is Olga who has not read yet"
    await desk.page.locator("[data-key=assign]").click()
    await desk.page.locator("dialog .act", has_text="Anna").click()
    assert await desk.until("assign") == {"type": "assign", "ticket": 6, "to": "anna"}


async def test_who_was_open_is_open_again_after_a_cut_and_the_view_stays(frontline, people):
    desk = await at_desk(people, frontline)
    await desk.open_talk(MINE)
    await desk.page.locator("#words").fill("still here")
    desk.sent.clear()
    await desk.socket.close()
    assert (await desk.until("open"))["conversation"] == "c1"
    await expect(desk.page.locator("#words")).to_have_value("still here")
