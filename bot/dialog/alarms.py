"""Alarms: what happens when a due-time comes. An alarm that rings for something that is over does nothing."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.dialog import booking, desk, floor, offers
from bot.dialog.acts import Done, Rang
from bot.dialog.desk import words
from bot.dialog.orders import TellOperator
from bot.dialog.times import when
from bot.dialog.work import Work
from handoff.operators import Presence
from handoff.ticket import Came, Offered, OfferLapsed, Scheduled, Ticket, WasRequeued

ACTOR = "clock"


async def rang(work: Work, act: Rang) -> Done:
    """Do what is due and clear the alarm, in one transaction; so each rings once."""
    work.hush(act.kind, act.subject)
    await _RINGS[act.kind](work, act.subject)
    return Done()


async def _offer_lapsed(work: Work, subject: str) -> None:
    """RONA: the next operator; who misses too many in a row is paused and told."""
    before = await work.ticket(int(subject))
    match before.state:
        case Offered(operator=operator, deadline=deadline) if deadline <= work.now:
            work.move(before, OfferLapsed(), ACTOR)
            offers.settle_offer(work, before, "lapsed")
            work.hush(offers.OFFER, subject)
            await _missed(work, before, operator)
        case Offered(deadline=deadline):
            work.ring(offers.OFFER, subject, deadline)
        case _:
            pass


async def _missed(work: Work, ticket: Ticket, operator: str) -> None:
    if operator not in work.content.desk.operators:
        return
    duty = await work.duty(operator)
    missed = duty.missed + 1
    if missed < work.content.desk.routing.max_missed:
        await work.keep_duty(replace(duty, missed=missed))
        return
    await work.keep_duty(replace(duty, missed=0, presence=Presence.PAUSED, since=work.now, until=None))
    text = words(work, operator, "op_paused", missed=missed)
    work.order(work.tools.operators_venue(ticket.skill), TellOperator(operator, text))


async def _callback_due(work: Work, subject: str) -> None:
    ticket = await work.ticket(int(subject))
    match ticket.state:
        case Scheduled(due=due) if due <= work.now:
            scene = await work.scene(ticket.conversation)
            booking.come(scene, work.move(ticket, Came(), ACTOR))
        case Scheduled(due=due):
            work.ring(booking.DUE, subject, due)
        case _:
            pass


async def _callback_near(work: Work, subject: str) -> None:
    ticket = await work.ticket(int(subject))
    match ticket.state:
        case Scheduled(due=due):
            scene = await work.scene(ticket.conversation)
            scene.note("callback_reminder", booking.promise_buttons(scene, ticket), when=when(scene, due))
        case _:
            pass


async def _callback_late(work: Work, subject: str) -> None:
    """Nobody has taken it within its slot: the customer is not left to wonder."""
    ticket = await work.ticket(int(subject))
    if ticket.open and not ticket.engaged and not isinstance(ticket.state, Scheduled):
        scene = await work.scene(ticket.conversation)
        scene.note("callback_late", booking.promise_buttons(scene, ticket))


async def _grace_over(work: Work, subject: str) -> None:
    """The operator has not come back: their talks return to the queue, at their original place."""
    duty = await work.duty(subject)
    if duty.presence is not Presence.OFFLINE:
        return
    for ticket in [each for each in await work.on_floor() if each.engaged and each.operator == subject]:
        scene = await work.scene(ticket.conversation)
        work.move(ticket, WasRequeued(), ACTOR)
        scene.settle()
        scene.note("operator_left")
        offers.refresh_topic(work, ticket)


async def _pause_over(work: Work, subject: str) -> None:
    duty = await work.duty(subject)
    if duty.presence is Presence.PAUSED:
        await work.keep_duty(
            replace(duty, presence=Presence.ONLINE, since=work.now, until=None, idle_since=work.now, missed=0)
        )


async def _place_again(work: Work, subject: str) -> None:
    """A better place that was kept back for a minute may be said now; the floor does it."""
    await work.scene(subject)
    work.floor_touched = True


_RINGS: Mapping[str, Callable[[Work, str], Awaitable[None]]] = {
    offers.OFFER: _offer_lapsed,
    booking.DUE: _callback_due,
    booking.REMINDER: _callback_near,
    booking.LATE: _callback_late,
    desk.GRACE: _grace_over,
    desk.PAUSE: _pause_over,
    floor.PLACE: _place_again,
}
