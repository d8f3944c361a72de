"""Waiting: a ticket comes into the queue, has its place there, and is given up."""

from dataclasses import replace
from datetime import datetime

from bot.dialog import buttons, returning
from bot.dialog.conversation import Wish
from bot.dialog.messages import Button
from bot.dialog.offers import refresh_topic, settle_offer
from bot.dialog.orders import Introduce
from bot.dialog.scene import Scene
from handoff.ticket import Brief, Kind, Priority, Queued, Scheduled, Ticket, WasClosed
from handoff.ticket import Reason as ClosingReason


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
    scene.work.order(venue, Introduce(ticket.number, scene.last_seq))


async def stand_in_line(scene: Scene, ticket: Ticket) -> int:
    """The ticket's place, from 1, as the customer is shown it from now on; that need not be said again soon."""
    position = await scene.work.lines.place(ticket)
    scene.set(shown=replace(scene.shown, position=position, told=scene.work.now))
    return position


def in_queue(scene: Scene, ticket: Ticket) -> list[Button]:
    """What somebody in the queue can do."""
    others = [each for each in scene.content.desk.skills.values() if each.id != ticket.skill]
    skills = [buttons.to_skill(scene, each, "button_skill") for each in others] if ticket.brief.guessed else []
    hold = buttons.simple(scene, buttons.HOLD, "button_hold")
    fitting = (each for each in skills if buttons.fits(each))
    return [*fitting, hold, buttons.callback(scene), buttons.leave(scene, ticket)]


def while_kept(scene: Scene, ticket: Ticket) -> list[Button]:
    """What a customer who is elsewhere may change their mind to."""
    back = buttons.simple(scene, buttons.READY, "button_back_again")
    return [back, buttons.callback(scene), buttons.leave(scene, ticket), *buttons.telegram(scene)]


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
