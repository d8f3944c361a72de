"""Places: each customer in the queue knows theirs; it is said aloud when it got better, at most once a minute."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.dialog.conversation import Mode
from bot.dialog.estimates import outlook, promise
from bot.dialog.scene import Scene
from bot.dialog.work import Work
from handoff.queue import in_line, ordered
from handoff.ticket import Kind, Ticket

PLACE = "place"  # the alarm after which a better place may be said aloud; its subject is the conversation
# The alarm at which a long line is told. Its subject is the skill, the minute (so that the next one does not put this
# one off) and how many have been told.
SWEEP = "places"
SAY_PLACE_EVERY = timedelta(minutes=1)
SHORT = 50  # a line up to here is told at once
PAGE = 200  # a longer one in parts, so that others have their turn between them


async def tell(work: Work, skills: Iterable[str]) -> None:
    """Tell everybody in these lines, as far as they are short; long ones are told once a minute."""
    for skill in sorted(skills):
        if await work.lines.longer(skill, SHORT):
            minute = _next_minute(work.now)
            work.ring(SWEEP, f"{skill}:{minute:%H%M}:0", minute)
        else:
            await _tell_line(work, skill)


async def again(work: Work, conversation: str) -> None:
    """A better place that was kept back for a minute may be said now."""
    scene = await work.scene(conversation)
    ticket = scene.ticket_of(Kind.CHAT)
    if ticket is not None:
        await tell(work, [ticket.skill])


async def _tell_line(work: Work, skill: str) -> None:
    read = await _part(work, skill, SHORT + len(work.changed()), 0)  # whoever has left may still be stored in it
    standing = [each for each in work.recall(read) if each.skill == skill and in_line(each)]
    for scene in await _tell(work, ordered(standing, work.content.desk.routing, work.now), 0):
        work.ring(PLACE, scene.id, _silent_until(scene))


async def sweep(work: Work, subject: str) -> None:
    """Tell one part of a long line, and see to the next. Who was told within the minute is told by the next sweep."""
    skill, minute, told = subject.rsplit(":", 2)
    read = await _part(work, skill, PAGE, int(told))
    await _tell(work, read, int(told))
    if len(read) == PAGE:
        work.ring(SWEEP, f"{skill}:{minute}:{int(told) + PAGE}", work.now)


async def _part(work: Work, skill: str, limit: int, offset: int) -> list[Ticket]:
    return await work.tx.in_line(skill, work.now, work.content.desk.routing.ageing, limit, offset)


async def _tell(work: Work, line: Sequence[Ticket], ahead: int) -> list[Scene]:
    """Say each place that is better, with the wait; those whose last one was said within the minute are returned."""
    chats = {each.conversation: (each, place) for place, each in enumerate(line, ahead + 1) if each.kind is Kind.CHAT}
    better = [each for each in await work.scenes(chats) if _better(each, chats[each.id][1])]
    for scene in [each for each in better if chats[each.id][0].kept]:  # who is elsewhere is left in peace
        scene.set(shown=replace(scene.shown, position=chats[scene.id][1]))
        better.remove(scene)
    due = [each for each in better if _silent_until(each) <= work.now]
    future = await outlook(work) if due else None
    for scene in due:
        ticket, place = chats[scene.id]
        wait = future.wait(ticket.skill, place) if future and ticket.waiting else None
        scene.set(shown=replace(scene.shown, position=place, told=work.now))
        scene.note("place", place=place, wait=promise(scene, ticket, wait))
    return [each for each in better if each not in due]


def _better(scene: Scene, place: int) -> bool:
    shown = scene.shown
    return shown.mode is Mode.QUEUED and (shown.position is None or place < shown.position)


def _silent_until(scene: Scene) -> datetime:
    return (scene.shown.told or scene.conversation.created) + SAY_PLACE_EVERY


def _next_minute(now: datetime) -> datetime:
    """The same for all who ask within a minute, so that there is one alarm."""
    return now.replace(second=0, microsecond=0) + timedelta(minutes=1)
