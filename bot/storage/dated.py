"""What is read from a moment on, the newest of it, and forgotten in time."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Delete, Select

from bot.storage.engine import Engine

T = TypeVar("T")


class Dated(Generic[T]):
    """By a query for the newest first, with `from` and `limit`, and a deletion with `before`."""

    def __init__(self, engine: Engine, newest: Select[Any], forget: Delete, read: Callable[[Any], T]) -> None:
        self._engine, self._newest, self._forget, self._read = engine, newest, forget, read

    async def since(self, moment: datetime, limit: int) -> list[T]:
        """The newest `limit` from that moment on, oldest first."""
        async with self._engine.reading() as line:
            return await line.run(self._since, {"from": moment, "limit": limit})

    def _since(self, connection: Connection, values: dict[str, Any]) -> list[T]:
        return [self._read(row) for row in reversed(connection.execute(self._newest, values).all())]

    async def forget(self, before: datetime) -> None:
        """Delete what is older than that."""
        async with self._engine.writing() as line:
            await line.run(Connection.execute, self._forget, {"before": before})
