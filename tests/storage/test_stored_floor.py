"""What the floor reads of the store: the same that it would find among all tickets."""

from datetime import timedelta
from random import Random

import pytest

from bot.storage.storage import Storage
from handoff.desk import Routing
from handoff.queue import Line, in_line, order_key, ordered, place
from handoff.ticket import Active, Closed, Offered, OnHold, Preferred, Priority, Queued, Reason, State, Ticket
from tests.storage.samples import MINUTE, NOW, begin_with, save, ticket

STATES: list[State] = [Queued(), Queued(), Queued(), Offered("anna", NOW), Active("olga"), OnHold("anna")]
SKILLS = ("delivery", "general")
CLOSED = ticket(50, state=Closed(Reason.RESOLVED), skill="general")


def at_random(number: int, random: Random) -> Ticket:
    """Some are asked for later than now: callbacks that were promised, and clocks that differ."""
    asked = NOW - random.randint(-5, 20) * MINUTE / 4
    return ticket(
        number,
        skill=random.choice(SKILLS),
        state=random.choice(STATES),
        priority=random.choice([*Priority]),
        asked=asked,
        preferred=random.choice([None, None, Preferred("anna", NOW), Preferred("olga", NOW)]),
    )


@pytest.fixture
async def tickets(storage: Storage) -> list[Ticket]:
    random = Random(7)
    found = [at_random(number, random) for number in range(1, 41)]
    await begin_with(storage)
    await save(storage, tickets={each.number: (each, None) for each in [*found, CLOSED]})
    return found


async def test_loads_and_lines_are_counted(storage: Storage, tickets: list[Ticket]) -> None:
    async with storage.work.read() as look:
        loads, lines = await look.counts()
    assert loads == {who: sum(each.operator == who for each in tickets) for who in ("anna", "olga")}
    for skill in SKILLS:
        mine = [each for each in tickets if each.skill == skill and in_line(each)]
        waiting = sum(each.waiting for each in mine)
        assert lines[skill] == Line(waiting, len(mine) - waiting)


async def test_what_an_operator_holds_is_found(storage: Storage, tickets: list[Ticket]) -> None:
    async with storage.work.read() as look:
        assert await look.held_by("anna") == [each for each in tickets if each.operator == "anna"]
        assert await look.held_by("nobody") == []


@pytest.mark.parametrize("ageing", [timedelta(0), MINUTE, 2 * MINUTE])
async def test_the_head_and_the_line_and_the_place_are_in_the_order_of_the_queue(
    storage: Storage, tickets: list[Ticket], ageing: timedelta
) -> None:
    routing = Routing(ageing=ageing)
    line = [each for each in ordered(tickets, routing, NOW) if each.skill == "general" and in_line(each)]
    heads = [
        each
        for each in ordered(tickets, routing, NOW)
        if each.waiting and (each.skill == "general" or (each.preferred and each.preferred.operator == "anna"))
    ]
    async with storage.work.read() as look:
        assert await look.head(["general"], ["anna"], NOW, ageing, 99) == heads
        assert await look.head(["general"], ["anna"], NOW, ageing, 5) == heads[:5]
        assert await look.head([], [], NOW, ageing, 5) == []
        assert await look.in_line("general", NOW, ageing, 4) == line[:4]
        assert await look.in_line("general", NOW, ageing, 4, 4) == line[4:8]
        for each in line:
            key = order_key(each, routing, NOW)
            assert await look.ahead("general", NOW, ageing, key) == place(each.number, tickets, routing, NOW)
