"""What the local desk's page is shown, frame by frame. `docs/protocol.md` shows one of each."""

from datetime import datetime
from typing import Literal

from bot.dialog.conversation import Mode
from bot.web.wire import AuthorShown, Failure, Frame, MessageShown
from handoff.operators import Presence
from handoff.ticket import Kind


class Colleague(Frame):
    """Somebody on the team. `load` counts active tickets and offers; a pause may end `until` then."""

    id: str
    name: str
    presence: Presence
    load: int = 0
    capacity: int = 0
    until: datetime | None = None


class Me(Frame):
    """The operator at this desk. `load` counts active tickets and offers; they wrap up, and get none, to `wraps_up`."""

    id: str
    name: str
    presence: Presence
    until: datetime | None
    load: int
    capacity: int
    locale: str
    role: str
    skills: tuple[str, ...]
    wraps_up: datetime | None = None


class TicketShown(Frame):
    """A ticket at a glance; `unread` tells that the customer wrote something no operator has seen.

    `wait_s` is the wait in seconds, from and to, that the customer was told, while it waits. `preferred` names the
    operator who goes first when it comes into the queue.
    """

    number: int
    conversation: str
    kind: Kind
    state: str
    skill: str
    priority: int
    asked: datetime
    deadline: datetime | None
    operator: str | None
    operator_name: str | None
    customer: str
    channel: str
    locale: str
    unread: bool
    phone: str | None
    attempts: int
    promised: datetime | None
    why: str
    question: str
    intent: str | None
    wait_s: tuple[int, int] | None = None
    kept: bool = False
    phone_shown: str | None = None
    preferred: str | None = None


class SkillShown(Frame):
    """A skill that a ticket can be passed on to."""

    id: str
    title: str


class LineShown(Frame):
    """Who waits for a skill, `since` when the longest, and the service level of the last hour (0-1) beside its target.

    `level` is the share answered within `within_s` seconds, of those who should have been; None when there were none.
    """

    skill: str
    title: str
    waiting: int
    since: datetime | None
    level: float | None
    target: float
    within_s: int


class Snapshot(Frame):
    """The desk as it is now. `queue` is in the order of service, offers to others among it; `mine` has offers first.

    Of a long line `queue` has the first 50 for each skill; so many `more` stand behind them.
    `booked` are callbacks of the operator's skills that are not yet due, soonest first: of each skill the first 20;
    so many more, `booked_more`, stand behind them. Supervisors see those of all skills.
    `notice` is something that a supervisor should know, in a few lines; `room` is for supervisors, too.
    """

    type: Literal["snapshot"] = "snapshot"
    me: Me
    queue: tuple[TicketShown, ...]
    mine: tuple[TicketShown, ...]
    others: tuple[TicketShown, ...]
    team: tuple[Colleague, ...]
    skills: tuple[SkillShown, ...]
    notice: str | None = None
    more: int = 0
    booked: tuple[TicketShown, ...] = ()
    booked_more: int = 0
    room: tuple[LineShown, ...] | None = None


class Person(Frame):
    """Whom one talks to. `read` is what the customer has seen; `blocked` us they have, `barred` they are by us."""

    id: str
    name: str
    username: str
    channel: str
    locale: str
    zone: str | None
    page: str
    phone: str | None
    blocked: bool
    barred: bool
    mode: Mode
    read: int
    also: str | None = None
    phone_shown: str | None = None


class FormAnswer(Frame):
    """What the customer filled in."""

    field: str
    answer: str


class NoteShown(Frame):
    """Words among colleagues."""

    at: datetime
    operator: str
    text: str


class LogRow(Frame):
    """One thing that happened to the ticket."""

    at: datetime
    actor: str
    event: str
    before: str
    after: str
    reason: str


class Card(Frame):
    """Everything about the open talk beside its messages; comes again whenever it may have changed.

    `rating` is what the customer gave the ticket, 1-5.
    """

    type: Literal["card"] = "card"
    conversation: str
    person: Person
    ticket: TicketShown | None
    form: tuple[FormAnswer, ...]
    notes: tuple[NoteShown, ...]
    log: tuple[LogRow, ...]
    rating: int | None = None


class TalkShown(Frame):
    """The open talk: its card, and its last messages. Later ones come as `message`."""

    type: Literal["talk"] = "talk"
    conversation: str
    card: Card
    messages: tuple[MessageShown, ...]


class Said(Frame):
    """A message of the open talk, new or edited."""

    type: Literal["message"] = "message"
    conversation: str
    message: MessageShown


class CustomerTyping(Frame):
    """The customer is writing."""

    type: Literal["typing"] = "typing"
    conversation: str
    author: AuthorShown


class TalkGone(Frame):
    """The open talk was erased, and nothing is open any more."""

    type: Literal["gone"] = "gone"
    conversation: str


class HitShown(Frame):
    """An article or an answer. `snippet` is the sentence that fits, `text` the whole without marks, `html` with them.

    `internal` is for operators only.
    """

    kind: Literal["article", "answer"]
    title: str
    locale: str
    snippet: str
    text: str
    html: str
    internal: bool


class Found(Frame):
    """What was looked for with this id, best first."""

    type: Literal["found"] = "found"
    id: str
    hits: tuple[HitShown, ...]


class ReplyShown(Frame):
    """A canned reply as the customer would read it."""

    name: str
    text: str


class Replies(Frame):
    """The canned replies for the open talk."""

    type: Literal["replies"] = "replies"
    id: str
    replies: tuple[ReplyShown, ...]


class EarlierShown(Frame):
    """What was said before, in order; empty at the beginning."""

    type: Literal["earlier"] = "earlier"
    id: str
    messages: tuple[MessageShown, ...]


class PastShown(Frame):
    """A closed ticket: why it was closed, and how the call went if it was a callback."""

    number: int
    closed: datetime
    kind: Kind
    skill: str
    operator_name: str | None
    reason: str
    result: str | None
    question: str


class HistoryShown(Frame):
    """A page of closed tickets, the last closed first; there may be `more`."""

    type: Literal["history"] = "history"
    id: str
    past: tuple[PastShown, ...]
    more: bool


class Okay(Frame):
    """The act with this id is in effect; `text` is what there is to say about it."""

    type: Literal["ok"] = "ok"
    id: str
    text: str = ""


DESK_SERVER_FRAMES: tuple[type[Frame], ...] = (
    Snapshot,
    TalkShown,
    Card,
    Said,
    CustomerTyping,
    TalkGone,
    Found,
    Replies,
    EarlierShown,
    HistoryShown,
    Okay,
    Failure,
)
