"""Ending: a ticket is closed from outside of its talk, whatever it was in the middle of."""

from bot.dialog import booking, silence
from bot.dialog.offers import refresh_topic, settle_offer
from bot.dialog.scene import Scene
from handoff.ticket import Reason, Ticket, WasClosed


async def end(scene: Scene, ticket: Ticket, reason: Reason, actor: str) -> None:
    """Closed for the reason: its offer, its seat and its alarms go, and whoever had it has room again."""
    work = scene.work
    settle_offer(work, ticket, "closed")
    closed = work.move(ticket, WasClosed(reason), actor)
    if ticket.engaged and ticket.operator in await work.duties():
        await work.idle_from_now(ticket.operator)
    booking.forget(scene, ticket)
    silence.clear(work, ticket)
    refresh_topic(work, closed)
    scene.settle()
    forget_talk(scene)


def forget_talk(scene: Scene) -> None:
    """What the bot had learnt before a person came is settled; the next question begins anew."""
    if not scene.tickets:
        scene.set_talk(misses=0, repeats=0, intent=None, question="", answers={}, wish=None, lost=None)
