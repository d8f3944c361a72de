"""Ending: a ticket is closed from outside of its talk, whatever it was in the middle of."""

from bot.dialog.offers import refresh_topic, settle_offer
from bot.dialog.scene import Scene
from handoff.ticket import Kind, Offered, Queued, Reason, Ticket, WasClosed


async def end(scene: Scene, ticket: Ticket, reason: Reason, actor: str, into: int | None = None) -> None:
    """Closed for the reason: its offer and its seat go, and whoever had it has room again.

    `into` is the ticket in which a merged one goes on.
    """
    work = scene.work
    settle_offer(work, ticket, "closed")
    closed = work.move(ticket, WasClosed(reason, into=into), actor)
    if ticket.engaged and ticket.operator in await work.duties():
        await work.idle_from_now(ticket.operator)
    work.free_seat(ticket.number)
    refresh_topic(work, closed)
    scene.settle()
    forget_talk(scene)


async def take_along(scene: Scene, talk: Ticket) -> None:
    """Whoever talks with the customer answers all that they wait for: no colleague is called into the same talk.

    A call to a number may be in vain: it takes nothing along, and is not taken along; nor is a place that is kept.
    """
    waiting = [each for each in scene.tickets if isinstance(each.state, Queued | Offered) and not each.kept]
    for ticket in [] if calls(talk) else [each for each in waiting if not calls(each)]:
        question = f"\n— {ticket.brief.question}" if ticket.brief.question else ""
        scene.announce("topic_answered_here", ticket=ticket.number, question=question)
        await end(scene, ticket, Reason.MERGED, talk.operator or "")


def calls(ticket: Ticket) -> bool:
    """Whether the customer is to be called at a number; one that was left with a message is for the card."""
    return ticket.kind is Kind.CALLBACK and ticket.phone is not None


def forget_talk(scene: Scene) -> None:
    """What the bot had learnt before a person came is settled; the next question begins anew."""
    if not scene.tickets:
        scene.set_talk(misses=0, repeats=0, intent=None, question="", answers={}, wish=None, lost=None)
