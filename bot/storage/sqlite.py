"""SQLite: one thread with the one connection that writes, a few that read."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from queue import SimpleQueue
from sqlite3 import OperationalError
from threading import Event, Thread
from typing import Any, Concatenate, ParamSpec, TypeVar

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


class _Worker:
    """A thread that does one thing after another, in the order in which it was asked.

    An executor does the same with two futures and a lock for each, and costs half as much again.
    """

    def __init__(self) -> None:
        self._asked: SimpleQueue[tuple[Callable[[], Any], asyncio.Future[Any]] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="sqlite", daemon=True)
        self._thread.start()

    async def ask(self, work: Callable[[], T]) -> T:
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._asked.put((work, done))
        return await done

    def end(self) -> None:
        self._asked.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (asked := self._asked.get()) is not None:
            work, done = asked
            settle: Callable[[Any], None] = done.set_result
            try:
                outcome = work()
            except BaseException as error:  # noqa: BLE001 - it is raised where the work was asked for
                outcome, settle = error, done.set_exception
            with suppress(RuntimeError):  # the loop has ended, and nobody waits
                done.get_loop().call_soon_threadsafe(_settle, done, settle, outcome)


def _settle(done: asyncio.Future[Any], settle: Callable[[Any], None], outcome: Any) -> None:
    if not done.cancelled():
        settle(outcome)


class _Hand:
    """A thread with a connection of its own.

    A whole function is one hop to the thread and back, however many statements it has: on a busy event loop the hop
    is what costs. Work is done in the order in which it was asked for, even when the one who asked was cancelled.
    """

    def __init__(self, url: URL, begin: str, pragmas: tuple[str, ...]) -> None:
        self._worker = _Worker()
        self._engine = create_engine(url, poolclass=NullPool, connect_args=CONNECT, hide_parameters=True)
        self._begin = begin  # not by SQLAlchemy's event, with which each statement asks whether anybody listens
        self._connection: Connection | None = None
        self._last: list[Callable[[Connection], None]] = []
        event.listen(self._engine, "connect", partial(_prepare, pragmas))

    async def run(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._worker.ask(lambda: self._run(work, *args, **kwargs))

    def last(self, work: Callable[[Connection], None]) -> None:
        self._last.append(work)

    async def commit(self) -> None:
        last, self._last = self._last, []
        await self._worker.ask(lambda: self._commit(last))

    async def rollback(self) -> None:
        self._last = []
        await self._worker.ask(self._rollback)

    async def checkpoint(self) -> None:
        await self._worker.ask(self._checkpoint)

    async def close(self) -> None:
        await self._worker.ask(self._close)
        self._worker.end()

    def _run(self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        with translated:
            if self._connection is None:
                self._connection = self._engine.connect()
            if not self._connection.in_transaction():
                self._connection.begin()
                self._connection.connection.cursor().execute(self._begin)
            return work(self._connection, *args, **kwargs)

    def _commit(self, last: Sequence[Callable[[Connection], None]]) -> None:
        try:
            for work in last:
                self._run(work)
            with translated:
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

    def _checkpoint(self) -> None:
        with translated:
            if self._connection is not None:
                self._connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                self._connection.rollback()

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.close()


# Transactions are ours to begin; a hand's connection is used by its own thread alone.
CONNECT = {"isolation_level": None, "timeout": BUSY_SECONDS}
_DURABLE = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON")
# What is written again and again stays in memory, and is copied from the log into the file every 16 MiB, not every 4.
_ROOMY = ("PRAGMA cache_size = -16384", "PRAGMA wal_autocheckpoint = 4096")
_ERASING = ("PRAGMA secure_delete = ON",)  # what is deleted is overwritten, not only left out
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


class SqliteEngine:
    """A file. One connection writes, since a second would only wait for the first; readers see the last commit."""

    def __init__(self, url: URL) -> None:
        # IMMEDIATE: a transaction that reads first and wants to write later would lose to one that wrote meanwhile.
        self._writer = _Hand(url, "BEGIN IMMEDIATE", _DURABLE + _ROOMY + _ERASING)
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

    async def scrub(self) -> None:
        """Empty the log beside the file, as far as nobody else reads in it."""
        async with self._turn:
            await self._writer.checkpoint()

    async def close(self) -> None:
        """End every connection; what was asked for before is done first."""
        for hand in (self._writer, *self._readers):
            await hand.close()
