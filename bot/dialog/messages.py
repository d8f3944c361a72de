"""What is said in a conversation, as values that no channel owns."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AuthorKind(StrEnum):
    """Who speaks."""

    CUSTOMER = "customer"
    BOT = "bot"
    OPERATOR = "operator"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Author:
    """Who speaks, with the name that the customer may see."""

    kind: AuthorKind
    name: str = ""


class ButtonKind(StrEnum):
    """What a button does, so that a channel can draw it fittingly."""

    REPLY = "reply"
    URL = "url"
    HANDOFF = "handoff"
    CALLBACK = "callback"
    MESSAGE = "message"
    SLOT = "slot"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Button:
    """A quick answer. `id` says what it does (`intent:delivery_cost`, `slot:…`) and is at most 64 bytes long."""

    id: str
    label: str
    kind: ButtonKind = ButtonKind.REPLY
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """Formatting of a part of a text. `offset` and `length` count UTF-16 code units, as Telegram does."""

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a message: `kind` photo, document, voice and so on, `ref` the channel's own name for it."""

    kind: str
    ref: str
    name: str = ""
    mime: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits for the message it comes with."""

    id: str
    name: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True)
class Ref:
    """Where a message stands in a chat of a channel: `telegram:-100123`, `456`.

    One post may hold several messages: its own id is that of the last, the others have a mark behind it (`456+1`).
    """

    venue: str
    id: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation; `seq` counts from 1 without gaps.

    `text` is always the plain text. A text of ours may have `markdown`, a text of a person may have `entities`; never
    both. `key` is the sender's own id of it, unique in the conversation, so that the same message twice is one.
    `attachments` of more than one is an album. `reply_to` is the `seq` of the message it answers.
    """

    conversation: str
    seq: int
    at: datetime
    author: Author
    text: str
    markdown: str | None = None
    entities: tuple[Entity, ...] = ()
    buttons: tuple[Button, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    reply_to: int | None = None
    edited: bool = False
    deleted: bool = False
    key: str | None = None
