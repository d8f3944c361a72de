"""Returning: a customer who comes back soon comes back to the person who served them, if that person is here."""

from dataclasses import replace
from datetime import datetime

from bot.dialog.conversation import Served
from bot.dialog.scene import Scene
from handoff.operators import Presence
from handoff.ticket import Preferred, Reason, Ticket


def served(scene: Scene, ticket: Ticket, reason: Reason) -> None:
    """The operator of the ticket, as it was until now, has served the customer; or the customer fell silent."""
    assert ticket.operator is not None, "only who holds a ticket closes it, or is waited with"
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
    scene.set_talk(served=known and replace(known, broke_off=False))


async def who_knows(scene: Scene, skill: str, asked: datetime) -> Preferred | None:
    """Who knows the customer, has the skill and is here goes first, for as long as a ticket may wait for them.

    Who is to have a ticket that is `asked` for later need not be here now; then nobody waits for them if they are away.
    """
    known, desk = scene.talk.served, scene.content.desk
    if known is None or scene.work.now - known.at > desk.routing.returning:
        return None
    operator, duty = desk.operators.get(known.operator), (await scene.work.duties()).get(known.operator)
    if operator is None or duty is None or not operator.skills.get(skill):
        return None
    if asked <= scene.work.now and duty.presence is not Presence.ONLINE:
        return None
    return Preferred(known.operator, asked + desk.routing.preferred_wait)
