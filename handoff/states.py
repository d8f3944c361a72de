"""Where a ticket can be: its states, each with what is true only then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """Why a ticket was closed."""

    RESOLVED = "resolved"
    ABANDONED = "abandoned"
    NO_ANSWER = "no_answer"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    CUSTOMER_BLOCKED = "customer_blocked"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A callback that is not yet due."""

    due: datetime


@dataclass(frozen=True, slots=True)
class Queued:
    """Waiting for an operator."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Shown to one operator, who has until `deadline`."""

    operator: str
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Active:
    """An operator and the customer talk."""

    operator: str


@dataclass(frozen=True, slots=True)
class OnHold:
    """Active, waiting for the customer."""

    operator: str


@dataclass(frozen=True, slots=True)
class Closed:
    """Done."""

    reason: Reason


State = Scheduled | Queued | Offered | Active | OnHold | Closed

STATE_NAMES: Mapping[type, str] = {
    Scheduled: "scheduled",
    Queued: "queued",
    Offered: "offered",
    Active: "active",
    OnHold: "on_hold",
    Closed: "closed",
}
