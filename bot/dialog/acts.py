"""What comes in: the customer's acts, the operators' acts, and the clock's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.dialog.messages import Attachment, Entity, Ref
from bot.dialog.operator_acts import OperatorAct


@dataclass(frozen=True, slots=True)
class Sender:
    """The customer as the channel knows them. Empty fields change nothing that is known already.

    `conversation` is the id to give a conversation that begins with this act (the widget hands it out in `welcome`
    before anything is stored), else one is made.
    """

    channel: str
    address: str
    name: str = ""
    username: str = ""
    language: str = ""
    zone: str = ""
    page: str = ""
    conversation: str | None = None


# The customer's acts. `key` is the channel's id of the act: the same key twice has one effect.


@dataclass(frozen=True, slots=True)
class Wrote:
    """A message. `sent` is when the customer sent it, by the channel's clock."""

    sender: Sender
    key: str
    text: str
    sent: datetime
    entities: tuple[Entity, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    refs: tuple[Ref, ...] = ()
    reply_to: Ref | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """The customer opened the chat and has said nothing yet (Telegram's /start); `payload` is what the link carried."""

    sender: Sender
    key: str
    payload: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button, by its id."""

    sender: Sender
    key: str
    button: str


@dataclass(frozen=True, slots=True)
class Rewrote:
    """An edit of an earlier message."""

    sender: Sender
    ref: Ref
    text: str
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedContact:
    """A phone number sent with the channel's own button; `own` tells that it is the sender's number."""

    sender: Sender
    key: str
    phone: str
    own: bool
    refs: tuple[Ref, ...] = ()


Said = Wrote | Started | Pressed | SharedContact  # each becomes a message, which keeps its key


@dataclass(frozen=True, slots=True)
class Read:
    """The customer has seen everything up to `seq`."""

    sender: Sender
    seq: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """The customer shut us out of their chat, or let us in again."""

    sender: Sender
    blocked: bool


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody has the conversation before them now: the page is open, and what is said there is seen."""

    conversation: str


CustomerAct = Wrote | Started | Pressed | Rewrote | SharedContact | Read | Blocked


@dataclass(frozen=True, slots=True)
class Rang:
    """An alarm is due; `kind` and `subject` say which (see `bot.dialog.alarms`)."""

    kind: str
    subject: str


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A message could not reach the customer for good; `reason` is a short text for people."""

    conversation: str
    seq: int
    reason: str


@dataclass(frozen=True, slots=True)
class Swept:
    """Look over the whole desk: serve whoever can be served, tell places. Has no effect when all is as it should be."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """The admin's files were read again: `faults`, one a line, keep them from being served; without any they are."""

    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forget:
    """Erase whoever speaks in the conversation, wherever else they did; what is open of them is cancelled."""

    conversation: str


@dataclass(frozen=True, slots=True)
class Expire:
    """Erase what was said there before that time, and whoever has said nothing since; not while anything is open."""

    conversation: str
    before: datetime


Act = CustomerAct | Present | OperatorAct | Rang | Undelivered | Swept | Surveyed | Forget | Expire


# What the one who acted is told.


@dataclass(frozen=True, slots=True)
class Done:
    """Stored and in effect. `seq` is that of the message it made, if any; `repeated` tells that the key was known.

    `text` is one line for whoever acted, when there is something to tell.
    """

    seq: int | None = None
    repeated: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Erased(Done):
    """Done, and so much is gone, by table."""

    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was changed. `code` is one of the protocol's error codes, `text` one clear line for the one who acted."""

    code: str
    text: str


Outcome = Done | Refused
