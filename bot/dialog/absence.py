"""Absence: the last who could serve a line has gone, and whoever waits in it at the screen learns of it once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from bot.dialog import estimates
from bot.dialog.alternatives import alternatives_in_line, show_alternatives
from bot.dialog.records import Duty
from bot.dialog.scene import Scene
from bot.dialog.work import Work
from handoff.eligibility import covered
from handoff.operators import Presence
from handoff.ticket import Kind, Ticket

DESERTED: Final = "deserted"  # the alarm when a line is told; its subject is the skill, and how many were told before
MOMENT: Final = timedelta(minutes=5)  # a pause up to here is no absence
ONCE_IN: Final = timedelta(hours=1)  # who comes and goes is not told of each time
PAGE: Final = 200


async def left(work: Work, operator: str) -> None:
    """The operator takes no tickets from now on; lines that are nobody's after a grace are told then."""
    desk = work.content.desk
    for skill in sorted(covered([desk.operators[operator]], desk)):
        if (await work.lines.of(skill)).waiting:
            work.ring(DESERTED, f"{skill}:0", work.now + desk.routing.grace)


async def tell(work: Work, subject: str) -> None:
    """The grace is over. If nobody is there or soon back, those who wait hear of it."""
    skill, _, told = subject.rpartition(":")
    if skill in await _served(work):
        return
    back = max(await _pauses(work, skill), default=work.now)
    if back > work.now:  # somebody has gone for a moment only
        work.ring(DESERTED, subject, back)
        return
    line = await work.tx.in_line(skill, work.now, work.content.desk.routing.ageing, PAGE, int(told))
    await _tell(work, [each for each in work.recall(line) if each.skill == skill], skill)
    if len(line) == PAGE:
        work.ring(DESERTED, f"{skill}:{int(told) + PAGE}", work.now)


async def _tell(work: Work, line: Iterable[Ticket], skill: str) -> None:
    otherwise = await alternatives_in_line(work, skill)
    chats = {each.conversation: each for each in line if each.kind is Kind.CHAT and each.waiting}
    for scene in await work.scenes(chats):
        if otherwise and _news(scene):
            estimates.promise(scene, chats[scene.id], None)  # what was promised holds no more
            scene.note("still_waiting")
            show_alternatives(scene, otherwise)


def _news(scene: Scene) -> bool:
    """Whether the customer does not know it already: they may have come while nobody was there."""
    told = scene.talk.noticed
    return told is None or scene.work.now - told > ONCE_IN


async def _served(work: Work) -> set[str]:
    """The skills of which somebody who is here may have tickets, sooner or later."""
    here = [each.operator for each in await work.team() if each.presence is Presence.ONLINE]
    return covered(here, work.content.desk)


async def _pauses(work: Work, skill: str) -> list[datetime]:
    """When those who could serve the line, and have paused for a moment, should have been back."""
    duties, desk = await work.duties(), work.content.desk
    could = [duties[who] for who, operator in desk.operators.items() if skill in covered([operator], desk)]
    return [each.since + MOMENT + desk.routing.grace for each in could if _for_a_moment(each)]


def _for_a_moment(duty: Duty) -> bool:
    """As far as they have said."""
    return duty.presence is Presence.PAUSED and (duty.until is None or duty.until <= duty.since + MOMENT)
