"""Operators at work: who is here, who has room, and who may be offered a ticket."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handoff.desk import Operator
from handoff.ticket import Ticket


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
    """

    operator: Operator
    presence: Presence
    load: int
    idle_since: datetime
    missed: int = 0
    capacity: int | None = None

    @property
    def takes(self) -> int:
        """How many tickets the operator takes at once."""
        return self.operator.capacity if self.capacity is None else self.capacity

    @property
    def room(self) -> int:
        """How many tickets more fit, whatever the presence; never negative."""
        return max(0, self.takes - self.load)


def able(standing: Standing, skill: str, min_level: float = 0.0) -> bool:
    """Online, and with the skill at or above the level; a level of zero is no skill."""
    level = standing.operator.skills.get(skill, 0.0)
    return standing.presence is Presence.ONLINE and level > 0 and level >= min_level


def eligible(standing: Standing, ticket: Ticket, min_level: float = 0.0, *, again: bool = False) -> bool:
    """Able, with room, and has not let this ticket pass, unless it comes round `again`."""
    fresh = again or standing.operator.id not in ticket.passed
    return fresh and standing.room > 0 and able(standing, ticket.skill, min_level)


def candidates(ticket: Ticket, team: Sequence[Standing], min_level: float = 0.0) -> list[Standing]:
    """Who may be offered the ticket now. When all who are able let it pass, it comes round to them again.

    Those who let it pass the fewest times come first, and among equals those who are idle longest.
    """
    again = all(each.operator.id in ticket.passed for each in team if able(each, ticket.skill, min_level))
    found = [each for each in team if eligible(each, ticket, min_level, again=again)]
    found.sort(key=lambda each: (ticket.passed.count(each.operator.id), each.idle_since, each.operator.id))
    return found
