"""Sweeping: at a start the desk is brought in line with what is kept, and whatever should ring is set to ring."""

from bot.dialog import desk, places, ringing
from bot.dialog.acts import Done, Swept
from bot.dialog.work import Work
from handoff.operators import Presence


async def swept(work: Work, _act: Swept) -> Done:
    """Nobody waits for an operator who is gone or for a bell that nobody rings. When all is well nothing changes."""
    duties = await work.duties()  # first: from here on it is known who works here
    tickets = await work.whole_desk()
    for ticket in tickets:
        for kind, due in ringing.of_ticket(ticket, work.content.desk, work.now).items():
            work.ring(kind, ticket.number, due)
    holders = {ticket.operator for ticket in tickets if ticket.operator}
    for operator in holders:
        await _check(work, operator)
    for duty in duties.values():
        for kind, due in ringing.of_operator(duty, work.content.desk).items():
            if kind != ringing.GRACE or duty.operator in holders:
                work.ring(kind, duty.operator, due)
    await places.tell(work, work.content.desk.skills)
    work.floor_touched = True
    return Done()


async def _check(work: Work, operator: str) -> None:
    """Who holds tickets must work here, and be here."""
    if operator not in work.content.desk.operators:
        await desk.withdraw_offers(work, operator)
        await desk.give_back(work, operator)
        return
    if (await work.duty(operator)).presence is not Presence.ONLINE:
        await desk.withdraw_offers(work, operator)
