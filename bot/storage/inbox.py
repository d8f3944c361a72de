"""The inbox: updates of a channel, durable before they are acknowledged."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.dialog.records import Incoming
from bot.storage.engine import Engine
from bot.storage.mapping.traffic import incoming_of, incoming_row
from bot.storage.running import rows, run, scalar
from bot.storage.tables import INBOX

_i = INBOX.c
_PENDING = (
    select(INBOX)
    .where(_i.source == bindparam("source"), _i.status == "pending", _i.id > bindparam("after"))
    .order_by(_i.id)
    .limit(bindparam("limit"))
)
_PARKED = select(INBOX).where(_i.status == "parked").order_by(_i.id).limit(bindparam("limit"))
_FAILED = INBOX.update().where(_i.id == bindparam("row")).values(tries=_i.tries + 1, error=bindparam("why"))
_PARK = _FAILED.values(status="parked")
_FORGET = INBOX.delete().where(_i.status == "done", _i.received < bindparam("before"))
_NEW = {
    "sqlite": sqlite.insert(INBOX).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(INBOX).on_conflict_do_nothing(),
}
_SOURCE_LOCK = select(func.pg_advisory_xact_lock(0x494E424F, func.hashtext(bindparam("source"))))


def _put(connection: Connection, source: str, updates: list[dict[str, Any]]) -> int:
    if connection.dialect.name == "postgresql":
        # One after another for a source: else a number could become visible after a higher one was read.
        scalar(connection, _SOURCE_LOCK, {"source": source})
    new = _NEW[connection.dialect.name]
    return sum(run(connection, new, [each]) for each in updates)  # one by one: so it is told which are new


def _pending(connection: Connection, source: str, after: int, limit: int) -> list[Incoming]:
    values = {"source": source, "after": after, "limit": limit}
    return [incoming_of(row) for row in rows(connection, _PENDING, values)]


def _parked(connection: Connection, limit: int) -> list[tuple[Incoming, str]]:
    return [(incoming_of(row), row[-1] or "") for row in rows(connection, _PARKED, {"limit": limit})]


class SqlInbox:
    """Updates that were accepted and not yet handled."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def put(self, source: str, updates: Sequence[tuple[str, dict[str, Any]]], now: datetime) -> int:
        """Store updates by (key, payload), each key once; return how many were new. Durable on return."""
        if not updates:
            return 0
        async with self._engine.writing() as line:
            return await line.run(_put, source, [incoming_row(source, update, now) for update in updates])

    async def pending(self, source: str, after: int = 0, limit: int = 200) -> list[Incoming]:
        """Updates to handle, in order of arrival, with id above `after`."""
        async with self._engine.reading() as line:
            return await line.run(_pending, source, after, limit)

    async def failed(self, row: int, error: str, *, park: bool) -> None:
        """Count a try; parked rows are listed by `parked` and not handled again."""
        async with self._engine.writing() as line:
            await line.run(run, _PARK if park else _FAILED, [{"row": row, "why": error}])

    async def parked(self, limit: int = 50) -> list[tuple[Incoming, str]]:
        """What could not be handled, with its last error."""
        async with self._engine.reading() as line:
            return await line.run(_parked, limit)

    async def forget(self, before: datetime) -> None:
        """Delete what was handled and had come before that time; a repeat of it would be new again."""
        async with self._engine.writing() as line:
            await line.run(run, _FORGET, [{"before": before}])
