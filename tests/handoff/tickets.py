"""A ticket in each state, and what becomes of it."""

from datetime import UTC, datetime, timedelta

from handoff.ticket import (
    Active,
    Closed,
    Kind,
    Offered,
    OnHold,
    Queued,
    Reason,
    Scheduled,
    State,
    Ticket,
    TicketEvent,
    transition,
)

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)

ASKED = NOW - timedelta(minutes=5)

DUE = NOW + timedelta(hours=2)

LATER = NOW + timedelta(hours=3)

DEADLINE = NOW + timedelta(seconds=60)

STATES: list[State] = [
    Scheduled(DUE),
    Queued(),
    Offered("anna", DEADLINE),
    Active("anna"),
    OnHold("anna"),
    Closed(Reason.RESOLVED),
]


def ticket(state: State, kind: Kind = Kind.CALLBACK, passed: tuple[str, ...] = ("olga",)) -> Ticket:
    return Ticket(7, "c1", kind, "general", ASKED, state, passed=passed, attempts=1, version=4)


def after(before: Ticket, event: TicketEvent) -> Ticket:
    return transition(before, event, NOW, "clock")[0]
