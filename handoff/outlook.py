"""The outlook: how long each who stands in line is going to wait, from who is there now and the recent pace."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handoff.ahead import Ahead, Pool, mixed
from handoff.operators import Standing
from handoff.pace import Paces
from handoff.queue import Line
from handoff.wait import Wait, expected


class Outlook:
    """Made from how many stand in line for each skill, the team, and the pace of each skill.

    `least` is the lowest level of a skill that is asked for in the end.
    """

    def __init__(self, lines: Mapping[str, Line], team: Sequence[Standing], paces: Paces, least: float = 0.0) -> None:
        self._lines, self._paces, self._pool = lines, paces, Pool(team, least)
        self._waiting: dict[str, list[tuple[int, Ahead]]] = {}  # the last place of each part of a line
        for skill, place in mixed({skill: line.waiting + line.kept for skill, line in lines.items()}):
            parts = self._waiting.setdefault(skill, [])
            before = parts[-1][0] if parts else 0
            parts.append((place, self._pool.pour(skill, place - before)))

    def wait(self, skill: str, place: int) -> Wait | None:
        """Of whoever has this place (from 1) in the skill's line and no offer; None without a basis.

        Those who have an offer stand in line too, but are first to be served and are being served already. Whose place
        is kept before it is served before it, as far as anybody can tell; behind it they make no difference.
        """
        waits = max(1, place - self._lines.get(skill, Line()).offered)
        for last, found in self._waiting.get(skill, ()):
            if waits <= last:
                before = replace(found, tickets=max(0, found.tickets - (last - waits)))
                return expected(before, self._paces.of(skill))
        return None

    def newcomers(self, skill: str) -> Wait | None:
        """Of one who would come to the skill's line now."""
        return expected(self._pool.next(skill), self._paces.of(skill))
