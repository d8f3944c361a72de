"""What a ticket asks for: kind, urgency, what was learnt before, and who should have it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

EMAIL = "e-mail"  # under which an address that was left stands among the answers


class Kind(StrEnum):
    """What the customer asked for."""

    CHAT = "chat"
    CALLBACK = "callback"
    MESSAGE = "message"


class Priority(IntEnum):
    """How urgent, as the intent's author declared."""

    LOW = 0
    NORMAL = 1
    HIGH = 2
    URGENT = 3


@dataclass(frozen=True, slots=True)
class Brief:
    """What the operator should know at a glance: why it came here and what was learnt before.

    `why` is one of the escalation triggers, `form` maps field ids to answers,
    `guessed` tells that the skill was a guess which the customer may correct.
    """

    why: str = "asked"
    intent: str | None = None
    question: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Preferred:
    """The operator who knows the customer, or to whom a colleague passed the ticket, goes first `until` then."""

    operator: str
    until: datetime
