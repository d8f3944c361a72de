"""What customers were told about their wait is remembered, and judged by when an operator came."""

from datetime import UTC, datetime, timedelta

import pytest

from handoff.promises import PROMISED, Kept, kept, promised
from handoff.ticket import (
    Entry,
    Kind,
    OfferLapsed,
    Reason,
    Ticket,
    TicketEvent,
    WasAccepted,
    WasClosed,
    WasMovedTo,
    WasOffered,
    WasRequeued,
    WasTaken,
    opened,
    transition,
)

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
OFFERED, ACCEPTED = WasOffered("anna", NOW), WasAccepted("anna")
LEFT = WasClosed(Reason.ABANDONED)
Promise = tuple[int, int]


def log(*happened: tuple[int, TicketEvent | Promise], number: int = 1) -> list[Entry]:
    """Of a ticket to which these things happened, so many minutes after it was asked for; a pair is a promise."""
    ticket = Ticket(number, "c", Kind.CHAT, "general", NOW)
    entries = [opened(ticket, NOW)]
    for minute, event in happened:
        at = NOW + timedelta(minutes=minute)
        if isinstance(event, tuple):
            entries.append(promised(ticket, event, at))
        else:
            ticket, entry = transition(ticket, event, at, "anna")
            entries.append(entry)
    return entries


def test_a_promise_is_a_row_of_the_log_that_changes_no_state():
    ticket = Ticket(7, "c", Kind.CHAT, "general", NOW)
    row = promised(ticket, (3, 6), NOW)
    assert row == Entry(7, NOW, "bot", PROMISED, "queued", "queued", detail={"low": "3", "high": "6"})


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        (2, Kept(sooner=1)),
        (3, Kept(within=1)),
        (6, Kept(within=1)),
        (7, Kept(later=1)),
    ],
)
def test_a_promise_is_kept_when_an_operator_comes_within_it(answered: int, expected: Kept):
    assert kept(log((0, (3, 6)), (1, OFFERED), (answered, ACCEPTED))) == expected
    assert kept(log((0, (3, 6)), (answered, WasTaken("olga")))) == expected


def test_each_promise_counts_from_when_it_was_told():
    assert kept(log((0, (3, 6)), (5, (1, 3)), (7, OFFERED), (7, ACCEPTED))) == Kept(within=1, later=1)


def test_who_left_before_it_was_over_says_nothing_and_who_left_after_waited_too_long():
    assert kept(log((0, (3, 6)), (1, LEFT))) == kept(log((0, (3, 6)), (6, LEFT))) == Kept()
    assert kept(log((0, (3, 6)), (7, LEFT))) == Kept(later=1)


def test_an_offer_that_lapsed_is_no_answer():
    assert kept(log((0, (3, 6)), (2, OFFERED), (3, OfferLapsed()), (8, OFFERED), (8, ACCEPTED))) == Kept(later=1)


def test_a_promise_for_another_skill_is_void():
    assert kept(log((0, (3, 6)), (1, WasMovedTo("billing")), (20, OFFERED), (20, ACCEPTED))) == Kept()


def test_a_promise_is_judged_once_though_the_ticket_comes_back():
    again = log((0, (3, 6)), (4, OFFERED), (4, ACCEPTED), (5, WasRequeued()), (30, OFFERED), (30, ACCEPTED), (40, LEFT))
    assert kept(again) == Kept(within=1)


def test_who_still_waits_says_nothing_yet():
    assert kept(log((0, (3, 6)))) == Kept()


def test_the_tickets_of_a_log_are_judged_apart_and_counted_together():
    found = kept(
        [*log((0, (3, 6))), *log((4, OFFERED), (4, ACCEPTED), number=2), *log((0, (1, 2)), (9, LEFT), number=3)]
    )
    assert found == Kept(later=1)
    assert Kept(1, 2, 3) + Kept(10, 20, 30) == Kept(11, 22, 33)


def test_the_share_kept_is_of_all_that_were_judged():
    assert Kept(within=3, sooner=1).share == 0.75
    assert Kept(within=1, later=3).share == 0.25
    assert Kept().share is None
    assert Kept(1, 2, 3).judged == 6
