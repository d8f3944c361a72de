"""The shape of `desk.yaml`, as admins write it."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from bot.workspace.calendar import PLAN
from bot.workspace.scalars import Duration, Stretch, Window
from intents.fitting import Shape
from intents.shape import Identifier, Localised, Text

Share = Annotated[float, Field(gt=0, le=1)]
Count = Annotated[int, Field(ge=1)]
Strategy = Literal["longest_idle", "fewest_active", "round_robin", "best_skill", "broadcast"]


def _items(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Texts = Annotated[tuple[Text, ...], BeforeValidator(_items)]
Plan = Annotated[dict[str, Any], WithJsonSchema(dict(PLAN))]


class QueueShape(Shape):
    """When the queue is full; beyond it customers are offered a callback or a message."""

    max_waiting: Count | None = None
    """So many tickets may wait."""
    max_wait: Duration | None = None
    """So long a wait may be expected: 15m."""


class ServiceLevelShape(Shape):
    """The goal."""

    target: Share = 0.8
    """The share of customers who are answered in time: 0.8."""
    within: Stretch | None = None
    """The time: 60s."""


class SkillShape(Shape):
    """What a ticket may need."""

    title: Localised | Text | None = None
    """What customers see, by locale: {en: Delivery}."""
    hours: Text | None = None
    """A plan of `hours`; open around the clock without one."""
    chat: Annotated[int, Field(lt=0)] | None = None
    """The Telegram group of this skill: -1001234567890."""
    fallback: Texts = ()
    """Skills whose operators may help when nobody with this one is free for long."""
    queue: QueueShape = QueueShape()
    """When the queue is full."""
    service_level: ServiceLevelShape = ServiceLevelShape()
    """The goal: {target: 0.8, within: 60s}."""


class OperatorShape(Shape):
    """A person on the team."""

    id: Identifier
    """The operator's name in commands."""
    name: Localised | Text | None = None
    """What customers see: Anna, or {ru: Анна, en: Anna}."""
    telegram: Count | None = None
    """The number of the Telegram account."""
    skills: dict[str, Share] | None = None
    """Skills with a level from 0 to 1: {delivery: 1.0}; all of them without this."""
    capacity: Count = 3
    """How many talks at once."""
    locales: Texts = ()
    """Languages in which this person answers; all without this."""
    role: Literal["operator", "supervisor"] = "operator"
    """A supervisor may also assign tickets, change skills and read figures."""


class WidenShape(Shape):
    """One step of a search that grows wider."""

    after: Duration
    """Waiting time from which the step counts: 2m; 0s from the beginning."""
    min_level: Annotated[float, Field(ge=0, le=1)] | None = None
    """The level of skill that is enough then; until the first step with one, only the best on duty are asked."""
    fallback: bool = False
    """Whether operators of the skill's `fallback` skills are asked then, too."""


class PreferredShape(Shape):
    """The operator who knows the customer goes first."""

    returning: Duration | None = None
    """For customers who return within this time: 7d."""
    wait: Duration | None = None
    """So long before others are asked: 60s."""


class RoutingShape(Shape):
    """How tickets meet operators."""

    strategy: Strategy = "longest_idle"
    """Who is asked first among those who can; broadcast shows a ticket to all of them. See docs/routing.md."""
    offer_timeout: Stretch | None = None
    """An offer not taken in this time goes to the next operator: 60s."""
    max_missed: Count | None = None
    """After so many in a row the operator is paused and told."""
    widen: Annotated[tuple[WidenShape, ...], BeforeValidator(_items)] = ()
    """The longer the wait, the wider the search: [{after: 2m, min_level: 0.5}, {after: 5m, fallback: true}]."""
    ageing: Stretch | None = None
    """A waiting ticket gains one step of priority each: 2m."""
    preferred: PreferredShape = PreferredShape()
    """The operator who knows the customer goes first: {returning: 7d, wait: 60s}."""
    wrap_up: Duration | None = None
    """So long nothing is offered to an operator who has closed a ticket: 0s."""
    grace: Duration | None = None
    """So long a ticket waits for its operator who went offline: 60s."""


class EscalationShape(Shape):
    """When the bot calls a person by itself."""

    misses: Count | None = None
    """After so many questions in a row that it did not understand: 2."""
    repeats: Count | None = None
    """When the same question is asked so often in a row: 2."""
    feedback: bool | None = None
    """When a customer presses "Didn't help"."""


class CallbacksShape(Shape):
    """Slots and attempts of callbacks."""

    slot: Stretch | None = None
    """Length of a slot: 30m."""
    per_slot: Count | None = None
    """Calls that are promised for one slot: 2."""
    per_operator: Count | None = None
    """Calls that are promised for one slot for each operator with the skill, instead of `per_slot`: 1."""
    lead: Duration | None = None
    """The earliest slot from now: 30m."""
    horizon: Stretch | None = None
    """The latest slot from now: 14d."""
    attempts: Count | None = None
    """Calls made before giving up: 3."""
    retry: Stretch | None = None
    """Time between two of them: 30m."""
    reminder: Duration | None = None
    """The customer is reminded so long before: 10m."""
    window: Window | None = None
    """Never outside these hours on the customer's own clock: "09:00-21:00"."""


class InactivityShape(Shape):
    """What silence does."""

    customer: Stretch | None = None
    """A talk with a silent customer is closed after this time: 30m."""
    warn: Duration | None = None
    """And the customer is asked after this time whether they are still there: 25m."""
    reopen: Duration | None = None
    """A customer who returns within this time goes to the same person: 24h."""


class RetentionShape(Shape):
    """How long something is kept."""

    messages: Stretch | None = None
    """What was said, with its files and whoever has been silent since; not while a ticket is open: 180d."""
    questions: Stretch | None = None
    """Questions that the bot could not answer, for `frontline suggest`: 180d."""


class MatchingShape(Shape):
    """How sure an answer must be, and the folder of word vectors, if there are any."""

    precision: Annotated[float, Field(ge=0.5, lt=1)] = 0.95
    """The share of answers that should be right."""
    semantic: Text | None = None
    """A folder with a static model of word vectors, absolute or within the workspace; see docs/semantic.md."""


class DeskShape(Shape):
    """Who answers, when, and what happens while a customer waits. Durations are written 90s, 15m, 2h, 14d."""

    timezone: Text = "UTC"
    """The clock of the hours: Europe/Riga."""
    country: Text | None = None
    """Phone numbers without a country code are of this country: LV."""
    locales: Annotated[tuple[Text, ...], Field(min_length=1), BeforeValidator(_items)] = ("en",)
    """Languages of the desk; the first is used when we cannot tell."""
    skills: Annotated[dict[Identifier, SkillShape], Field(min_length=1)]
    """What a ticket may need, by name; the first takes whatever belongs to no other."""
    hours: dict[Text, Plan] = Field(default_factory=dict)
    """Plans of opening hours, by name."""
    operators: Annotated[tuple[OperatorShape, ...], BeforeValidator(_items)] = ()
    """The people."""
    routing: RoutingShape = RoutingShape()
    """How tickets meet operators."""
    escalation: EscalationShape = EscalationShape()
    """When the bot calls a person by itself."""
    callbacks: CallbacksShape = CallbacksShape()
    """Slots and attempts of callbacks."""
    inactivity: InactivityShape = InactivityShape()
    """What silence does."""
    retention: RetentionShape = RetentionShape()
    """How long something is kept."""
    matching: MatchingShape = MatchingShape()
    """How sure an answer must be."""
