"""Records: what the dialog keeps beside conversations and tickets, and everything that one transaction changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.dialog.conversation import Conversation, Shown
from bot.dialog.messages import Author, Message, Ref
from bot.dialog.orders import Order
from bot.dialog.people import Erasure
from bot.dialog.questions import Question
from handoff.desk import Operator
from handoff.operators import Presence, Standing
from handoff.roster import Roster
from handoff.ticket import Entry, Ticket


@dataclass(frozen=True, slots=True)
class Duty:
    """What is kept of an operator: presence as declared (at `since`; a pause ends `until`), offers missed in a row.

    `had_turn` is when a ticket was last given to them; they have closed one and are left in peace until `wraps_up`.
    """

    operator: str
    presence: Presence
    since: datetime
    idle_since: datetime
    until: datetime | None = None
    missed: int = 0
    capacity: int | None = None
    private_chat: str | None = None
    had_turn: datetime | None = None
    wraps_up: datetime | None = None


def standing(operator: Operator, duty: Duty, load: int, now: datetime) -> Standing:
    """How the operator stands, by what is kept of them and what they hold."""
    wraps_up = duty.wraps_up is not None and duty.wraps_up > now
    known = duty.idle_since, duty.missed, duty.capacity, duty.had_turn
    return Standing(operator, duty.presence, load, *known, wraps_up)


def duties_of(operators: Iterable[str], kept: Mapping[str, Duty], now: datetime) -> dict[str, Duty]:
    """What is kept of each; who was never seen is offline."""
    return {who: kept.get(who) or Duty(who, Presence.OFFLINE, now, now) for who in operators}


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works here: what is kept of the operators, what was changed, and how many tickets each holds.

    Offers count as held.
    """

    duties: Sequence[Duty]
    roster: Roster
    loads: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Past:
    """A closed ticket: when it was closed, who had it last, and how a callback went."""

    ticket: Ticket
    closed: datetime
    operator: str | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """A due-time: `kind` and `subject` together are unique; setting it again moves it."""

    kind: str
    subject: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in a callback slot of a skill. `number` counts from 0 below `per_slot`; the three are unique."""

    skill: str
    start: datetime
    number: int
    ticket: int


@dataclass(frozen=True, slots=True)
class Happening:
    """What the bot did with a customer's message (answered, clarified, missed, escalated), for figures and learning."""

    conversation: str
    seq: int
    at: datetime
    kind: str
    intent: str | None = None
    score: float | None = None
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Incoming:
    """An inbox row: an update of a channel, stored before it was acknowledged."""

    id: int
    source: str
    key: str
    payload: dict[str, Any]
    received: datetime
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Lesson:
    """An operator proposes message `answer` as what the bot should say to such a message as `question`."""

    conversation: str
    question: int
    answer: int
    operator: str
    at: datetime
    locale: str


@dataclass(slots=True)
class Changes:
    """Everything one transaction writes. `tickets` maps numbers to (ticket, version it was read at or None if new)."""

    conversations: dict[str, tuple[Conversation, bool]] = field(default_factory=dict)  # id -> (value, is new)
    messages: list[Message] = field(default_factory=list)
    edits: list[Message] = field(default_factory=list)
    refs: list[tuple[Ref, str, int]] = field(default_factory=list)  # where a message stands: (ref, conversation, seq)
    tickets: dict[int, tuple[Ticket, int | None]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)
    questions: dict[tuple[str, int], Question] = field(default_factory=dict)  # (conversation, seq) -> as it is now
    lessons: list[Lesson] = field(default_factory=list)
    duties: dict[str, Duty] = field(default_factory=dict)
    roster: Roster | None = None  # as it is now, if it has changed
    alarms: dict[tuple[str, str], datetime | None] = field(default_factory=dict)  # None clears
    seats_taken: list[Seat] = field(default_factory=list)
    seats_freed: list[int] = field(default_factory=list)  # ticket numbers
    orders: list[tuple[str, Order]] = field(default_factory=list)  # (destination, order)
    notes: list[tuple[str, datetime, str, str]] = field(default_factory=list)  # (conversation, at, operator, text)
    inbox_done: list[int] = field(default_factory=list)
    parked: list[tuple[Incoming, str]] = field(default_factory=list)  # new inbox rows, parked at once: (row, error)
    erasures: list[Erasure] = field(default_factory=list)  # after everything else


@dataclass(frozen=True, slots=True)
class Published:
    """What one commit changed, for whoever shows it live; sent after the commit, lossy by design."""

    messages: tuple[Message, ...] = ()
    edits: tuple[Message, ...] = ()
    shown: tuple[tuple[str, Shown], ...] = ()
    reads: tuple[tuple[str, int, int], ...] = ()  # (conversation, customer has read, operators have read)
    typing: tuple[tuple[str, Author], ...] = ()
    desk: bool = False  # tickets or presence changed
    orders: bool = False
    alarms: bool = False
    content: bool = False  # the content was replaced, or what is known of its faults, or who works here
    roster: Roster | None = None  # who works here, if that has changed
