"""What is read: the statements, and functions that run them on a connection."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import Enum, auto
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, bindparam, cast, func, select

from bot.dialog.conversation import Conversation
from bot.dialog.errors import ConflictError
from bot.dialog.messages import Message, Ref
from bot.dialog.records import Duty, Seat
from bot.dialog.scene import READS_BY_SEQ
from bot.storage.mapping.desk import duty_of, entry_of, seat_of, ticket_of
from bot.storage.mapping.talks import conversation_of, message_of
from bot.storage.running import first, rows, scalar
from bot.storage.tables import CONVERSATION, DUTY, MESSAGE, NOTE, REF, SEAT, TICKET, TICKET_EVENT
from bot.storage.wanted import keys, one_of, wanted
from handoff.ticket import Entry, Ticket

Pair = tuple[str, str]


class Lock(Enum):
    """How to come to a lock that another may have: without, by waiting, or by a try that raises ConflictError."""

    NONE = auto()
    WAIT = auto()
    TRY = auto()


def _locked(query: Select[Any]) -> dict[Lock, Select[Any]]:
    """The query for each way to come to the locks of its rows."""
    return {Lock.NONE: query, Lock.WAIT: query.with_for_update(), Lock.TRY: query.with_for_update(nowait=True)}


_c, _m, _t, _e = CONVERSATION.c, MESSAGE.c, TICKET.c, TICKET_EVENT.c

_BY_ADDRESS = _locked(select(CONVERSATION).where(wanted(_c.channel, _c.address)).order_by(_c.id))
_BY_CONTINUED = _locked(select(CONVERSATION).where(wanted(_c.continued)).order_by(_c.id))
_KNOWN = _c.forgotten.is_(None)  # by its address alone one finds what was erased: to be told so
_BY_ID = _locked(select(CONVERSATION).where(wanted(_c.id), _KNOWN).order_by(_c.id))
_FORGOTTEN = select(_c.id).where(wanted(_c.id), ~_KNOWN)
_NUMBERED = _t.number.in_(select(cast(keys("numbers").subquery().c.part_0, BigInteger)))
_THEIR_TALKS = _c.id.in_(select(_t.conversation).where(_NUMBERED))
_OF_TICKETS = _locked(select(CONVERSATION).where(_THEIR_TALKS, _KNOWN).order_by(_c.id))

_BY_KEY = select(_m.conversation, _m.key, _m.seq).where(wanted(_m.conversation, _m.key))
_BY_REF = select(REF).where(wanted(REF.c.venue, REF.c.id))
_REFS_OF = select(REF.c.venue, REF.c.id).where(REF.c.conversation == bindparam("of"), REF.c.seq == bindparam("number"))
_MESSAGE = select(MESSAGE).where(_m.conversation == bindparam("of"), _m.seq == bindparam("number"))
_MESSAGES = (
    select(MESSAGE)
    .where(_m.conversation == bindparam("of"), _m.seq > bindparam("after"))
    .order_by(_m.seq)
    .limit(bindparam("limit"))
)

_AT_THE_DESK = ("queued", "offered", "active", "on_hold")
_OPEN = (*_AT_THE_DESK, "scheduled")
_TICKETS_OF = select(TICKET).where(wanted(_t.conversation), one_of(_t.state, *_OPEN)).order_by(_t.number)
_TICKETS = select(TICKET).where(_NUMBERED)
_TICKETS_IN = select(TICKET).where(one_of(_t.state, *_AT_THE_DESK)).order_by(_t.number)
_SCHEDULED = select(TICKET).where(_t.state == "scheduled").order_by(_t.number)
_TICKET = select(TICKET).where(_t.number == bindparam("number"))
_NEXT_TICKET = select(func.coalesce(func.max(_t.number), 0) + 1)
_LOG = select(TICKET_EVENT).where(_e.ticket == bindparam("number")).order_by(_e.id)
_CLOSED_LAST = select(_e.ticket).where(_e.after == "closed").order_by(_e.id.desc()).limit(bindparam("limit"))
_LAST_CLOSED_LOGS = (
    select(TICKET_EVENT).where(_e.ticket.in_(select(_CLOSED_LAST.subquery()))).order_by(_e.ticket, _e.id)
)
_LAST_CLOSED = (
    select(TICKET, _e.at.label("closed"))
    .join(TICKET_EVENT, _e.ticket == _t.number)
    .where(_t.conversation == bindparam("of"), _t.state == "closed", _e.after == "closed")
    .order_by(_e.id.desc())
    .limit(1)
)
_LAST_HOLDER = (
    select(_e.operator).where(_e.ticket == bindparam("number"), _e.after == "active").order_by(_e.id.desc()).limit(1)
)

_DUTIES = select(DUTY).order_by(DUTY.c.operator)
_SEATS = (
    select(SEAT)
    .where(SEAT.c.skill == bindparam("skill"), SEAT.c.start >= bindparam("from"), SEAT.c.start < bindparam("to"))
    .order_by(SEAT.c.start, SEAT.c.number)
)
_NOTES = (
    select(NOTE.c.at, NOTE.c.operator, NOTE.c.text).where(NOTE.c.conversation == bindparam("of")).order_by(NOTE.c.id)
)

# Any number will do, as long as it is ours alone in the database.
_DESK_WAIT = select(func.pg_advisory_xact_lock(0x46524F4E54))
_DESK_TRY = select(func.pg_try_advisory_xact_lock(0x46524F4E54))


def lock_desk(connection: Connection, lock: Lock) -> None:
    """From now on no other transaction decides about the desk. On SQLite there is no other that writes."""
    if connection.dialect.name != "postgresql" or lock is Lock.NONE:
        return
    if lock is Lock.WAIT:
        scalar(connection, _DESK_WAIT)
    elif not scalar(connection, _DESK_TRY):
        raise ConflictError("The desk")


def conversations(connection: Connection, addresses: Sequence[Pair], lock: Lock) -> list[Conversation]:
    """Those that exist, by (channel, address), and those that are continued in such a chat; erased ones too."""
    found = _conversations(connection, _BY_ADDRESS[lock], addresses)
    chats = [(f"{channel}:{address}",) for channel, address in addresses if channel != READS_BY_SEQ]
    return found + (_conversations(connection, _BY_CONTINUED[lock], chats) if chats else [])


def conversations_by_id(connection: Connection, ids: Sequence[str], lock: Lock) -> list[Conversation]:
    """Those that exist."""
    return _conversations(connection, _BY_ID[lock], [(each,) for each in ids])


def _conversations(connection: Connection, query: Select[Any], these: Sequence[tuple[str, ...]]) -> list[Conversation]:
    return [conversation_of(row) for row in rows(connection, query, {"these": these})]


def forgotten(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those that were erased."""
    return set(connection.execute(_FORGOTTEN, {"these": [(each,) for each in ids]}).scalars())


