"""Tickets, their log, operators, seats and the schedule, as rows.

A row is unpacked in the order of the table's columns: its values have no names where they come from the driver.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple, assert_never

from bot.dialog.records import Alarm, Duty, Seat
from handoff.operators import Presence
from handoff.ticket import (
    Active,
    Closed,
    Entry,
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

Columns = dict[str, Any]
DUTIES = 1000  # that are remembered: everybody's is read whenever the floor is looked at, and few have changed


class _StateColumns(NamedTuple):
    """What the columns say of a state; `until` is a due time or a deadline."""

    operator: str | None = None
    until: datetime | None = None
    reason: str | None = None


def _state_columns(state: State) -> _StateColumns:
    match state:
        case Scheduled(due=due):
            return _StateColumns(until=due)
        case Queued():
            return _StateColumns()
        case Offered(operator=who, deadline=deadline):
            return _StateColumns(who, deadline)
        case Active(operator=who) | OnHold(operator=who):
            return _StateColumns(who)
        case Closed(reason=reason):
            return _StateColumns(reason=reason.value)
        case _ as never:
            assert_never(never)


def _state_of(state: str, operator: str, until: datetime, reason: str) -> State:
    match state:
        case "scheduled":
            return Scheduled(until)
        case "queued":
            return Queued()
        case "offered":
            return Offered(operator, until)
        case "active":
            return Active(operator)
        case "on_hold":
            return OnHold(operator)
        case _:
            return Closed(Reason(reason))


def ticket_row(value: Ticket) -> Columns:
    """The columns of a ticket."""
    operator, until, reason = _state_columns(value.state)
    return {
        "number": value.number,
        "conversation": value.conversation,
        "kind": value.kind.value,
        "skill": value.skill,
        "asked": value.asked,
        "state": value.state_name,
        "operator": operator,
        "until": until,
        "reason": reason,
        "priority": int(value.priority),
        "locale": value.locale,
        "passed": value.passed,
        "phone": value.phone,
        "attempts": value.attempts,
        "promised": value.promised,
        "brief": value.brief,
        "preferred": value.preferred.operator if value.preferred else None,
        "preferred_until": value.preferred.until if value.preferred else None,
        "again": value.again,
        "shown": value.shown,
        "kept": value.kept,
        "version": value.version,
        "merged_into": value.merged_into,
    }


def ticket_of(row: Any) -> Ticket:
    """The ticket again; what stands in the row behind its columns is left alone."""
    number, conversation, kind, skill, asked, state, operator, until, reason, *more = row
    priority, locale, passed, phone, attempts, promised, brief, *more = more
    preferred, preferred_until, again, shown, kept, version, merged_into, *_ = more
    return Ticket(
        number=number,
        conversation=conversation,
        kind=Kind(kind),
        skill=skill,
        asked=asked,
        state=_state_of(state, operator, until, reason),
        priority=Priority(priority),
        locale=locale,
        passed=passed,
        phone=phone,
        attempts=attempts,
        promised=promised,
        brief=brief,
        preferred=Preferred(preferred, preferred_until) if preferred else None,
        again=again,
        shown=shown,
        kept=kept,
        merged_into=merged_into,
        version=version,
    )


def entry_row(value: Entry) -> Columns:
    """The columns of a row of the event log."""
    return {
        "ticket": value.ticket,
        "at": value.at,
        "actor": value.actor,
        "event": value.event,
        "before": value.before,
        "after": value.after,
        "reason": value.reason,
        "operator": value.operator,
        "detail": value.detail,
    }


def entry_of(row: Any) -> Entry:
    """The row of the event log again."""
    _, ticket, at, actor, event, before, after, reason, operator, detail = row
    return Entry(
        ticket=ticket,
        at=at,
        actor=actor,
        event=event,
        before=before,
        after=after,
        reason=reason,
        operator=operator,
        detail=detail,
    )


def duty_row(value: Duty) -> Columns:
    """The columns of what is kept of an operator."""
    return {
        "operator": value.operator,
        "presence": value.presence.value,
        "since": value.since,
        "idle_since": value.idle_since,
        "until": value.until,
        "missed": value.missed,
        "capacity": value.capacity,
        "private_chat": value.private_chat,
        "had_turn": value.had_turn,
        "wraps_up": value.wraps_up,
    }


@lru_cache(DUTIES)
def duty_of(row: Any) -> Duty:
    """What is kept of an operator again."""
    operator, presence, since, idle_since, until, missed, capacity, private_chat, had_turn, wraps_up = row
    return Duty(
        operator=operator,
        presence=Presence(presence),
        since=since,
        idle_since=idle_since,
        until=until,
        missed=missed,
        capacity=capacity,
        private_chat=private_chat,
        had_turn=had_turn,
        wraps_up=wraps_up,
    )


def seat_row(value: Seat) -> Columns:
    """The columns of a seat."""
    return {"skill": value.skill, "start": value.start, "number": value.number, "ticket": value.ticket}


def seat_of(row: Any) -> Seat:
    """The seat again."""
    return Seat(*row)


def alarm_of(row: Any) -> Alarm:
    """The alarm again."""
    return Alarm(*row)
