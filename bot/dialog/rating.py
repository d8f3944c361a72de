"""Rating: asked once per ticket, one to five, with an optional comment."""

from bot.dialog.buttons import cancel, simple, stars
from bot.dialog.conversation import Awaiting
from bot.dialog.offers import refresh_topic
from bot.dialog.orders import Announce
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


def ask_for_comment(scene: Scene, argument: str) -> None:
    """The next message is the comment."""
    scene.set_talk(awaiting=Awaiting.COMMENT, subject=int(argument))
    scene.say("comment_prompt", [cancel(scene)])


async def comment(scene: Scene, text: str) -> None:
    """In the customer's own words; the operators read it where the talk was."""
    ticket = await scene.work.ticket(scene.talk.subject or 0)
    scene.happened("commented", None, None, ticket=str(ticket.number), comment=text)
    line = scene.remark("topic_comment", comment=text)
    venue = scene.work.venue(ticket.skill)
    scene.work.order(venue, Announce(scene.id, line))
    refresh_topic(scene.work, ticket)  # the line has opened it again
    scene.stop_waiting()
    scene.say("comment_thanks")