def seqs_of(connection: Connection, keys: Sequence[Pair]) -> Mapping[Pair, int]:
    """The `seq` of messages already stored, by (conversation, key)."""
    found = rows(connection, _BY_KEY, {"these": keys})
    return {(conversation, key): seq for conversation, key, seq in found}


def find(connection: Connection, refs: Iterable[Ref]) -> Mapping[Ref, tuple[str, int]]:
    """(conversation, seq) of the messages that stand at these places."""
    found = rows(connection, _BY_REF, {"these": [(ref.venue, ref.id) for ref in refs]})
    return {Ref(venue, id): (conversation, seq) for venue, id, conversation, seq in found}


def refs_of(connection: Connection, conversation: str, seq: int) -> list[Ref]:
    """Every place where the message stands."""
    return [Ref(*row) for row in rows(connection, _REFS_OF, {"of": conversation, "number": seq})]


def message(connection: Connection, conversation: str, seq: int) -> Message | None:
    """One message."""
    row = first(connection, _MESSAGE, {"of": conversation, "number": seq})
    return None if row is None else message_of(row)


def messages(connection: Connection, conversation: str, after: int, limit: int) -> list[Message]:
    """The messages with `seq` above `after`, in order."""
    found = rows(connection, _MESSAGES, {"of": conversation, "after": after, "limit": limit})
    return [message_of(row) for row in found]


