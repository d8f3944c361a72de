"""PostgreSQL: a pool of connections, one for each transaction."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.storage.engine import Line, transaction
from bot.storage.failures import translated

P = ParamSpec("P")
T = TypeVar("T")

CONNECTIONS = 10
WAIT_SECONDS = 10.0
STATEMENT_SECONDS = 60.0

# A look sees one moment, as it does on SQLite.
_LOOKING: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


class _Call:
    """A connection of the pool for the time of one transaction."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._last: list[Callable[[Connection], None]] = []

    async def run(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with translated:
            if self._connection is None:
                self._connection = await self._engine.connect()
            return await self._connection.run_sync(work, *args, **kwargs)

    def last(self, work: Callable[[Connection], None]) -> None:
        self._last.append(work)

    async def commit(self) -> None:
        try:
            for work in self._last:
                await self.run(work)
            with translated:
                if self._connection is not None:
                    await self._connection.commit()
        finally:
            await self.rollback()

    async def rollback(self) -> None:
        if self._connection is not None:
            await _give_back(self._connection)


async def _give_back(connection: AsyncConnection) -> None:
    """To the pool, which rolls back what is open."""
    try:
        # Its exit finishes even when the one who waits for it is cancelled.
        await connection.__aexit__(None, None, None)
    except (SQLAlchemyError, OSError):
        await connection.invalidate()


async def _alone(url: URL, work: Callable[[Connection], None]) -> None:
    engine = create_async_engine(url, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": WAIT_SECONDS})
    async with transaction(_Call(engine)) as line:
        await line.run(work)


class PostgresEngine:
    """A database on a server. Transactions are READ COMMITTED; what must not change meanwhile is locked by its row."""

    def __init__(self, url: URL) -> None:
        self._engine = create_async_engine(
            url,
            pool_size=CONNECTIONS,
            max_overflow=0,
            pool_timeout=WAIT_SECONDS,
            pool_use_lifo=True,
            hide_parameters=True,
            connect_args={"timeout": WAIT_SECONDS, "command_timeout": STATEMENT_SECONDS},
        )
        self._looking = self._engine.execution_options(**_LOOKING)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Line]:
        """A transaction of its own."""
        async with transaction(_Call(self._engine)) as line:
            yield line

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Line]:
        """A read-only transaction that sees one moment."""
        async with transaction(_Call(self._looking)) as line:
            yield line

    async def aside(self, work: Callable[[Connection], None]) -> None:
        """Run it on a thread with an event loop and a connection of its own."""
        await asyncio.to_thread(asyncio.run, _alone(self._engine.url, work))

    async def scrub(self) -> None:
        """The server does it by itself (autovacuum)."""

    async def close(self) -> None:
        """End every connection."""
        await self._engine.dispose()
