"""The pace is learnt from the event log alone: ends over the time in which they could have come."""

from datetime import UTC, datetime, timedelta

import pytest

from handoff.pace import Pace, Paces, paces
from handoff.ticket import (
    Came,
    Entry,
    Kind,
    OfferLapsed,
    Reason,
    Result,
    Ticket,
    TicketEvent,
    WasAccepted,
    WasClosed,
    WasHeld,
    WasMovedTo,
    WasOffered,
    WasRequeued,
    WasResumed,
    WasScheduled,
    opened,
    transition,
)

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
DONE = WasClosed(Reason.RESOLVED)
LEFT = WasClosed(Reason.ABANDONED)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def offered(operator: str = "anna") -> WasOffered:
    return WasOffered(operator, NOW)


def log(
    number: int, *happened: tuple[float, TicketEvent], skill: str = "general", kind: Kind = Kind.CHAT
) -> list[Entry]:
    """The log of a ticket to which these things happened, so many minutes after it was asked for."""
    ticket = Ticket(number, "c", kind, skill, NOW)
    entries = [opened(ticket, NOW)]
    for after, event in happened:
        ticket, entry = transition(ticket, event, NOW + minutes(after), "anna")
        entries.append(entry)
    return entries


def served(number: int, handle: float = 6, skill: str = "general") -> list[Entry]:
    return log(number, (2, offered()), (2.5, WasAccepted("anna")), (2.5 + handle, DONE), skill=skill)


def many(count: int, skill: str = "general", first: int = 1) -> list[Entry]:
    return [entry for number in range(first, first + count) for entry in served(number, skill=skill)]


def learnt(*logs: list[Entry]) -> Pace:
    return paces([entry for each in logs for entry in each]).by_skill["general"]


def test_who_was_served_took_an_operator_up_from_the_offer_to_the_close():
    assert learnt(served(1)) == Pace(1, minutes(6.5), minutes(0.5), 0, minutes(2.5))


def test_who_left_waited_and_took_nobody_up():
    assert learnt(log(1, (3, LEFT))) == Pace(0, minutes(0), minutes(0), 1, minutes(3))


def test_who_left_beside_an_offer_took_up_whoever_was_offered():
    assert learnt(log(1, (3, offered()), (4, LEFT))) == Pace(0, minutes(1), minutes(1), 1, minutes(4))


def test_an_offer_that_lapsed_took_somebody_up_too():
    lapsed = log(1, (1, offered()), (2, OfferLapsed()), (3, offered("olga")), (4, WasAccepted("olga")), (9, DONE))
    assert learnt(lapsed) == Pace(1, minutes(7), minutes(2), 0, minutes(4))


def test_a_ticket_on_hold_still_takes_its_operator_up():
    held = log(1, (0, offered()), (0, WasAccepted("anna")), (5, WasHeld("anna")), (9, WasResumed()), (10, DONE))
    assert learnt(held) == Pace(1, minutes(10), minutes(0), 0, minutes(0))


def test_who_came_back_to_the_queue_was_not_finished_by_then():
    accepted = (0, offered()), (0, WasAccepted("anna"))
    back = log(1, *accepted, (5, WasRequeued()), (7, offered()), (7, WasAccepted("anna")), (12, DONE))
    assert learnt(back) == Pace(1, minutes(10), minutes(0), 0, minutes(2))


def test_each_call_that_was_made_is_handled_and_the_time_between_is_no_wait():
    call = log(
        1,
        (0, WasScheduled(NOW)),
        (60, Came()),
        (61, offered()),
        (61, WasAccepted("anna")),
        (64, WasScheduled(NOW, attempted=True, result=Result.NO_ANSWER)),
        (94, Came()),
        (94, offered()),
        (94, WasAccepted("anna")),
        (99, WasClosed(Reason.RESOLVED, Result.RESOLVED)),
        kind=Kind.CALLBACK,
    )
    assert learnt(call) == Pace(2, minutes(8), minutes(0), 0, minutes(1))


def test_what_lasted_over_night_counts_as_two_hours_without_an_end():
    assert learnt(log(1, (600, LEFT))) == Pace(0, minutes(0), minutes(0), 0, minutes(120))
    forgotten = log(1, (0, offered()), (0, WasAccepted("anna")), (600, DONE))
    assert learnt(forgotten) == Pace(0, minutes(120), minutes(0), 0, minutes(0))


def test_a_ticket_counts_for_the_skill_that_it_came_to():
    moved = log(1, (1, WasMovedTo("billing")), (3, LEFT), skill="general")
    assert dict(paces(moved).by_skill) == {"billing": Pace(0, minutes(0), minutes(0), 1, minutes(3))}


def test_the_rates_are_ends_over_time():
    pace = learnt(many(10), log(11, (5, LEFT)))
    assert pace.handling == pytest.approx(1 / (6.5 * 60))
    assert pace.leaving == pytest.approx(1 / ((10 * 2.5 + 5) * 60))
    assert pace.answering == minutes(0.5)


def test_who_never_waited_never_left():
    assert Pace(10, minutes(60)).leaving == 0


def test_nine_tickets_tell_too_little_and_ten_enough():
    assert paces(many(9)).of("general") is None
    assert paces(many(10)).of("general") == learnt(many(10))


def test_ten_tickets_that_took_no_time_are_no_pace():
    assert Paces({"general": Pace(10)}).of("general") is None


def test_a_skill_with_few_tickets_goes_by_the_pace_of_the_team():
    log = [*many(9), *many(1, "billing", first=20)]
    assert paces(log).of("billing") == paces(log).of("never seen") == paces(many(10)).of("general")
    assert paces([*many(12), *many(1, "billing", first=20)]).of("general") == paces(many(12)).of("general")


def test_without_a_log_nothing_is_known():
    assert paces([]).of("general") is None
