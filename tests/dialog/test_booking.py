"""Choosing a time: what is shown, how near any time is, and what is said when it is gone."""

import re
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.bridge import Bridge
from bot.dialog.acts import Refused, SharedContact
from bot.dialog.buttons import slot_id
from bot.dialog.orders import ShowFile
from handoff.ticket import Kind, Scheduled
from tests.dialog.shop import DESK, SKILLS, Shop, desk, open_shop, sender
from tests.dialog.wares import PHRASES_EN

DELIVERY = replace(DESK.callbacks, horizon=timedelta(days=14))


async def labels(shop: Shop, who: str = "v") -> dict[str, str]:
    return {each.label: each.id for each in (await shop.last(who)).buttons}


async def test_every_time_that_can_be_promised_is_at_most_three_presses_away(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(callbacks=DELIVERY, skills={"delivery": SKILLS["delivery"]})
        await shop.say("call me")
        first = {each.id for each in (await shop.last()).buttons if each.id.startswith("slot:")}
        await shop.press("days")
        days = [each.id for each in (await shop.last()).buttons if each.id.startswith("day:")]
        found = set()
        for day in days:
            await shop.press(day)
            found |= {each.id for each in (await shop.last()).buttons if each.id.startswith("slot:")}
        assert len(days) == 11  # of fourteen days with two weekends
        assert len(found) == 11 + 9 * 18 + 7  # from half past twelve today until noon in two weeks
        assert first < found


async def test_more_times_than_fit_a_screen_are_in_equal_parts_each_a_press_away(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(callbacks=replace(DELIVERY, slot=timedelta(minutes=10)))
        await shop.say("call me")
        await shop.press("days")
        await shop.press("day:2026-05-06:0")
        shown = await labels(shop)
        assert len([each for each in shown.values() if each.startswith("slot:")]) == 24
        parts = {label: id_ for label, id_ in shown.items() if id_.startswith("day:")}
        assert list(parts) == ["13:00 – 16:50", "17:00 – 20:50"]
        await shop.press(parts["17:00 – 20:50"])
        assert next(iter(await labels(shop))) == "17:00"


async def test_a_skill_has_a_seat_for_each_of_its_operators_where_the_desk_says_so(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(callbacks=replace(DESK.callbacks, per_operator=1))
        noon = slot_id(shop.now + timedelta(hours=1))
        for who in "abc":  # general: anna and olga
            await shop.say("call me", who)
        for who in "abc":
            await shop.press(noon, who)
        assert [len(await shop.tickets(who)) for who in "abc"] == [1, 1, 0]
        shop.content = desk(callbacks=replace(DESK.callbacks, per_operator=2))
        await shop.press(noon, "c")
        assert len(await shop.tickets("c")) == 1


async def test_a_time_gone_near_closing_is_answered_with_the_nearest_of_other_days_named(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(callbacks=replace(DESK.callbacks, per_slot=1), skills={"delivery": SKILLS["delivery"]})
        last = shop.now.replace(hour=14, minute=30)  # 17:30 in Riga
        for who in "ab":
            await shop.say("call me", who)
        for who in "ab":
            await shop.press(slot_id(last), who)
        assert list(await labels(shop, "b")) == ["14:30", "15:00", "15:30", "16:00", "16:30", "17:00", "Another day"]
        shop.now = last - timedelta(minutes=45)
        await shop.press(slot_id(last), "b")
        assert list(await labels(shop, "b"))[:3] == ["Tomorrow, 09:00", "Tomorrow, 09:30", "Tomorrow, 10:00"]


async def test_a_time_that_has_passed_is_answered_with_the_nearest_to_come(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("call me")
        await shop.move(timedelta(hours=30))
        await shop.press(slot_id(shop.now - timedelta(hours=29)))
        assert (await shop.last()).text == "That time has passed. Here are the nearest free ones."
        assert [*await labels(shop)][:2] == ["Today, 18:30", "Today, 19:00"]


async def test_when_nothing_is_left_the_other_ways_are_offered(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(callbacks=replace(DESK.callbacks, per_slot=1, horizon=timedelta(minutes=30)))
        for who in "ab":
            await shop.say("call me", who)
        for who in "ab":
            await shop.press(slot_id(shop.now + timedelta(minutes=30)), who)
        assert "message" in (await labels(shop, "b")).values()
        assert "no free times" in (await shop.last("b")).text


@pytest.mark.parametrize("channel", ["telegram", "widget"])
async def test_from_nobody_is_free_to_a_call_to_ones_phone_there_are_four_presses(tmp_path, channel):
    async with open_shop(tmp_path) as shop:
        await shop.say("person", channel=channel)
        presses = 0
        for button in ("callback", "slot", "phone"):
            found = next(each for each in (await shop.last()).buttons if each.id.partition(":")[0] == button)
            await shop.press(found.id, channel=channel)
            presses += 1
        if channel == "telegram":
            await shop.do(SharedContact(sender(channel=channel), shop.key(), "37129123456", own=True))
            presses += 1
        else:
            await shop.say("29123456", channel=channel)
        [ticket] = await shop.tickets()
        assert (ticket.kind, type(ticket.state), ticket.phone) == (Kind.CALLBACK, Scheduled, "+37129123456")
        assert presses <= 4
        assert "+371 29 123 456" in (await shop.last()).text


async def test_the_zone_is_asked_for_once_and_not_of_whom_the_channel_knows(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("call me", zone="Europe/Berlin")
        assert "zone" not in (await labels(shop)).values()
        await shop.say("call me", "w")
        assert "zone" in (await labels(shop, "w")).values()
        assert (await shop.last("w")).text == "Today: which time suits you? Times are for Riga."
        await shop.press(slot_id(shop.now + timedelta(hours=1)), "w")
        await shop.press("move", "w")
        assert "zone" not in (await labels(shop, "w")).values()


async def test_a_zone_pressed_or_written_is_remembered_and_times_are_shown_on_that_clock(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("call me")
        await shop.press("zone")
        assert (await labels(shop))["13:00"] == "zone:240"
        await shop.press("zone:240")
        assert (await shop.conversation()).zone == "Etc/GMT-4"
        assert next(iter(await labels(shop))) == "13:30"
        await shop.say("call me", "w")
        await shop.press("zone", "w")
        await shop.say("on the moon", "w")
        assert "do not know that city" in (await shop.last("w")).text
        await shop.say("new york", "w")
        assert (await shop.conversation("w")).zone == "America/New_York"
        assert next(iter(await labels(shop, "w"))) == "09:00"


async def test_whoever_breaks_off_the_question_for_the_zone_keeps_the_promise_they_have(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("call me")
        await shop.press("zone")
        await shop.press(slot_id(shop.now + timedelta(hours=1)))
        await shop.press("zone")
        await shop.say("stop")
        assert (await shop.last()).text.startswith("Agreed")


@asynccontextmanager
async def shop_with_calendar(folder):
    async with open_shop(folder) as shop:
        shop._tools = replace(shop._tools, calendar=lambda ticket: f"http://127.0.0.1/calendar/{ticket}", host="h")
        shop.restart()
        yield shop


async def files(shop):
    """Every calendar file that the chat was sent, as pairs of method and sequence."""
    sent = [each.content for each in await shop.orders("telegram:v") if isinstance(each, ShowFile)]
    assert all("\r\nUID:1@h\r\n" in each for each in sent)
    found = [re.search(r"METHOD:(\w+).*SEQUENCE:(\d+)", each, re.DOTALL) for each in sent]
    return [(each[1], int(each[2])) for each in found]


async def test_a_promise_can_be_put_into_a_calendar_and_taken_out_again(tmp_path):
    async with shop_with_calendar(tmp_path) as shop:
        await shop.say("call me")
        await shop.press(slot_id(shop.now + timedelta(hours=1)))
        assert [each.url for each in (await shop.last()).buttons if each.url] == ["http://127.0.0.1/calendar/1"]
        await shop.press("unbook")
        [out] = (await shop.last()).buttons
        assert (out.label, out.url) == ("Remove from calendar", "http://127.0.0.1/calendar/1")


async def test_in_telegram_the_calendar_file_comes_into_the_chat_and_follows_the_promise(tmp_path):
    async with shop_with_calendar(tmp_path) as shop:
        await shop.say("call me", channel="telegram")
        for button in (
            slot_id(shop.now + timedelta(hours=1)),
            "calendar:1",
            "move",
            slot_id(shop.now + timedelta(hours=2)),
            "calendar:1",
            "unbook",
            "calendar:1",
        ):
            await shop.press(button, channel="telegram")
        (booked, first), (moved, second), (cancelled, third) = await files(shop)
        assert (booked, moved, cancelled) == ("PUBLISH", "PUBLISH", "CANCEL")
        assert first < second < third
        assert (await shop.last()).text == PHRASES_EN["calendar_file_off"]


async def test_a_link_of_another_kind_is_not_pressed(tmp_path):
    async with shop_with_calendar(tmp_path) as shop:
        shop._tools = replace(shop._tools, bridge=Bridge("secret", "shop_bot"))
        shop.restart()
        await shop.say("call me")
        await shop.press(slot_id(shop.now + timedelta(hours=1)))
        assert isinstance(await shop.press("telegram"), Refused)
