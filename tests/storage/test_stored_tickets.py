"""Tickets and their log: kept as they are, and decided about by one at a time."""

import asyncio
from dataclasses import replace

import pytest

from bot.dialog.errors import ConflictError
from bot.dialog.records import Changes
from bot.storage.storage import Storage
from handoff.ticket import (
    Active,
    Brief,
    Closed,
    Kept,
    Kind,
    Offered,
    OnHold,
    Preferred,
    Priority,
    Queued,
    Reason,
    Result,
    Scheduled,
    State,
    Ticket,
    WasAccepted,
    WasBrought,
    WasClosed,
    WasOffered,
    WasRequeued,
    WasTaken,
    opened,
    transition,
)
from tests.storage.samples import MINUTE, NOW, begin_with, conversation, save, ticket

STATES: list[State] = [
    Scheduled(NOW + MINUTE),
    Queued(),
    Offered("anna", NOW + MINUTE),
    Active("anna"),
    OnHold("anna"),
    *(Closed(reason) for reason in Reason),
]


@pytest.mark.parametrize("state", STATES, ids=repr)
async def test_a_ticket_comes_back_as_it_was_in_every_state(storage: Storage, state: State) -> None:
    await begin_with(storage)
    full = ticket(
        kind=Kind.CALLBACK,
        skill="delivery",
        state=state,
        priority=Priority.URGENT,
        locale="lv",
        passed=("olga", "ivan"),
        phone="+37120000000",
        attempts=2,
        promised=NOW + MINUTE,
        brief=Brief("misses", "delivery_cost", "Сколько?", {"order": "A-1"}, guessed=True),
        preferred=Preferred("anna", NOW),
        again=NOW + MINUTE,
        shown=("anna", "olga"),
        kept=Kept(asked=NOW, unanswered=2),
        version=4,
    )
    await save(storage, tickets={1: (full, None), 2: (ticket(2), None)})
    async with storage.work.read() as look:
        assert await look.ticket(1) == full
        assert await look.ticket(2) == ticket(2)
        assert await look.ticket(3) is None


async def test_the_desk_has_what_waits_and_what_is_worked_on(storage: Storage) -> None:
    await begin_with(storage, conversation("c1"), conversation("c2"))
    every = {number: ticket(number, state=state) for number, state in enumerate(STATES, 1)}
    await save(storage, tickets={number: (each, None) for number, each in every.items()})
    await save(storage, tickets={50: (ticket(50, "c2"), None)})
    async with storage.work.read() as look:
        assert await look.open_tickets() == [every[2], every[3], every[4], every[5], ticket(50, "c2")]
        assert await look.tickets_of(["c1"]) == [every[number] for number in range(1, 6)]
        assert await look.tickets_of(["c1", "c2", "c3"]) == [*(every[n] for n in range(1, 6)), ticket(50, "c2")]


async def test_a_claim_that_comes_second_changes_nothing(storage: Storage) -> None:
    await begin_with(storage)
    waiting = ticket()
    await save(storage, tickets={1: (waiting, None)}, entries=[opened(waiting, NOW)])

    async def take(operator: str) -> bool:
        taken, entry = transition(waiting, WasTaken(operator), NOW, operator)
        try:
            await save(storage, tickets={1: (taken, waiting.version)}, entries=[entry])
        except ConflictError:
            return False
        return True

    outcomes = await asyncio.gather(*(take(f"operator-{number}") for number in range(8)))
    assert sum(outcomes) == 1
    async with storage.work.read() as look:
        found, log = await look.ticket(1), await look.log(1)
    assert found is not None
    assert found.operator == f"operator-{outcomes.index(True)}"
    assert [entry.event for entry in log] == ["Asked", "WasTaken"]


async def test_several_transitions_of_one_turn_are_one_claim(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, tickets={1: (ticket(), None)})
    later = ticket(state=Active("anna"), version=3)
    await save(storage, tickets={1: (later, 0)})
    with pytest.raises(ConflictError):
        await save(storage, tickets={1: (ticket(version=2), 1)})
    async with storage.work.read() as look:
        assert await look.ticket(1) == later


async def test_a_number_is_given_once_whoever_asks(storage: Storage) -> None:
    await begin_with(storage)

    async def ask() -> list[int]:
        async with storage.work.begin() as work:
            numbers = [await work.next_ticket(), await work.next_ticket()]
            await work.save(Changes(tickets={number: (ticket(number), None) for number in numbers}))
            return numbers

    given = await asyncio.gather(*(ask() for _ in range(10)))
    assert sorted(number for pair in given for number in pair) == list(range(1, 21))


async def test_the_log_keeps_every_transition_in_order(storage: Storage) -> None:
    await begin_with(storage)
    now, entries, current = NOW, [opened(ticket(), NOW)], ticket()
    for event in (WasOffered("anna", NOW + MINUTE), WasAccepted("anna"), WasRequeued(), WasClosed(Reason.ABANDONED)):
        now += MINUTE
        current, entry = transition(current, event, now, "anna")
        entries.append(entry)
    await save(storage, tickets={1: (current, None)}, entries=entries)
    async with storage.work.read() as look:
        assert await look.log(1) == entries
        assert await look.log(2) == []


