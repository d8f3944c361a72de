"""A case: everything about one ticket that its operators are shown."""

from dataclasses import dataclass
from datetime import datetime

from bot.dialog.conversation import Conversation
from bot.dialog.messages import Message
from bot.telegram.surroundings import Surroundings
from handoff.ticket import Ticket

LOOK_BACK = 60  # messages


@dataclass(frozen=True, slots=True)
class Earlier:
    """The conversation's last closed ticket."""

    ticket: Ticket
    at: datetime
    operator: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation with the ticket that matters now, what was said, what was before, and all open tickets.

    `notes` are those of operators since the last closed ticket: (operator, text).
    """

    conversation: Conversation
    ticket: Ticket | None
    messages: tuple[Message, ...]
    earlier: Earlier | None
    open: tuple[Ticket, ...]
    notes: tuple[tuple[str, str], ...] = ()


async def case_of(around: Surroundings, conversation: str, ticket: int | None = None) -> Case | None:
    """The case; without a ticket's number, that of the newest open ticket, else of the last closed one."""
    async with around.ports.store.read() as tx:
        found = await tx.conversations_by_id([conversation])
        if not found:
            return None
        tickets = [each for each in await tx.tickets_of([conversation]) if each.state_name != "scheduled"]
        closed = await tx.last_closed(conversation)
        named = await tx.ticket(ticket) if ticket is not None else None
        after = max(0, found[0].last_seq - LOOK_BACK)
        messages = await tx.messages(conversation, after)
        notes = await tx.notes(conversation)
    earlier = Earlier(*closed) if closed else None
    matters = named or (tickets[-1] if tickets else earlier.ticket if earlier else None)
    if earlier and matters and earlier.ticket.number == matters.number:
        earlier = None
    fresh = tuple((who, text) for at, who, text in notes if who and (earlier is None or at > earlier.at))
    return Case(found[0], matters, tuple(messages), earlier, tuple(tickets), fresh)
