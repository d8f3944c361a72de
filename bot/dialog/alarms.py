"""Alarms: what happens when a due-time comes. An alarm that rings for something that is over does nothing."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.dialog import absence, booking, coming, desk, estimates, floor, handover, keeping, offers, places, silence
from bot.dialog.acts import Done, Rang
from bot.dialog.buttons import simple
from bot.dialog.desk import withdraw_offers
from bot.dialog.ending import end
from bot.dialog.operator_acts import Declare
from bot.dialog.orders import TellOperator
from bot.dialog.rights import words
from bot.dialog.work import Work
from handoff.eligibility import next_change
from handoff.operators import Presence
from handoff.ticket import Kind, Offered, OfferLapsed, Reason, Ticket

log = logging.getLogger(__name__)


async def rang(work: Work, act: Rang) -> Done:
    """Do what is due and clear the alarm, in one transaction; so each rings once."""
    work.hush(act.kind, act.subject)
    ring = _RINGS.get(act.kind)
    if ring is None:
        log.warning("no alarm is called %s (of %s): another version has set it", act.kind, act.subject)
    else:
        await ring(work, act.subject)
    return Done()


async def _offer_lapsed(work: Work, subject: str) -> None:
    """RONA: the next operator; who misses too many in a row is paused and told.

    While their group cannot be reached it is the next one's turn all the same, but nobody is to blame.
    """
    before = await work.ticket(int(subject))
    match before.state:
        case Offered(operator=operator, deadline=deadline) if deadline <= work.now:
            venue = work.venue(before.skill)
            work.move(before, OfferLapsed(), coming.CLOCK)
            offers.settle_offer(work, before, "lapsed")
            work.hush(offers.OFFER, subject)
            if venue is None or not await work.tx.struggles(venue):
                await _missed(work, before, operator)
        case Offered(deadline=deadline):
            work.ring(offers.OFFER, subject, deadline)
        case _:
            pass


async def _missed(work: Work, ticket: Ticket, operator: str) -> None:
    duty = (await work.duties()).get(operator)
    if duty is None:
        return
    missed = duty.missed + 1
    if missed < work.content.desk.routing.max_missed:
        await work.keep_duty(replace(duty, missed=missed))
        return
    await work.keep_duty(replace(duty, missed=0, presence=Presence.PAUSED, since=work.now, until=None))
    await withdraw_offers(work, operator)
    await absence.left(work, operator)
    text = words(work, operator, "op_paused", missed=missed)
    work.order(work.venue(ticket.skill), TellOperator(operator, text))


async def _grace_over(work: Work, subject: str) -> None:
    """The operator has not come back."""
    duty = await work.duty(subject)
    over = duty.since + work.content.desk.routing.grace
    if duty.presence is not Presence.OFFLINE:
        return
    if over > work.now:  # they were here meanwhile
        work.ring(desk.GRACE, subject, over)
    else:
        await desk.give_back(work, subject)


async def _pause_over(work: Work, subject: str) -> None:
    duty = await work.duty(subject)
    if duty.presence is not Presence.PAUSED or duty.until is None:
        return
    if duty.until > work.now:  # they made it longer
        work.ring(desk.PAUSE, subject, duty.until)
    else:
        await desk.declare(work, Declare(subject, Presence.ONLINE))


async def _customer_silent(work: Work, subject: str) -> None:
    """The customer may have gone away: ask."""
    ticket = await work.ticket(int(subject))
    scene = await work.scene(ticket.conversation)
    if await silence.owes(scene, ticket):
        rules = work.content.desk.inactivity
        scene.note("still_there", [simple(scene, "here", "button_here")])
        work.ring(silence.GONE, subject, work.now + rules.customer - rules.warn)


async def _customer_gone(work: Work, subject: str) -> None:
    """The customer is not waited for any longer, and can go on whenever they like."""
    ticket = await work.ticket(int(subject))
    scene = await work.scene(ticket.conversation)
    if await silence.is_over(scene, ticket):
        scene.announce("topic_silent", ticket=ticket.number)
        await end(scene, ticket, Reason.NO_ANSWER, coming.CLOCK)
        desk.fell_silent(scene, ticket)


async def _wrapped_up(work: Work, subject: str) -> None:
    duty = await work.duty(subject)
    if duty.wraps_up is None:
        return
    if duty.wraps_up > work.now:  # they have closed another ticket meanwhile
        work.ring(desk.WRAP_UP, subject, duty.wraps_up)
    else:
        await work.keep_duty(replace(duty, wraps_up=None))


async def _look_again(work: Work, subject: str) -> None:
    """Somebody else may have the ticket from now on; the floor offers it."""
    ticket = await work.ticket(int(subject))
    change = next_change(ticket, work.content.desk.routing, work.now) if ticket.in_queue else None
    if change:
        work.ring(floor.LOOK, subject, change)
    work.floor_touched = work.floor_touched or ticket.in_queue


async def _overdue(work: Work, subject: str) -> None:
    """Who still waits when the wait that was told is over hears it from us, with a new one."""
    scene = await work.scene(subject)
    ticket = scene.ticket_of(Kind.CHAT)
    told = scene.conversation.shown.wait is not None  # not so, when it is another wait than the one this was set for
    if ticket is None or not ticket.waiting or not told:  # whoever has an offer is left alone
        return
    wait = await estimates.promise_at(scene, ticket, await handover.stand_in_line(scene, ticket))
    scene.note("overdue", handover.in_queue(scene, ticket), wait=wait)


OF_TICKETS: Final = frozenset(  # their subject is a ticket's number
    {offers.OFFER, booking.DUE, booking.REMINDER, booking.LATE, booking.SHUT}
    | {keeping.KEPT, silence.ASK, silence.GONE, floor.LOOK}
)

_RINGS: Mapping[str, Callable[[Work, str], Awaitable[None]]] = {
    offers.OFFER: _offer_lapsed,
    booking.DUE: coming.due,
    booking.REMINDER: coming.near,
    booking.LATE: coming.late,
    booking.SHUT: coming.shut,
    desk.GRACE: _grace_over,
    desk.PAUSE: _pause_over,
    keeping.KEPT: keeping.bell,
    silence.ASK: _customer_silent,
    silence.GONE: _customer_gone,
    desk.WRAP_UP: _wrapped_up,
    floor.LOOK: _look_again,
    places.PLACE: places.again,
    places.SWEEP: places.sweep,
    estimates.OVERDUE: _overdue,
    absence.DESERTED: absence.tell,
}
