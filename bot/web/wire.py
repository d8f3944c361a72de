"""The protocol of `/ws/v1`: every frame as a model. `docs/protocol.md` shows one of each."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from bot.dialog.conversation import Mode
from bot.dialog.messages import AuthorKind, ButtonKind

TEXT_LIMIT = 4000
_BIG = 2**53 - 1  # what every JSON number survives

ErrorCode = Literal["bad_frame", "unauthorized", "too_long", "rate_limited", "not_found", "unsupported"]


def _without_nul(text: str) -> str:
    """NUL is legal in JSON and not in a database."""
    return text.replace("\x00", "")


Text = Annotated[str, AfterValidator(_without_nul)]
Short = Annotated[str, StringConstraints(max_length=64, pattern=r"^[\w+\-/.:]*$")]
ActId = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[\w.:-]+$")]
ButtonId = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f]+$")]
Seq = Annotated[int, Field(ge=0, le=_BIG)]


class Frame(BaseModel):
    """Strict about what it knows, deaf to what later versions may add."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore")


class Hello(Frame):
    """The first frame of a connection."""

    type: Literal["hello"] = "hello"
    token: Annotated[str, StringConstraints(max_length=512)] | None = None
    locale: Short = ""
    tz: Short = ""
    page: Annotated[Text, StringConstraints(max_length=2048)] = ""
    seen: Seq = 0
    identity: Annotated[str, StringConstraints(max_length=4096)] | None = None


class Write(Frame):
    """The visitor wrote something."""

    type: Literal["message"] = "message"
    id: ActId
    text: Text = ""
    file: Annotated[str, StringConstraints(max_length=64)] | None = None


class Press(Frame):
    """The visitor pressed a button."""

    type: Literal["press"] = "press"
    id: ActId
    button: ButtonId


class IsTyping(Frame):
    """The visitor is writing; worth a few seconds."""

    type: Literal["typing"] = "typing"


class HasRead(Frame):
    """The visitor has seen everything up to `seq`."""

    type: Literal["read"] = "read"
    seq: Seq


class Ping(Frame):
    """A question whether anybody is there."""

    type: Literal["ping"] = "ping"


ClientFrame = Hello | Write | Press | IsTyping | HasRead | Ping
CLIENT_FRAMES: tuple[type[Frame], ...] = (Hello, Write, Press, IsTyping, HasRead, Ping)


class AuthorShown(Frame):
    """Who speaks."""

    kind: AuthorKind
    name: str


class OperatorShown(Frame):
    """Who serves the visitor."""

    name: str


class ButtonShown(Frame):
    """A quick answer; `url` only for kind `url`."""

    id: str
    label: str
    kind: ButtonKind
    url: str | None


class FileShown(Frame):
    """A file of a message; `GET /files/<id>` has it."""

    id: str
    name: str
    mime: str
    size: int


class MessageShown(Frame):
    """A message of the conversation. `id` is the visitor's own id of it, `deleted` means: take it away.

    `file` is the first of `files`.
    """

    type: Literal["message"] = "message"
    seq: Seq
    at: datetime
    author: AuthorShown
    text: str
    html: str
    buttons: tuple[ButtonShown, ...]
    file: FileShown | None = None
    edited: bool
    id: str | None = None
    deleted: bool = False
    files: tuple[FileShown, ...] = ()


class StateShown(Frame):
    """How the conversation stands."""

    type: Literal["state"] = "state"
    mode: Mode
    position: int | None
    wait_s: tuple[int, int] | None
    operator: OperatorShown | None


class Welcome(Frame):
    """The answer to `hello`."""

    type: Literal["welcome"] = "welcome"
    token: str
    conversation: str
    seq: Seq
    state: StateShown


class Ack(Frame):
    """It is stored. `seq` is that of the message it made, null when it made none."""

    type: Literal["ack"] = "ack"
    id: str
    seq: Seq | None


class TypingShown(Frame):
    """The other side is writing."""

    type: Literal["typing"] = "typing"
    author: AuthorShown


class ReadShown(Frame):
    """The other side has seen everything up to `seq`."""

    type: Literal["read"] = "read"
    seq: Seq


class Pong(Frame):
    """The answer to a ping."""

    type: Literal["pong"] = "pong"


class Failure(Frame):
    """What went wrong (`code` is an ErrorCode), with which frame. `retry_s` comes with `rate_limited`."""

    type: Literal["error"] = "error"
    code: str
    message: str
    id: str | None
    retry_s: int | None = None


ServerFrame = Welcome | Ack | MessageShown | StateShown | TypingShown | ReadShown | Pong | Failure
SERVER_FRAMES: tuple[type[Frame], ...] = (
    Welcome,
    Ack,
    MessageShown,
    StateShown,
    TypingShown,
    ReadShown,
    Pong,
    Failure,
)

_CLIENT: TypeAdapter[ClientFrame] = TypeAdapter(Annotated[ClientFrame, Field(discriminator="type")])


def parse(raw: str | bytes) -> ClientFrame:
    """The frame that the visitor sent. Raises ValueError with a short reason."""
    try:
        return _CLIENT.validate_json(raw)
    except ValidationError as error:
        raise ValueError(reason(error)) from None


def reason(error: ValidationError) -> str:
    """The first fault in a few words, without repeating what was sent."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    text = "unknown type" if first["type"] == "union_tag_invalid" else first["msg"]
    return f"{place}: {text}" if place else text


def encode(frame: Frame) -> bytes:
    """The frame as JSON."""
    return frame.model_dump_json().encode()
