"""What one transaction writes: `save` turns Changes into a few statements, each for many rows."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, Update, bindparam

from bot.dialog.errors import ConflictError
from bot.dialog.records import Changes
from bot.storage.lessons import keep
from bot.storage.mapping.desk import duty_row, entry_row, seat_row, ticket_row
from bot.storage.mapping.roster import broadcast_row, member_row
from bot.storage.mapping.talks import conversation_row, happening_row, message_row, note_row, ref_row
from bot.storage.mapping.traffic import order_row, parked_row
from bot.storage.people import erase
from bot.storage.questions import remember
from bot.storage.running import run
from bot.storage.tables import (
    ALARM,
    CONVERSATION,
    DIALOG_EVENT,
    DUTY,
    INBOX,
    KEEP,
    MEMBER,
    MESSAGE,
    NOTE,
    OUTBOX,
    REF,
    SEAT,
    TICKET,
    TICKET_EVENT,
)
from bot.storage.upserting import put

Columns = dict[str, Any]
Rows = Sequence[Columns]


def _update(table: Table, *keys: str) -> Update:
    """Set the columns that the rows have, where the keys are as in the parameters `the_<key>`."""
    return table.update().where(*(table.c[key] == bindparam(f"the_{key}") for key in keys))


_CONVERSATION = _update(CONVERSATION, "id")
_EDIT = _update(MESSAGE, "conversation", "seq")
_TICKET = _update(TICKET, "number", "version")
_ASKED_FOR = ("kind", "priority", "locale")  # of a ticket: no transition changes it
_INBOX_DONE = _update(INBOX, "id")
_CLEAR_ALARM = ALARM.delete().where(ALARM.c.kind == bindparam("the_kind"), ALARM.c.subject == bindparam("the_subject"))
_FREE_SEATS = SEAT.delete().where(SEAT.c.ticket == bindparam("the_ticket"))


@cache
def _into(table: Table) -> Insert:
    """Made once: of a statement that is new SQLAlchemy must first find out that it has compiled its like."""
    return table.insert()


def _insert(connection: Connection, table: Table, rows: Rows) -> None:
    run(connection, _into(table), rows)


def _keyed(row: Columns, *keys: str, fixed: tuple[str, ...] = ()) -> Columns:
    """The row as parameters of an update by its `keys`, without the columns that never change."""
    for key in keys:
        row[f"the_{key}"] = row.pop(key)
    for name in fixed:
        del row[name]
    return row


def save(connection: Connection, changes: Changes) -> None:
    """Write everything. Raises ConflictError when a ticket, a seat or a number was taken meanwhile."""
    _save_talks(connection, changes)
    _save_tickets(connection, changes)
    _save_desk(connection, changes)
    _insert(connection, OUTBOX, [order_row(destination, order) for destination, order in changes.orders])
    _insert(connection, INBOX, [parked_row(incoming, error) for incoming, error in changes.parked])
    done = {"status": "done", "payload": None, "error": None}  # nothing that anybody said is left in the row
    run(connection, _INBOX_DONE, [{"the_id": row} | done for row in changes.inbox_done])
    erase(connection, changes.erasures)


def _save_talks(connection: Connection, changes: Changes) -> None:
    every = changes.conversations.values()
    fixed = ("channel", "address", "created")
    _insert(connection, CONVERSATION, [conversation_row(value) for value, new in every if new])
    known = [_keyed(conversation_row(value), "id", fixed=fixed) for value, new in every if not new]
    run(connection, _CONVERSATION, known)
    _insert(connection, MESSAGE, [message_row(value) for value in changes.messages])
    edits = [_keyed(message_row(value), "conversation", "seq", fixed=("at", "key")) for value in changes.edits]
    run(connection, _EDIT, edits)
    put(connection, REF, [ref_row(*place) for place in changes.refs])
    _insert(connection, DIALOG_EVENT, [happening_row(value) for value in changes.happenings])
    remember(connection, changes.questions)
    keep(connection, changes.lessons)
    _insert(connection, NOTE, [note_row(*note) for note in changes.notes])


def _save_tickets(connection: Connection, changes: Changes) -> None:
    every = changes.tickets.values()
    _insert(connection, TICKET, [ticket_row(value) for value, version in every if version is None])
    for value, version in every:
        if version is not None:
            row = _keyed(ticket_row(value), "number", fixed=_ASKED_FOR) | {"the_version": version}
            # One by one: a driver does not tell which of many rows an UPDATE has missed.
            if run(connection, _TICKET, [row]) != 1:
                raise ConflictError(f"Ticket {value.number}")
    _insert(connection, TICKET_EVENT, [entry_row(value) for value in changes.entries])


def _save_desk(connection: Connection, changes: Changes) -> None:
    if changes.roster is not None:
        put(connection, MEMBER, [member_row(value) for value in changes.roster.members.values()])
        put(connection, KEEP, [broadcast_row(changes.roster)])
    put(connection, DUTY, [duty_row(value) for value in changes.duties.values()])
    alarms = [{"kind": kind, "subject": subject, "due": due} for (kind, subject), due in changes.alarms.items()]
    put(connection, ALARM, [row for row in alarms if row["due"] is not None])
    cleared = [{"the_kind": row["kind"], "the_subject": row["subject"]} for row in alarms if row["due"] is None]
    run(connection, _CLEAR_ALARM, cleared)
    # Freed before taken: a callback that moves may want a seat in its own slot.
    run(connection, _FREE_SEATS, [{"the_ticket": ticket} for ticket in changes.seats_freed])
    _insert(connection, SEAT, [seat_row(value) for value in changes.seats_taken])
