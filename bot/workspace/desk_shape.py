"""The shape of `desk.yaml`, as admins write it."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from bot.workspace.scalars import Duration, Stretch, Window
from intents.fitting import Shape
from intents.shape import Identifier, Localised, Text

Share = Annotated[float, Field(gt=0, le=1)]
Count = Annotated[int, Field(ge=1)]
Strategy = Literal["longest_idle", "fewest_active", "round_robin", "best_skill", "broadcast"]


def _items(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


Texts = Annotated[tuple[Text, ...], BeforeValidator(_items)]


class QueueShape(Shape):
    """When the queue is full."""

    max_waiting: Count | None = None
    max_wait: Duration | None = None


class ServiceLevelShape(Shape):
    """The goal."""

    target: Share = 0.8
    within: Stretch | None = None


class SkillShape(Shape):
    """What a ticket may need."""

    title: Localised | Text | None = None
    hours: Text | None = None
    chat: Annotated[int, Field(lt=0)] | None = None
    fallback: Texts = ()
    queue: QueueShape = QueueShape()
    service_level: ServiceLevelShape = ServiceLevelShape()


class OperatorShape(Shape):
    """A person on the team."""

    id: Identifier
    name: Localised | Text | None = None
    telegram: Count | None = None
    skills: dict[str, Share] | None = None
    capacity: Count = 3
    locales: Texts = ()
    role: Literal["operator", "supervisor"] = "operator"


class WidenShape(Shape):
    """One step of a search that grows wider."""

    after: Duration
    min_level: Annotated[float, Field(ge=0, le=1)] | None = None
    fallback: bool = False


class PreferredShape(Shape):
    """The operator who knows the customer."""

    returning: Duration | None = None
    wait: Duration | None = None


class RoutingShape(Shape):
    """How tickets meet operators."""

    strategy: Strategy = "longest_idle"
    offer_timeout: Stretch | None = None
    max_missed: Count | None = None
    widen: Annotated[tuple[WidenShape, ...], BeforeValidator(_items)] = ()
    ageing: Stretch | None = None
    preferred: PreferredShape = PreferredShape()
    wrap_up: Duration | None = None
    grace: Duration | None = None


class EscalationShape(Shape):
    """When the bot calls a person by itself."""

    misses: Count | None = None
    repeats: Count | None = None
    feedback: bool | None = None


class CallbacksShape(Shape):
    """Slots and attempts."""

    slot: Stretch | None = None
    per_slot: Count | None = None
    lead: Duration | None = None
    horizon: Stretch | None = None
    attempts: Count | None = None
    retry: Stretch | None = None
    reminder: Duration | None = None
    window: Window | None = None


class InactivityShape(Shape):
    """What silence does."""

    customer: Stretch | None = None
    warn: Duration | None = None
    reopen: Duration | None = None


class MatchingShape(Shape):
    """How sure an answer must be."""

    precision: Annotated[float, Field(ge=0.5, lt=1)] = 0.95


class DeskShape(Shape):
    """The whole file."""

    timezone: Text = "UTC"
    country: Text | None = None
    locales: Annotated[tuple[Text, ...], BeforeValidator(_items), Field(min_length=1)] = ("en",)
    skills: Annotated[dict[Identifier, SkillShape], Field(min_length=1)]
    hours: dict[Text, dict[str, Any]] = Field(default_factory=dict)
    operators: Annotated[tuple[OperatorShape, ...], BeforeValidator(_items)] = ()
    routing: RoutingShape = RoutingShape()
    escalation: EscalationShape = EscalationShape()
    callbacks: CallbacksShape = CallbacksShape()
    inactivity: InactivityShape = InactivityShape()
    matching: MatchingShape = MatchingShape()
