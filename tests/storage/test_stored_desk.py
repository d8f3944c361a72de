"""Operators, seats and the schedule: kept as they are, and decided about by one at a time."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialog.errors import ConflictError
from bot.dialog.records import Alarm, Changes, Duty, Seat
from bot.storage.storage import Storage
from handoff.operators import Presence
from handoff.ticket import (
    Active,
)
from tests.patience import PATIENCE
from tests.storage.samples import MINUTE, NOW, begin_with, save, ticket


async def test_duties_are_kept_one_for_each_operator(storage: Storage) -> None:
    anna = Duty("anna", Presence.ONLINE, NOW, NOW)
    olga = Duty("olga", Presence.PAUSED, NOW, NOW - MINUTE, NOW + MINUTE, missed=2, capacity=5, private_chat="77")
    olga = replace(olga, had_turn=NOW - 2 * MINUTE, wraps_up=NOW + 2 * MINUTE)
    await save(storage, duties={"olga": olga, "anna": Duty("anna", Presence.OFFLINE, NOW - MINUTE, NOW - MINUTE)})
    await save(storage, duties={"anna": anna})
    async with storage.work.read() as look:
        assert await look.duties() == [anna, olga]


async def test_one_at_a_time_decides_about_the_desk(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, duties={"anna": Duty("anna", Presence.ONLINE, NOW, NOW, capacity=5)})

    async def assign(number: int) -> None:
        async with storage.work.begin() as work:
            load = len(await work.open_tickets())
            (anna,) = await work.duties()
            await asyncio.sleep(0)
            assert anna.capacity is not None
            if load < anna.capacity:
                await work.save(Changes(tickets={number: (ticket(number, state=Active("anna")), None)}))

    await asyncio.gather(*(assign(number) for number in range(1, 20)))
    async with storage.work.read() as look:
        assert len(await look.open_tickets()) == 5


async def test_a_look_at_the_desk_waits_for_nobody(storage: Storage) -> None:
    async with storage.work.begin() as work:
        await work.open_tickets()
        async with asyncio.timeout(PATIENCE), storage.work.read() as look:
            assert await look.open_tickets() == []
            assert await look.duties() == []


async def test_the_last_seats_are_sold_once_to_fifty_who_come_at_once(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, tickets={number: (ticket(number), None) for number in range(1, 51)})
    start, seats = NOW + 60 * MINUTE, 2

    async def buy(number: int) -> bool:
        for _ in range(50):
            try:
                async with storage.work.begin() as work:
                    taken = {seat.number for seat in await work.seats("general", start, start + MINUTE)}
                    free = set(range(seats)) - taken
                    if not free:
                        return False
                    await work.save(Changes(seats_taken=[Seat("general", start, min(free), number)]))
                    return True
            except ConflictError:
                continue
        raise AssertionError

    sold = await asyncio.gather(*(buy(number) for number in range(1, 51)))
    assert sum(sold) == seats
    async with storage.work.read() as look:
        assert [seat.number for seat in await look.seats("general", start, start + MINUTE)] == [0, 1]


async def test_a_seat_is_of_one_skill_and_one_hour(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, tickets={1: (ticket(), None)})
    hours = [NOW + timedelta(hours=each) for each in range(4)]
    mine = [Seat("general", hour, 0, 1) for hour in hours]
    await save(storage, seats_taken=[*mine, Seat("delivery", hours[1], 0, 1)])
    async with storage.work.read() as look:
        assert await look.seats("general", hours[1], hours[3]) == mine[1:3]


async def test_a_callback_that_moves_gives_its_seat_back_first(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, tickets={1: (ticket(), None), 2: (ticket(2), None)})
    await save(storage, seats_taken=[Seat("general", NOW, 0, 1), Seat("general", NOW, 1, 2)])
    await save(storage, seats_freed=[1], seats_taken=[Seat("general", NOW, 0, 1), Seat("general", NOW + MINUTE, 0, 1)])
    with pytest.raises(ConflictError):
        await save(storage, seats_taken=[Seat("general", NOW, 1, 1)])
    await save(storage, seats_freed=[1])
    async with storage.work.read() as look:
        assert await look.seats("general", NOW, NOW + 2 * MINUTE) == [Seat("general", NOW, 1, 2)]


async def test_alarms_ring_from_their_due_time_until_they_are_cleared(storage: Storage) -> None:
    assert await storage.alarms.next_due() is None
    first, second, third = (("offer", "1"), NOW), (("offer", "2"), NOW - MINUTE), (("remind", "1"), NOW + MINUTE)
    await save(storage, alarms=dict((first, second, third)))
    assert await storage.alarms.next_due() == NOW - MINUTE
    assert await storage.alarms.due(NOW) == [Alarm("offer", "2", NOW - MINUTE), Alarm("offer", "1", NOW)]
    assert await storage.alarms.due(NOW, limit=1) == [Alarm("offer", "2", NOW - MINUTE)]
    await save(storage, alarms={("offer", "2"): None, ("offer", "1"): NOW + 2 * MINUTE, ("nothing", "9"): None})
    assert await storage.alarms.due(NOW) == []
    assert await storage.alarms.due(NOW + 2 * MINUTE) == [
        Alarm("remind", "1", NOW + MINUTE),
        Alarm("offer", "1", NOW + 2 * MINUTE),
    ]
