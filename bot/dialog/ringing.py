"""Ringing: which alarms a ticket or an operator has, and when they ring. `Work` sets a ticket's whenever it changes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, assert_never

from bot.dialog.records import Duty
from handoff.desk import Desk
from handoff.eligibility import next_change
from handoff.operators import Presence
from handoff.ticket import Active, Closed, Kind, Offered, OnHold, Queued, Scheduled, Ticket

# Of tickets; their subject is the number.
OFFER: Final = "offer"  # the deadline of an offer
DUE: Final = "callback"  # a callback's promised time,
REMINDER: Final = "reminder"  # and shortly before it
LATE: Final = "late"  # its slot has gone by
SHUT: Final = "shut"  # it is not the time to call any more
KEPT: Final = "kept"  # the end of a question or of a rest, of a place that is kept
LOOK: Final = "look"  # time alone makes somebody else a candidate
ASK: Final = "silence"  # the customer owes an answer: asked whether they are there,
GONE: Final = "gone"  # and waited for no longer
OF_TICKETS: Final = frozenset({OFFER, DUE, REMINDER, LATE, SHUT, KEPT, LOOK, ASK, GONE})

# Of operators; their subject is the id.
GRACE: Final = "grace"  # who has left does not come back
PAUSE: Final = "pause"  # a pause is over
WRAP_UP: Final = "wrap_up"  # the time after a close is

_IN_STATE: Final[Mapping[type, frozenset[str]]] = {
    Scheduled: frozenset({DUE, REMINDER}),
    Queued: frozenset({LATE, SHUT, KEPT, LOOK}),
    Offered: frozenset({OFFER, LATE, SHUT}),
    Active: frozenset({SHUT, ASK, GONE}),
    OnHold: frozenset({SHUT, GONE}),
    Closed: frozenset(),
}
_OF_KIND: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.CHAT: frozenset({OFFER, LOOK, KEPT, ASK, GONE}),
    Kind.CALLBACK: frozenset({OFFER, LOOK, DUE, REMINDER, LATE, SHUT}),
    Kind.MESSAGE: frozenset({OFFER, LOOK}),
}


def kinds(ticket: Ticket) -> frozenset[str]:
    """Which alarms a ticket of its kind may have in its state."""
    may = _IN_STATE[type(ticket.state)] & _OF_KIND[ticket.kind]
    return may if ticket.kept else may - {KEPT}


def of_ticket(ticket: Ticket, desk: Desk, now: datetime) -> dict[str, datetime]:
    """When those ring that follow from the ticket itself.

    SHUT follows from the customer's clock, ASK and GONE from what was said: they are set where that is known.
    """
    late = ticket.promised + desk.callbacks.slot if ticket.promised else None
    match ticket.state:
        case Scheduled(due=due):
            return _known({DUE: due, REMINDER: _ahead(due - desk.callbacks.reminder, now)})
        case Queued():
            kept = ticket.kept.due if ticket.kept else None
            return _known({KEPT: kept, LOOK: next_change(ticket, desk.routing, now), LATE: _ahead(late, now)})
        case Offered(deadline=deadline):
            return _known({OFFER: deadline, LATE: _ahead(late, now)})
        case Active() | OnHold() | Closed():
            return {}
        case _ as never:
            assert_never(never)


def changed(before: Ticket | None, after: Ticket, desk: Desk, now: datetime) -> dict[tuple[str, str], datetime | None]:
    """What becomes of the alarms of a ticket that is new or has changed; None clears one."""
    were = of_ticket(before, desk, now) if before else {}
    are = of_ticket(after, desk, now)
    over = (kinds(before) - kinds(after)) | (were.keys() - are.keys()) if before else set[str]()
    if before and before.operator != after.operator:  # nobody waits for what another's words are owed
        over |= kinds(before) & {ASK, GONE}
    moved = {kind: due for kind, due in are.items() if were.get(kind) != due}
    return {(kind, str(after.number)): due for kind, due in (dict.fromkeys(over) | moved).items()}


def of_operator(duty: Duty, desk: Desk) -> dict[str, datetime]:
    """When those of an operator ring; GRACE matters only to who holds tickets."""
    away, paused = duty.presence is Presence.OFFLINE, duty.presence is Presence.PAUSED
    grace = duty.since + desk.routing.grace if away else None
    return _known({GRACE: grace, PAUSE: duty.until if paused else None, WRAP_UP: duty.wraps_up})


def _known(dues: Mapping[str, datetime | None]) -> dict[str, datetime]:
    return {kind: due for kind, due in dues.items() if due is not None}


def _ahead(due: datetime | None, now: datetime) -> datetime | None:
    return due if due is not None and due > now else None
