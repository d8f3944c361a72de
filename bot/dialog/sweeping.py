"""Sweeping: at a start the desk is brought in line with what is kept, and whatever should ring is set to ring."""

from bot.dialog import booking, desk, floor, keeping, offers, places
from bot.dialog.acts import Done, Swept
from bot.dialog.work import Work
from handoff.eligibility import next_change
from handoff.operators import Presence
from handoff.ticket import Offered, Queued, Scheduled, Ticket


async def swept(work: Work, _act: Swept) -> Done:
    """Nobody waits for an operator who is gone or for a bell that nobody rings. When all is well nothing changes."""
    duties = await work.duties()  # first: from here on it is known who works here
    tickets = await work.whole_desk()
    for ticket in tickets:
        _set_bell(work, ticket)
    for operator in {ticket.operator for ticket in tickets if ticket.operator}:
        await _check(work, operator)
    for duty in duties.values():
        if duty.presence is Presence.PAUSED and duty.until:
            work.ring(desk.PAUSE, duty.operator, duty.until)
        if duty.wraps_up:
            work.ring(desk.WRAP_UP, duty.operator, duty.wraps_up)
    await places.tell(work, work.content.desk.skills)
    work.floor_touched = True
    return Done()


def _set_bell(work: Work, ticket: Ticket) -> None:
    match ticket.state:
        case Scheduled():
            work.ring(booking.DUE, ticket.number, ticket.promised or work.now)
        case Offered(deadline=deadline):
            work.ring(offers.OFFER, ticket.number, deadline)
        case Queued():
            if change := next_change(ticket, work.content.desk.routing, work.now):
                work.ring(floor.LOOK, ticket.number, change)
            if ticket.kept is not None and ticket.kept.due is not None:
                work.ring(keeping.KEPT, ticket.number, ticket.kept.due)
        case _:
            pass


async def _check(work: Work, operator: str) -> None:
    """Who holds tickets must work here, and be here."""
    if operator not in work.content.desk.operators:
        await desk.withdraw_offers(work, operator)
        await desk.give_back(work, operator)
        return
    duty = await work.duty(operator)
    if duty.presence is not Presence.ONLINE:
        await desk.withdraw_offers(work, operator)
    if duty.presence is Presence.OFFLINE:
        work.ring(desk.GRACE, operator, duty.since + work.content.desk.routing.grace)
