"""Handing over: a person is called, or the customer chooses what to do while nobody is free."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.dialog import buttons, returning
from bot.dialog.conversation import Wish
from bot.dialog.estimates import outlook, promise_at
from bot.dialog.messages import Button, ButtonKind
from bot.dialog.offers import refresh_topic, settle_offer
from bot.dialog.orders import Introduce
from bot.dialog.scene import Scene
from bot.dialog.times import when
from handoff.availability import Availability, Busy, Free, Full, NobodyOnDuty, Shut, availability
from handoff.desk import Skill, titled
from handoff.queue import Line
from handoff.ticket import Brief, Kind, PlaceWasKept, Priority, Queued, Scheduled, Ticket, WasClosed, WasMovedTo
from handoff.ticket import Reason as ClosingReason
from intents.intent import Intent

BACK = "returned"  # why a ticket is there: the customer came back to a talk that was over
UNASKED = ("misses", "repeats")  # the bot came to its end; the customer has not asked for anybody
QUESTION_LIMIT = 500  # of a question on a card


async def call_person(scene: Scene, why: str, intent: Intent | None = None) -> None:
    """Queue the customer for a person, or offer what else is possible now. Always says what happens next."""
    scene.stop_waiting()
    if scene.ticket_of(Kind.CHAT) or scene.engaged:
        scene.say("already_waiting")
        return
    wish = _wish(scene, why, intent)
    scene.happened("escalated", wish.intent, why=why, skill=wish.skill)
    await _grant(scene, wish)


async def _grant(scene: Scene, wish: Wish) -> None:
    match await _availability(scene, wish.skill):
        case Free() | Busy() as found:
            await _enqueue(scene, wish, found)
        case Shut() | NobodyOnDuty() | Full() as found:
            scene.set_talk(wish=wish, misses=0)
            if wish.why in UNASKED:
                scene.say("unsettled")
            await _offer_choices(scene, wish.skill, found)
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
    skill = _wish(scene, BACK, None).skill
    if returning.lately(scene) is None or await returning.who_knows(scene, skill, scene.work.now) is None:
        return False
    return isinstance(await _availability(scene, skill), Free | Busy)


async def keep_waiting(scene: Scene, *, kept: bool = False) -> None:
    """The customer chose to stay in the queue although nobody is free now; `kept` tells that they will be elsewhere."""
    if scene.ticket_of(Kind.CHAT) or scene.engaged:
        scene.say("already_waiting")
        return
    wish = wish_for(scene, "asked")
    match await _availability(scene, wish.skill):
        case Full() as found:
            await _offer_choices(scene, wish.skill, found)
        case found:
            await _enqueue(scene, wish, found, kept=kept)


async def return_to_line(scene: Scene, wish: Wish, asked: datetime) -> None:
    """In the queue again, at the place of whoever asked then."""
    await _enqueue(scene, wish, await _availability(scene, wish.skill), asked=asked)


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


async def open_ticket(
    scene: Scene, kind: Kind, wish: Wish, promised: datetime | None = None, asked: datetime | None = None
) -> Ticket:
    """A new ticket with everything the operator should know; a callback waits on the clock until it is `promised`."""
    intent = scene.content.intents.intents.get(wish.intent or "")
    answers = {field: answer for field, answer in scene.talk.answers.items() if answer}  # not those left out
    ticket = Ticket(
        number=await scene.work.new_number(),
        conversation=scene.id,
        kind=kind,
        skill=wish.skill,
        asked=asked or scene.work.now,
        priority=Priority[intent.priority.upper()] if intent else Priority.NORMAL,
        locale=scene.locale,
        phone=scene.conversation.phone if kind is Kind.CALLBACK else None,
        brief=Brief(wish.why, wish.intent, wish.question, answers, wish.guessed),
        preferred=await returning.who_knows(scene, wish.skill, promised or scene.work.now),
        promised=promised,
        state=Scheduled(promised) if promised else Queued(),
    )
    return scene.work.add_ticket(ticket)


def introduce(scene: Scene, ticket: Ticket) -> None:
    """Show the ticket to its operators."""
    venue = scene.work.venue(ticket.skill)
    scene.work.order(venue, Introduce(ticket.number, scene.conversation.last_seq))


def leave_queue(scene: Scene) -> None:
    """The customer does not want to wait any more."""
    ticket = scene.ticket_of(Kind.CHAT)
    if ticket is None or ticket.engaged:
        scene.say("nothing_to_cancel")
        return
    give_up_place(scene, ClosingReason.ABANDONED)
    scene.say("left_queue")


def give_up_place(scene: Scene, reason: ClosingReason) -> None:
    """The customer's place in the queue, if they have one that nobody has taken, is closed for the reason."""
    ticket = scene.ticket_of(Kind.CHAT)
    if ticket is None or ticket.engaged:
        return
    scene.announce("topic_left")
    settle_offer(scene.work, ticket, "closed")
    closed = scene.work.move(ticket, WasClosed(reason), "customer")
    refresh_topic(scene.work, closed)
    scene.settle()


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


