"""Rating: asked once per ticket, one to five, with an optional comment."""

from bot.dialog.buttons import simple, stars
from bot.dialog.scene import Scene
from handoff.ticket import Entry, Ticket

RATED = "Rated"


def ask(scene: Scene, ticket: Ticket) -> None:
    """Ask how it was."""
    scene.note("rate", stars(scene, ticket.number))


async def rate(scene: Scene, argument: str) -> None:
    """The customer's answer, logged once."""
    number, _, given = argument.partition(":")
    ticket = await scene.work.ticket(int(number))
    log = [*await scene.work.tx.log(ticket.number), *scene.work.changes.entries]
    if any(each.ticket == ticket.number and each.event == RATED for each in log):
        scene.say("rated_already")
        return
    name = ticket.state_name
    detail = {"rating": given}
    scene.work.log(Entry(ticket.number, scene.work.now, "customer", RATED, name, name, "", None, detail))
    scene.say("rated", [simple(scene, f"comment:{ticket.number}", "button_comment")])
