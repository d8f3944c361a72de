"""The operators' acts. `operator` is the id in the desk; the service checks the rights, not whoever sends the act."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.dialog.messages import Attachment, Entity, Ref
from handoff.operators import Presence
from handoff.ticket import Reason, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What all of them have: the language in which the operator reads the answer; "" is the first that they speak."""

    locale: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Accept(Answered):
    """Accept the offer of a ticket."""

    operator: str
    ticket: int


@dataclass(frozen=True, slots=True)
class Decline(Answered):
    """Let the offer pass."""

    operator: str
    ticket: int


@dataclass(frozen=True, slots=True)
class Take(Answered):
    """Take a waiting ticket without an offer."""

    operator: str
    ticket: int


@dataclass(frozen=True, slots=True)
class Close(Answered):
    """Close a ticket that one holds; a callback needs its `result`."""

    operator: str
    ticket: int
    reason: Reason = Reason.RESOLVED
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class Hold(Answered):
    """Put a ticket on hold, or (`on` False) go on."""

    operator: str
    ticket: int
    on: bool = True


@dataclass(frozen=True, slots=True)
class Say(Answered):
    """Words for the customer."""

    operator: str
    conversation: str
    key: str
    text: str
    entities: tuple[Entity, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    refs: tuple[Ref, ...] = ()
    reply_to: Ref | None = None


@dataclass(frozen=True, slots=True)
class Resay(Answered):
    """An edit of what the operator said."""

    operator: str
    ref: Ref
    text: str
    entities: tuple[Entity, ...] = ()


@dataclass(frozen=True, slots=True)
class Unsay(Answered):
    """Delete what the operator said, at the customer's side too."""

    operator: str
    ref: Ref


@dataclass(frozen=True, slots=True)
class Note(Answered):
    """An internal note; the customer never sees it."""

    operator: str
    conversation: str
    text: str


@dataclass(frozen=True, slots=True)
class Declare(Answered):
    """The operator's presence."""

    operator: str
    presence: Presence
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Redeliver(Answered):
    """Try again to deliver what failed."""

    operator: str
    conversation: str
    seq: int


@dataclass(frozen=True, slots=True)
class SeenByOperator(Answered):
    """The operator has read the customer's messages up to `seq`."""

    operator: str
    conversation: str
    seq: int


@dataclass(frozen=True, slots=True)
class Met(Answered):
    """The operator has started the bot in private; `venue` is where they can be reached (`telegram:1001`)."""

    operator: str
    venue: str


@dataclass(frozen=True, slots=True)
class Transfer(Answered):
    """Pass on a ticket that one holds: to a `skill`, or to a colleague (`to`); `note` is for whoever gets it."""

    operator: str
    ticket: int
    skill: str | None = None
    to: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Assign(Answered):
    """A supervisor gives a ticket that waits, or that somebody holds, to an operator (`to`) who is online."""

    operator: str
    ticket: int
    to: str


@dataclass(frozen=True, slots=True)
class Bar(Answered):
    """Hear the customer of a conversation no more: open tickets are closed, later words are kept and not answered.

    `on` False: hear them again.
    """

    operator: str
    conversation: str
    on: bool = True


@dataclass(frozen=True, slots=True)
class Merge(Answered):
    """Close a ticket because the same person is served in another one (`into`)."""

    operator: str
    ticket: int
    into: int


@dataclass(frozen=True, slots=True)
class SetCapacity(Answered):
    """How many tickets the operator takes at once from now on; None: as many as the desk says."""

    operator: str
    capacity: int | None


@dataclass(frozen=True, slots=True)
class Reskill(Answered):
    """A supervisor gives `whom` skills at a level from 0 to 1, or takes them away (0).

    `whom` and the skills are named as people do (`bot.dialog.roster` finds them): by id, or by name in any language.
    """

    operator: str
    whom: str
    levels: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class SwitchBroadcast(Answered):
    """A supervisor has every ticket shown to everybody with its skill, until it is switched off."""

    operator: str
    on: bool


@dataclass(frozen=True, slots=True)
class Dismiss(Answered):
    """A supervisor takes `whom` (named as people do) off the team."""

    operator: str
    whom: str


@dataclass(frozen=True, slots=True)
class Enlist(Answered):
    """An invitation was opened by this Telegram account, which can be reached at `venue`."""

    code: str
    telegram: int
    venue: str
    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quote(Answered):
    """Answer the customer with what we know: `document` is `article:<id>` or `answer:<intent>`, and no internal one."""

    operator: str
    conversation: str
    key: str
    document: str


@dataclass(frozen=True, slots=True)
class Promise(Answered):
    """Book a callback for the customer whose ticket one holds: `at`, or at a time in `words` on the customer's clock.

    Without either the customer chooses the time.
    """

    operator: str
    ticket: int
    at: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Learn(Answered):
    """Propose the operator's message `seq` as the answer to what the customer had asked before it."""

    operator: str
    conversation: str
    seq: int


OperatorAct = (
    Accept
    | Decline
    | Take
    | Close
    | Hold
    | Say
    | Resay
    | Unsay
    | Note
    | Declare
    | Redeliver
    | SeenByOperator
    | Met
    | Transfer
    | Assign
    | Bar
    | Merge
    | SetCapacity
    | Reskill
    | SwitchBroadcast
    | Dismiss
    | Enlist
    | Quote
    | Promise
    | Learn
)
