"""Which promises were kept on time, as the event log alone tells it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handoff.promised_calls import Kept, Outcome, by_skill, promises
from handoff.ticket import (
    Came,
    Entry,
    Kind,
    Reason,
    Result,
    Scheduled,
    Ticket,
    TicketEvent,
    WasAccepted,
    WasClosed,
    WasMovedTo,
    WasOffered,
    WasScheduled,
    WasTaken,
    opened,
    transition,
)

NINE = datetime(2026, 5, 4, 9, tzinfo=UTC)
SLOT = timedelta(minutes=30)
MINUTE = timedelta(minutes=1)
BY = NINE + SLOT
LATER = NINE + timedelta(hours=3)
EVENING = NINE + timedelta(hours=12)

TAKEN = (10 * MINUTE, WasTaken("anna"))
CAME = (0 * MINUTE, Came(BY))


def log(*events: tuple[timedelta, TicketEvent], number: int = 7, skill: str = "general") -> list[Entry]:
    """A callback for nine o'clock, asked for at eight; what happened, so long after nine."""
    asked = NINE - timedelta(hours=1)
    ticket = Ticket(number, "c", Kind.CALLBACK, skill, asked, Scheduled(NINE), promised=NINE)
    entries = [opened(ticket, asked)]
    for after, event in events:
        ticket, entry = transition(ticket, event, NINE + after, "anna")
        entries.append(entry)
    return entries


def outcomes(entries: Iterable[Entry], now: datetime = EVENING) -> list[tuple[datetime, Outcome]]:
    return [(each.due, each.outcome) for each in promises(entries, SLOT, now)]


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        ((CAME, TAKEN), Outcome.KEPT),
        ((CAME, (SLOT - MINUTE, WasTaken("anna"))), Outcome.KEPT),
        ((CAME, (SLOT, WasTaken("anna"))), Outcome.LATE),
        ((CAME, (MINUTE, WasOffered("anna", LATER)), (40 * MINUTE, WasAccepted("anna"))), Outcome.LATE),
        ((CAME,), Outcome.MISSED),
        ((), Outcome.MISSED),
        ((CAME, (MINUTE, WasClosed(Reason.MERGED))), Outcome.KEPT),
        ((CAME, (MINUTE, WasClosed(Reason.CANCELLED))), Outcome.WITHDRAWN),
        ((CAME, (SLOT, WasClosed(Reason.CANCELLED))), Outcome.MISSED),
        (((-MINUTE, WasClosed(Reason.CANCELLED)),), Outcome.WITHDRAWN),
        ((CAME, (2 * SLOT, WasClosed(Reason.EXPIRED))), Outcome.MISSED),
    ],
)
def test_a_promise_is_kept_when_an_operator_had_it_within_the_slot(
    events: tuple[tuple[timedelta, TicketEvent], ...], outcome: Outcome
):
    assert outcomes(log(*events)) == [(NINE, outcome)]


def test_what_has_not_passed_is_open():
    assert outcomes(log(), NINE - MINUTE) == [(NINE, Outcome.OPEN)]
    assert outcomes(log(CAME), BY - MINUTE) == [(NINE, Outcome.OPEN)]
    assert outcomes(log(CAME), BY) == [(NINE, Outcome.MISSED)]


def test_a_moved_one_is_withdrawn_and_a_new_one_is_made():
    moved = log(
        (-MINUTE, WasScheduled(LATER)), (timedelta(hours=3), Came(LATER + SLOT)), (190 * MINUTE, WasTaken("anna"))
    )
    assert outcomes(moved) == [(NINE, Outcome.WITHDRAWN), (LATER, Outcome.KEPT)]


def test_each_attempt_is_a_promise_of_its_own():
    again = WasScheduled(LATER, attempted=True, result=Result.NO_ANSWER)
    tried = log(CAME, TAKEN, (12 * MINUTE, again), (timedelta(hours=3), Came(LATER + SLOT)))
    assert outcomes(tried) == [(NINE, Outcome.KEPT), (LATER, Outcome.MISSED)]


def test_one_that_was_put_off_by_us_was_missed():
    postponed = log(CAME, (timedelta(hours=9), WasScheduled(LATER + timedelta(days=1), why="postponed")))
    assert outcomes(postponed) == [(NINE, Outcome.MISSED), (LATER + timedelta(days=1), Outcome.OPEN)]


def test_the_log_keeps_the_slot_it_was_promised_with():
    short = log((0 * MINUTE, Came(NINE + 5 * MINUTE)), TAKEN)
    assert outcomes(short) == [(NINE, Outcome.LATE)]
    [promise] = promises(log((0 * MINUTE, Came()), TAKEN), 5 * MINUTE, EVENING)  # of a log that does not say
    assert (promise.outcome, promise.by, promise.taken) == (Outcome.LATE, NINE + 5 * MINUTE, NINE + 10 * MINUTE)


def test_a_log_without_promises_has_none():
    nothing = [replace(log()[0], detail={"kind": "callback", "skill": "general"})]
    assert promises(nothing, SLOT, EVENING) == []


def test_each_skill_has_its_own_figure_and_a_corrected_skill_counts_where_it_went():
    entries = [
        *log(CAME, TAKEN, number=1),
        *log(CAME, number=2),
        *log((-MINUTE, WasClosed(Reason.CANCELLED)), number=3),
        *log((-MINUTE, WasMovedTo("billing")), CAME, TAKEN, number=4),
        *log((-MINUTE, WasClosed(Reason.CANCELLED)), number=5, skill="delivery"),
    ]
    mixed = sorted(entries, key=lambda each: each.at)
    figures = by_skill(promises(mixed, SLOT, EVENING))
    assert figures == [
        Kept("billing", kept=1, late=0, missed=0, withdrawn=0, open=0),
        Kept("delivery", kept=0, late=0, missed=0, withdrawn=1, open=0),
        Kept("general", kept=1, late=0, missed=1, withdrawn=1, open=0),
    ]
    assert [each.share for each in figures] == [1.0, None, 0.5]
    assert [each.promised for each in figures] == [1, 1, 3]
