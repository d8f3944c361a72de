"""The ticket: one request for a person, and the only rules by which its state changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import assert_never

from handoff.errors import IllegalTransitionError, NotYoursError


class Kind(StrEnum):
    """What the customer asked for."""

    CHAT = "chat"
    CALLBACK = "callback"
    MESSAGE = "message"


class Priority(IntEnum):
    """How urgent, as the intent's author declared."""

    LOW = 0
    NORMAL = 1
    HIGH = 2
    URGENT = 3


class Reason(StrEnum):
    """Why a ticket was closed."""

    RESOLVED = "resolved"
    ABANDONED = "abandoned"
    NO_ANSWER = "no_answer"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    CUSTOMER_BLOCKED = "customer_blocked"
    MERGED = "merged"


class Result(StrEnum):
    """How a callback attempt went, as the operator says."""

    RESOLVED = "resolved"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_CONTACT = "wrong_contact"
    DECLINED = "declined"
    ASKED_LATER = "asked_later"


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A callback that is not yet due."""

    due: datetime


@dataclass(frozen=True, slots=True)
class Queued:
    """Waiting for an operator."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Shown to one operator, who has until `deadline`."""

    operator: str
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Active:
    """An operator and the customer talk."""

    operator: str


@dataclass(frozen=True, slots=True)
class OnHold:
    """Active, waiting for the customer."""

    operator: str


@dataclass(frozen=True, slots=True)
class Closed:
    """Done."""

    reason: Reason


State = Scheduled | Queued | Offered | Active | OnHold | Closed

STATE_NAMES: Mapping[type, str] = {
    Scheduled: "scheduled",
    Queued: "queued",
    Offered: "offered",
    Active: "active",
    OnHold: "on_hold",
    Closed: "closed",
}


@dataclass(frozen=True, slots=True)
class Brief:
    """What the operator should know at a glance: why it came here and what was learnt before.

    `why` is one of the escalation triggers, `form` maps field ids to answers,
    `guessed` tells that the skill was a guess which the customer may correct.
    """

    why: str = "asked"
    intent: str | None = None
    question: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Ticket:
    """One request for a person.

    `asked` is the original asking time (for a callback: the promised time) and, with the priority, the place in
    the queue; it never changes when the ticket goes back to the queue. `passed` names the operators who let it pass.
    `phone` is the E.164 number to call, None to answer in the chat. `attempts` counts calls made. `missed_calls`
    is not kept: it is in the event log. `version` grows by one with each transition (the claim is decided by it).
    """

    number: int
    conversation: str
    kind: Kind
    skill: str
    asked: datetime
    state: State = Queued()
    priority: Priority = Priority.NORMAL
    locale: str = "en"
    passed: tuple[str, ...] = ()
    phone: str | None = None
    attempts: int = 0
    promised: datetime | None = None
    brief: Brief = Brief()
    version: int = 0

    @property
    def state_name(self) -> str:
        """The state's name as SPEC and log write it."""
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
        """It stands in the queue and nobody has been offered it."""
        return isinstance(self.state, Queued)

    @property
    def engaged(self) -> bool:
        """An operator has it, talking or on hold."""
        return isinstance(self.state, Active | OnHold)

    @property
    def open(self) -> bool:
        """Not closed."""
        return not isinstance(self.state, Closed)


# What can happen to a ticket. `actor` is "customer", "bot", "clock" or an operator's id.


@dataclass(frozen=True, slots=True)
class Came:
    """A scheduled callback has become due."""


@dataclass(frozen=True, slots=True)
class WasOffered:
    """Routing shows the ticket to an operator until `deadline`."""

    operator: str
    deadline: datetime


@dataclass(frozen=True, slots=True)
class WasAccepted:
    """The operator pressed Accept."""

    operator: str


@dataclass(frozen=True, slots=True)
class WasDeclined:
    """The operator pressed Decline."""

    operator: str


@dataclass(frozen=True, slots=True)
class OfferLapsed:
    """The deadline passed without an answer (RONA)."""


@dataclass(frozen=True, slots=True)
class OfferWithdrawn:
    """The operator went away before answering; they do not count as having let it pass."""


@dataclass(frozen=True, slots=True)
class WasTaken:
    """An operator took it without waiting for an offer."""

    operator: str


@dataclass(frozen=True, slots=True)
class WasHeld:
    """The operator waits for the customer."""

    operator: str


@dataclass(frozen=True, slots=True)
class WasResumed:
    """The talk goes on."""


@dataclass(frozen=True, slots=True)
class WasRequeued:
    """The operator went away in the middle; the ticket returns to its original place."""