async def offer_what_else(scene: Scene, skill: str) -> None:
    """Who stands in line for a skill that nobody serves now learns it, and what else is possible."""
    if skill not in scene.content.desk.skills:
        return
    work, desk = scene.work, scene.content.desk
    match availability(skill, desk, await work.team(), Line(), work.now):  # however long the line, they stand in it
        case Shut() | NobodyOnDuty() as found:
            await _offer_choices(scene, skill, found)
        case _:
            pass


def wish_for(scene: Scene, why: str) -> Wish:
    """What a person is wanted for: as was said before, as the ticket in the queue has it, else by the talk."""
    chat, wish = scene.ticket_of(Kind.CHAT), scene.talk.wish
    if wish is None and chat is not None:
        wish = wish_again(chat)
    if wish is None:
        return _wish(scene, why, None)
    desk = scene.content.desk
    return wish if wish.skill in desk.skills else replace(wish, skill=desk.default_skill, guessed=True)


def wish_again(ticket: Ticket) -> Wish:
    """The same as the ticket was for."""
    brief = ticket.brief
    return Wish(ticket.skill, brief.why, brief.guessed, brief.intent, brief.question)


def _wish(scene: Scene, why: str, intent: Intent | None) -> Wish:
    known = intent or scene.content.intents.intents.get(scene.talk.intent or "")
    desk = scene.content.desk
    before = returning.lately(scene)
    skill = known.skill if known and known.skill else before.skill if before and before.skill in desk.skills else None
    guessed = skill is None and len(desk.skills) > 1
    return Wish(skill or desk.default_skill, why, guessed, known.id if known else None, scene.talk.question)


async def _availability(scene: Scene, skill: str) -> Availability:
    work, desk = scene.work, scene.content.desk
    wait = (await outlook(work)).newcomers(skill) if desk.skills[skill].queue.max_wait else None
    line = await work.lines.of(skill)
    return availability(skill, desk, await work.team(), line, work.now, wait.mean if wait else None)


async def stand_in_line(scene: Scene, ticket: Ticket) -> int:
    """The ticket's place, from 1, as the customer is shown it from now on; that need not be said again soon."""
    position = await scene.work.lines.place(ticket)
    scene.set(shown=replace(scene.conversation.shown, position=position, told=scene.work.now))
    return position


async def _offer_choices(scene: Scene, skill: str, found: Shut | NobodyOnDuty | Full) -> None:
    """What can be done while nobody with the skill is free; colleagues with another skill who are, come first."""
    scene.set_talk(noticed=scene.work.now)
    title = titled(scene.content.desk.skills[skill].title, scene.locale)
    others = await _elsewhere(scene, skill)
    choices = [*others, *buttons.when_nobody_is_free(scene, wait=not isinstance(found, Full))]
    match found:
        case Shut(reopens=None):
            scene.say("shut_for_long", choices)
        case Shut(reopens=reopens):
            assert reopens is not None
            scene.say("shut_elsewhere" if others else "shut", choices, when=when(scene, reopens), skill=title)
        case NobodyOnDuty():
            scene.say("nobody_elsewhere" if others else "nobody_on_duty", choices, skill=title)
        case Full():
            scene.say("queue_full", choices)
        case _ as never:
            assert_never(never)


async def _elsewhere(scene: Scene, skill: str) -> list[Button]:
    """The other skills for which somebody is there now."""
    others = [each for each in scene.content.desk.skills.values() if each.id != skill]
    there = [each for each in others if isinstance(await _availability(scene, each.id), Free | Busy)]
    return [each for each in (_to_skill(scene, other, "button_other_skill") for other in there) if buttons.fits(each)]


def _to_skill(scene: Scene, skill: Skill, phrase: str) -> Button:
    label = scene.phrase(phrase, skill=titled(skill.title, scene.locale))
    return Button(f"skill:{skill.id}", label, ButtonKind.HANDOFF)


def in_queue(scene: Scene, ticket: Ticket) -> list[Button]:
    """What somebody in the queue can do."""
    others = [each for each in scene.content.desk.skills.values() if each.id != ticket.skill]
    skills = [_to_skill(scene, each, "button_skill") for each in others] if ticket.brief.guessed else []
    hold = buttons.simple(scene, buttons.HOLD, "button_hold")
    fitting = (each for each in skills if buttons.fits(each))
    return [*fitting, hold, buttons.callback(scene), buttons.leave(scene, ticket)]


def while_kept(scene: Scene, ticket: Ticket) -> list[Button]:
    """What a customer who is elsewhere may change their mind to."""
    back = buttons.simple(scene, buttons.READY, "button_back_again")
    return [back, buttons.callback(scene), buttons.leave(scene, ticket), *buttons.telegram(scene)]
