"""The frames between the local desk's page and us. `docs/protocol.md` shows one of each."""

from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from bot.dialog.conversation import Mode
from bot.web.wire import ActId, AuthorShown, Failure, Frame, MessageShown, Seq, Text, reason
from handoff.operators import Presence
from handoff.ticket import Kind, Reason, Result

Conversation = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Number = Annotated[int, Field(ge=1, le=2**53 - 1)]


class Open(Frame):
    """Show me this talk, and what happens in it from now on."""

    type: Literal["open"] = "open"
    id: ActId
    conversation: Conversation


class OnTicket(Frame):
    """Accept or decline an offer, or take a waiting ticket."""

    type: Literal["accept", "decline", "take"]
    id: ActId
    ticket: Number


class CloseTicket(Frame):
    """Close a ticket; a callback with its result."""

    type: Literal["close"] = "close"
    id: ActId
    ticket: Number
    reason: Reason = Reason.RESOLVED
    result: Result | None = None


class HoldTicket(Frame):
    """Put a ticket on hold, or go on."""

    type: Literal["hold"] = "hold"
    id: ActId
    ticket: Number
    on: bool


class SayWords(Frame):
    """Words for the customer."""

    type: Literal["say"] = "say"
    id: ActId
    conversation: Conversation
    text: Text


class WriteNote(Frame):
    """Words for colleagues."""

    type: Literal["note"] = "note"
    id: ActId
    conversation: Conversation
    text: Text


class DeclarePresence(Frame):
    """I am here, or not; a pause may end by itself."""

    type: Literal["declare"] = "declare"
    id: ActId
    presence: Presence
    minutes: Annotated[int, Field(ge=1, le=24 * 60)] | None = None


class Find(Frame):
    """Look for articles and answers, in the language of the open talk."""

    type: Literal["find"] = "find"
    id: ActId
    text: Annotated[Text, StringConstraints(max_length=400)]


class OperatorTyping(Frame):
    """I am writing in the open talk."""

    type: Literal["typing"] = "typing"


class OperatorRead(Frame):
    """I have seen the open talk up to `seq`."""

    type: Literal["read"] = "read"
    seq: Seq


DeskFrame = (
    Open
    | OnTicket
    | CloseTicket
    | HoldTicket
    | SayWords
    | WriteNote
    | DeclarePresence
    | Find
    | OperatorTyping
    | OperatorRead
)
DESK_CLIENT_FRAMES: tuple[type[Frame], ...] = get_args(DeskFrame)


class Colleague(Frame):
    """Somebody on the team."""

    id: str
    name: str
    presence: Presence


class Me(Frame):
    """The operator at this desk. `load` counts active tickets and offers."""

    id: str
    name: str
    presence: Presence
    until: datetime | None
    load: int
    capacity: int
    locale: str
    role: str
    skills: tuple[str, ...]


class TicketShown(Frame):
    """A ticket at a glance; `unread` tells that the customer wrote something no operator has seen."""

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


class Snapshot(Frame):
    """The desk as it is now. `queue` is in the order of service, offers to others among it; `mine` has offers first.

    `notice` is something that a supervisor should know, in a few lines.
    """

    type: Literal["snapshot"] = "snapshot"
    me: Me
    queue: tuple[TicketShown, ...]
    mine: tuple[TicketShown, ...]
    others: tuple[TicketShown, ...]
    team: tuple[Colleague, ...]
    notice: str | None = None


class Person(Frame):
    """Whom one talks to. `read` is what the customer has seen."""

    id: str
    name: str
    username: str
    channel: str
    locale: str
    zone: str | None
    page: str
    phone: str | None
    blocked: bool
    mode: Mode
    read: int


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
    """Everything about the open talk beside its messages; comes again whenever it may have changed."""

    type: Literal["card"] = "card"
    conversation: str
    person: Person
    ticket: TicketShown | None
    form: tuple[FormAnswer, ...]
    notes: tuple[NoteShown, ...]
    log: tuple[LogRow, ...]


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


class Okay(Frame):
    """The act with this id is in effect."""

    type: Literal["ok"] = "ok"
    id: str


DESK_SERVER_FRAMES: tuple[type[Frame], ...] = (Snapshot, TalkShown, Card, Said, CustomerTyping, Found, Okay, Failure)

_DESK: TypeAdapter[DeskFrame] = TypeAdapter(Annotated[DeskFrame, Field(discriminator="type")])


def parse_desk(raw: str | bytes) -> DeskFrame:
    """The frame that the desk's page sent. Raises ValueError with a short reason."""
    try:
        return _DESK.validate_json(raw)
    except ValidationError as error:
        raise ValueError(reason(error)) from None
