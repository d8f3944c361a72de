"""Offers: a ticket shown to one operator with a deadline, and how an offer ends."""

from dataclasses import replace

from bot.dialog.orders import RefreshTopic, SettleOffer, SettleTake, ShowOffer, ShowTake
from bot.dialog.work import Work
from handoff.ticket import Offered, Ticket, WasOffered, WasShown


async def make_offer(work: Work, ticket: Ticket, operator: str) -> None:
    """Show the ticket to the operator and start the clock."""
    _settle_showing(work, ticket, "withdrawn")
    await work.keep_duty(replace(await work.duty(operator), had_turn=work.now))
    deadline = work.now + work.content.desk.routing.offer_timeout
    offered = work.move(ticket, WasOffered(operator, deadline), "bot")
    venue = work.venue(ticket.skill)
    work.order(venue, ShowOffer(offered.number, operator, deadline.isoformat()))


def show_to(work: Work, ticket: Ticket, operators: tuple[str, ...]) -> None:
    """These may take the ticket, whoever is first."""
    shown = work.move(ticket, WasShown(operators), "bot")
    work.order(work.venue(ticket.skill), ShowTake(shown.number, operators))


def settle_offer(work: Work, ticket: Ticket, outcome: str, by: str = "") -> None:
    """The offer that `ticket` (as it was before) may have had is over, or the showing; its buttons go away.

    `by` is who has taken it.
    """
    match ticket.state:
        case Offered(operator=operator):
            venue = work.venue(ticket.skill)
            work.order(venue, SettleOffer(ticket.number, operator, outcome, by))
        case _:
            _settle_showing(work, ticket, outcome, by)


def _settle_showing(work: Work, ticket: Ticket, outcome: str, by: str = "") -> None:
    if ticket.shown:
        work.order(work.venue(ticket.skill), SettleTake(ticket.number, outcome, by))


def refresh_topic(work: Work, ticket: Ticket) -> None:
    """The ticket's topic follows its state."""
    work.order(work.venue(ticket.skill), RefreshTopic(ticket.number))
