"""The desk: skills, hours, operators and rules, as values. The file `desk.yaml` says them; this is what it means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from handoff.hours import Hours

Title = Mapping[str, str]  # locale -> text


@dataclass(frozen=True, slots=True)
class QueueRules:
    """When the queue is full: more than `max_waiting` tickets, or an expected wait above `max_wait`."""

    max_waiting: int | None = None
    max_wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """`target` (0-1) of the customers are answered `within` that time."""

    target: float = 0.8
    within: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Skill:
    """What a ticket needs and an operator has. `chat` is the Telegram group of this skill, if it has its own."""

    id: str
    title: Title
    hours: Hours
    chat: int | None = None
    fallback: tuple[str, ...] = ()
    queue: QueueRules = QueueRules()
    service_level: ServiceLevel = ServiceLevel()


@dataclass(frozen=True, slots=True)
class Operator:
    """A person on the team, as declared. `skills` maps skill ids to levels 0-1; `role`: operator or supervisor."""

    id: str
    name: Title
    telegram: int | None = None
    skills: Mapping[str, float] = field(default_factory=dict)
    capacity: int = 3
    locales: tuple[str, ...] = ()
    role: str = "operator"

    @property
    def supervises(self) -> bool:
        """Whether they have a supervisor's rights."""
        return self.role == "supervisor"


@dataclass(frozen=True, slots=True)
class Widen:
    """After waiting so long, lower the level that is asked for, or let fallback skills help."""

    after: timedelta
    min_level: float | None = None
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Routing:
    """How tickets meet operators."""

    strategy: str = "longest_idle"
    offer_timeout: timedelta = timedelta(seconds=60)
    max_missed: int = 2
    widen: tuple[Widen, ...] = ()
    ageing: timedelta = timedelta(minutes=2)
    returning: timedelta = timedelta(days=7)
    preferred_wait: timedelta = timedelta(seconds=60)
    wrap_up: timedelta = timedelta(0)
    grace: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Escalation:
    """When the bot calls a person by itself."""

    misses: int = 2
    repeats: int = 2
    feedback: bool = True


@dataclass(frozen=True, slots=True)
class CallbackRules:
    """Slots and attempts of callbacks. `window` is (first minute, last minute) of the customer's day.

    `per_operator`, when given, stands for `per_slot`: so many seats for each operator with the skill.
    """

    slot: timedelta = timedelta(minutes=30)
    per_slot: int = 2
    per_operator: int | None = None
    lead: timedelta = timedelta(minutes=30)
    horizon: timedelta = timedelta(days=14)
    attempts: int = 3
    retry: timedelta = timedelta(minutes=30)
    reminder: timedelta = timedelta(minutes=10)
    window: tuple[int, int] = (9 * 60, 21 * 60)


@dataclass(frozen=True, slots=True)
class Inactivity:
    """When a silent customer is warned and the ticket closed, and how long a closed one can be reopened."""

    customer: timedelta = timedelta(minutes=30)
    warn: timedelta = timedelta(minutes=25)
    reopen: timedelta = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Retention:
    """How long something is kept: `messages` and what comes with them, `questions` that the bot could not answer."""

    messages: timedelta = timedelta(days=180)
    questions: timedelta = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything `desk.yaml` says. The first skill and the first locale are the defaults."""

    timezone: str
    locales: tuple[str, ...]
    skills: Mapping[str, Skill]
    operators: Mapping[str, Operator]
    routing: Routing = Routing()
    escalation: Escalation = Escalation()
    callbacks: CallbackRules = CallbackRules()
    inactivity: Inactivity = Inactivity()
    retention: Retention = Retention()
    precision: float = 0.95
    country: str | None = None

    @property
    def default_skill(self) -> str:
        """The first skill."""
        return next(iter(self.skills))

    def skill(self, id: str) -> Skill:
        """The skill, the default one in place of one that the desk has no more."""
        return self.skills.get(id) or self.skills[self.default_skill]

    @property
    def default_locale(self) -> str:
        """The first locale."""
        return self.locales[0]

    def locale_of(self, language: str) -> str:
        """The locale for a language tag such as `ru-RU` or `ru_RU`, the default one for a language not spoken here."""
        if language in self.locales:
            return language
        short = language.replace("_", "-").split("-")[0].lower()
        return short if short in self.locales else self.default_locale


def titled(title: Title, locale: str) -> str:
    """The text in the locale, else in any language it has (the first written)."""
    return title.get(locale) or next(iter(title.values()), "")
