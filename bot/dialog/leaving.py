"""Leaving a message: the customer writes, an operator answers when there is room."""

from bot.dialog.buttons import simple
from bot.dialog.conversation import Awaiting, Wish
from bot.dialog.handover import give_up_place, introduce, open_ticket
from bot.dialog.scene import Scene
from handoff.ticket import Kind, Reason

QUESTION_LIMIT = 500  # of a question on a card


def prompt(scene: Scene) -> None:
    """Ask for the message."""
    scene.set_talk(awaiting=Awaiting.MESSAGE, form=None)
    scene.say("leave_prompt", [simple(scene, "form:cancel", "button_cancel")])


async def take(scene: Scene, text: str) -> None:
    """What was written is kept at once; more may follow until the customer is done."""
    done = [simple(scene, "done", "button_done")]
    if scene.ticket_of(Kind.MESSAGE):
        scene.say("leave_more", done)
        return
    known = scene.talk.wish or Wish(_skill(scene), "message", intent=scene.talk.intent)
    wish = Wish(known.skill, known.why, known.guessed, known.intent, text[:QUESTION_LIMIT])
    give_up_place(scene, Reason.CANCELLED)  # the message replaces the place in the queue
    ticket = await open_ticket(scene, Kind.MESSAGE, wish)
    scene.happened("message_left", wish.intent, skill=ticket.skill)
    scene.set_talk(wish=None, misses=0)
    scene.settle()
    scene.say("leave_noted", done)
    introduce(scene, ticket)


def done(scene: Scene) -> None:
    """The customer has said everything."""
    scene.stop_waiting()
    scene.say("leave_done")


def _skill(scene: Scene) -> str:
    intent = scene.content.intents.intents.get(scene.talk.intent or "")
    return intent.skill if intent and intent.skill else scene.content.desk.default_skill
