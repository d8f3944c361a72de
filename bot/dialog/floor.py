"""The floor: everybody who waits and everybody who serves, brought together after each batch that concerns them."""

import logging
from collections.abc import Sequence

from bot.dialog import places
from bot.dialog.handover import introduce
from bot.dialog.keeping import ask_whose_turn_came
from bot.dialog.offers import make_offer, show_to
from bot.dialog.work import Work
from handoff.eligibility import next_change, reach
from handoff.operators import Standing
from handoff.routing import assign, showings, still_open
from handoff.strategies import BROADCAST
from handoff.ticket import Ticket, WasMovedTo
from handoff.turns import turns

log = logging.getLogger(__name__)

LOOK = "look"  # the alarm at which time alone makes somebody else a candidate; its subject is the ticket's number
HEAD = 4  # tickets that are read at first, or two for each place there is
EVERYBODY = 1_000_000
WIDER = 8  # times as many are read when those did not fill the room


async def serve(work: Work) -> None:
    """Offer what can be offered, then tell the places; then no operator with room is idle while somebody waits."""
    await _rehome(work)
    team = await work.team()
    if work.content.desk.routing.strategy == BROADCAST:
        await _show(work, team)
    else:
        await _offer(work, team)
    _look_again(work)
    await places.tell(work, work.lines.touched())


async def _rehome(work: Work) -> None:
    """Whoever waits for a skill that the desk has no more would wait for ever."""
    desk = work.content.desk
    gone = (await work.lines.all()).keys() - desk.skills.keys()
    if not gone:
        return
    for ticket in [each for each in await work.on_floor() if each.in_queue and each.skill in gone]:
        log.warning("ticket #%d needed the skill %s, which is gone: moved to the default", ticket.number, ticket.skill)
        moved = work.move(ticket, WasMovedTo(desk.default_skill), "bot")
        introduce(await work.scene(ticket.conversation), moved)


async def _offer(work: Work, team: Sequence[Standing]) -> None:
    waiting = await _who_might_be_served(work, team)
    await ask_whose_turn_came(work, turns([*waiting.values()], team, work.content.desk, work.now))
    for each in assign([*waiting.values()], team, work.content.desk, work.now):
        await make_offer(work, waiting[each.ticket], each.operator)


async def _who_might_be_served(work: Work, team: Sequence[Standing]) -> dict[int, Ticket]:
    """The head of the queue, and more of it for as long as somebody has room who might serve what is not yet read."""
    desk, now = work.content.desk, work.now
    room, free = sum(each.free for each in team), [each.operator.id for each in team if each.free]
    skills, limit, read = reach(team, desk), max(HEAD, 2 * room), set[str]()
    waiting: dict[int, Ticket] = {}
    while room:
        found, whole = await work.lines.head(skills, free, limit)
        waiting |= {each.number: each for each in found}
        made = assign([*waiting.values()], team, desk, now)
        read |= skills if whole else set()
        skills = still_open(made, waiting.values(), team, desk) - read
        if len(made) == room or (whole and not skills):
            break
        limit *= 1 if whole else WIDER
    return waiting


async def _show(work: Work, team: Sequence[Standing]) -> None:
    """Everybody who may take a ticket sees it, and sees it once."""
    if any(each.free for each in team):
        waiting, _ = await _head(work, team, EVERYBODY)
        await ask_whose_turn_came(work, turns(waiting, team, work.content.desk, work.now))
        known = {each.number: each for each in waiting}
        for each in showings(waiting, team, work.content.desk, work.now):
            show_to(work, known[each.ticket], each.operators)


async def _head(work: Work, team: Sequence[Standing], limit: int) -> tuple[list[Ticket], bool]:
    free = [each.operator.id for each in team if each.free]
    return await work.lines.head(reach(team, work.content.desk), free, limit)


def _look_again(work: Work) -> None:
    """Set the alarm of each ticket in the queue now, clear it of each that is there no more."""
    for before, ticket in work.changed():
        change = next_change(ticket, work.content.desk.routing, work.now) if ticket.in_queue else None
        if change:
            work.ring(LOOK, ticket.number, change)
        elif before is not None and before.in_queue:
            work.hush(LOOK, ticket.number)
