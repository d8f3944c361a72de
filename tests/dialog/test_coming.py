"""A callback whose time has come: kept by the talk that goes on, never at a rude time, first offered to who knows."""

from dataclasses import replace
from datetime import timedelta

from bot.dialog.acts import Swept
from bot.dialog.buttons import slot_id
from bot.dialog.conversation import Mode
from bot.dialog.operator_acts import Accept, Close, Declare, Take
from handoff.operators import Presence
from handoff.ticket import Active, Closed, Offered, Queued, Reason, Result, Scheduled
from tests.dialog.shop import DESK, SKILLS, Shop, desk, online, open_shop

HOUR = timedelta(hours=1)


async def booked(shop: Shop, who: str = "v", after: timedelta = HOUR) -> int:
    await shop.say("call me", who)
    await shop.press(slot_id(shop.now + after), who)
    return (await shop.tickets(who))[0].number


async def talk(shop: Shop, operator: str = "anna", who: str = "v") -> int:
    await shop.say("person", who)
    number = (await shop.tickets(who))[-1].number
    await shop.do(Take(operator, number))
    return number


async def test_a_talk_that_goes_on_keeps_the_promise_of_an_answer_in_the_chat(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        callback, chat = await booked(shop), await talk(shop)
        await shop.move(HOUR - timedelta(minutes=1))
        count = len(await shop.messages())
        await shop.move(timedelta(minutes=1))
        assert (await shop.ticket(callback)).state == Closed(Reason.MERGED)
        assert (await shop.ticket(chat)).state == Active("anna")
        assert len(await shop.messages()) == count
        assert [each.event for each in await shop.log(callback)] == ["Asked", "Came", "WasClosed"]
        assert (await shop.conversation()).shown.mode is Mode.ACTIVE
        async with shop.read() as tx:
            assert await tx.seats("general", shop.now, shop.now + HOUR) == []


async def test_a_reminder_that_rings_after_the_promised_time_says_nothing(tmp_path):
    async with open_shop(tmp_path) as shop:
        callback = await booked(shop)
        said = await shop.messages()
        shop.now += HOUR + timedelta(minutes=1)
        await shop.ring("reminder", callback)
        assert await shop.messages() == said


async def test_a_chat_that_waits_and_a_callback_that_is_due_become_one_at_the_earlier_place(tmp_path):
    async with open_shop(tmp_path) as shop:
        callback = await booked(shop)
        await shop.say("person")
        asked = shop.now
        await shop.press("hold")
        await shop.move(HOUR)
        [ticket] = await shop.tickets()
        assert (ticket.number, ticket.state, ticket.asked) == (callback, Queued(), asked)
        assert (await shop.ticket(2)).state == Closed(Reason.MERGED)
        assert not {kind for kind, subject in await shop.alarms() if subject == "2"}


async def test_who_tried_to_reach_the_customer_is_the_first_to_try_again(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna", "olga")
        callback = await booked(shop)
        await shop.move(HOUR)
        who = (await shop.ticket(callback)).operator
        other = {"anna": "olga", "olga": "anna"}[who or ""]
        await shop.do(Take(other, callback))
        await shop.do(Close(other, callback, result=Result.BUSY))
        await shop.move(timedelta(minutes=30))
        again = await shop.ticket(callback)
        assert again.operator == other
        assert again.preferred is not None
        assert again.preferred.operator == other


async def test_who_tried_and_went_home_is_not_waited_for(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna", "olga")
        callback = await booked(shop)
        await shop.move(HOUR)
        await shop.do(Take("olga", callback))
        await shop.do(Close("olga", callback, result=Result.NO_ANSWER))
        await shop.do(Declare("olga", Presence.OFFLINE))
        await shop.move(timedelta(minutes=30))
        assert (await shop.ticket(callback)).operator == "anna"


async def test_a_promise_for_a_time_that_is_no_more_within_the_hours_is_made_anew_at_once(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(skills={"delivery": SKILLS["delivery"]})
        callback = await booked(shop, after=5 * HOUR)  # 17:00
        await online(shop, "anna")
        friday = replace(SKILLS["delivery"].hours, dates={shop.now.date(): ()})
        shop.content = desk(skills={"delivery": replace(SKILLS["delivery"], hours=friday)})
        await shop.move(5 * HOUR)
        ticket = await shop.ticket(callback)
        assert ticket.state == Scheduled(shop.now + 16 * HOUR)
        assert "tomorrow at 09:00" in (await shop.last()).text
        assert [each.reason for each in await shop.log(callback)][-1] == "postponed"
        async with shop.read() as tx:
            assert [each.ticket for each in await tx.seats("delivery", shop.now, shop.now + 20 * HOUR)] == [callback]


async def test_a_promise_for_which_there_is_no_time_any_more_expires_with_an_apology(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(skills={"delivery": SKILLS["delivery"]})
        callback = await booked(shop)
        closed = replace(SKILLS["delivery"].hours, week=((),) * 7)
        shop.content = desk(skills={"delivery": replace(SKILLS["delivery"], hours=closed)})
        await shop.move(HOUR)
        assert (await shop.ticket(callback)).state == Closed(Reason.EXPIRED)
        assert "promised to contact you and failed" in (await shop.last()).text
        assert (await shop.conversation()).talk.wish.skill == "delivery"


async def test_a_call_that_goes_on_past_the_hours_is_left_alone_and_comes_back_only_in_time(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(skills={"delivery": SKILLS["delivery"]})
        await online(shop, "anna")
        callback = await booked(shop, after=5 * HOUR + HOUR / 2)  # 17:30
        await shop.move(5 * HOUR + HOUR / 2)
        await shop.do(Accept("anna", callback))
        await shop.move(HOUR)
        assert (await shop.ticket(callback)).state == Active("anna")
        await shop.do(Declare("anna", Presence.OFFLINE))
        await shop.move(timedelta(hours=1))
        assert (await shop.ticket(callback)).state == Scheduled(shop.now.replace(hour=6, minute=0) + timedelta(days=1))


async def test_a_desk_that_never_closes_goes_on_looking(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(callbacks=replace(DESK.callbacks, window=(0, 24 * 60)))
        callback = await booked(shop)
        await shop.move(timedelta(days=5))
        assert (await shop.ticket(callback)).state == Queued()
        assert ("shut", str(callback)) in await shop.alarms()
        await shop.do(Swept())
        await online(shop, "anna")
        assert isinstance((await shop.ticket(callback)).state, Offered)


async def test_bells_for_what_is_over_change_nothing(tmp_path):
    async with open_shop(tmp_path) as shop:
        callback = await booked(shop)
        await shop.press("unbook")
        before = await shop.messages()
        for kind in ("callback", "reminder", "late", "shut"):
            await shop.ring(kind, callback)
        assert await shop.messages() == before
        assert not {kind for kind, subject in await shop.alarms() if subject == str(callback)}
