"""Who is ahead: how many tickets, and how much of the team's capacity serves them, when operators share skills."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handoff.operators import Presence, Standing

Skills = frozenset[str]


@dataclass(frozen=True, slots=True)
class Ahead:
    """Of one ticket: so many `tickets` are served before it, with this `capacity` (0: nobody on duty can take it)."""

    capacity: int
    tickets: int


def ahead(line: Iterable[str], team: Iterable[Standing], least: float = 0.0) -> list[Ahead]:
    """Of each ticket that waits, by the skills that they need, in the order of service.

    `least` is the lowest level that is asked for in the end; who has less of a skill never serves it.

    With one skill, the capacity of all on duty serves all tickets ahead. Operators with several skills serve whoever of
    these is first in line. So each ticket in turn is poured like water over the operators who can take it, the emptiest
    first, each as wide as their capacity: the height then is how many times these fill their capacity until it is this
    ticket's turn. Operators whom other tickets fill above that come too late for it, and their capacity is none of it.
    """
    capacity = _capacity(team, least)
    level = dict.fromkeys(capacity, 0.0)
    able = {skill: [each for each in capacity if skill in each] for skills in capacity for skill in skills}
    found: list[Ahead] = []
    for skill in line:
        if skill not in able:
            found.append(Ahead(0, 0))
            continue
        width, height, filled = _pour(sorted(able[skill], key=level.__getitem__), capacity, level)
        level.update(dict.fromkeys(filled, height))
        found.append(Ahead(width, max(0, round(width * height) - 1)))
    return found


def mixed(lengths: Mapping[str, int]) -> list[tuple[str, int]]:
    """(skill, place from 1) of all who wait, when only the length of each skill's line is known: mixed evenly."""
    places = ((skill, place) for skill, length in lengths.items() for place in range(1, length + 1))
    return sorted(places, key=lambda each: ((each[1] - 0.5) / lengths[each[0]], each[0]))


def _capacity(team: Iterable[Standing], least: float) -> dict[Skills, int]:
    """The capacity on duty by what their operators can do."""
    capacity: dict[Skills, int] = {}
    for each in team:
        skills = frozenset(skill for skill, level in each.operator.skills.items() if level > 0 and level >= least)
        if each.presence is Presence.ONLINE and each.takes:
            capacity[skills] = capacity.get(skills, 0) + each.takes
    return capacity


def _pour(
    able: Sequence[Skills], capacity: Mapping[Skills, int], level: Mapping[Skills, float]
) -> tuple[int, float, list[Skills]]:
    """One ticket over these, the emptiest first: how wide and how high it stands, and with whom."""
    width, volume = 0, 1.0
    filled: list[Skills] = []
    for each in able:
        if filled and level[each] * width >= volume:
            break
        width += capacity[each]
        volume += level[each] * capacity[each]
        filled.append(each)
    return width, volume / width, filled
