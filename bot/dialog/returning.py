"""Returning: a customer who comes back soon comes back to the person who served them, if that person is here."""

from dataclasses import replace

from bot.dialog.conversation import Served
from bot.dialog.scene import Scene
from handoff.operators import Presence
from handoff.ticket import Preferred, Reason, Ticket


def served(scene: Scene, ticket: Ticket, reason: Reason) -> None:
    """The operator of the ticket, as it was until now, has served the customer; or the customer fell silent."""
    if ticket.operator is not None:
        broke_off = reason is Reason.NO_ANSWER
        scene.set_talk(served=Served(ticket.operator, ticket.skill, scene.work.now, broke_off))


def lately(scene: Scene) -> Served | None:
    """Who served the customer, while they may come back to it."""
    known = scene.talk.served
    if known is None or scene.work.now - known.at > scene.content.desk.inactivity.reopen:
        return None
    return known


def broke_off(scene: Scene) -> bool:
    """The customer fell silent in the middle of a talk: whatever they write is its next word."""
    known = lately(scene)
    return known is not None and known.broke_off


def goes_on(scene: Scene) -> None:
    """The talk that broke off is taken up again; what the customer writes later may be something else."""
    known = scene.talk.served
    if known is not None:
        scene.set_talk(served=replace(known, broke_off=False))


async def who_knows(scene: Scene) -> Preferred | None:
    """Who knows the customer and is here goes first, for as long as the desk lets a ticket wait for them."""
    known, routing = scene.talk.served, scene.content.desk.routing
    if known is None or scene.work.now - known.at > routing.returning:
        return None
    duty = (await scene.work.duties()).get(known.operator)
    if duty is None or duty.presence is not Presence.ONLINE:
        return None
    return Preferred(known.operator, scene.work.now + routing.preferred_wait)
