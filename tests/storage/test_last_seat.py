"""The last seat of a slot is sold once, however many want it at the same moment, in one process or in two."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from bot.dialog.acts import Done, Pressed
from bot.dialog.buttons import slot_id
from handoff.ticket import Kind, Scheduled
from tests.dialog.shop import DESK, Shop, desk, sender

WANT_IT = [f"w{number}" for number in range(50)]


async def test_of_fifty_who_press_at_once_one_gets_it_and_the_others_are_told_at_once_what_is_near(storage):
    one, other = Shop(storage), Shop(storage)
    one.content = other.content = desk(callbacks=replace(DESK.callbacks, per_slot=1))
    async with asyncio.TaskGroup() as tasks:
        one.open(tasks)
        other.open(tasks)
        await one.all([one.wrote("call me", who) for who in WANT_IT])
        wanted = one.now + timedelta(hours=1)
        presses = [Pressed(sender(who), f"press-{who}", slot_id(wanted)) for who in WANT_IT]
        services = [one.service, other.service]
        outcomes = await asyncio.gather(*(services[at % 2].do(each) for at, each in enumerate(presses)))
        assert {type(each) for each in outcomes} == {Done}
        said = [await one.last(who) for who in WANT_IT]
        booked = [ticket for who in WANT_IT for ticket in await one.tickets(who)]
        async with storage.work.read() as tx:
            seats = await tx.seats("general", wanted, wanted + timedelta(minutes=30))
        one.close()
        other.close()
    assert [(each.kind, each.state) for each in booked] == [(Kind.CALLBACK, Scheduled(wanted))]
    assert [each.ticket for each in seats] == [booked[0].number]
    told = [each for each in said if each.text.startswith("That time is no longer free")]
    assert len(told) == 49
    near = [wanted + minutes * timedelta(minutes=30) for minutes in (-1, 1, 2, 3, 4, 5)]
    assert Counter(tuple(each.id for each in message.buttons) for message in told) == {
        (*map(slot_id, near), "days"): 49
    }
