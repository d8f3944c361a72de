"""The schedule, the leases and the small values that outlive a restart."""

from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Connection, Insert, bindparam, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.dialog.records import Alarm
from bot.storage.engine import Engine
from bot.storage.mapping.desk import alarm_of
from bot.storage.running import rows, run, scalar
from bot.storage.tables import ALARM, KEEP, LEASE
from bot.storage.upserting import put

CLOCKS_DIFFER = timedelta(minutes=1)  # a lease that lasts longer than this was taken by a clock that was wrong

_a, _l, _k = ALARM.c, LEASE.c, KEEP.c
_DUE = select(ALARM).where(_a.due <= bindparam("now")).order_by(_a.due, _a.kind, _a.subject).limit(bindparam("limit"))
_NEXT_DUE = select(func.min(_a.due))
_KEPT = select(_k.value).where(_k.name == bindparam("of"))
_RELEASE = LEASE.delete().where(_l.name == bindparam("of"), _l.holder == bindparam("by"))


def _due(connection: Connection, now: datetime, limit: int) -> list[Alarm]:
    return [alarm_of(row) for row in rows(connection, _DUE, {"now": now, "limit": limit})]


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
            due: datetime | None = await line.run(scalar, _NEXT_DUE)
        return due


@cache
def _hold(dialect: str) -> Insert:
    """Take it, or take it from whoever held it too long, by a clock that is right or by one that was wrong."""
    held = postgresql.insert(LEASE) if dialect == "postgresql" else sqlite.insert(LEASE)
    mine_or_over = or_(
        _l.holder == held.excluded.holder, _l.until <= bindparam("now"), _l.until > bindparam("impossible")
    )
    taken = {"holder": held.excluded.holder, "until": held.excluded.until}
    return held.on_conflict_do_update(index_elements=["name"], set_=taken, where=mine_or_over)


def _held(connection: Connection, name: str, holder: str, now: datetime, until: datetime) -> bool:
    values = {"name": name, "holder": holder, "until": until, "now": now, "impossible": until + CLOCKS_DIFFER}
    return run(connection, _hold(connection.dialect.name), [values]) == 1


class SqlLeases:
    """Who does what only one process may do (poll, ring, deliver)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def hold(self, name: str, holder: str, now: datetime, seconds: float) -> bool:
        """Take or renew the lease; False while another holds it."""
        async with self._engine.writing() as line:
            return await line.run(_held, name, holder, now, now + timedelta(seconds=seconds))

    async def release(self, name: str, holder: str) -> None:
        """Give it up."""
        async with self._engine.writing() as line:
            await line.run(run, _RELEASE, [{"of": name, "by": holder}])


@cache
def _once(dialect: str) -> Insert:
    insert = postgresql.insert(KEEP) if dialect == "postgresql" else sqlite.insert(KEEP)
    return insert.on_conflict_do_nothing()


def _put_once(connection: Connection, name: str, value: str) -> bool:
    return run(connection, _once(connection.dialect.name), [{"name": name, "value": value}]) == 1


class SqlKeep:
    """Small values that outlive a restart (the secret, the poll offset)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def get(self, name: str) -> str | None:
        """The value."""
        async with self._engine.reading() as line:
            value: str | None = await line.run(scalar, _KEPT, {"of": name})
        return value

    async def put(self, name: str, value: str) -> None:
        """Set the value, durable on return."""
        async with self._engine.writing() as line:
            await line.run(put, KEEP, [{"name": name, "value": value}])

    async def put_once(self, name: str, value: str) -> bool:
        """Set it if it is not set; False when it was there."""
        async with self._engine.writing() as line:
            return await line.run(_put_once, name, value)
