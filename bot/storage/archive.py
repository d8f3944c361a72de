"""What was: a customer's closed tickets, and the log of a day."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Text, bindparam, func, literal, select

from bot.dialog.conversation import ELSEWHERE
from bot.dialog.records import Past
from bot.storage.mapping.desk import entry_of, ticket_of
from bot.storage.tables import CONVERSATION, TICKET, TICKET_EVENT
from handoff.ticket import Entry

_t, _e = TICKET.c, TICKET_EVENT.c
_had = TICKET_EVENT.alias("had")
_HOLDER = (
    select(_had.c.operator)
    .where(_had.c.ticket == _t.number, _had.c.after == "active")
    .order_by(_had.c.id.desc())
    .limit(1)
    .correlate(TICKET)
    .scalar_subquery()
)
_ENDED = (
    select(func.max(_had.c.id))
    .where(_had.c.ticket == _t.number, _had.c.after == "closed")
    .correlate(TICKET)
    .scalar_subquery()
)
# The conversation, and those whose place it has taken.
_family = select(bindparam("of", type_=Text).label("id")).cte("family", recursive=True)
_family = _family.union(
    select(CONVERSATION.c.id).where(CONVERSATION.c.continued == literal(f"{ELSEWHERE}:").concat(_family.c.id))
)
_HISTORY = (
    select(TICKET, _e.at.label("closed"), _e.detail.label("detail"), _HOLDER.label("holder"))
    .select_from(TICKET)
    .join(TICKET_EVENT, _e.id == _ENDED)
    .where(_t.conversation.in_(select(_family.c.id)), _t.state == "closed")
    .order_by(_e.id.desc())
    .offset(bindparam("skip"))
    .limit(bindparam("limit"))
)
_LOG_SINCE = select(TICKET_EVENT).where(_e.at >= bindparam("from")).order_by(_e.id)


def history(connection: Connection, conversation: str, skip: int, limit: int) -> list[Past]:
    """The closed tickets of the conversation and of those whose place it has taken, the last closed first."""
    rows = connection.execute(_HISTORY, {"of": conversation, "skip": skip, "limit": limit})
    return [_past(row) for row in rows]


def _past(row: Any) -> Past:
    return Past(ticket_of(row), row.closed, row.holder, (row.detail or {}).get("result"))


def log_since(connection: Connection, moment: datetime) -> list[Entry]:
    """The event log of all tickets from that moment on, in order."""
    return [entry_of(row) for row in connection.execute(_LOG_SINCE, {"from": moment})]
