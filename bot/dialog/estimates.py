"""Estimates: how long customers in the queue are going to wait, as it is told to them and kept as a promise."""

from dataclasses import replace
from datetime import timedelta

from bot.dialog.plurals import form
from bot.dialog.scene import Scene
from bot.dialog.work import Work
from handoff.eligibility import lowest_level
from handoff.outlook import Outlook
from handoff.promises import promised
from handoff.ticket import Ticket
from handoff.wait import Wait, told

OVERDUE = "overdue"  # the alarm when the wait that was told is over; its subject is the conversation
HOUR = 60  # minutes


async def outlook(work: Work) -> Outlook:
    """Of everybody who stands in line at this moment of the batch."""
    paces = await work.tools.pace.at(work.now, work.tx)
    return Outlook(await work.lines.all(), await work.team(), paces, lowest_level(work.content.desk.routing))


async def promise_at(scene: Scene, ticket: Ticket, place: int) -> str:
    """Promise the wait of one who has this place in the line for the ticket's skill."""
    return promise(scene, ticket, (await outlook(scene.work)).wait(ticket.skill, place) if ticket.waiting else None)


def promise(scene: Scene, ticket: Ticket, wait: Wait | None) -> str:
    """Show the wait and remember that it was told; the sentence to add to another one, "" without an estimate."""
    work, shown = scene.work, scene.shown
    if wait is None:
        if shown.wait:
            work.hush(OVERDUE, scene.id)
            scene.set(shown=replace(shown, wait=None))
        return ""
    low, high = told(wait)
    work.ring(OVERDUE, scene.id, work.now + timedelta(minutes=high))
    work.log(promised(ticket, (low, high), work.now))
    scene.set(shown=replace(shown, wait=(60 * low, 60 * high)))
    return f" {_said(scene, low, high)}"


def _said(scene: Scene, low: int, high: int) -> str:
    """Such as: The wait is about 3-6 minutes."""
    hours = high > 2 * HOUR  # then both are whole hours
    if hours:
        low, high = low // HOUR, high // HOUR
    if low:
        units = scene.content.phrases.list(scene.locale, "hours" if hours else "minutes")
        return scene.phrase("wait_between", low=low, high=high, unit=units[form(scene.locale, high)])
    units = scene.content.phrases.list(scene.locale, "hours_up_to" if hours else "minutes_up_to")
    return scene.phrase("wait_up_to", high=high, unit=units[form(scene.locale, high)])
