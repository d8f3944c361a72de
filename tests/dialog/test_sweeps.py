"""A sweep finds what should have rung, and changes nothing else."""

from dataclasses import replace
from datetime import timedelta

from bot.dialog.acts import Swept
from bot.dialog.conversation import Owner
from bot.dialog.operator_acts import Accept, Close, Declare, Take
from bot.dialog.records import Changes
from handoff.operators import Presence
from handoff.ticket import Active, Queued
from tests.dialog.shop import online, open_shop


async def forget(shop, alarms):
    await save(shop, alarms=alarms)


async def save(shop, **changes):
    async with shop.storage.work.begin() as tx:
        await tx.save(Changes(**changes))


async def test_a_sweep_sets_what_should_ring_and_changes_nothing_else(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna", "olga")
        await shop.say("person")  # offered to anna
        await shop.say("person", "w")  # olga has it and goes away
        await shop.do(Take("olga", 2))
        await shop.do(Declare("olga", Presence.OFFLINE))
        await shop.say("call me", "u")
        await shop.press(next(each.id for each in (await shop.last("u")).buttons), "u")
        before = await shop.alarms()
        assert {kind for kind, _ in before} == {"offer", "grace", "callback", "reminder"}
        tickets = [await shop.ticket(each) for each in (1, 2, 3)]
        await forget(shop, dict.fromkeys(before))
        await shop.do(Swept())
        assert await shop.alarms() == before
        assert [await shop.ticket(each) for each in (1, 2, 3)] == tickets


async def test_a_sweep_ends_a_pause_that_nobody_rang_the_end_of(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.do(Declare("anna", Presence.PAUSED, shop.now + timedelta(minutes=5)))
        before = await shop.alarms()
        await forget(shop, dict.fromkeys(before))
        await shop.do(Swept())
        assert await shop.alarms() == before


async def test_a_sweep_takes_back_offers_from_who_is_away(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        async with shop.read() as tx:
            (duty,) = await tx.duties()
        await save(shop, duties={"anna": replace(duty, presence=Presence.PAUSED)})
        await shop.do(Swept())
        assert isinstance((await shop.ticket(1)).state, Queued)


async def test_the_owner_follows_the_tickets(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        await shop.do(Accept("anna", 1))
        assert isinstance((await shop.ticket(1)).state, Active)
        assert (await shop.conversation()).owner is Owner.OPERATOR
        await shop.do(Close("anna", 1))
        assert (await shop.conversation()).owner is Owner.BOT
