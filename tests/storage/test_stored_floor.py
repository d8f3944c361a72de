"""What the floor reads of the store: the same that it would find among all tickets."""

from datetime import timedelta
from random import Random

import pytest

from bot.storage.storage import Storage
from handoff.desk import Routing
from handoff.queue import Line, in_line, order_key, ordered, place
from handoff.ticket import (
    Active,
    Closed,
    Kept,
    Kind,
    Offered,
    OnHold,
    Preferred,
    Priority,
    Queued,
    Reason,
    Scheduled,
    State,
    Ticket,
)
from tests.storage.samples import MINUTE, NOW, begin_with, conversation, save, ticket

STATES: list[State] = [Queued(), Queued(), Queued(), Offered("anna", NOW), Active("olga"), OnHold("anna")]
SKILLS = ("delivery", "general")
CLOSED = ticket(50, state=Closed(Reason.RESOLVED), skill="general")


def at_random(number: int, random: Random) -> Ticket:
    """Some are asked for later than now: callbacks that were promised, and clocks that differ."""
    asked = NOW - random.randint(-5, 20) * MINUTE / 4
    state = random.choice(STATES)
    return ticket(
        number,
        skill=random.choice(SKILLS),
        state=state,
        kept=random.choice([None, Kept()]) if isinstance(state, Queued) else None,
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
        loads, lines = (await look.staff()).loads, await look.lines()
    assert loads == {who: sum(each.operator == who for each in tickets) for who in ("anna", "olga")}
    for skill in SKILLS:
        mine = [each for each in tickets if each.skill == skill and in_line(each)]
        waiting = sum(each.waiting for each in mine)
        kept = sum(each.kept is not None for each in mine)
        assert lines[skill] == Line(waiting, len(mine) - waiting - kept, kept)


async def test_a_line_is_known_to_be_longer_without_being_counted(storage: Storage, tickets: list[Ticket]) -> None:
    async with storage.work.read() as look:
        for skill in SKILLS:
            length = sum(each.skill == skill and in_line(each) for each in tickets)
            assert [await look.longer(skill, than) for than in (0, length - 1, length)] == [True, True, False]
        assert not await look.longer("nothing", 0)


@pytest.mark.parametrize("state", [Queued(), Closed(Reason.RESOLVED)])
async def test_tickets_are_found_with_their_conversations_and_the_other_open_ones(
    storage: Storage, state: State
) -> None:
    await begin_with(storage, conversation("c1"), conversation("c2"))
    mine = [ticket(1, state=state), ticket(2, state=Closed(Reason.RESOLVED)), ticket(3, state=Active("anna"))]
    await save(storage, tickets={each.number: (each, None) for each in [*mine, ticket(4, "c2")]})
    async with storage.work.begin() as work:
        assert await work.with_tickets([1]) == ([conversation("c1")], [mine[0], mine[2]])
        both = [conversation("c1"), conversation("c2")]
        assert await work.with_tickets([4, 1, 9]) == (both, [mine[0], mine[2], ticket(4, "c2")])
        assert await work.with_tickets([9]) == ([], []) == await work.with_tickets([])


async def test_what_an_operator_holds_is_found(storage: Storage, tickets: list[Ticket]) -> None:
    async with storage.work.read() as look:
        assert await look.held("anna") == [each for each in tickets if each.operator == "anna"]
        assert await look.held("nobody") == []
        assert await look.held() == [each for each in tickets if each.operator]


async def test_it_is_known_how_long_each_line_is_and_since_when(storage: Storage, tickets: list[Ticket]) -> None:
    lines = {skill: [each.asked for each in tickets if each.skill == skill and in_line(each)] for skill in SKILLS}
    async with storage.work.read() as look:
        assert await look.lengths() == {skill: (len(asked), min(asked)) for skill, asked in lines.items()}


async def test_booked_calls_are_found_soonest_first_and_counted(storage: Storage, tickets: list[Ticket]) -> None:
    booked = [
        ticket(60 + number, skill=skill, kind=Kind.CALLBACK, state=Scheduled(NOW + hours * 60 * MINUTE))
        for number, (skill, hours) in enumerate([("general", 3), ("general", 1), ("delivery", 4), ("general", 2)])
    ]
    await save(storage, tickets={each.number: (each, None) for each in booked})
    async with storage.work.read() as look:
        found, counts = await look.booked(2)
    assert [each.number for each in found] == [61, 63, 62]
    assert counts == {"general": 3, "delivery": 1}


@pytest.mark.parametrize("ageing", [timedelta(0), MINUTE, 2 * MINUTE])
async def test_the_head_and_the_line_and_the_place_are_in_the_order_of_the_queue(
    storage: Storage, tickets: list[Ticket], ageing: timedelta
) -> None:
    routing = Routing(ageing=ageing)
    line = [each for each in ordered(tickets, routing, NOW) if each.skill == "general" and in_line(each)]
    heads = [
        each
        for each in ordered(tickets, routing, NOW)
        if each.in_queue and (each.skill == "general" or (each.preferred and each.preferred.operator == "anna"))
    ]
    async with storage.work.read() as look:
        assert await look.head(["general"], ["anna"], NOW, ageing, 99) == heads
        assert await look.head(["general"], ["anna"], NOW, ageing, 5) == heads[:5]
        assert await look.head([], [], NOW, ageing, 5) == []
        assert await look.in_line("general", NOW, ageing, 4) == line[:4]
        assert await look.in_line("general", NOW, ageing, 4, 4) == line[4:8]
        assert (await look.firsts(SKILLS, NOW, ageing, 4))[4:] == line[:4]
        for each in line:
            key = order_key(each, routing, NOW)
            assert await look.ahead("general", NOW, ageing, key) == place(each.number, tickets, routing, NOW)
