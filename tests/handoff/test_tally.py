"""The day in numbers."""

from datetime import UTC, datetime, timedelta

from handoff.tally import Tally, tally
from handoff.ticket import Entry

NINE = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)


def entry(ticket, event, minute, before="", after="", **more):
    return Entry(ticket, NINE + timedelta(minutes=minute), "x", event, before, after, **more)


def test_a_quiet_day_counts_nothing():
    assert tally([]) == Tally()


def test_what_was_asked_answered_and_closed_is_counted():
    log = [
        entry(1, "Asked", 0, "", "queued"),
        entry(2, "Asked", 1, "", "queued"),
        entry(3, "Asked", 1, "", "scheduled"),
        entry(1, "WasAccepted", 2, "offered", "active", operator="anna"),
        entry(2, "WasClosed", 3, "queued", "closed", reason="abandoned"),
        entry(1, "WasRequeued", 4, "active", "queued", operator="anna"),
        entry(1, "WasTaken", 6, "queued", "active", operator="olga"),
        entry(3, "WasAssigned", 7, "queued", "active", operator="anna"),
        entry(1, "WasClosed", 8, "active", "closed", reason="resolved"),
        entry(1, "Rated", 9, "closed", "closed", reason=""),
    ]
    told = tally(log)
    assert (told.asked, told.answered) == (3, 2)
    assert told.by_operator == (("anna", 2),), "the first who took it counts"
    assert told.closed == (("abandoned", 1), ("resolved", 1))
    assert told.wait == timedelta(minutes=2), "a callback waits for its time, not for us"


def test_a_wait_that_began_before_the_span_is_not_guessed():
    assert tally([entry(1, "WasTaken", 0, "queued", "active", operator="anna")]).wait is None
