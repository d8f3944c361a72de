"""Leaving a message: the customer writes, an operator answers when there is room."""

from dataclasses import replace

from bot.dialog.buttons import cancel, simple, telegram
from bot.dialog.conversation import Awaiting
from bot.dialog.messages import Button
from bot.dialog.offers import refresh_topic, settle_offer
from bot.dialog.scene import Scene
from bot.dialog.waiting import give_up_place, introduce, open_ticket
from bot.dialog.wishes import QUESTION_LIMIT, wish_for
from handoff.ticket import Kind, Reason, Ticket, WasClosed


def prompt(scene: Scene) -> None:
    """Ask for the message."""
    scene.set_talk(awaiting=Awaiting.MESSAGE, subject=None, form=None)
    scene.say("leave_prompt", [cancel(scene)])


async def take(scene: Scene, text: str) -> None:
    """What was written is kept at once; more may follow until the customer is done."""
    done = [simple(scene, "done", "button_done"), *ways_to_answer(scene)]
    if scene.ticket_of(Kind.MESSAGE):
        scene.say("leave_more", done)
        return
    wish = replace(wish_for(scene, "message"), question=text[:QUESTION_LIMIT])
    give_up_place(scene, Reason.CANCELLED)  # the message replaces the place in the queue
    ticket = await open_ticket(scene, Kind.MESSAGE, wish)
    scene.happened("message_left", wish.intent, skill=ticket.skill)
    scene.set_talk(wish=None, misses=0)
    scene.settle()
    scene.say("leave_noted", done)
    introduce(scene, ticket)


def done(scene: Scene) -> None:
    """The customer has said everything."""
    if scene.ticket_of(Kind.MESSAGE) is None:
        scene.say("nothing_to_change")
        return
    scene.stop_waiting()
    scene.say("leave_done", ways_to_answer(scene))


def ways_to_answer(scene: Scene) -> list[Button]:
    """Where else a visitor can be answered who does not stay on the page."""
    return [] if scene.destination else [*telegram(scene), simple(scene, "reach", "button_reach")]


def withdraw(scene: Scene, ticket: Ticket) -> None:
    """The customer takes the message back that nobody has begun to answer."""
    scene.announce("topic_message_withdrawn")
    settle_offer(scene.work, ticket, "closed")
    refresh_topic(scene.work, scene.work.move(ticket, WasClosed(Reason.CANCELLED), "customer"))
    scene.settle()
    scene.say("message_withdrawn")
