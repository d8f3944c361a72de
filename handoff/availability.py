"""Can a person come now? The answer, before anything is promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from handoff.desk import Desk
from handoff.hours import is_open, next_open
from handoff.operators import Standing, able
from handoff.queue import Line


@dataclass(frozen=True, slots=True)
class Free:
    """Somebody has room and nobody waits before."""


@dataclass(frozen=True, slots=True)
class Busy:
    """All are busy; a ticket that came now would stand at `place`, from 1."""

    place: int


@dataclass(frozen=True, slots=True)
class NobodyOnDuty:
    """It is open, but nobody with the skill is online."""


@dataclass(frozen=True, slots=True)
class Shut:
    """Closed until `reopens`, in UTC; None when no opening is in sight."""

    reopens: datetime | None


@dataclass(frozen=True, slots=True)
class Full:
    """As many wait as the desk lets wait, or one more would wait longer than it lets anybody wait."""


Availability = Free | Busy | NobodyOnDuty | Shut | Full


def availability(
    skill_id: str, desk: Desk, team: Sequence[Standing], line: Line, now: datetime, expected: timedelta | None = None
) -> Availability:
    """What is true now for one ticket more of the skill, which must be one of the desk's; `line` is the skill's.

    `expected` is how long the one more would wait on average, None while there is no basis to say it.
    """
    skill = desk.skills[skill_id]
    if not is_open(skill.hours, now):
        return Shut(next_open(skill.hours, now))
    if skill.queue.max_waiting is not None and line.length >= skill.queue.max_waiting:
        return Full()
    on_duty = [each for each in team if able(each, skill_id)]
    if not on_duty:
        return NobodyOnDuty()
    if any(each.free for each in on_duty) and not line.waiting:
        return Free()
    if skill.queue.max_wait is not None and expected is not None and expected > skill.queue.max_wait:
        return Full()
    return Busy(line.length + 1)
