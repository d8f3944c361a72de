"""The floor: everybody who waits and everybody who serves, brought together after each batch that concerns them."""

import logging
from dataclasses import replace
from datetime import timedelta

from bot.dialog.conversation import Mode
from bot.dialog.handover import introduce
from bot.dialog.offers import make_offer
from bot.dialog.scene import Scene
from bot.dialog.work import Work
from handoff.queue import in_line, ordered
from handoff.routing import assign
from handoff.ticket import Kind, Ticket, WasMovedTo

log = logging.getLogger(__name__)

PLACE = "place"  # the alarm after which a better place may be said aloud; its subject is the conversation
SAY_PLACE_EVERY = timedelta(minutes=1)


async def serve(work: Work) -> None:
    """Offer what can be offered, then tell the places; then no operator with room is idle while somebody waits."""
    for ticket in [each for each in await work.on_floor() if each.waiting]:
        await _rehome(work, ticket)
    waiting = [each for each in await work.on_floor() if each.waiting]
    if waiting:
        for assignment in assign(waiting, await work.team(), work.content.desk, work.now):
            make_offer(work, await work.ticket(assignment.ticket), assignment.operator)
    await tell_places(work)


async def _rehome(work: Work, ticket: Ticket) -> None:
    """Whoever waits for a skill that the desk has no more would wait for ever."""
    desk = work.content.desk
    if ticket.skill in desk.skills:
        return
    log.warning("ticket #%d needed the skill %s, which is gone: moved to the default", ticket.number, ticket.skill)
    moved = work.move(ticket, WasMovedTo(desk.default_skill), "bot")
    introduce(await work.scene(ticket.conversation), moved)


async def tell_places(work: Work) -> None:
    """Each customer in the queue knows their place; it is said aloud when it got better, at most once a minute."""
    routing = work.content.desk.routing
    line = ordered((each for each in await work.on_floor() if in_line(each)), routing, work.now)
    ahead: dict[str, int] = {}
    places: dict[str, int] = {}
    for ticket in line:
        ahead[ticket.skill] = ahead.get(ticket.skill, 0) + 1
        if ticket.kind is Kind.CHAT:
            places[ticket.conversation] = ahead[ticket.skill]
    for scene in await work.scenes(places):
        _tell(scene, places[scene.conversation.id])


def _tell(scene: Scene, position: int) -> None:
    shown = scene.conversation.shown
    if shown.mode is not Mode.QUEUED or shown.position == position:
        return
    better = shown.position is None or position < shown.position
    silent_until = (shown.told or scene.conversation.created) + SAY_PLACE_EVERY
    if better and scene.work.now >= silent_until:
        scene.set(shown=replace(shown, position=position, told=scene.work.now))
        scene.note("place", place=position)
    elif better:
        scene.work.ring(PLACE, scene.conversation.id, silent_until)
