"""The tables. Rows are read and written as Core statements; the classes say what the columns are."""

from bot.storage.tables.desk import ALARM, DUTY, MEMBER, SEAT, TICKET, TICKET_EVENT
from bot.storage.tables.row import Row
from bot.storage.tables.talks import CONVERSATION, DIALOG_EVENT, LESSON, MESSAGE, NOTE, QUESTION, REF
from bot.storage.tables.topics import POST, TOPIC
from bot.storage.tables.traffic import DESTINATION, INBOX, KEEP, LEASE, OUTBOX

METADATA = Row.metadata

__all__ = [
    "ALARM",
    "CONVERSATION",
    "DESTINATION",
    "DIALOG_EVENT",
    "DUTY",
    "INBOX",
    "KEEP",
    "LEASE",
    "LESSON",
    "MEMBER",
    "MESSAGE",
    "METADATA",
    "NOTE",
    "OUTBOX",
    "POST",
    "QUESTION",
    "REF",
    "SEAT",
    "TICKET",
    "TICKET_EVENT",
    "TOPIC",
]