async def _live(storage: Storage, number: int, *events: object) -> Ticket:
    current, entries = ticket(number), [opened(ticket(number), NOW)]
    for minute, event in enumerate(events):
        current, entry = transition(current, event, NOW + (number * 10 + minute) * MINUTE, "somebody")
        entries.append(entry)
    await save(storage, tickets={number: (current, None)}, entries=entries)
    return current


async def test_the_logs_of_those_closed_last_are_whole_and_in_order(storage: Storage) -> None:
    await begin_with(storage)
    logs = {}
    for number in (1, 2, 3, 4):
        asked = ticket(number)
        taken, took = transition(asked, WasTaken("anna"), NOW + MINUTE, "anna")
        closed, done = transition(taken, WasClosed(Reason.RESOLVED), NOW + 2 * MINUTE, "anna")
        logs[number] = [opened(asked, NOW), took, done]
        await save(storage, tickets={number: (closed, None)}, entries=logs[number][:2])
    for number in (3, 1, 2):  # the fourth stays open in the log
        await save(storage, entries=logs[number][2:])
    async with storage.work.read() as look:
        assert await look.last_closed_logs(2) == [*logs[1], *logs[2]]
        assert await look.last_closed_logs(9) == [*logs[1], *logs[2], *logs[3]]


async def test_who_had_the_last_closed_ticket_is_remembered(storage: Storage) -> None:
    await begin_with(storage)
    async with storage.work.read() as look:
        assert await look.last_closed("c1") is None
    await _live(storage, 1, WasTaken("olga"), WasClosed(Reason.RESOLVED))
    second = await _live(storage, 2, WasTaken("ivan"), WasRequeued(), WasTaken("anna"), WasClosed(Reason.RESOLVED))
    await _live(storage, 3, WasTaken("maris"))
    async with storage.work.read() as look:
        assert await look.last_closed("c1") == (second, NOW + 23 * MINUTE, "anna")


async def test_the_closed_tickets_of_a_customer_come_back_the_last_closed_first(storage: Storage) -> None:
    await begin_with(storage, conversation(), conversation("c2"))
    first = await _live(storage, 1, WasTaken("olga"), WasClosed(Reason.RESOLVED))
    second = await _live(storage, 2, WasOffered("anna", NOW), WasClosed(Reason.ABANDONED))
    await _live(storage, 3, WasTaken("maris"))
    async with storage.work.read() as look:
        found = await look.history("c1", 0, 10)
        assert [each.ticket for each in found] == [second, first]
        assert [each.operator for each in found] == [None, "olga"]
        assert [each.closed for each in found] == [NOW + 21 * MINUTE, NOW + 11 * MINUTE]
        assert [each.ticket for each in await look.history("c1", 1, 1)] == [first]
        assert await look.history("c2", 0, 10) == []


async def test_the_closed_tickets_of_one_person_in_two_places_are_one_history(storage: Storage) -> None:
    chat, site, newest = (conversation(each) for each in ("c1", "c2", "c3"))
    await begin_with(storage, chat, site, newest, conversation("c4"))
    for each, place in enumerate(("c1", "c2", "c3", "c4"), start=1):
        await _live(storage, each, WasTaken("olga"), WasBrought(place), WasClosed(Reason.RESOLVED))
    went = {"c1": replace(chat, continued="conversation:c2"), "c2": replace(site, continued="conversation:c3")}
    await save(storage, conversations={name: (value, False) for name, value in went.items()})
    await save(storage, conversations={"c3": (replace(newest, continued="telegram:5"), False)})
    async with storage.work.read() as look:
        assert [each.ticket.number for each in await look.history("c3", 0, 10)] == [3, 2, 1]
        assert [each.ticket.number for each in await look.history("c3", 1, 1)] == [2]
        assert [each.ticket.number for each in await look.history("c1", 0, 10)] == [1]


async def test_the_log_of_a_day_begins_where_it_is_asked_to(storage: Storage) -> None:
    await begin_with(storage)
    await _live(storage, 1, WasTaken("olga"), WasClosed(Reason.RESOLVED, Result.BUSY))
    async with storage.work.read() as look:
        assert [each.event for each in await look.log_since(NOW)] == ["Asked", "WasTaken", "WasClosed"]
        assert [each.event for each in await look.log_since(NOW + 11 * MINUTE)] == ["WasClosed"]
        assert [each.result for each in await look.history("c1", 0, 1)] == ["busy"]


async def test_who_was_only_offered_a_ticket_did_not_have_it(storage: Storage) -> None:
    await begin_with(storage)
    closed = await _live(storage, 1, WasOffered("anna", NOW), WasClosed(Reason.ABANDONED))
    async with storage.work.read() as look:
        assert await look.last_closed("c1") == (closed, NOW + 11 * MINUTE, None)
