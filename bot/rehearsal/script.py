"""A dialogue as its author writes it: a title, a clock, and turns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator

from bot.rehearsal.desk import DeskChanges
from bot.rehearsal.gestures import Contact, Followed, Press
from bot.rehearsal.passing import Merged, Passed
from bot.rehearsal.past import Past
from bot.rehearsal.rostering import TeamChange
from bot.workspace.calendar import read_hours
from handoff.hours import Hours
from handoff.operators import Presence
from intents.errors import Fault, FaultsError
from intents.fitting import Shape, fit
from intents.shape import Text
from intents.strict_yaml import Located, read

CUSTOMER = "customer"  # who speaks when a turn does not say
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def _some(value: Any) -> Any:
    return (value,) if isinstance(value, str | int) else tuple(value) if isinstance(value, list) else value


def _moment(value: Any) -> Any:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f'"{value}" is not a moment; write it as 2026-05-04T21:10+03:00') from None
    if moment.tzinfo is None:
        raise ValueError(f'"{value}" has no offset from UTC; write it as 2026-05-04T21:10+03:00')
    return moment


def _move(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("+"):
        number, unit = value[1:-1], value[-1:]
        if number.isdigit() and unit in _UNITS:
            return timedelta(**{_UNITS[unit]: int(number)})
        raise ValueError(f'"{value}" is not a move of the clock; write +90s, +15m, +2h, +1d or a moment')
    return _moment(value)


def _named(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if value not in set(Presence):
        raise ValueError(f'"{value}" is no presence; use {", ".join(Presence)}')
    return Presence(value)


_WORDS = {"type": "string", "pattern": r"\S"}
_MOMENT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}.+(Z|[+-]\d{2}:?\d{2})$"}
_SPAN = r"[0-9]+[smhd]$"

Texts = Annotated[
    tuple[Text, ...],
    BeforeValidator(_some),
    WithJsonSchema({"anyOf": [_WORDS, {"type": "array", "items": _WORDS}]}),
]
Who = Annotated[Presence, BeforeValidator(_named)]
Moment = Annotated[datetime, BeforeValidator(_moment), WithJsonSchema(_MOMENT)]
Move = Annotated[
    datetime | timedelta,
    BeforeValidator(_move),
    WithJsonSchema({"anyOf": [_MOMENT, {"type": "string", "pattern": rf"^\+{_SPAN}"}]}),
]
Lateness = Annotated[
    timedelta,
    BeforeValidator(lambda value: _move(f"+{value}")),
    WithJsonSchema({"type": "string", "pattern": f"^{_SPAN}"}),
]


class Written(Shape):
    """A message with more to it than text; `late` is how long ago it was sent, `breaks` that we then fail at it."""

    text: str = ""
    attachment: Text | None = None
    late: Lateness | None = None
    breaks: bool = False


class Heard(Shape):
    """What the customer must, or must not, have been told since the last act."""

    contains: Texts = ()
    not_contains: Texts = ()
    buttons: Texts = ()
    not_buttons: Texts = ()
    messages: int | None = None
    silent: bool = False


class Seen(Shape):
    """A message that the customer must see, from the bot, an operator or the system."""

    sender: Annotated[Literal["bot", "operator", "system"], Field(alias="from")] = "operator"
    name: Text | None = None
    contains: Texts = ()


class OperatorsSee(Shape):
    """What the operators' side must have been shown of the conversation since the last act."""

    contains: Texts = ()
    not_contains: Texts = ()


class Offered(Shape):
    """An offer that must be open."""

    operator: Text
    kind: Literal["chat", "callback", "message"] | None = None


class TicketIs(Shape):
    """What must be true of the customer's newest ticket."""

    kind: Literal["chat", "callback", "message"] | None = None
    state: Text | None = None
    skill: Text | None = None
    operator: Text | None = None
    reason: Text | None = None
    why: Text | None = None
    preferred: Text | None = None
    shown: Texts = ()
    phone: Text | None = None
    attempts: int | None = None
    form: dict[str, str] | None = None


class StateIs(Shape):
    """What must be shown of the conversation's state; `wait` in minutes, from and to: [3, 6], or null."""

    mode: Text | None = None
    position: int | None = None
    wait: Annotated[tuple[int, int], BeforeValidator(_some)] | None = None
    operator: Text | None = None
    locale: Text | None = None


class OperatorAct(TeamChange):
    """What an operator does, where one word does not say it all."""

    say: str | None = None
    close: Text | None = None
    note: Text | None = None
    transfer: Passed | None = None
    assign: Text | None = None
    merge: Merged | None = None
    send: Text | None = None
    callback: Text | None = None


_STEPS = (
    "customer", "press", "follow", "start", "contact", "edit", "blocked", "page", "clock", "operator", "presence",
    "restart", "bot", "customer_sees", "operators_see", "told", "offered", "ticket", "state",
)  # fmt: skip # who acts, then what is seen


