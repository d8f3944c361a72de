"""Places: each customer in the queue knows theirs; it is said aloud when it got better, at most once a minute."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.dialog.conversation import Mode
from bot.dialog.scene import Scene
from bot.dialog.work import Work
from handoff.queue import in_line, ordered
from handoff.ticket import Kind, Ticket

PLACE = "place"  # the alarm after which a better place may be said aloud; its subject is the conversation
SWEEP = "places"  # the alarm at which a long line is told; its subject is the skill and how many have been told
SAY_PLACE_EVERY = timedelta(minutes=1)
SHORT = 50  # a line up to here is told at once
PAGE = 200  # a longer one in parts, so that others have their turn between them


async def tell(work: Work) -> None:
    """Tell everybody in short lines; long ones are told once a minute."""
    for skill, line in (await work.lines.all()).items():
        if line.length > SHORT:
            work.ring(SWEEP, f"{skill}:0", _next_minute(work.now))
            continue
        read = await _part(work, skill, line.length + len(work.changed()), 0)
        standing = [each for each in work.recall(read) if each.skill == skill and in_line(each)]
        for scene, position in await _places(work, ordered(standing, work.content.desk.routing, work.now), 0):
            silent_until = _tell(scene, position)
            if silent_until:
                work.ring(PLACE, scene.id, silent_until)


async def sweep(work: Work, subject: str) -> None:
    """Tell one part of a long line, and see to the next. Who was told within the minute is told by the next sweep."""
    skill, told = subject.rsplit(":", 1)
    read = await _part(work, skill, PAGE, int(told))
    for scene, position in await _places(work, read, int(told)):
        _tell(scene, position)
    if len(read) == PAGE:
        work.ring(SWEEP, f"{skill}:{int(told) + PAGE}", work.now)


async def _part(work: Work, skill: str, limit: int, offset: int) -> list[Ticket]:
    return await work.tx.in_line(skill, work.now, work.content.desk.routing.ageing, limit, offset)


async def _places(work: Work, line: Sequence[Ticket], ahead: int) -> list[tuple[Scene, int]]:
    places = {each.conversation: place for place, each in enumerate(line, ahead + 1) if each.kind is Kind.CHAT}
    return [(scene, places[scene.id]) for scene in await work.scenes(places)]


def _tell(scene: Scene, position: int) -> datetime | None:
    """Say a place that is better; within a minute of the last one nothing is said, and when it may be is returned."""
    shown = scene.conversation.shown
    if shown.mode is not Mode.QUEUED or (shown.position is not None and shown.position <= position):
        return None
    silent_until = (shown.told or scene.conversation.created) + SAY_PLACE_EVERY
    if scene.work.now < silent_until:
        return silent_until
    scene.set(shown=replace(shown, position=position, told=scene.work.now))
    scene.note("place", place=position)
    return None


def _next_minute(now: datetime) -> datetime:
    """The same for all who ask within a minute, so that the alarm is set once."""
    return now.replace(second=0, microsecond=0) + timedelta(minutes=1)