def tickets_of(connection: Connection, conversations: Sequence[str]) -> list[Ticket]:
    """The open tickets of these conversations, oldest first."""
    found = rows(connection, _TICKETS_OF, {"these": [(each,) for each in conversations]})
    return [ticket_of(row) for row in found]


def last_closed(connection: Connection, conversation: str) -> tuple[Ticket, datetime, str | None] | None:
    """The conversation's last closed ticket, when it was closed, and who had it last."""
    row = first(connection, _LAST_CLOSED, {"of": conversation})
    if row is None:
        return None
    ticket, closed = ticket_of(row), row[-1]
    return ticket, closed, scalar(connection, _LAST_HOLDER, {"number": ticket.number})


def ticket(connection: Connection, number: int) -> Ticket | None:
    """One ticket, open or closed."""
    row = first(connection, _TICKET, {"number": number})
    return None if row is None else ticket_of(row)


def with_tickets(connection: Connection, numbers: Sequence[int], lock: Lock) -> tuple[list[Conversation], list[Ticket]]:
    """The conversations of these tickets; the tickets that exist, open or closed, and the other open ones there."""
    values = {"numbers": [(str(each),) for each in numbers]}
    found = [conversation_of(row) for row in rows(connection, _OF_TICKETS[lock], values)]
    tickets = tickets_of(connection, [each.id for each in found])
    if {each.number for each in tickets}.issuperset(numbers):
        return found, tickets
    known = {each.number: each for each in tickets} | {
        each.number: each for each in map(ticket_of, rows(connection, _TICKETS, values))
    }
    return found, [known[number] for number in sorted(known)]


def next_ticket(connection: Connection, lock: Lock) -> int:
    """One more than the highest number."""
    lock_desk(connection, lock)
    return int(scalar(connection, _NEXT_TICKET))


def open_tickets(connection: Connection, lock: Lock) -> list[Ticket]:
    """Every ticket at the desk."""
    lock_desk(connection, lock)
    return [ticket_of(row) for row in rows(connection, _TICKETS_IN)]


def scheduled(connection: Connection) -> list[Ticket]:
    """Every callback that is not yet due."""
    return [ticket_of(row) for row in rows(connection, _SCHEDULED)]


def duties(connection: Connection, lock: Lock) -> list[Duty]:
    """What is kept of the operators."""
    lock_desk(connection, lock)
    return [duty_of(row) for row in rows(connection, _DUTIES)]


def seats(connection: Connection, skill: str, start: datetime, end: datetime) -> list[Seat]:
    """The seats taken in [start, end)."""
    return [seat_of(row) for row in rows(connection, _SEATS, {"skill": skill, "from": start, "to": end})]


def log(connection: Connection, number: int) -> list[Entry]:
    """The ticket's event log, in order."""
    return [entry_of(row) for row in rows(connection, _LOG, {"number": number})]


def last_closed_logs(connection: Connection, tickets: int) -> list[Entry]:
    """The event logs of so many tickets, those closed last; of each ticket in order."""
    return [entry_of(row) for row in rows(connection, _LAST_CLOSED_LOGS, {"limit": tickets})]


def notes(connection: Connection, conversation: str) -> list[tuple[datetime, str, str]]:
    """Internal notes: (at, operator, text)."""
    return [(at, operator, text) for at, operator, text in rows(connection, _NOTES, {"of": conversation})]
