"""The outlook: how long each who stands in line is going to wait, from who is there now and the recent pace."""

from collections.abc import Mapping, Sequence

from handoff.ahead import ahead, mixed
from handoff.operators import Standing
from handoff.pace import Paces
from handoff.queue import Line
from handoff.wait import Wait, expected


class Outlook:
    """Made from how many stand in line for each skill, the team, and the pace of each skill.

    `least` is the lowest level of a skill that is asked for in the end.
    """

    def __init__(self, lines: Mapping[str, Line], team: Sequence[Standing], paces: Paces, least: float = 0.0) -> None:
        self._lines, self._team, self._paces, self._least = lines, team, paces, least
        self._waiting = mixed({skill: line.waiting + line.kept for skill, line in lines.items()})
        found = ahead((skill for skill, _ in self._waiting), team, self._least)
        self._ahead = dict(zip(self._waiting, found, strict=True))

    def wait(self, skill: str, place: int) -> Wait | None:
        """Of whoever has this place (from 1) in the skill's line and no offer; None without a basis.

        Those who have an offer stand in line too, but are first to be served and are being served already. Whose place
        is kept before it is served before it, as far as anybody can tell; behind it they make no difference.
        """
        offered = self._lines.get(skill, Line()).offered
        before = self._ahead.get((skill, max(1, place - offered)))
        return expected(before, self._paces.of(skill)) if before else None

    def newcomers(self, skill: str) -> Wait | None:
        """Of one who would come to the skill's line now."""
        skills = [*(each for each, _ in self._waiting), skill]
        return expected(ahead(skills, self._team, self._least)[-1], self._paces.of(skill))
