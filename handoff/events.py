"""What can happen to a ticket, and the row that the event log keeps of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from handoff.request import Preferred
from handoff.states import Reason


class Result(StrEnum):
    """How a callback attempt went, as the operator says."""

    RESOLVED = "resolved"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    WRONG_CONTACT = "wrong_contact"
    DECLINED = "declined"
    ASKED_LATER = "asked_later"


@dataclass(frozen=True, slots=True)
class Came:
    """A scheduled callback has become due, and the promise is kept if an operator has it before `by`.

    `since` is when the customer asked for a chat that the callback now stands for; `preferred` is who knows them.
    """

    by: datetime | None = None
    since: datetime | None = None
    preferred: Preferred | None = None


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
class WasShown:
    """These operators may take it, whoever is first; it stays in the queue."""

    operators: tuple[str, ...]


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
    """A callback was put (again) on the clock; `attempted` tells that a call was made, `why` if it has no result."""

    due: datetime
    attempted: bool = False
    result: Result | None = None
    why: str = "booked"


@dataclass(frozen=True, slots=True)
class WasTransferred:
    """Who holds it passes it on: to a skill, and in it first to the colleague `to`, who may have it `until` then."""

    skill: str
    to: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class WasAssigned:
    """A supervisor gave it to the operator, whoever held it."""

    operator: str


@dataclass(frozen=True, slots=True)
class PlaceWasKept:
    """The customer goes about their business; nobody is offered the ticket before they said that they are ready."""


@dataclass(frozen=True, slots=True)
class WasAskedIfReady:
    """The turn of a kept place has come; the answer is waited for until then. It may not have `reached` anybody yet."""

    until: datetime
    reached: bool = True


@dataclass(frozen=True, slots=True)
class WasReached:
    """The question stands before the customer now; the answer is waited for until then."""

    until: datetime


@dataclass(frozen=True, slots=True)
class WasNotReached:
    """Nobody was there to be asked. The place stays theirs until then, and they are asked when they come back."""

    until: datetime


@dataclass(frozen=True, slots=True)
class WasPutOff:
    """Not now, the customer said: not to be asked again before `until`. The place stays theirs."""

    until: datetime


@dataclass(frozen=True, slots=True)
class ReadyLapsed:
    """No answer; the place stays theirs."""


@dataclass(frozen=True, slots=True)
class WasReady:
    """The customer is here and waits like everybody else."""


@dataclass(frozen=True, slots=True)
class WasMovedTo:
    """Another skill is needed, the customer said."""

    skill: str


@dataclass(frozen=True, slots=True)
class ContactChanged:
    """The customer wants to be called at `phone` (E.164), or (None) answered in the chat."""

    phone: str | None


@dataclass(frozen=True, slots=True)
class EmailWasLeft:
    """The customer may be answered by e-mail, at this address."""

    email: str


@dataclass(frozen=True, slots=True)
class WasBrought:
    """The customer goes on in another conversation, and the ticket with them."""

    conversation: str


@dataclass(frozen=True, slots=True)
class WasClosed:
    """Done, for a reason; of a callback also with the result, of a merged one with the ticket that goes on (`into`)."""

    reason: Reason
    result: Result | None = None
    into: int | None = None


TicketEvent = (
    Came
    | WasOffered
    | WasAccepted
    | WasDeclined
    | OfferLapsed
    | OfferWithdrawn
    | WasShown
    | WasTaken
    | WasHeld
    | WasResumed
    | WasRequeued
    | WasTransferred
    | WasAssigned
    | WasScheduled
    | PlaceWasKept
    | WasAskedIfReady
    | WasReached
    | WasNotReached
    | WasPutOff
    | ReadyLapsed
    | WasReady
    | WasMovedTo
    | ContactChanged
    | EmailWasLeft
    | WasBrought
    | WasClosed
)


def described(event: TicketEvent) -> tuple[str, dict[str, str]]:
    """The event's reason and its details, as the log keeps them."""
    match event:
        case WasClosed(reason=reason, result=result):
            return reason.value, {"result": result.value} if result else {}
        case WasScheduled(due=due, attempted=attempted, result=result, why=why):
            detail = {"due": due.isoformat(), "attempted": str(attempted).lower()}
            return (result.value if result else why), detail
        case Came(by=by) if by:
            return "", {"by": by.isoformat()}
        case WasMovedTo(skill=skill):
            return "skill_corrected", {"skill": skill}
        case WasTransferred(skill=skill, to=to):
            return "transferred", {"skill": skill} | ({"to": to} if to else {})
        case WasShown(operators=operators):
            return "", {"operators": " ".join(operators)}
        case WasBrought(conversation=conversation):
            return "", {"conversation": conversation}
        case _:
            return "", {}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the event log. `before` is empty for the first row of a ticket.

    `actor` is "customer", "bot", "clock" or an operator's id.
    """

    ticket: int
    at: datetime
    actor: str
    event: str
    before: str
    after: str
    reason: str = ""
    operator: str | None = None
    detail: Mapping[str, str] = field(default_factory=dict)
