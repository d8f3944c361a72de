"""Ways to wait, in the corners: times that are taken, seats, bells that ring early, late or for nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialog.acts import Done, Pressed
from bot.dialog.operator_acts import Accept, Close, Declare
from handoff.desk import QueueRules
from handoff.hours import Hours
from handoff.operators import Presence
from handoff.ticket import Result
from tests.dialog.shop import DESK, RIGA, SKILLS, buttons, desk, online, open_shop, sender

NEVER = Hours(RIGA, ((),) * 7)


async def test_a_full_queue_offers_other_ways_and_no_place(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("person")
        await shop.say("person", "w")
        await shop.press("wait", "w")
        full = replace(SKILLS["general"], queue=QueueRules(max_waiting=1))
        shop.content = desk(skills=SKILLS | {"general": full})
        await shop.press("wait")
        assert "A lot of people" in (await shop.last()).text
        assert await buttons(shop) == ["callback", "message"]
        assert await shop.tickets() == []


async def test_a_desk_that_never_opens_says_no_time(tmp_path):
    async with open_shop(tmp_path) as shop:
        closed = replace(SKILLS["general"], hours=NEVER)
        shop.content = desk(skills=SKILLS | {"general": closed})
        await shop.say("person")
        assert (await shop.last()).text == "We are closed right now. What would you like?"
        await shop.press("callback")
        assert "no free times" in (await shop.last()).text
        assert await buttons(shop) == ["hold", "message", "wait"]
        await shop.press("wait")
        assert "as soon as one is back" in (await shop.last()).text


async def test_days_that_are_all_taken_say_so(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("call me")
        shop.content = desk(skills=SKILLS | {"general": replace(SKILLS["general"], hours=NEVER)})
        await shop.press("days")
        assert "no free times" in (await shop.last()).text


async def test_a_day_with_few_times_has_no_way_to_later_ones(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(callbacks=replace(DESK.callbacks, horizon=timedelta(hours=2)))
        await shop.say("call me", zone="Europe/Riga")
        assert {each.partition(":")[0] for each in await buttons(shop)} == {"slot"}


async def test_an_ended_seat_is_free_even_within_one_batch(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(callbacks=replace(DESK.callbacks, per_slot=1))
        await shop.say("call me")
        first, second, *_ = await buttons(shop)
        presses = [Pressed(sender(), f"p{n}", each) for n, each in enumerate((first, second, "unbook"))]
        await shop.all(presses[:2])
        assert await taken(shop) == {second}
        await shop.press("move")
        await shop.all([Pressed(sender(), "p3", first), Pressed(sender(), "p4", "unbook")])
        assert await taken(shop) == set()
        assert await shop.alarms() == {}


async def taken(shop):
    async with shop.read() as tx:
        seats = await tx.seats("general", shop.now, shop.now + timedelta(days=9))
    return {f"slot:{int(each.start.timestamp()) // 60}" for each in seats}


@pytest.mark.parametrize("result", list(Result))
async def test_a_closed_callback_rings_no_more(tmp_path, result):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(callbacks=replace(DESK.callbacks, attempts=1))
        await shop.say("call me")
        await shop.press((await buttons(shop))[0])
        await online(shop, "anna")
        await shop.move(timedelta(minutes=30))
        await shop.do(Accept("anna", 1))
        assert await shop.do(Close("anna", 1, result=result)) == Done()
        again = result is Result.ASKED_LATER
        assert (await shop.ticket(1)).open is again
        assert {kind for kind, _ in await shop.alarms()} == ({"callback", "reminder"} if again else set())


async def test_early_bells_are_set_again(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("call me")
        await shop.press((await buttons(shop))[0])
        await online(shop, "anna")
        before = await shop.alarms()
        for kind in ("callback", "reminder"):
            await shop.ring(kind, 1)
        assert await shop.alarms() == before
        await shop.move(timedelta(minutes=30))
        offered = await shop.alarms()
        await shop.ring("offer", 1)
        assert await shop.alarms() == offered
        await shop.do(Accept("anna", 1))
        await shop.do(Declare("anna", Presence.OFFLINE))
        grace = await shop.alarms()
        await shop.ring("grace", "anna")
        assert await shop.alarms() == grace


async def test_bells_of_what_is_over_do_nothing(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("call me")
        await shop.press((await buttons(shop))[0])
        await shop.press("unbook")
        before = await shop.messages()
        for kind in ("callback", "reminder", "late", "offer"):
            await shop.ring(kind, 1)
        await online(shop, "anna")
        for kind, subject in (("grace", "anna"), ("pause", "anna"), ("place", "v"), ("tea", "five")):
            await shop.ring(kind, subject)
        assert await shop.messages() == before
        assert await shop.alarms() == {}


async def test_a_better_place_is_not_said_again_when_it_is_known(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("person")
        await shop.press("wait")
        before = await shop.messages()
        await shop.ring("place", "v")
        assert await shop.messages() == before


async def test_a_reminder_that_would_be_late_is_left_out(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(callbacks=replace(DESK.callbacks, lead=timedelta(0), reminder=timedelta(hours=2)))
        await shop.say("call me")
        await shop.press((await buttons(shop))[0])
        assert {kind for kind, _ in await shop.alarms()} == {"callback"}


async def test_the_same_slot_twice_is_one_promise_and_ones_own_seat_is_no_obstacle(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(callbacks=replace(DESK.callbacks, per_slot=1))
        await shop.say("call me")
        slot = (await buttons(shop))[0]
        await shop.press(slot)
        agreed = (await shop.last()).text
        log = await shop.log(1)
        await shop.press(slot)
        assert (await shop.last()).text == agreed
        assert await shop.log(1) == log
        await shop.press("move")
        assert slot in await buttons(shop)
        await shop.say("call me", "w")
        assert slot not in await buttons(shop, "w")
