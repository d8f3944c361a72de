"""The schedule, the leases and the small values that outlive a restart."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.dialog.records import Alarm
from bot.storage.engine import Engine
from bot.storage.mapping.desk import alarm_of
from bot.storage.tables import ALARM, KEEP, LEASE
from bot.storage.upserting import put

CLOCKS_DIFFER = timedelta(minutes=1)  # a lease that lasts longer than this was taken by a clock that was wrong

_a, _l, _k = ALARM.c, LEASE.c, KEEP.c
_DUE = select(ALARM).where(_a.due <= bindparam("now")).order_by(_a.due, _a.kind, _a.subject).limit(bindparam("limit"))
_NEXT_DUE = select(func.min(_a.due))
_KEPT = select(_k.value).where(_k.name == bindparam("of"))
_RELEASE = LEASE.delete().where(_l.name == bindparam("of"), _l.holder == bindparam("by"))


def _due(connection: Connection, now: datetime, limit: int) -> list[Alarm]:
    return [alarm_of(row) for row in connection.execute(_DUE, {"now": now, "limit": limit})]


def _next_due(connection: Connection) -> datetime | None:
    return connection.execute(_NEXT_DUE).scalar()


class SqlAlarms:
    """The schedule is rows."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def due(self, now: datetime, limit: int = 200) -> list[Alarm]:
        """Alarms to ring, earliest first. Each stays until a turn's Changes clear or move it."""
        async with self._engine.reading() as line:
            return await line.run(_due, now, limit)

    async def next_due(self) -> datetime | None:
        """The earliest due-time."""
        async with self._engine.reading() as line:
            return await line.run(_next_due)


def _insert(connection: Connection) -> type[postgresql.Insert | sqlite.Insert]:
    return postgresql.Insert if connection.dialect.name == "postgresql" else sqlite.Insert


def _hold(connection: Connection, name: str, holder: str, now: datetime, until: datetime) -> bool:
    insert = _insert(connection)(LEASE).values(name=name, holder=holder, until=until)
    mine_or_over = or_(_l.holder == holder, _l.until <= now, _l.until > until + CLOCKS_DIFFER)
    taken = {"holder": holder, "until": until}
    held = insert.on_conflict_do_update(index_elements=["name"], set_=taken, where=mine_or_over)
    return connection.execute(held).rowcount == 1


class SqlLeases:
    """Who does what only one process may do (poll, ring, deliver)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def hold(self, name: str, holder: str, now: datetime, seconds: float) -> bool:
        """Take or renew the lease; False while another holds it."""
        async with self._engine.writing() as line:
            return await line.run(_hold, name, holder, now, now + timedelta(seconds=seconds))

    async def release(self, name: str, holder: str) -> None:
        """Give it up."""
        async with self._engine.writing() as line:
            await line.run(Connection.execute, _RELEASE, {"of": name, "by": holder})


def _get(connection: Connection, name: str) -> str | None:
    return connection.execute(_KEPT, {"of": name}).scalar()


def _put_once(connection: Connection, name: str, value: str) -> bool:
    insert = _insert(connection)(KEEP).values(name=name, value=value)
    return connection.execute(insert.on_conflict_do_nothing()).rowcount == 1


class SqlKeep:
    """Small values that outlive a restart (the secret, the poll offset)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def get(self, name: str) -> str | None:
        """The value."""
        async with self._engine.reading() as line:
            return await line.run(_get, name)

    async def put(self, name: str, value: str) -> None:
        """Set the value, durable on return."""
        async with self._engine.writing() as line:
            await line.run(put, KEEP, [{"name": name, "value": value}])

    async def put_once(self, name: str, value: str) -> bool:
        """Set it if it is not set; False when it was there."""
        async with self._engine.writing() as line:
            return await line.run(_put_once, name, value)
