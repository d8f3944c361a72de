"""The ticket: one request for a person, and the only rules by which its state changes."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from handoff.errors import IllegalTransitionError, NotYoursError
from handoff.events import (
    Came,
    ContactChanged,
    EmailWasLeft,
    Entry,
    OfferLapsed,
    OfferWithdrawn,
    PlaceWasKept,
    ReadyLapsed,
    Result,
    TicketEvent,
    WasAccepted,
    WasAskedIfReady,
    WasAssigned,
    WasBrought,
    WasClosed,
    WasDeclined,
    WasHeld,
    WasMovedTo,
    WasNotReached,
    WasOffered,
    WasPutOff,
    WasReached,
    WasReady,
    WasRequeued,
    WasResumed,
    WasScheduled,
    WasShown,
    WasTaken,
    WasTransferred,
    described,
)
from handoff.keeping import KEEPING, Kept, kept_after
from handoff.request import EMAIL, Brief, Kind, Preferred, Priority
from handoff.states import STATE_NAMES, Active, Closed, Offered, OnHold, Queued, Reason, Scheduled, State

# the list is for tools: a name a line would be a screen of its own
# fmt: off
__all__ = [  # states and events can be had from here, beside the rules that connect them
    "STATE_NAMES", "Active", "Brief", "Came", "Closed", "ContactChanged", "EmailWasLeft", "Entry", "Kept", "Kind",
    "OfferLapsed", "OfferWithdrawn", "Offered", "OnHold", "PlaceWasKept", "Preferred", "Priority", "Queued",
    "ReadyLapsed", "Reason", "Result", "Scheduled", "State", "Ticket", "TicketEvent", "WasAccepted",
    "WasAskedIfReady", "WasAssigned", "WasBrought", "WasClosed", "WasDeclined", "WasHeld", "WasMovedTo",
    "WasNotReached", "WasOffered", "WasPutOff", "WasReached", "WasReady", "WasRequeued", "WasResumed", "WasScheduled",
    "WasShown", "WasTaken", "WasTransferred", "opened", "transition",
]
# fmt: on


@dataclass(frozen=True, slots=True)
class Ticket:
    """One request for a person.

    `asked` is the original asking time (for a callback: the promised time) and, with the priority, the place in
    the queue; it never changes when the ticket goes back to the queue. `passed` names the operators who let it pass.
    `phone` is the E.164 number to call, None to answer in the chat. `attempts` counts calls made. `missed_calls`
    is not kept: it is in the event log. `version` grows by one with each transition (the claim is decided by it).
    `preferred` is the operator who should have it, if they can until then. `again` is when it may come round to those
    who let it pass. `shown` names the operators who may take it without an offer, while it waits. `kept` tells that the
    customer is elsewhere while the place is theirs: the ticket stands in the queue, and is offered to nobody.
    `merged_into` is the ticket in which a merged one goes on.
    """

    number: int
    conversation: str
    kind: Kind
    skill: str
    asked: datetime
    state: State = field(default_factory=Queued)
    priority: Priority = Priority.NORMAL
    locale: str = "en"
    passed: tuple[str, ...] = ()
    phone: str | None = None
    attempts: int = 0
    promised: datetime | None = None
    brief: Brief = field(default_factory=Brief)
    preferred: Preferred | None = None
    again: datetime | None = None
    shown: tuple[str, ...] = ()
    kept: Kept | None = None
    merged_into: int | None = None
    version: int = 0

    @property
    def state_name(self) -> str:
        """The state's name as the log writes it."""
        return STATE_NAMES[type(self.state)]

    @property
    def operator(self) -> str | None:
        """Who holds the ticket or its offer."""
        match self.state:
            case Offered(operator=who) | Active(operator=who) | OnHold(operator=who):
                return who
            case Scheduled() | Queued() | Closed():
                return None
            case _ as never:
                assert_never(never)

    @property
    def waiting(self) -> bool:
        """It stands in the queue, its customer is here, and nobody has been offered it."""
        return self.in_queue and self.kept is None

    @property
    def in_queue(self) -> bool:
        """It stands in the queue and nobody has been offered it, be its customer here or elsewhere."""
        return isinstance(self.state, Queued)

    @property
    def engaged(self) -> bool:
        """An operator has it, talking or on hold."""
        return isinstance(self.state, Active | OnHold)

    @property
    def open(self) -> bool:
        """Not closed."""
        return not isinstance(self.state, Closed)


