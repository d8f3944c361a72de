"""The storage as the application holds it: an open database with the dialog's ports on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from sqlalchemy import URL, Connection, inspect, make_url
from sqlalchemy.exc import ArgumentError

from bot.dialog.errors import StoreUnavailableError
from bot.dialog.lessons import Lessons
from bot.dialog.people import People
from bot.dialog.ports import Alarms, Inbox, Keep, Leases, Outbox, Store
from bot.dialog.questions import Questions
from bot.dialog.topics import Topics
from bot.storage import schema
from bot.storage.engine import Engine
from bot.storage.errors import WrongAddressError
from bot.storage.figures import SqlFigures
from bot.storage.inbox import SqlInbox
from bot.storage.lessons import lessons
from bot.storage.outbox import SqlOutbox
from bot.storage.people import SqlPeople
from bot.storage.postgres import PostgresEngine
from bot.storage.questions import questions
from bot.storage.schedule import SqlAlarms, SqlKeep, SqlLeases
from bot.storage.sqlite import SqliteEngine
from bot.storage.topics import SqlTopics
from bot.storage.work import SqlStore
from handoff.desk import Retention

REPEATS_KNOWN = timedelta(days=7)
PATIENCE = 3.0  # seconds
KEPT = Retention()  # unless the desk says otherwise
POSTGRES = "postgresql+asyncpg"


class Storage:
    """An open database. Every method raises StoreUnavailableError while it does not answer."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._inbox = SqlInbox(engine)
        self.work: Store = SqlStore(engine)
        self.inbox: Inbox = self._inbox
        self.outbox: Outbox = SqlOutbox(engine)
        self.alarms: Alarms = SqlAlarms(engine)
        self.leases: Leases = SqlLeases(engine)
        self.keep: Keep = SqlKeep(engine)
        self.topics: Topics = SqlTopics(engine)
        self.figures = SqlFigures(engine)
        self.people: People = SqlPeople(engine)
        self._questions = questions(engine)
        self.questions: Questions = self._questions
        self._lessons = lessons(engine)
        self.lessons: Lessons = self._lessons

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str) -> AsyncIterator[Self]:
        """The database at `sqlite+aiosqlite:///file` or `postgresql+asyncpg://…`. It connects with the first use.

        Raises WrongAddressError for an address of another kind.
        """
        engine = _engine(url)
        try:
            yield cls(engine)
        finally:
            await engine.close()

    async def upgrade(self) -> None:
        """Bring the schema to the newest, all of it or nothing. Two at once do no harm. Raises NewerSchemaError."""
        await self._engine.aside(schema.upgrade)

    async def current(self) -> bool:
        """Whether the schema is the one that this code needs, rather than an older one. Raises NewerSchemaError."""
        async with self._engine.reading() as line:
            return await line.run(schema.is_current)

    async def ping(self) -> None:
        """Return when the database can be read and written. Raises StoreUnavailableError when that takes too long."""
        try:
            async with asyncio.timeout(PATIENCE), self._engine.writing() as line:
                await line.run(_look)
        except TimeoutError as error:
            raise StoreUnavailableError("it does not answer in time") from error

    async def scrub(self) -> None:
        """What was erased is gone from the database's own log too, where that can be had."""
        await self._engine.scrub()

    async def tidy(self, now: datetime, retention: Retention = KEPT) -> None:
        """Forget handled updates that no channel repeats any more, and questions and lessons as old as the desk says.

        Once a day is often enough.
        """
        await self._inbox.forget(now - REPEATS_KNOWN)
        await self._questions.forget(now - retention.questions)
        await self._lessons.forget(now - retention.questions)


def file_of(url: str) -> Path | None:
    """The file of an SQLite address. Raises WrongAddressError."""
    address = _url(url)
    return None if address.drivername == POSTGRES else Path(address.database or "")


def missing_file(url: str) -> Path | None:
    """The file of an SQLite address when there is none yet; looking would make it. Raises WrongAddressError."""
    file = file_of(url)
    return None if file is None or file.exists() else file


def _look(connection: Connection) -> None:
    """At the database itself: SQLite answers `SELECT 1` without opening its file."""
    inspect(connection).has_table("alembic_version")


def _engine(address: str) -> Engine:
    url = _url(address)
    return PostgresEngine(url) if url.drivername == POSTGRES else SqliteEngine(url)


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        raise WrongAddressError("is not an address") from error
    match url.drivername:
        case "sqlite" | "sqlite+aiosqlite":
            return _file(url)
        case "postgresql" | "postgresql+asyncpg":
            return url.set(drivername=POSTGRES)
        case other:
            raise WrongAddressError(f"is of a kind that is not known ({other})")


def _file(url: URL) -> URL:
    # The driver's name is what async SQLAlchemy users write; see bot.storage.sqlite for what runs here.
    if url.database in (None, "", ":memory:"):
        raise WrongAddressError("names no file")
    return url.set(drivername="sqlite+pysqlite")
