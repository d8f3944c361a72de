"""Handing over: a person is called, at once or as soon as one is free."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.dialog import returning
from bot.dialog.alternatives import alternatives, availability_of, offer_what_else, show_alternatives
from bot.dialog.conversation import Wish
from bot.dialog.estimates import promise_at
from bot.dialog.offers import settle_offer
from bot.dialog.scene import Scene
from bot.dialog.times import when
from bot.dialog.waiting import in_queue, introduce, open_ticket, stand_in_line, while_kept
from bot.dialog.wishes import QUESTION_LIMIT, wish_about, wish_for
from handoff.availability import Availability, Busy, Free, Full, NobodyOnDuty, Shut
from handoff.desk import titled
from handoff.ticket import Kind, PlaceWasKept, WasMovedTo
from intents.intent import Intent

BACK = "returned"  # why a ticket is there: the customer came back to a talk that was over
UNASKED = ("misses", "repeats")  # the bot came to its end; the customer has not asked for anybody


async def call_person(scene: Scene, why: str, intent: Intent | None = None) -> None:
    """Queue the customer for a person, or offer what else is possible now. Always says what happens next."""
    scene.stop_waiting()
    if scene.ticket_of(Kind.CHAT) or scene.engaged:
        scene.say("already_waiting")
        return
    wish = wish_about(scene, why, intent)
    scene.happened("escalated", wish.intent, why=why, skill=wish.skill)
    await _grant(scene, wish)


async def _grant(scene: Scene, wish: Wish) -> None:
    match await availability_of(scene.work, wish.skill):
        case Free() | Busy() as found:
            await _enqueue(scene, wish, found)
        case Shut() | NobodyOnDuty() | Full() as found:
            scene.set_talk(wish=wish, misses=0)
            if wish.why in UNASKED:
                scene.say("unsettled")
            show_alternatives(scene, await alternatives(scene.work, wish.skill, found))
        case _ as never:
            assert_never(never)


async def resume(scene: Scene, said: str = "") -> None:
    """The talk that was over goes on, with the same person if they are here."""
    returning.goes_on(scene)
    if said:
        scene.set_talk(question=said[:QUESTION_LIMIT])
    await call_person(scene, BACK)


async def somebody_knows(scene: Scene) -> bool:
    """Whether the person who served the customer lately is here, and could be called now."""
    skill = wish_about(scene, BACK, None).skill
    if returning.lately(scene) is None or await returning.who_knows(scene, skill, scene.work.now) is None:
        return False
    return isinstance(await availability_of(scene.work, skill), Free | Busy)


async def keep_waiting(scene: Scene, *, kept: bool = False) -> None:
    """The customer chose to stay in the queue although nobody is free now; `kept` tells that they will be elsewhere."""
    if scene.ticket_of(Kind.CHAT) or scene.engaged:
        scene.say("already_waiting")
        return
    wish = wish_for(scene, "asked")
    match await availability_of(scene.work, wish.skill):
        case Full() as found:
            show_alternatives(scene, await alternatives(scene.work, wish.skill, found))
        case found:
            await _enqueue(scene, wish, found, kept=kept)


async def return_to_line(scene: Scene, wish: Wish, asked: datetime) -> None:
    """In the queue again, at the place of whoever asked then."""
    await _enqueue(scene, wish, await availability_of(scene.work, wish.skill), asked=asked)


async def _enqueue(
    scene: Scene, wish: Wish, found: Availability, *, kept: bool = False, asked: datetime | None = None
) -> None:
    """A chat ticket in the queue; the customer is told the place, and can leave. Then the bot is silent."""
    ticket = await open_ticket(scene, Kind.CHAT, wish, asked=asked)
    scene.stop_waiting()  # from here on words are a colleague's
    scene.set_talk(wish=None, misses=0, lost=None)
    position = await stand_in_line(scene, ticket)
    if kept:
        ticket = scene.work.move(ticket, PlaceWasKept(), "customer")
    reopens = found.reopens if isinstance(found, Shut) else None
    said = when(scene, reopens) if reopens else ""
    back = ticket.preferred if returning.lately(scene) else None
    wait = await promise_at(scene, ticket, position) if isinstance(found, Busy) and not back else ""
    key = "queued_back" if back else _in_queue_phrase(found, position)
    key = key if not kept else "place_kept_shut" if reopens else "place_kept"
    who = scene.name_of(back.operator) if back else ""
    choices = while_kept(scene, ticket) if kept else in_queue(scene, ticket)
    scene.say(key, choices, place=position, when=said, operator=who, wait=wait)
    scene.settle()
    introduce(scene, ticket)


def _in_queue_phrase(found: Availability, position: int) -> str:
    match found:
        case Shut(reopens=None) | NobodyOnDuty():
            return "queued_away"
        case Shut():
            return "queued_shut"
        case _:
            return "queued_first" if position == 1 else "queued"


async def correct_skill(scene: Scene, skill: str) -> None:
    """Another skill is wanted: the place in time is kept, or the wish that could not be granted yet goes there."""
    ticket, wish = scene.ticket_of(Kind.CHAT), scene.talk.wish
    if wish and skill in scene.content.desk.skills and ticket is None and not scene.engaged:
        await _grant(scene, replace(wish, skill=skill, guessed=False))
        return
    if ticket is None or ticket.engaged or skill not in scene.content.desk.skills:
        scene.say("nothing_to_change")
        return
    scene.stop_waiting()
    if ticket.skill == skill:  # the same button twice
        scene.say("already_waiting")
        return
    settle_offer(scene.work, ticket, "withdrawn")
    moved = scene.work.move(ticket, WasMovedTo(skill), "customer")
    position = await stand_in_line(scene, moved)
    title = titled(scene.content.desk.skills[skill].title, scene.locale)
    wait = await promise_at(scene, moved, position)
    scene.say("skill_corrected", in_queue(scene, moved), skill=title, place=position, wait=wait)
    introduce(scene, moved)
    await offer_what_else(scene, skill)
