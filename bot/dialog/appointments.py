"""Appointments: a promised callback as a calendar file, in its customer's language."""

from datetime import datetime
from typing import Final

from bot.dialog.content import Content
from handoff.appointment import Appointment, ics
from handoff.ticket import Closed, Reason, Ticket

FILE: Final = "callback.ics"


def appointment(ticket: Ticket, content: Content, now: datetime, host: str) -> str:
    """The file as the promise stands now; one that is promised no more takes itself out of the calendar.

    It is the same appointment wherever the file was had, since `host` is always ours.
    """
    assert ticket.promised is not None, "only callbacks are promised"
    phrases, locale = content.phrases, content.desk.locale_of(ticket.locale)
    how = "calendar_by_phone" if ticket.phone else "calendar_in_chat"
    number = content.show_phone(ticket.phone) if ticket.phone else ""
    made = Appointment(
        uid=f"{ticket.number}@{host}",
        start=ticket.promised,
        end=ticket.promised + content.desk.callbacks.slot,
        summary=phrases.say(locale, "calendar_title"),
        description=phrases.say(locale, how, phone=number),
        sequence=ticket.version,
        cancelled=isinstance(ticket.state, Closed) and ticket.state.reason is not Reason.RESOLVED,
    )
    return ics(made, now)
