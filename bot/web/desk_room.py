"""The room as a supervisor sees it: who waits for which skill, and how well customers are being served."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.dialog.content import Content
from bot.dialog.ports import Transaction
from bot.web.desk_wire import LineShown
from handoff.desk import Desk, ServiceLevel, titled
from handoff.service_level import Answered, service_levels

SPAN = timedelta(hours=1)  # what "now" means of a service level
FRESH = timedelta(seconds=15)  # for so long it is not counted anew


class Levels:
    """The service level of each skill over the last hour, counted from the event log now and then."""

    def __init__(self) -> None:
        self._counted: tuple[datetime, Mapping[str, Answered]] | None = None

    async def now(self, look: Transaction, desk: Desk, moment: datetime) -> Mapping[str, Answered]:
        """By skill. Raises StoreUnavailableError."""
        if self._counted is None or not moment - FRESH < self._counted[0] <= moment:
            log = await look.log_since(moment - SPAN)
            self._counted = moment, service_levels(log, lambda skill: _aim(desk, skill).within, moment)
        return self._counted[1]


def lines_shown(
    lines: Mapping[str, tuple[int, datetime]], levels: Mapping[str, Answered], content: Content, locale: str
) -> tuple[LineShown, ...]:
    """A row for each skill of the desk. `lines` tells how long each is, and since when the first waits."""
    none = (0, None)
    return tuple(
        LineShown(
            skill=skill.id,
            title=titled(skill.title, locale),
            waiting=lines.get(skill.id, none)[0],
            since=lines.get(skill.id, none)[1],
            level=levels.get(skill.id, Answered()).share,
            target=skill.service_level.target,
            within_s=int(skill.service_level.within.total_seconds()),
        )
        for skill in content.desk.skills.values()
    )


def _aim(desk: Desk, skill: str) -> ServiceLevel:
    """What the skill aims at; of one that the desk has no more, the usual."""
    known = desk.skills.get(skill)
    return known.service_level if known else ServiceLevel()
