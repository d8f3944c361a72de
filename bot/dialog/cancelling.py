"""Cancelling: whatever the customer is in the middle of, the nearest thing first."""

from bot.dialog import booking, handover
from bot.dialog.conversation import Awaiting
from bot.dialog.scene import Scene
from handoff.ticket import Kind


def cancel(scene: Scene) -> None:
    """A form or a question of ours, else the place in the queue, else the callback, else there is nothing."""
    chat = scene.ticket_of(Kind.CHAT)
    if scene.talk.awaiting is not Awaiting.NOTHING:
        scene.stop_waiting()
        scene.say("cancelled")
    elif chat and not chat.engaged:
        handover.leave_queue(scene)
    elif scene.ticket_of(Kind.CALLBACK):
        booking.unbook(scene)
    elif scene.talk.wish is not None:
        scene.set_talk(wish=None)
        scene.say("cancelled")
    else:
        scene.say("nothing_to_cancel")