def opened(ticket: Ticket, now: datetime) -> Entry:
    """The log's first row of a new ticket."""
    detail = {"kind": ticket.kind.value, "skill": ticket.skill, "why": ticket.brief.why}
    if ticket.promised:
        detail["due"] = ticket.promised.isoformat()
    return Entry(ticket.number, now, "customer", "Asked", "", ticket.state_name, ticket.brief.why, None, detail)


def transition(ticket: Ticket, event: TicketEvent, now: datetime, actor: str) -> tuple[Ticket, Entry]:
    """The ticket after the event, and the row for the log.

    Raises IllegalTransitionError when the state does not allow the event, NotYoursError when another operator
    holds the ticket; then nothing is changed.
    """
    after = _after(ticket, event)
    still_shown = after.shown if after.waiting and after.skill == ticket.skill else ()
    after = replace(after, version=ticket.version + 1, shown=still_shown, kept=after.kept if after.in_queue else None)
    reason, detail = described(event)
    operator = after.operator or ticket.operator
    name = type(event).__name__
    return after, Entry(ticket.number, now, actor, name, ticket.state_name, after.state_name, reason, operator, detail)


def _after(ticket: Ticket, event: TicketEvent) -> Ticket:
    """The table of transitions: which state answers to which events."""
    match ticket.state:
        case Scheduled(due=due):
            after = _from_scheduled(ticket, event, due)
        case Queued():
            after = _from_queued(ticket, event)
        case Offered(operator=holder, deadline=deadline):
            after = _from_offered(ticket, event, holder, deadline)
        case Active(operator=holder):
            after = _from_active(ticket, event, holder)
        case OnHold(operator=holder):
            after = _from_on_hold(ticket, event, holder)
        case Closed():
            after = None
        case _ as never:
            assert_never(never)
    if after is None:
        raise IllegalTransitionError(ticket.number, ticket.state_name, type(event).__name__)
    return after


def _from_scheduled(ticket: Ticket, event: TicketEvent, due: datetime) -> Ticket | None:
    match event:
        case Came(since=since, preferred=preferred):
            return replace(ticket, state=Queued(), asked=min(due, since or due), preferred=preferred)
        case WasMovedTo(skill=skill):
            return _moved(ticket, skill)
        case _:
            return _from_any(ticket, event)


def _from_queued(ticket: Ticket, event: TicketEvent) -> Ticket | None:
    match event:
        case WasOffered(operator=who, deadline=deadline) if ticket.kept is None:
            return replace(ticket, state=Offered(who, deadline))
        case WasShown(operators=who):
            return replace(ticket, shown=(*ticket.shown, *who))
        case _ if isinstance(event, KEEPING):
            return _in_keeping(ticket, event)
        case WasTaken(operator=who) | WasAssigned(operator=who):
            return replace(ticket, state=Active(who))
        case WasMovedTo(skill=skill):
            return _moved(ticket, skill)
        case _:
            return _from_any(ticket, event)


def _in_keeping(ticket: Ticket, event: TicketEvent) -> Ticket | None:
    if isinstance(event, WasReady):
        return replace(ticket, kept=None) if ticket.kept else None
    kept = kept_after(ticket.kept, event)
    return replace(ticket, kept=kept) if kept else None


