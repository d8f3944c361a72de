"""What the local desk's page asks of us, frame by frame. `docs/protocol.md` shows one of each."""

from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from bot.web.wire import TEXT_LIMIT, ActId, Frame, Seq, Text, reason
from handoff.operators import Presence
from handoff.ticket import Reason, Result

Conversation = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=64)]
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


class TransferTicket(Frame):
    """Pass on a ticket that I have: to a skill, or to a colleague."""

    type: Literal["transfer"] = "transfer"
    id: ActId
    ticket: Number
    skill: Name | None = None
    to: Name | None = None
    note: Annotated[str, StringConstraints(max_length=TEXT_LIMIT)] = ""


class AssignTicket(Frame):
    """Give a ticket to a colleague, as a supervisor."""

    type: Literal["assign"] = "assign"
    id: ActId
    ticket: Number
    to: Name


class MergeTicket(Frame):
    """Close a ticket because the same person is served in another one."""

    type: Literal["merge"] = "merge"
    id: ActId
    ticket: Number
    into: Number


class PromiseCall(Frame):
    """Book a callback: at a time in words on the customer's clock; without words the customer chooses."""

    type: Literal["promise"] = "promise"
    id: ActId
    ticket: Number
    words: Annotated[Text, StringConstraints(max_length=100)] = ""


class BarCustomer(Frame):
    """Hear the customer of this talk no more, or again."""

    type: Literal["bar"] = "bar"
    id: ActId
    conversation: Conversation
    on: bool


class SayWords(Frame):
    """Words for the customer."""

    type: Literal["say"] = "say"
    id: ActId
    conversation: Conversation
    text: Text = ""
    file: Annotated[str, StringConstraints(max_length=64)] | None = None


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


class TakeAtOnce(Frame):
    """How many tickets I take at once from now on; without a number, as many as the desk says."""

    type: Literal["capacity"] = "capacity"
    id: ActId
    capacity: Number | None = None


class Canned(Frame):
    """The canned replies, filled in for the open talk."""

    type: Literal["canned"] = "canned"
    id: ActId


class Earlier(Frame):
    """Messages of the open talk from before the first that I have."""

    type: Literal["earlier"] = "earlier"
    id: ActId
    before: Seq


class History(Frame):
    """The open talk's closed tickets, a page at a time."""

    type: Literal["history"] = "history"
    id: ActId
    page: Annotated[int, Field(ge=1, le=10_000)] = 1


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
    | TransferTicket
    | AssignTicket
    | MergeTicket
    | PromiseCall
    | BarCustomer
    | SayWords
    | WriteNote
    | DeclarePresence
    | TakeAtOnce
    | Canned
    | Earlier
    | History
    | Find
    | OperatorTyping
    | OperatorRead
)
DESK_CLIENT_FRAMES: tuple[type[Frame], ...] = get_args(DeskFrame)

_DESK: TypeAdapter[DeskFrame] = TypeAdapter(Annotated[DeskFrame, Field(discriminator="type")])


def parse_desk(raw: str | bytes) -> DeskFrame:
    """The frame that the desk's page sent. Raises ValueError with a short reason."""
    try:
        return _DESK.validate_json(raw)
    except ValidationError as error:
        raise ValueError(reason(error)) from None
