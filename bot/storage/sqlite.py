"""SQLite: one thread with the one connection that writes, a few that read."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import partial
from sqlite3 import OperationalError
from threading import Event
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

from bot.storage.engine import Line, transaction
from bot.storage.failures import translated

P = ParamSpec("P")
T = TypeVar("T")

READERS = 2
BUSY_SECONDS = 5.0
TRIES = 100


class _Hand:
    """A thread with a connection of its own.

    A whole function is one hop to the thread and back, however many statements it has: on a busy event loop the hop
    is what costs. Work is done in the order in which it was asked for, even when the one who asked was cancelled.
    """

    def __init__(self, url: URL, begin: str, pragmas: tuple[str, ...]) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        self._engine = create_engine(url, poolclass=NullPool, connect_args=_CONNECT, hide_parameters=True)
        self._connection: Connection | None = None
        event.listen(self._engine, "connect", partial(_prepare, pragmas))
        event.listen(self._engine, "begin", partial(_begin, begin))

    async def run(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._ask(lambda: self._run(lambda connection: work(connection, *args, **kwargs)))

    async def commit(self) -> None:
        await self._ask(self._commit)

    async def rollback(self) -> None:
        await self._ask(self._rollback)

    async def close(self) -> None:
        await self._ask(self._close)
        self._thread.shutdown()

    async def _ask(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _run(self, work: Callable[[Connection], T]) -> T:
        with translated():
            if self._connection is None:
                self._connection = self._engine.connect()
            return work(self._connection)

    def _commit(self) -> None:
        try:
            with translated():
                if self._connection is not None:
                    self._connection.commit()
        except BaseException:
            self._close()
            raise

    def _rollback(self) -> None:
        try:
            if self._connection is not None:
                self._connection.rollback()
        except SQLAlchemyError:
            self._close()

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.close()


# Transactions are ours to begin; a hand's connection is used by its own thread alone.
_CONNECT = {"isolation_level": None, "timeout": BUSY_SECONDS}
_DURABLE = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON")
_LOOKING = ("PRAGMA query_only = ON",)


def _prepare(pragmas: tuple[str, ...], connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    for pragma in pragmas:
        _patiently(connection, pragma)


def _patiently(connection: DBAPIConnection, pragma: str) -> None:
    """Who changes the journal mode of a new file beside another is refused at once, whatever timeout there is."""
    for left in range(TRIES, 0, -1):
        try:
            connection.cursor().execute(pragma)
        except OperationalError:
            if left == 1:
                raise
            Event().wait(BUSY_SECONDS / TRIES)  # this thread has nothing else to do
        else:
            return


def _begin(statement: str, connection: Connection) -> None:
    connection.exec_driver_sql(statement)


class SqliteEngine:
    """A file. One connection writes, since a second would only wait for the first; readers see the last commit."""

    def __init__(self, url: URL) -> None:
        # IMMEDIATE: a transaction that reads first and wants to write later would lose to one that wrote meanwhile.
        self._writer = _Hand(url, "BEGIN IMMEDIATE", _DURABLE)
        self._turn = asyncio.Lock()
        self._readers = [_Hand(url, "BEGIN", _LOOKING) for _ in range(READERS)]
        self._free: asyncio.LifoQueue[_Hand] = asyncio.LifoQueue()
        for hand in self._readers:
            self._free.put_nowait(hand)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Line]:
        """The writer's connection, in turn."""
        async with self._turn, transaction(self._writer) as line:
            yield line

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Line]:
        """A reader's connection, when one is free."""
        hand = await self._free.get()
        try:
            async with transaction(hand) as line:
                yield line
        finally:
            self._free.put_nowait(hand)

    async def aside(self, work: Callable[[Connection], None]) -> None:
        """Run it as any other: the writer has a thread of its own."""
        async with self.writing() as line:
            await line.run(work)

    async def close(self) -> None:
        """End every connection; what was asked for before is done first."""
        for hand in (self._writer, *self._readers):
            await hand.close()
