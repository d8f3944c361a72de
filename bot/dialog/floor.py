"""The floor: everybody who waits and everybody who serves, brought together after each batch that concerns them."""

import logging
from collections.abc import Sequence

from bot.dialog import places
from bot.dialog.keeping import ask_whose_turn_came
from bot.dialog.offers import make_offer, refresh_topic, show_to
from bot.dialog.waiting import introduce
from bot.dialog.work import Work
from handoff.eligibility import reach
from handoff.operators import Standing
from handoff.routing import Assignment, assign, left_out, showings, still_open
from handoff.strategies import BROADCAST
from handoff.ticket import Ticket, WasMovedTo
from handoff.turns import turns

log = logging.getLogger(__name__)

HEAD = 2  # tickets that are read at first for each place there is
ON_SHOW = 20  # tickets that are shown to everybody at least, of those that wait; nobody chooses among thousands
WAITED = frozenset({("scheduled", "queued"), ("scheduled", "offered"), ("queued", "offered"), ("offered", "queued")})
WIDER = 8  # times as many are read when those did not fill the room


async def serve(work: Work) -> None:
    """Offer what can be offered, then tell the places; then no operator with room is idle while somebody waits."""
    team = await work.team()
    await _rehome(work)
    if work.content.desk.routing.strategy == BROADCAST:
        await _show(work, team)
    else:
        await _offer(work, team)
    _retitle(work)
    await places.tell(work, work.lines.touched())


async def _rehome(work: Work) -> None:
    """Whoever waits for a skill that the desk has no more would wait for ever; a change of the desk has all read."""
    desk = work.content.desk
    homeless = [each for each in work.seen() if each.in_queue and each.skill not in desk.skills]
    await work.scenes(each.conversation for each in homeless)
    for ticket in homeless:
        log.warning("ticket #%d needed the skill %s, which is gone: moved to the default", ticket.number, ticket.skill)
        moved = work.move(ticket, WasMovedTo(desk.default_skill), "bot")
        introduce(await work.scene(ticket.conversation), moved)


async def _offer(work: Work, team: Sequence[Standing]) -> None:
    desk, now = work.content.desk, work.now
    waiting, made = await _who_can_be_served(work, team)
    await ask_whose_turn_came(work, (waiting[each] for each in turns([*waiting.values()], team, desk, now)))
    for each in made:
        await make_offer(work, waiting[each.ticket], each.operator)


async def _who_can_be_served(work: Work, team: Sequence[Standing]) -> tuple[dict[int, Ticket], list[Assignment]]:
    """Of the head of the queue, and of more of it for as long as somebody has room who might serve what is not read."""
    desk, now = work.content.desk, work.now
    hands = [each for each in team if each.free]
    room, free = sum(each.free for each in hands), [each.operator.id for each in hands]
    skills, limit, read = reach(hands, desk), HEAD * room, set[str]()
    waiting, made = dict[int, Ticket](), list[Assignment]()
    while room:
        found, whole = await work.lines.head(skills, free, limit)
        waiting |= {each.number: each for each in found}
        made = assign([*waiting.values()], team, desk, now)
        if len(made) == room:
            break
        read |= skills if whole else set()
        skills = still_open(made, waiting.values(), team, desk) - read
        if whole and not skills:
            break
        limit *= 1 if whole else WIDER
    return waiting, made


async def _show(work: Work, team: Sequence[Standing]) -> None:
    """Everybody who may take a ticket at the head of the queue sees it, and sees it once; who has room sees some."""
    desk, now = work.content.desk, work.now
    hands = [each for each in team if each.free]
    limit, known = max(ON_SHOW, HEAD * sum(each.free for each in hands)), dict[int, Ticket]()
    while hands:
        found, whole = await work.lines.head(reach(hands, desk), [each.operator.id for each in hands], limit)
        known |= {each.number: each for each in found}
        left = set() if whole else left_out(known.values(), team, desk, now)
        hands = [each for each in hands if each.operator.id in left]  # for these alone more is read
        limit *= WIDER
    waiting = [*known.values()]
    await ask_whose_turn_came(work, (known[each] for each in turns(waiting, team, desk, now)))
    for each in showings(waiting, team, desk, now):
        show_to(work, known[each.ticket], each.operators)


def _retitle(work: Work) -> None:
    """A topic shows whether its ticket waits or is offered; all other changes are told where they are made."""
    for before, ticket in work.changed():
        if before and (before.state_name, ticket.state_name) in WAITED:
            refresh_topic(work, ticket)