class Turn(Shape):
    """One step, with `who` (when there is more than one customer) and `refused` (when an act must not succeed)."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [name]} for name in _STEPS]})

    customer: Text | Written | None = None
    """The customer writes: the words, or {text: …, attachment: …, late: 2h}; {text: …, breaks: true} fails with us."""
    press: Text | Press | None = None
    """The customer presses a button: its id, its kind, or {label: …, index: 0}."""
    follow: Followed | None = None
    """Somebody opens the link into Telegram that `who` was shown: {button: telegram, by: maria}."""
    start: str | None = None
    """The customer opens the talk, with a parameter or ""."""
    contact: Text | Contact | None = None
    """The customer shares a phone number with the channel's own button."""
    edit: Text | None = None
    """The customer changes the last message into this."""
    blocked: bool | None = None
    """The customer blocks the bot, or no longer does."""
    page: Literal["closed", "opened"] | None = None
    """A visitor leaves the site, or comes back to it."""
    clock: Move | None = None
    """Time goes on: +90s, +15m, +2h, +1d, or to a moment: 2026-05-04T21:10+03:00."""
    operator: dict[str, Text | OperatorAct] | None = None
    """An operator acts: {anna: accept}, {anna: "Hello!"}, {anna: {transfer: {to: olga, note: "Knows the bike"}}}.

    One word does: accept, decline, take, hold, resume, close, block, unblock. Words for the customer are said. More:
    {close: resolved}, {note: …}, {transfer: {skill: …}}, {assign: anna}, {merge: {of: nina, into: another}}.
    """
    presence: dict[str, Who] | None = None
    """An operator comes or goes: {anna: offline}."""
    restart: Literal[True] | None = None
    """The process stops and starts again."""
    bot: Heard | None = None
    """What the customer must have been told since the last act."""
    customer_sees: Seen | None = None
    """A message that the customer must see: {from: operator, contains: …}."""
    operators_see: OperatorsSee | None = None
    """What the operators' side must have been shown."""
    told: dict[str, Text] | None = None
    """A part of the words that an operator must have been told in private: {anna: "paused"}."""
    offered: Offered | Literal["nobody"] | None = None
    """The offer that must be open: {operator: anna, kind: chat}, or nobody."""
    ticket: TicketIs | Literal["none"] | None = None
    """What must be true of the customer's newest ticket, or none."""
    state: StateIs | None = None
    """What must be shown of the conversation's state."""
    who: Text = CUSTOMER
    """Which customer, when there is more than one."""
    refused: Text | None = None
    """A part of the words with which this act must be refused."""

    @model_validator(mode="after")
    def _one_step(self) -> "Turn":
        steps = [name for name in _STEPS if name in self.model_fields_set]
        if len(steps) != 1:
            raise ValueError(f"a turn is one step of: {', '.join(_STEPS)}; here are {len(steps)}")
        return self

    @property
    def step(self) -> str:
        """The name of the step."""
        return next(name for name in _STEPS if name in self.model_fields_set)


class ScriptShape(Shape):
    """A dialogue that `frontline test` plays through the real service."""

    title: Text
    """What is promised here, in a sentence."""
    clock: Moment
    """When it begins: 2026-05-04T21:10+03:00."""
    channel: Literal["telegram", "widget"] = "widget"
    """Where the customer writes."""
    channels: dict[str, Literal["telegram", "widget"]] = Field(default_factory=dict)
    """Who writes elsewhere: {maria: telegram}."""
    locale: str = ""
    """The language of the customer's device."""
    zone: str = ""
    """The time zone of the customer's device: Europe/Riga."""
    operators: dict[str, Who] | Who = Presence.ONLINE
    """The presence of all operators, or of each: {anna: online, olga: paused}."""
    desk: DeskChanges = DeskChanges()
    """What is other about the desk than in the workspace: {routing: {strategy: best_skill}}."""
    past: Past | None = None
    """Tickets handled before it begins: {tickets: 12, lasted: 5m}, of the first skill if `skill:` names no other."""
    turns: Annotated[tuple[Turn, ...], Field(min_length=1), BeforeValidator(_some)]
    """Steps in order."""


@dataclass(frozen=True, slots=True)
class Script:
    """A dialogue that can be played; it knows where its turns stand, and what `hours` of skills are other in it."""

    located: Located
    shape: ScriptShape
    hours: Mapping[str, Hours]

    @property
    def file(self) -> str:
        """The file it was read from."""
        return self.located.file

    def line_of(self, turn: int) -> int:
        """The line of a turn, counted from 0."""
        return self.located.line_of(("turns", turn))


def read_script(path: Path) -> Script:
    """The dialogue in the file. Raises FaultsError with every fault."""
    located = read(path)
    shape = fit(ScriptShape, located)
    hours = read_hours(located, shape.desk.hours, "UTC", shape.clock.date(), within=("desk",))  # the desk's clock later
    return Script(located, shape, hours)


def read_scripts(folder: Path) -> list[Script]:
    """Every dialogue of the folder, by name. Raises FaultsError with every fault of every file."""
    scripts: list[Script] = []
    faults: list[Fault] = []
    for path in sorted(path for path in folder.glob("[!.]*") if path.suffix in {".yaml", ".yml"}):
        try:
            scripts.append(read_script(path))
        except FaultsError as error:
            faults += error.faults
    if faults:
        raise FaultsError(faults)
    return scripts
