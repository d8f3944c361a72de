"""A conversation: everything between one customer and us on one channel, and where the talk stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.dialog.questions import Question

ELSEWHERE: Final = "conversation"  # in `continued`: another conversation has taken this one's place


class Owner(StrEnum):
    """Who may speak to the customer."""

    BOT = "bot"
    OPERATOR = "operator"


class Awaiting(StrEnum):
    """What the customer's next message is taken for, when it is not a question."""

    NOTHING = ""
    FORM = "form"
    MESSAGE = "message"
    PHONE = "phone"
    ZONE = "zone"
    COMMENT = "comment"
    CONTACT = "contact"
    TIME = "time"


class Mode(StrEnum):
    """What the customer sees of the state, in the protocol's words."""

    BOT = "bot"
    QUEUED = "queued"
    ACTIVE = "active"
    SCHEDULED = "scheduled"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class FormProgress:
    """A form being filled for an intent: `fields` are the ids still to ask, the current one first.

    `wrong` counts the answers to the current one that did not fit.
    """

    intent: str
    fields: tuple[str, ...]
    asked: tuple[str, ...] = ()
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """A person was asked for: of which skill, why (an escalation trigger), after which intent and question."""

    skill: str
    why: str
    guessed: bool = False
    intent: str | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Served:
    """Who served the customer last, with which skill, until when; `broke_off` tells that the customer fell silent."""

    operator: str
    skill: str
    at: datetime
    broke_off: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """Where the bot's side of the talk stands; `intent` is the last one that mattered.

    `misses` and `repeats` count in a row. `awaiting` says what the next message is taken for, `subject` for which
    ticket. `answers` are what forms have learnt, by field id; `question` is what was asked last. `wish` is kept while
    nobody is free and the customer chooses what to do. `noticed` is when a notice that must not be repeated was last
    given. `asked` is the last question as it is remembered, `choices` the intents that it was met with when unclear.
    `served` is who knows the customer. `lost` is the ticket of a kept place that was given up and can be had back.
    """

    misses: int = 0
    intent: str | None = None
    repeats: int = 0
    awaiting: Awaiting = Awaiting.NOTHING
    subject: int | None = None
    form: FormProgress | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    question: str = ""
    wish: Wish | None = None
    noticed: datetime | None = None
    asked: Question | None = None
    choices: tuple[str, ...] = ()
    served: Served | None = None
    lost: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The state as the customer was last shown it; `told` is when a queue place was last said aloud.

    `wait` is the estimate in seconds, from and to; None without one.
    `edits` counts the edits of messages so far: whoever has seen fewer looks at the messages again.
    """

    mode: Mode = Mode.BOT
    position: int | None = None
    operator: str | None = None
    told: datetime | None = None
    edits: int = 0
    wait: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """One customer on one channel. `channel` and `address` are unique together; `last_seq` is the last message's.

    `locale_chosen` tells that the customer picked the language by hand. `zone` is an IANA name, None while unknown.
    `read_seq` is how far the customer has read, `operator_read_seq` how far the operator's side has. `blocked` tells
    that the customer shut us out, `barred` that the operators hear them no more. `continued` is where the talk goes on:
    a chat (`telegram:12345`) that is shown everything too and writes here, or the `conversation:<id>` that took this
    one's place; it is set once and never again. A `forgotten` one was erased: nobody is to speak in it again.
    """

    id: str
    channel: str
    address: str
    created: datetime
    touched: datetime
    name: str = ""
    username: str = ""
    locale: str = "en"
    locale_chosen: bool = False
    zone: str | None = None
    page: str = ""
    phone: str | None = None
    owner: Owner = Owner.BOT
    blocked: bool = False
    barred: bool = False
    continued: str | None = None
    forgotten: bool = False
    last_seq: int = 0
    read_seq: int = 0
    operator_read_seq: int = 0
    talk: Talk = Talk()
    shown: Shown = Shown()
