"""Cancelling: whatever the customer is in the middle of, the nearest thing first."""

from bot.dialog import booking, leaving, waiting
from bot.dialog.conversation import Awaiting
from bot.dialog.scene import Scene
from handoff.ticket import Kind, Ticket


def cancel(scene: Scene) -> None:
    """A question of ours, else the place in the queue, else the callback, else the message, else there is nothing."""
    chat, callback, message = (scene.ticket_of(each) for each in (Kind.CHAT, Kind.CALLBACK, Kind.MESSAGE))
    awaiting = scene.talk.awaiting if scene.talk.awaiting is not Awaiting.TIME else Awaiting.NOTHING
    scene.stop_waiting()
    if awaiting in (Awaiting.PHONE, Awaiting.ZONE) and callback:
        booking.confirm(scene, callback)  # only the number was asked for: the promise stands
    elif awaiting is Awaiting.CONTACT and message:
        scene.say("message_waits")  # so does the message
    elif awaiting is Awaiting.MESSAGE and message:
        leaving.withdraw(scene, message)
    elif awaiting is not Awaiting.NOTHING:
        scene.say("cancelled")
    else:
        _take_back(scene, chat, callback, message)


def _take_back(scene: Scene, chat: Ticket | None, callback: Ticket | None, message: Ticket | None) -> None:
    if chat:
        waiting.leave_queue(scene)
    elif callback:
        booking.unbook(scene)
    elif message:
        leaving.withdraw(scene, message)
    elif scene.talk.wish is not None:
        scene.set_talk(wish=None)
        scene.say("cancelled")
    else:
        scene.say("nothing_to_cancel")
