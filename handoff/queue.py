"""The queue: who is next, and the place of each who waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from handoff.desk import Routing
from handoff.errors import NotInQueueError
from handoff.ticket import Offered, Priority, Queued, Ticket


@dataclass(frozen=True, slots=True)
class Line:
    """How many are in line for a skill: `waiting`, `offered` to an operator, or `kept` for a customer who is away."""

    waiting: int = 0
    offered: int = 0
    kept: int = 0

    @property
    def length(self) -> int:
        """All of them."""
        return self.waiting + self.offered + self.kept


OrderKey = tuple[int, datetime, int]


def in_line(ticket: Ticket) -> bool:
    """Nobody talks to the customer yet: the ticket waits, or one operator is looking at its offer."""
    return isinstance(ticket.state, Queued | Offered)


def effective_priority(ticket: Ticket, routing: Routing, now: datetime) -> Priority:
    """The declared priority and one step more for each full `routing.ageing` since asking, at most urgent.

    An ageing of zero means that waiting changes nothing.
    """
    if not routing.ageing:
        return ticket.priority
    steps = max(0, (now - ticket.asked) // routing.ageing)
    return Priority(min(ticket.priority + steps, Priority.URGENT))


def order_key(ticket: Ticket, routing: Routing, now: datetime) -> OrderKey:
    """Sorts the next to be served first: by effective priority, then by asking time, then by number."""
    return -effective_priority(ticket, routing, now), ticket.asked, ticket.number


def ordered(tickets: Iterable[Ticket], routing: Routing, now: datetime) -> list[Ticket]:
    """The tickets in the order in which they are to be served."""
    return sorted(tickets, key=lambda ticket: order_key(ticket, routing, now))


def place(ticket_number: int, tickets: Iterable[Ticket], routing: Routing, now: datetime) -> int:
    """The ticket's place, from 1, among those in line for the same skill; offers not yet answered are in line.

    Raises NotInQueueError when the ticket is not among them.
    """
    line = {ticket.number: ticket for ticket in tickets if in_line(ticket)}
    if ticket_number not in line:
        raise NotInQueueError(ticket_number)
    mine = line[ticket_number]
    key = order_key(mine, routing, now)
    return sum(other.skill == mine.skill and order_key(other, routing, now) <= key for other in line.values())
