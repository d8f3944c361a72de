"""Overdue: who still waits when the wait that was told is over hears it from us, with a new one."""

from bot.dialog.estimates import promise_at
from bot.dialog.handover import in_queue, stand_in_line
from bot.dialog.work import Work
from handoff.ticket import Kind


async def overdue(work: Work, subject: str) -> None:
    """Apologise, and say how long it takes from now on; whoever has an offer, or waits no more, is left alone."""
    scene = await work.scene(subject)
    ticket = scene.ticket_of(Kind.CHAT)
    if ticket is None or not ticket.waiting:
        return
    wait = await promise_at(scene, ticket, await stand_in_line(scene, ticket))
    scene.note("overdue", in_queue(scene, ticket), wait=wait)
