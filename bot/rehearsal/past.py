"""The past: tickets that were handled before a dialogue begins, as the store would have kept them."""

from datetime import datetime, timedelta

from bot.dialog.conversation import Conversation
from bot.dialog.records import Changes
from bot.workspace.desk_shape import Count
from bot.workspace.scalars import Duration
from handoff.desk import Desk
from handoff.ticket import Kind, Reason, Ticket, WasAccepted, WasClosed, WasOffered, opened, transition
from intents.fitting import Shape
from intents.shape import Text

CHANNEL = "past"  # nobody writes here


class Past(Shape):
    """Tickets that were handled one after another, so that there is a pace."""

    tickets: Count
    """How many."""
    lasted: Duration
    """How long each, from the offer to the close."""
    skill: Text | None = None
    """Of which skill; the first one, if none is named."""


def past(script: Past, desk: Desk, begins: datetime) -> Changes:
    """Their conversations, tickets and logs; the last ends when the dialogue begins."""
    changes = Changes()
    skill = script.skill or desk.default_skill
    for number in range(1, script.tickets + 1):
        asked = begins - (script.tickets - number + 1) * script.lasted
        talk = Conversation(f"past-{number}", CHANNEL, str(number), asked, asked)
        changes.conversations[talk.id] = talk, True
        _handled(changes, Ticket(number, talk.id, Kind.CHAT, skill, asked), script.lasted)
    return changes


def _handled(changes: Changes, ticket: Ticket, lasted: timedelta) -> None:
    operator, asked = "past", ticket.asked
    changes.entries.append(opened(ticket, asked))
    happened = (
        (WasOffered(operator, asked), asked),
        (WasAccepted(operator), asked),
        (WasClosed(Reason.RESOLVED), asked + lasted),
    )
    for event, at in happened:
        ticket, entry = transition(ticket, event, at, operator)
        changes.entries.append(entry)
    changes.tickets[ticket.number] = ticket, None
