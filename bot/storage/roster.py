"""The roster is read whole: it has as many rows as there are people who changed."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from bot.dialog.conversation import Conversation
from bot.dialog.records import Staff
from bot.storage.floor import loads
from bot.storage.mapping.roster import ON, member_of
from bot.storage.reading import Lock, duties, lock_desk, with_tickets
from bot.storage.running import rows, scalar
from bot.storage.tables import KEEP, MEMBER
from handoff.roster import Roster
from handoff.strategies import BROADCAST
from handoff.ticket import Ticket

_MEMBERS = select(MEMBER).order_by(MEMBER.c.operator)
_SWITCH = select(KEEP.c.value).where(KEEP.c.name == BROADCAST)


def staff(connection: Connection, lock: Lock) -> Staff:
    """Everything about who works here."""
    return Staff(duties(connection, lock), _read(connection), loads(connection))


def staff_with_tickets(
    connection: Connection, numbers: Sequence[int], lock: Lock
) -> tuple[Staff, list[Conversation], list[Ticket]]:
    """Everything about who works here, and then these tickets with their conversations: at the desk one waits."""
    works = staff(connection, lock)
    return works, *with_tickets(connection, numbers, Lock.NONE if lock is Lock.NONE else Lock.WAIT)


def read(connection: Connection, lock: Lock) -> Roster:
    """What was changed at run time about who works here."""
    lock_desk(connection, lock)
    return _read(connection)


def _read(connection: Connection) -> Roster:
    members = map(member_of, rows(connection, _MEMBERS))
    return Roster({each.operator: each for each in members}, scalar(connection, _SWITCH) == ON)
