"""Alarms: what happens when a due-time comes. An alarm that rings for something that is over does nothing."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.dialog import absence, coming, desk, estimates, keeping, offers, places, ringing, silence, waiting
from bot.dialog.acts import Done, Rang
from bot.dialog.buttons import simple
from bot.dialog.desk import withdraw_offers
from bot.dialog.ending import end
from bot.dialog.operator_acts import Declare
from bot.dialog.orders import TellOperator
from bot.dialog.records import Duty
from bot.dialog.rights import words
from bot.dialog.work import Work
from handoff.operators import Presence
from handoff.ticket import Kind, Offered, OfferLapsed, Reason, Ticket

log = logging.getLogger(__name__)


async def rang(work: Work, act: Rang) -> Done:
    """Do what is due and clear the alarm, in one transaction; so each rings once. What was put off rings again."""
    work.hush(act.kind, act.subject)
    if act.kind in _OF_TICKETS:
        await _of_ticket(work, act.kind, await work.ticket(int(act.subject)))
    elif act.kind in _OF_OPERATORS:
        await _of_operator(work, act.kind, await work.duty(act.subject))
    elif act.kind in _OTHERS:
        await _OTHERS[act.kind](work, act.subject)
    else:
        log.warning("no alarm is called %s (of %s): another version has set it", act.kind, act.subject)
    return Done()


async def _of_ticket(work: Work, kind: str, ticket: Ticket) -> None:
    due = ringing.of_ticket(ticket, work.content.desk, work.now).get(kind)
    if due and due > work.now:
        work.ring(kind, ticket.number, due)
    elif kind in ringing.kinds(ticket):
        await _OF_TICKETS[kind](work, ticket)


async def _of_operator(work: Work, kind: str, duty: Duty) -> None:
    due = ringing.of_operator(duty, work.content.desk).get(kind)
    if due and due > work.now:
        work.ring(kind, duty.operator, due)
    elif due:
        await _OF_OPERATORS[kind](work, duty)


async def _offer_lapsed(work: Work, before: Ticket) -> None:
    """RONA: the next operator; who misses too many in a row is paused and told.

    While their group cannot be reached it is the next one's turn all the same, but nobody is to blame.
    """
    assert isinstance(before.state, Offered)
    venue = work.venue(before.skill)
    work.move(before, OfferLapsed(), coming.CLOCK)
    offers.settle_offer(work, before, "lapsed")
    if venue is None or not await work.tx.struggles(venue):
        await _missed(work, before, before.state.operator)


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


async def _grace_over(work: Work, duty: Duty) -> None:
    """The operator has not come back."""
    await desk.give_back(work, duty.operator)


async def _pause_over(work: Work, duty: Duty) -> None:
    await desk.declare(work, Declare(duty.operator, Presence.ONLINE))


async def _wrapped_up(work: Work, duty: Duty) -> None:
    await work.keep_duty(replace(duty, wraps_up=None))


async def _customer_silent(work: Work, ticket: Ticket) -> None:
    """The customer may have gone away: ask."""
    scene = await work.scene(ticket.conversation)
    if await silence.owes(scene, ticket):
        rules = work.content.desk.inactivity
        scene.note("still_there", [simple(scene, "here", "button_here")])
        work.ring(ringing.GONE, ticket.number, work.now + rules.customer - rules.warn)


async def _customer_gone(work: Work, ticket: Ticket) -> None:
    """The customer is not waited for any longer, and can go on whenever they like."""
    scene = await work.scene(ticket.conversation)
    if await silence.is_over(scene, ticket):
        scene.announce("topic_silent", ticket=ticket.number)
        await end(scene, ticket, Reason.NO_ANSWER, coming.CLOCK)
        desk.fell_silent(scene, ticket)


async def _look_again(work: Work, subject: str) -> None:
    """Somebody else may have the ticket from now on; the floor offers it."""
    ticket = await work.ticket(int(subject))
    change = ringing.of_ticket(ticket, work.content.desk, work.now).get(ringing.LOOK)
    if change:
        work.ring(ringing.LOOK, subject, change)
    work.floor_touched = work.floor_touched or ticket.in_queue


async def _overdue(work: Work, subject: str) -> None:
    """Who still waits when the wait that was told is over hears it from us, with a new one."""
    scene = await work.scene(subject)
    ticket = scene.ticket_of(Kind.CHAT)
    told = scene.shown.wait is not None  # not so, when it is another wait than the one this was set for
    if ticket is None or not ticket.waiting or not told:  # whoever has an offer is left alone
        return
    wait = await estimates.promise_at(scene, ticket, await waiting.stand_in_line(scene, ticket))
    scene.note("overdue", waiting.in_queue(scene, ticket), wait=wait)


_OF_TICKETS: Mapping[str, Callable[[Work, Ticket], Awaitable[None]]] = {
    ringing.OFFER: _offer_lapsed,
    ringing.DUE: coming.due,
    ringing.REMINDER: coming.near,
    ringing.LATE: coming.late,
    ringing.SHUT: coming.shut,
    ringing.KEPT: keeping.bell,
    ringing.ASK: _customer_silent,
    ringing.GONE: _customer_gone,
}

_OF_OPERATORS: Mapping[str, Callable[[Work, Duty], Awaitable[None]]] = {
    ringing.GRACE: _grace_over,
    ringing.PAUSE: _pause_over,
    ringing.WRAP_UP: _wrapped_up,
}

_OTHERS: Mapping[str, Callable[[Work, str], Awaitable[None]]] = {
    ringing.LOOK: _look_again,
    places.PLACE: places.again,
    places.SWEEP: places.sweep,
    estimates.OVERDUE: _overdue,
    absence.DESERTED: absence.tell,
}
