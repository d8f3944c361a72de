"""Orders to channels: what the outbox delivers, at least once; whoever is told reads them in order.

A widget needs no orders: it reads the conversation's messages by `seq`. The local desk needs none either: it reads the
desk. Orders are for venues that must be told: a customer's Telegram chat, the operators' group.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, get_args

Keyboard = tuple[tuple[tuple[str, str], ...], ...]  # rows of buttons: (label, what is sent back when it is pressed)


@dataclass(frozen=True, slots=True)
class ShowMessage:
    """Send the message to the customer."""

    conversation: str
    seq: int


@dataclass(frozen=True, slots=True)
class ShowFile:
    """Send the message to the customer with a small text file that is made for it."""

    conversation: str
    seq: int
    name: str
    content: str


@dataclass(frozen=True, slots=True)
class ShowEdit:
    """Change the message at the customer's side."""

    conversation: str
    seq: int


@dataclass(frozen=True, slots=True)
class HideMessage:
    """Delete the message at the customer's side."""

    conversation: str
    seq: int


@dataclass(frozen=True, slots=True)
class Introduce:
    """Open the conversation's topic if there is none, reopen a closed one; post the ticket's card and the transcript.

    The transcript ends with the message `upto`; what comes later is relayed by orders of its own.
    """

    ticket: int
    upto: int


@dataclass(frozen=True, slots=True)
class RelayMessage:
    """Post the customer's message in the topic (an operator's, if it was said at the local desk)."""

    conversation: str
    seq: int


@dataclass(frozen=True, slots=True)
class RelayEdit:
    """Tell the topic what the customer changed a message to."""

    conversation: str
    seq: int


@dataclass(frozen=True, slots=True)
class ShowOffer:
    """Mention the operator in the topic, and in private if they have started the bot, with Accept and Decline."""

    ticket: int
    operator: str
    deadline: str


@dataclass(frozen=True, slots=True)
class SettleOffer:
    """The offer is over: `outcome` accepted, declined, lapsed, taken (`by` somebody else), withdrawn or closed.

    Its buttons disappear.
    """

    ticket: int
    operator: str
    outcome: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class ShowTake:
    """Show the waiting ticket with Take to these operators (a mention in the topic, and in private as an offer).

    Another one for the same ticket names only those who could not have it before.
    """

    ticket: int
    operators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SettleTake:
    """Nobody can take the ticket any more: `outcome` taken (`by` whom), withdrawn or closed, as of an offer.

    Take disappears.
    """

    ticket: int
    outcome: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class RefreshTopic:
    """Title, icon and open/closed follow the ticket's state; those of a `conversation` that it has left, when named."""

    ticket: int
    conversation: str = ""


@dataclass(frozen=True, slots=True)
class RemoveTopic:
    """Delete the topic with everything in it: its customer is forgotten, and so is whose it was."""

    thread: int


@dataclass(frozen=True, slots=True)
class Announce:
    """A line of ours in the topic, already in the desk's language."""

    conversation: str
    text: str


@dataclass(frozen=True, slots=True)
class MarkFailed:
    """Mark the operator's message as not delivered, with the reason and a Retry."""

    conversation: str
    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class TellOperator:
    """A line to one operator, in private if possible, else in the group, unless it is for them `alone`.

    `about` is the conversation whose topic they may want to open.
    """

    operator: str
    text: str
    alone: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A line in a venue as an answer to a command: `thread` and `reply_to` are the venue's own ids.

    `chart` stands below it, in letters of one width.
    """

    text: str
    thread: int | None = None
    reply_to: int | None = None
    buttons: Keyboard = ()
    chart: str = ""


@dataclass(frozen=True, slots=True)
class ShowButtons:
    """The buttons under a post of ours (the venue's own id) become these; none take them away."""

    message: int
    buttons: Keyboard = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A line in the venue's common room: one post for each subject, rewritten when there is more to say.

    `over` tells that the matter is settled: then what was posted is rewritten, and nothing is posted anew.
    """

    subject: str
    text: str
    over: bool = False


@dataclass(frozen=True, slots=True)
class ShowBoard:
    """The venue's board says what is so now: who waits, who is on duty."""


ToOperators = (
    Introduce
    | RelayMessage
    | RelayEdit
    | ShowOffer
    | SettleOffer
    | ShowTake
    | SettleTake
    | RefreshTopic
    | RemoveTopic
    | Announce
    | MarkFailed
    | TellOperator
    | Post
    | ShowButtons
    | Notice
    | ShowBoard
)
Order = ShowMessage | ShowFile | ShowEdit | HideMessage | ToOperators

_KINDS: dict[str, type[Any]] = {order.__name__: order for order in get_args(Order)}


def pack(order: Order) -> tuple[str, dict[str, Any]]:
    """The order as a name and JSON-ready data."""
    return type(order).__name__, {each.name: getattr(order, each.name) for each in fields(order)}


def unpack(kind: str, data: dict[str, Any]) -> Order:
    """The order again. Raises KeyError for a kind that does not exist."""
    made: Order = _KINDS[kind](**{name: _frozen(value) for name, value in data.items()})
    return made


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An outbox row as its sender sees it: `tries` so far, `begun` when a try's outcome is not known."""

    id: int
    destination: str
    order: Order
    tries: int = 0
    begun: datetime | None = None
