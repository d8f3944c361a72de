"""Virtual hold: the customer leaves the screen, their place is kept, and they are asked whether they are ready."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.dialog import estimates, handover, waiting
from bot.dialog.buttons import READY, leave, person, simple, when_nobody_is_free
from bot.dialog.messages import Button
from bot.dialog.offers import refresh_topic, settle_offer
from bot.dialog.scene import Scene
from bot.dialog.wishes import wish_again
from bot.dialog.work import Work
from handoff.ticket import (
    Kind,
    PlaceWasKept,
    ReadyLapsed,
    Reason,
    Ticket,
    WasAskedIfReady,
    WasClosed,
    WasNotReached,
    WasPutOff,
    WasReached,
    WasReady,
)

ANSWER: Final = timedelta(minutes=3)
REST: Final = timedelta(minutes=10)
UNANSWERED: Final = 3  # the last of them ends it


async def keep(scene: Scene) -> None:
    """The place is kept: the one that the customer has, or one that is made for them."""
    chat = scene.ticket_of(Kind.CHAT)
    if chat is None:
        await handover.keep_waiting(scene, kept=True)
    elif chat.kept is None:
        scene.stop_waiting()
        settle_offer(scene.work, chat, "withdrawn")
        kept = scene.work.move(chat, PlaceWasKept(), "customer")
        estimates.promise(scene, kept, None)  # how long they stay away is theirs to say
        refresh_topic(scene.work, kept)
        position = scene.shown.position or 1
        scene.say("place_kept", waiting.while_kept(scene, kept), place=position)
    else:
        scene.say("place_kept_already", waiting.while_kept(scene, chat))


async def ask_whose_turn_came(work: Work, tickets: Iterable[Ticket]) -> None:
    """Whoever would be served now is asked whether they are here; meanwhile nobody waits for them."""
    asked = list(tickets)
    await work.scenes(each.conversation for each in asked)
    for ticket in asked:
        scene = await work.scene(ticket.conversation)
        again = ticket.kept is not None and ticket.kept.unanswered > 0
        there = scene.destination is not None  # what is said on the site may reach nobody
        work.move(ticket, WasAskedIfReady(work.now + ANSWER, reached=there), "bot")
        scene.note("ready_again" if again else "ready", _answers(scene))


def come_back(scene: Scene) -> None:
    """The customer is here: the ticket is offered like any other, at its original place."""
    chat = _kept(scene)
    if chat is None:
        return
    scene.stop_waiting()
    refresh_topic(scene.work, scene.work.move(chat, WasReady(), "customer"))
    scene.say("ready_yes", [leave(scene, chat)])


def is_there(scene: Scene) -> None:
    """The customer sees what is said. What could be asked of nobody is asked now; they have all the time to answer."""
    chat = scene.ticket_of(Kind.CHAT)
    if chat is None or chat.kept is None:
        return
    until = scene.work.now + ANSWER
    if chat.kept.away is not None:
        scene.work.move(chat, WasAskedIfReady(until), "customer")
        scene.note("ready_back", _answers(scene))
    elif not chat.kept.reached:
        scene.work.move(chat, WasReached(until), "customer")


def remind(scene: Scene, chat: Ticket) -> None:
    """How it stands with the place, for a customer who comes to see it in Telegram."""
    asked = chat.kept is not None and chat.kept.asked is not None
    away = chat.kept is not None and chat.kept.away is not None
    is_there(scene)
    if asked:
        scene.note("ready", _answers(scene))
    elif not away:
        scene.note("place_kept_already", waiting.while_kept(scene, chat))


def heard(scene: Scene) -> None:
    """Who writes while they are asked whether they are ready, is."""
    chat = scene.ticket_of(Kind.CHAT)
    if chat is not None and chat.kept is not None and (chat.kept.asked or chat.kept.away):
        come_back(scene)


def put_off(scene: Scene) -> None:
    """Not now; the place stays."""
    chat = _kept(scene)
    if chat is None:
        return
    scene.stop_waiting()
    kept = scene.work.move(chat, WasPutOff(scene.work.now + REST), "customer")
    scene.say("ready_later", waiting.while_kept(scene, kept))


def give_up(scene: Scene) -> None:
    """Never mind."""
    if _kept(scene) is not None:
        waiting.leave_queue(scene)


async def bell(work: Work, ticket: Ticket) -> None:
    """A rest is over, or nobody has answered: asked again when the turn comes, closed after the last time."""
    kept = ticket.kept
    assert kept is not None
    if kept.away is not None:
        await _give_up_on(work, ticket)
    elif kept.asked is None:
        work.floor_touched = True
    elif not kept.reached:
        work.move(ticket, WasNotReached(work.now + work.content.desk.inactivity.reopen), "clock")
        (await work.scene(ticket.conversation)).announce("topic_kept_away")
    else:
        ticket = work.move(ticket, ReadyLapsed(), "clock")
        if ticket.kept is not None and ticket.kept.unanswered >= UNANSWERED:
            await _give_up_on(work, ticket)


async def rejoin(scene: Scene, number: int) -> None:
    """The customer is back after all: in the queue again, at the old place unless that was long ago.

    Once: who has been in the queue since, or was helped otherwise, has no claim to the old place any more.
    """
    old = await scene.work.ticket(number)
    if scene.ticket_of(Kind.CHAT) or scene.engaged:
        scene.say("already_waiting")
        return
    if scene.talk.lost != number:
        scene.say("rejoin_over", [person(scene)])
        return
    wish = wish_again(old)
    if old.skill not in scene.content.desk.skills:
        wish = replace(wish, skill=scene.content.desk.default_skill, guessed=True)
    fresh = scene.work.now - old.asked <= scene.content.desk.inactivity.reopen
    await handover.return_to_line(scene, wish, old.asked if fresh else scene.work.now)


async def _give_up_on(work: Work, ticket: Ticket) -> None:
    scene = await work.scene(ticket.conversation)
    scene.announce("topic_kept_in_vain")
    refresh_topic(work, work.move(ticket, WasClosed(Reason.NO_ANSWER), "clock"))
    scene.settle()
    scene.set_talk(lost=ticket.number)
    again = Button(f"rejoin:{ticket.number}", scene.phrase("button_rejoin"))
    scene.say("kept_in_vain", [again, *when_nobody_is_free(scene, wait=False)])


def _kept(scene: Scene) -> Ticket | None:
    """The ticket of the place that is kept; whoever has none is told."""
    chat = scene.ticket_of(Kind.CHAT)
    if chat is None or chat.kept is None:
        scene.say("nothing_to_change" if chat is None else "already_waiting")
        return None
    return chat


def _answers(scene: Scene) -> list[Button]:
    return [
        simple(scene, READY, "button_ready"),
        simple(scene, "ready:later", "button_ready_later"),
        simple(scene, "ready:cancel", "button_ready_cancel"),
    ]
