"""Offers: a ticket shown to one operator with a deadline, and how an offer ends."""

from bot.dialog.orders import RefreshTopic, SettleOffer, ShowOffer
from bot.dialog.work import Work
from handoff.ticket import Offered, Ticket, WasOffered

OFFER = "offer"  # the alarm at an offer's deadline; its subject is the ticket's number


def make_offer(work: Work, ticket: Ticket, operator: str) -> None:
    """Show the ticket to the operator and start the clock."""
    deadline = work.now + work.content.desk.routing.offer_timeout
    offered = work.move(ticket, WasOffered(operator, deadline), "bot")
    work.ring(OFFER, ticket.number, deadline)
    venue = work.venue(ticket.skill)
    work.order(venue, ShowOffer(offered.number, operator, deadline.isoformat()))


def settle_offer(work: Work, ticket: Ticket, outcome: str) -> None:
    """The offer that `ticket` (as it was before) may have had is over; its buttons go away."""
    match ticket.state:
        case Offered(operator=operator):
            work.hush(OFFER, ticket.number)
            venue = work.venue(ticket.skill)
            work.order(venue, SettleOffer(ticket.number, operator, outcome))
        case _:
            pass


def refresh_topic(work: Work, ticket: Ticket) -> None:
    """The ticket's topic follows its state."""
    work.order(work.venue(ticket.skill), RefreshTopic(ticket.number))