@dataclass(frozen=True, slots=True)
class WasScheduled:
    """A callback was put (again) on the clock; `attempted` tells that a call was made."""

    due: datetime
    attempted: bool = False
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class WasMovedTo:
    """Another skill is needed, the customer said."""

    skill: str


@dataclass(frozen=True, slots=True)
class WasClosed:
    """Done, for a reason; of a callback also with the result."""

    reason: Reason
    result: Result | None = None


TicketEvent = (
    Came
    | WasOffered
    | WasAccepted
    | WasDeclined
    | OfferLapsed
    | OfferWithdrawn
    | WasTaken
    | WasHeld
    | WasResumed
    | WasRequeued
    | WasScheduled
    | WasMovedTo
    | WasClosed
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the event log. `before` is empty for the first row of a ticket."""

    ticket: int
    at: datetime
    actor: str
    event: str
    before: str
    after: str
    reason: str = ""
    operator: str | None = None
    detail: Mapping[str, str] = field(default_factory=dict)


def opened(ticket: Ticket, now: datetime, actor: str = "customer") -> Entry:
    """The log's first row of a new ticket."""
    detail = {"kind": ticket.kind.value, "skill": ticket.skill, "why": ticket.brief.why}
    return Entry(ticket.number, now, actor, "Asked", "", ticket.state_name, ticket.brief.why, None, detail)


def transition(ticket: Ticket, event: TicketEvent, now: datetime, actor: str) -> tuple[Ticket, Entry]:
    """The ticket after the event, and the row for the log.

    Raises IllegalTransitionError when the state does not allow the event, NotYoursError when another operator
    holds the ticket.
    """
    after = _after(ticket, event)
    after = replace(after, version=ticket.version + 1)
    reason, detail = _why(event)
    operator = after.operator or ticket.operator
    name = type(event).__name__
    return after, Entry(ticket.number, now, actor, name, ticket.state_name, after.state_name, reason, operator, detail)


def _after(ticket: Ticket, event: TicketEvent) -> Ticket:  # noqa: C901, PLR0912 - one case per event is the table itself
    state = ticket.state
    match event, state:
        case Came(), Scheduled(due=due):
            return replace(ticket, state=Queued(), asked=due)
        case WasOffered(operator=who, deadline=deadline), Queued():
            return replace(ticket, state=Offered(who, deadline))
        case (WasAccepted(operator=who), Offered(operator=holder)):
            _must_hold(ticket, holder, who)
            return replace(ticket, state=Active(who))
        case (WasDeclined(operator=who), Offered(operator=holder)):
            _must_hold(ticket, holder, who)
            return _passed_by(ticket, who)
        case OfferLapsed(), Offered(operator=holder):
            return _passed_by(ticket, holder)
        case OfferWithdrawn(), Offered():
            return replace(ticket, state=Queued())
        case WasTaken(operator=who), (Queued() | Offered()):
            return replace(ticket, state=Active(who))
        case WasHeld(operator=who), Active(operator=holder):
            _must_hold(ticket, holder, who)
            return replace(ticket, state=OnHold(holder))
        case WasResumed(), OnHold(operator=holder):
            return replace(ticket, state=Active(holder))
        case WasRequeued(), (Active() | OnHold()):
            return replace(ticket, state=Queued(), passed=())
        case WasScheduled(due=due, attempted=attempted), (Scheduled() | Queued() | Offered() | Active() | OnHold()):
            if ticket.kind is Kind.CALLBACK:
                return replace(ticket, state=Scheduled(due), passed=(), attempts=ticket.attempts + attempted)
        case WasMovedTo(skill=skill), (Scheduled() | Queued() | Offered()):
            return replace(ticket, state=Queued(), skill=skill, passed=())
        case WasClosed(reason=reason), (Scheduled() | Queued() | Offered() | Active() | OnHold()):
            return replace(ticket, state=Closed(reason))
        case _:
            pass
    raise IllegalTransitionError(ticket.number, ticket.state_name, type(event).__name__)


def _passed_by(ticket: Ticket, operator: str) -> Ticket:
    return replace(ticket, state=Queued(), passed=(*ticket.passed, operator))


def _must_hold(ticket: Ticket, holder: str, actor: str) -> None:
    if holder != actor:
        raise NotYoursError(ticket.number, holder, actor)


def _why(event: TicketEvent) -> tuple[str, dict[str, str]]:
    match event:
        case WasClosed(reason=reason, result=result):
            return reason.value, {"result": result.value} if result else {}
        case WasScheduled(due=due, attempted=attempted, result=result):
            detail = {"due": due.isoformat(), "attempted": str(attempted).lower()}
            return (result.value if result else "booked"), detail
        case WasMovedTo(skill=skill):
            return "skill_corrected", {"skill": skill}
        case _:
            return "", {}
