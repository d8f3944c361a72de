"""Operators at work: who is here, and who has room."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handoff.desk import Operator


class Presence(StrEnum):
    """Whether an operator takes tickets, as they declared."""

    ONLINE = "online"
    PAUSED = "paused"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an operator stands at this moment.

    `load` counts active tickets, those on hold included, and offers. `idle_since` is when the operator last got or
    finished work. `missed` counts the offers let lapse in a row. `capacity` overrides the desk's for now.
    `had_turn` is when a ticket was last given to them: offered, or taken. `wraps_up` tells that they have just closed
    a ticket and are left in peace.
    """

    operator: Operator
    presence: Presence
    load: int
    idle_since: datetime
    missed: int = 0
    capacity: int | None = None
    had_turn: datetime | None = None
    wraps_up: bool = False

    @property
    def takes(self) -> int:
        """How many tickets the operator takes at once."""
        return self.operator.capacity if self.capacity is None else self.capacity

    @property
    def room(self) -> int:
        """How many tickets more fit, whatever the presence; never negative."""
        return max(0, self.takes - self.load)

    @property
    def free(self) -> int:
        """How many tickets more may be offered now."""
        return self.room if self.presence is Presence.ONLINE and not self.wraps_up else 0


def able(standing: Standing, skill: str) -> bool:
    """Online, and with the skill; a level of zero is no skill."""
    return standing.presence is Presence.ONLINE and standing.operator.skills.get(skill, 0.0) > 0
