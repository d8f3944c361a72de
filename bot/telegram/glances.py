"""The desk at a glance: who waits, and who is on duty with how much."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialog.records import Duty, standing
from bot.telegram.surroundings import Surroundings
from handoff.desk import Skill, titled
from handoff.operators import Presence, Standing

FREE: Final = "🟢"
FULL: Final = "🔴"
RESTING: Final = "🟠"  # wraps up
PAUSED: Final = "⏸"


@dataclass(frozen=True, slots=True)
class Glance:
    """The desk at one moment. `lines` tells of each skill's how long it is, and when the first in it asked.

    `kept` tells for how many of them the place is kept.
    """

    lines: Mapping[str, tuple[int, datetime]]
    kept: Mapping[str, int]
    team: tuple[tuple[Standing, datetime | None], ...]  # with the end of a pause or of a wrap-up
    now: datetime


async def glance(around: Surroundings) -> Glance:
    """Look at the desk as it is now."""
    async with around.ports.store.read() as tx:
        lines, counted, staff = await tx.lengths(), await tx.lines(), await tx.staff()
    kept = {skill: each.kept for skill, each in counted.items()}
    now, duties, team = around.clock(), {each.operator: each for each in staff.duties}, []
    for operator in around.desk.operators.values():
        duty = duties.get(operator.id) or Duty(operator.id, Presence.OFFLINE, now, now)
        stands = standing(operator, duty, staff.loads.get(operator.id, 0), now)
        team.append((stands, duty.wraps_up if stands.wraps_up else duty.until))
    return Glance(lines, kept, tuple(team), now)


def waiting_lines(around: Surroundings, seen: Glance, skills: Sequence[Skill], locale: str) -> Iterator[str]:
    """A line for each skill in which somebody waits: how many, and since when the longest."""
    for skill in skills:
        if skill.id in seen.lines:
            length, first = seen.lines[skill.id]
            since = clock(around, first, seen.now)
            title = titled(skill.title, locale)
            kept = seen.kept.get(skill.id, 0)
            apart = around.say(locale, "tg_board_kept", kept=kept) if kept else ""
            yield around.say(locale, "tg_board_skill", skill=title, count=length, since=since) + apart


def duty_lines(around: Surroundings, seen: Glance, locale: str) -> Iterator[str]:
    """A line for each operator who is here, those with room first."""
    here = [each for each in seen.team if each[0].presence is not Presence.OFFLINE]
    for who, until in sorted(here, key=lambda each: (each[0].presence is Presence.PAUSED, each[0].free == 0)):
        line = f"{_icon(who)} {titled(who.operator.name, locale)} {who.load}/{who.load + who.room}"
        key = "tg_wraps_up" if who.wraps_up and who.presence is Presence.ONLINE else "tg_until"
        end = around.say(locale, key, time=clock(around, until, seen.now)) if until else ""
        yield f"{line} {end}".strip()


def clock(around: Surroundings, at: datetime, now: datetime) -> str:
    """`14:32` on the desk's clock, with the day when it is another one."""
    zone = ZoneInfo(around.desk.timezone)
    local = at.astimezone(zone)
    return f"{local:%H:%M}" if local.date() == now.astimezone(zone).date() else f"{local:%d.%m. %H:%M}"


def _icon(who: Standing) -> str:
    if who.presence is Presence.PAUSED:
        return PAUSED
    return RESTING if who.wraps_up else FREE if who.room else FULL
