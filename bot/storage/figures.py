"""What figures are made from: the event log of the tickets."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select

from bot.storage.engine import Engine
from bot.storage.mapping.desk import entry_of
from bot.storage.tables import TICKET, TICKET_EVENT
from handoff.ticket import Entry, Kind

_t, _e = TICKET.c, TICKET_EVENT.c
_MOVED_SINCE = select(_e.ticket).where(_e.at >= bindparam("from"))
_CALLBACKS = (
    select(TICKET_EVENT)
    .join(TICKET, _t.number == _e.ticket)
    .where(_t.kind == Kind.CALLBACK.value, or_(_t.number.in_(_MOVED_SINCE), _t.state != "closed"))
    .order_by(_e.id)
)


def _callbacks(connection: Connection, start: datetime) -> list[Entry]:
    return [entry_of(row) for row in connection.execute(_CALLBACKS, {"from": start})]


class SqlFigures:
    """Reads the event log."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def callbacks(self, start: datetime) -> list[Entry]:
        """The whole log of each callback that is open, or to which anything has happened since then."""
        async with self._engine.reading() as line:
            return await line.run(_callbacks, start)
