"""How the customer of a callback wants to be reached: by phone, or here in the chat."""

from typing import Final

from bot.dialog import booking, forms
from bot.dialog.buttons import cancel, simple
from bot.dialog.conversation import Awaiting
from bot.dialog.messages import Button
from bot.dialog.scene import Scene
from handoff.ticket import ContactChanged, EmailWasLeft, Kind

SHARE: Final = "phone:share"  # a button that only a chat of Telegram's can have


def ask_for_phone(scene: Scene, *, other: bool = False) -> None:
    """The customer would rather be called by phone, at the number that is known unless it is to be an `other` one."""
    ticket = scene.ticket_of(Kind.CALLBACK)
    if ticket is None or ticket.engaged:
        scene.say("nothing_to_change")
        return
    if scene.conversation.phone and not other:
        take_phone(scene, scene.conversation.phone)
        return
    if scene.engaged:  # what is written goes to the operator
        scene.say("with_colleague")
        return
    scene.set_talk(awaiting=Awaiting.PHONE, subject=ticket.number)
    scene.say("ask_phone", _ways(scene))


def take_phone(scene: Scene, phone: str | None) -> None:
    """The number, validated (None: it was not one); shown back with the promise."""
    ticket = scene.ticket_of(Kind.CALLBACK)
    if phone is None:
        scene.say("phone_invalid", _ways(scene))
        return
    scene.set(phone=phone)
    scene.stop_waiting()
    if ticket is None:
        scene.say("phone_kept", phone=scene.content.show_phone(phone))
    else:
        booking.confirm(scene, scene.work.move(ticket, ContactChanged(phone), "customer"))


def ask_for_contact(scene: Scene) -> None:
    """The visitor who has left a message would be answered elsewhere too, should they not be here."""
    ticket = scene.ticket_of(Kind.MESSAGE)
    if ticket is None or ticket.engaged:
        scene.say("nothing_to_change")
        return
    scene.set_talk(awaiting=Awaiting.CONTACT, subject=ticket.number, form=None)
    scene.say("ask_contact", [cancel(scene)])


def take_contact(scene: Scene, text: str) -> None:
    """A phone number or an e-mail address; the operators see it with the message."""
    phone, email = scene.content.phone(text, scene.content.desk.country), forms.EMAIL.fullmatch(text)
    if phone is None and email is None:
        scene.say("contact_invalid", [cancel(scene)])
        return
    scene.stop_waiting()
    shown = scene.content.show_phone(phone) if phone else text
    if phone:
        scene.set(phone=phone)
    ticket = scene.ticket_of(Kind.MESSAGE)
    if ticket is not None:
        scene.work.move(ticket, ContactChanged(phone) if phone else EmailWasLeft(text), "customer")
        scene.announce("topic_contact", contact=shown)
    scene.say("contact_kept", contact=shown)


def refuse_phone(scene: Scene) -> None:
    """The number that was shared is somebody else's."""
    scene.say("phone_not_yours", _ways(scene))


def answer_in_chat(scene: Scene) -> None:
    """The customer would rather read than hear."""
    ticket = scene.ticket_of(Kind.CALLBACK)
    if ticket is None or ticket.engaged:
        scene.say("nothing_to_change")
        return
    scene.stop_waiting()
    booking.confirm(scene, scene.work.move(ticket, ContactChanged(None), "customer"))


def _ways(scene: Scene) -> list[Button]:
    share = [simple(scene, SHARE, "button_share_phone")] if scene.destination else []
    return [*share, cancel(scene)]