def _from_offered(ticket: Ticket, event: TicketEvent, holder: str, deadline: datetime) -> Ticket | None:
    match event:
        case WasAccepted(operator=who):
            _must_hold(ticket, holder, who)
            return replace(ticket, state=Active(who))
        case WasDeclined(operator=who):
            _must_hold(ticket, holder, who)
            return _passed_by(ticket, who, deadline)
        case OfferLapsed():
            return _passed_by(ticket, holder, deadline)
        case OfferWithdrawn() | PlaceWasKept():
            return replace(ticket, state=Queued(), kept=Kept() if isinstance(event, PlaceWasKept) else None)
        case WasTaken(operator=who) | WasAssigned(operator=who):
            return replace(ticket, state=Active(who))
        case WasMovedTo(skill=skill):
            return _moved(replace(ticket, state=Queued()), skill)
        case WasTransferred():
            return _passed_on(ticket, event, holder)
        case _:
            return _from_any(ticket, event)


def _from_active(ticket: Ticket, event: TicketEvent, holder: str) -> Ticket | None:
    match event:
        case WasHeld(operator=who):
            _must_hold(ticket, holder, who)
            return replace(ticket, state=OnHold(holder))
        case _:
            return _from_engaged(ticket, event, holder)


def _from_on_hold(ticket: Ticket, event: TicketEvent, holder: str) -> Ticket | None:
    match event:
        case WasResumed():
            return replace(ticket, state=Active(holder))
        case _:
            return _from_engaged(ticket, event, holder)


def _from_engaged(ticket: Ticket, event: TicketEvent, holder: str) -> Ticket | None:
    """Active or on hold. Who comes too late for it is told who has it."""
    match event:
        case WasAccepted(operator=who) | WasDeclined(operator=who) | WasTaken(operator=who) | WasHeld(operator=who):
            _must_hold(ticket, holder, who)
            return None
        case WasAssigned(operator=who) if who != holder:
            return replace(ticket, state=Active(who))
        case WasRequeued():
            return replace(ticket, state=Queued(), passed=(holder,), preferred=None)
        case WasTransferred():
            return _passed_on(ticket, event, holder)
        case _:
            return _from_any(ticket, event)


def _from_any(ticket: Ticket, event: TicketEvent) -> Ticket | None:
    """What can happen to every ticket that is not closed."""
    match event:
        case WasScheduled(due=due, attempted=attempted) if ticket.kind is Kind.CALLBACK:
            attempts = ticket.attempts + attempted
            return replace(ticket, state=Scheduled(due), promised=due, passed=(), attempts=attempts)
        case ContactChanged(phone=phone):
            return replace(ticket, phone=phone)
        case EmailWasLeft(email=email):
            return replace(ticket, brief=replace(ticket.brief, form={**ticket.brief.form, EMAIL: email}))
        case WasBrought(conversation=conversation):
            return replace(ticket, conversation=conversation)
        case WasClosed(reason=reason, result=result, into=into):
            attempts = ticket.attempts + (result is not None)
            return replace(ticket, state=Closed(reason), attempts=attempts, merged_into=into)
        case _:
            return None


def _moved(ticket: Ticket, skill: str) -> Ticket:
    """Another matter: nobody has let it pass yet, and who knows the customer need not know it."""
    return replace(ticket, skill=skill, passed=(), preferred=None)


def _passed_by(ticket: Ticket, operator: str, again: datetime) -> Ticket:
    """Who declines at once is not asked again at once: not before that offer would have lapsed."""
    return replace(ticket, state=Queued(), passed=(*ticket.passed, operator), again=again)


def _passed_on(ticket: Ticket, event: WasTransferred, holder: str) -> Ticket:
    """Back in the queue, for anybody but who gave it away, if there is anybody else."""
    preferred = Preferred(event.to, event.until) if event.to and event.until else None
    return replace(ticket, state=Queued(), skill=event.skill, passed=(holder,), preferred=preferred)


def _must_hold(ticket: Ticket, holder: str, actor: str) -> None:
    if holder != actor:
        raise NotYoursError(ticket.number, holder, actor)
