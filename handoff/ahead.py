"""Who is ahead: how many tickets, and how much of the team's capacity serves them, when operators share skills."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise

from handoff.operators import Presence, Standing

Skills = frozenset[str]

FINE = 20  # a part of a line has as many as stand before it, divided by this; at least one


@dataclass(frozen=True, slots=True)
class Ahead:
    """Of one ticket: so many `tickets` are served before it, with this `capacity` (0: nobody on duty can take it)."""

    capacity: int
    tickets: int


class Pool:
    """The capacity on duty by what its operators can do, and how far those who wait fill it.

    With one skill, the capacity of all on duty serves all tickets ahead. Operators with several skills serve whoever of
    these is first in line. So each ticket in turn is poured like water over the operators who can take it, the emptiest
    first, each as wide as their capacity: the height then is how many times these fill their capacity until it is this
    ticket's turn. Operators whom other tickets fill above that come too late for it, and their capacity is none of it.

    `least` is the lowest level that is asked for in the end; who has less of a skill never serves it.
    """

    def __init__(self, team: Iterable[Standing], least: float = 0.0) -> None:
        self._capacity = _capacity(team, least)
        self._level = dict.fromkeys(self._capacity, 0.0)
        self._able = {skill: [each for each in self._capacity if skill in each] for skill in chain(*self._capacity)}

    def pour(self, skill: str, tickets: int = 1) -> Ahead:
        """Who is ahead of the last of so many tickets that need the skill, one after another."""
        width, height, filled = self._pour(skill, tickets)
        self._level.update(dict.fromkeys(filled, height))
        return _ahead(width, height)

    def next(self, skill: str) -> Ahead:
        """Who would be ahead of one more."""
        width, height, _ = self._pour(skill, 1)
        return _ahead(width, height)

    def _pour(self, skill: str, tickets: int) -> tuple[int, float, list[Skills]]:
        """These tickets over whoever can take them, the emptiest first: how wide and high they stand, and with whom."""
        width, volume, filled = 0, float(tickets), list[Skills]()
        for each in sorted(self._able.get(skill, ()), key=self._level.__getitem__):
            if filled and self._level[each] * width >= volume:
                break
            width += self._capacity[each]
            volume += self._level[each] * self._capacity[each]
            filled.append(each)
        return width, volume / width if width else 0.0, filled


def ahead(line: Iterable[str], team: Iterable[Standing], least: float = 0.0) -> list[Ahead]:
    """Of each ticket that waits, by the skills that they need, in the order of service."""
    pool = Pool(team, least)
    return [pool.pour(skill) for skill in line]


def mixed(lengths: Mapping[str, int]) -> list[tuple[str, int]]:
    """(skill, place from 1) of those who wait, when only the length of each skill's line is known: mixed evenly.

    Of a long line it is the last place of each part, so that one ten times as long costs little more.
    """
    parts = [(skill, before, place) for skill, length in lengths.items() for before, place in pairwise(_parts(length))]
    parts.sort(key=lambda each: ((each[1] + each[2]) / lengths[each[0]], each[0]))
    return [(skill, place) for skill, _, place in parts]


def _parts(length: int) -> Iterator[int]:
    """0 and the last place of each part."""
    yield (place := 0)
    while place < length:
        place = min(length, place + max(1, place // FINE))
        yield place


def _ahead(width: int, height: float) -> Ahead:
    return Ahead(width, max(0, round(width * height) - 1))


def _capacity(team: Iterable[Standing], least: float) -> dict[Skills, int]:
    """The capacity on duty by what their operators can do."""
    capacity: dict[Skills, int] = {}
    for each in team:
        skills = frozenset(skill for skill, level in each.operator.skills.items() if level > 0 and level >= least)
        if each.presence is Presence.ONLINE and each.takes:
            capacity[skills] = capacity.get(skills, 0) + each.takes
    return capacity
