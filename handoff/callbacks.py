"""Callbacks: the slots that can be promised, and what follows from each attempt to keep the promise."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from handoff.desk import CallbackRules, Desk
from handoff.hours import DAY, Hours, Interval, Span, daily, instant, open_intervals
from handoff.ticket import Reason, Result, Ticket, TicketEvent, WasClosed, WasScheduled

HORIZON_OF_ATTEMPTS = timedelta(days=366)


def slots(
    hours: Hours, rules: CallbackRules, now: datetime, taken: Mapping[datetime, int], customer_zone: str
) -> list[datetime]:
    """The starts (UTC, in order) of the slots that can be promised now.

    They lie on the grid of `rules.slot` (whole minutes) from the midnights of the desk's zone; from its start to its
    end each is open without a break and inside the window on the customer's clock; none starts before `now` + lead or
    after `now` + horizon. `taken` counts the seats sold by start. An hour that the clock repeats is offered once.
    """
    first, last = now + rules.lead, now + rules.horizon
    spans = _callable(hours, rules, customer_zone, first, last + rules.slot)
    starts = (start for span in spans for start in _grid(hours.zone, rules.slot, span))
    return [start for start in starts if taken.get(start, 0) < rules.per_slot]


def rules_of(desk: Desk, skill: str) -> CallbackRules:
    """The rules for a skill: how many seats its slots have may depend on how many operators have it."""
    rules = desk.callbacks
    if rules.per_operator is None:
        return rules
    having = sum(each.skills.get(skill, 0.0) > 0 for each in desk.operators.values())
    return replace(rules, per_slot=rules.per_operator * having)


def nearest(slots: Iterable[datetime], wanted: datetime, count: int) -> list[datetime]:
    """So many of the slots as near to the wanted time as can be, in order of time; of two as near, the later."""
    near = sorted(slots, key=lambda start: (abs(start - wanted), -start.timestamp()))
    return sorted(near[:count])


def by_day(slots: Iterable[datetime], zone: str) -> Mapping[date, list[datetime]]:
    """The slots by the date on the zone's calendar, in the order given; days without any are left out."""
    days: dict[date, list[datetime]] = {}
    for start in slots:
        days.setdefault(start.astimezone(ZoneInfo(zone)).date(), []).append(start)
    return days


def next_attempt(hours: Hours, rules: CallbackRules, now: datetime, customer_zone: str) -> datetime | None:
    """When to try again (UTC): `now` + retry, moved forward into the hours and the window; None if never in a year."""
    first = now + rules.retry
    span = next(_callable(hours, rules, customer_zone, first, first + HORIZON_OF_ATTEMPTS), None)
    return span[0] if span else None


def callable_until(hours: Hours, rules: CallbackRules, now: datetime, customer_zone: str) -> datetime | None:
    """How long the customer can be called from now on, looking two days ahead at most; None when not even now."""
    span = next(_callable(hours, rules, customer_zone, now, now + timedelta(days=2)), None)
    return span[1] if span and span[0] <= now else None


def after_result(
    ticket: Ticket, result: Result, rules: CallbackRules, hours: Hours, now: datetime, customer_zone: str
) -> TicketEvent:
    """What happens to the ticket when the operator says how the call went.

    Who was not reached is called again until `rules.attempts` calls are made in all; who asked for a later call gets
    one however many were made (at a time they named: `asked_later`). When no time is left to call, the ticket expires.
    """
    match result:
        case Result.RESOLVED:
            return WasClosed(Reason.RESOLVED, result)
        case Result.DECLINED:
            return WasClosed(Reason.CANCELLED, result)
        case Result.WRONG_CONTACT:
            return WasClosed(Reason.NO_ANSWER, result)
        case Result.NO_ANSWER | Result.BUSY if ticket.attempts + 1 >= rules.attempts:
            return WasClosed(Reason.NO_ANSWER, result)
        case Result.NO_ANSWER | Result.BUSY | Result.ASKED_LATER:
            due = next_attempt(hours, rules, now, customer_zone)
            return WasScheduled(due, attempted=True, result=result) if due else WasClosed(Reason.EXPIRED, result)
        case _ as never:
            assert_never(never)


def asked_later(when: datetime) -> WasScheduled:
    """The customer was reached and named a time for another call."""
    return WasScheduled(when, attempted=True, result=Result.ASKED_LATER)


def kept_on_time(promised: datetime, called_at: datetime | None, slot: timedelta) -> bool:
    """Whether the promise was kept: promised <= called_at < promised + slot.

    `called_at` is when the ticket was first offered to an operator after it came due, None when it never was. That
    the customer did not answer does not break the promise; that the call came after the slot, or before it, does.
    """
    return called_at is not None and promised <= called_at < promised + slot


def _callable(hours: Hours, rules: CallbackRules, customer_zone: str, start: datetime, end: datetime) -> Iterator[Span]:
    """When we are open and it is no rude time where the customer is."""
    opens, closes = rules.window
    polite = daily(customer_zone, Interval(opens, closes if closes > opens else closes + DAY))
    return _in_both(open_intervals(hours, start, end), open_intervals(polite, start, end))


def _in_both(ours: Iterator[Span], theirs: Iterator[Span]) -> Iterator[Span]:
    """The times that lie in a span of each; both come in order."""
    one, other = next(ours, None), next(theirs, None)
    while one and other:
        both = max(one[0], other[0]), min(one[1], other[1])
        if both[0] < both[1]:
            yield both
        if one[1] <= other[1]:
            one = next(ours, None)
        else:
            other = next(theirs, None)


def _grid(zone: str, slot: timedelta, span: Span) -> Iterator[datetime]:
    """The grid's instants whose slot lies in the span; a time that the clock skips is no time of its own."""
    opens = span[0].astimezone(ZoneInfo(zone))
    step = slot // timedelta(minutes=1)
    day, minute = opens.date(), (opens.hour * 60 + opens.minute) // step * step
    before = span[0] - timedelta.resolution
    while (start := instant(zone, day, minute)) + slot <= span[1]:
        there = start.astimezone(ZoneInfo(zone))
        if start > before and there.minute == minute % 60:  # else the clock skips it
            yield start
            before = start
        minute += step
        if minute >= DAY:
            day, minute = day + timedelta(days=1), 0
