"""The roster is read whole: it has as many rows as there are people who changed."""

from sqlalchemy import Connection, select

from bot.storage.mapping.roster import ON, member_of
from bot.storage.reading import Lock, lock_desk
from bot.storage.tables import KEEP, MEMBER
from handoff.roster import Roster
from handoff.strategies import BROADCAST

_MEMBERS = select(MEMBER).order_by(MEMBER.c.operator)
_SWITCH = select(KEEP.c.value).where(KEEP.c.name == BROADCAST)


def read(connection: Connection, lock: Lock) -> Roster:
    """What was changed at run time about who works here."""
    lock_desk(connection, lock)
    members = {row.operator: member_of(row) for row in connection.execute(_MEMBERS)}
    return Roster(members, connection.execute(_SWITCH).scalar() == ON)
