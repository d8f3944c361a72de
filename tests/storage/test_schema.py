"""The schema: one migration after another leads to what the tables say, on both engines."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, event, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.dialog.topics import OfferPost
from bot.storage import schema
from bot.storage.storage import Storage
from bot.storage.tables import METADATA
from tests.servers import PostgresServer


def _differences(connection: Connection) -> list[object]:
    return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA)


async def test_the_migrations_lead_to_the_tables(storage: Storage, url: str) -> None:
    assert await storage.current()
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await engine.dispose()


def _peculiar(file: Path) -> dict[str, list[str]]:
    """The tables of which SQLite knows something that Alembic does not compare."""
    connection = sqlite3.connect(file)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    connection.close()
    found = {
        name: [word for word in ("WITHOUT ROWID", "AUTOINCREMENT", "CASCADE") if word in sql] for name, sql in rows
    }
    return {name: words for name, words in found.items() if words}


async def test_the_migrations_keep_what_only_sqlite_has(tmp_path: Path) -> None:
    migrated, made = tmp_path / "migrated.db", tmp_path / "made.db"
    async with Storage.open(f"sqlite+aiosqlite:///{migrated}") as storage:
        await storage.upgrade()
    engine = create_engine(f"sqlite:///{made}")
    METADATA.create_all(engine)
    engine.dispose()
    assert _peculiar(migrated) == _peculiar(made)
    assert {"message", "ref", "inbox", "outbox"} <= set(_peculiar(made))


async def test_a_new_database_is_not_current_until_it_is_upgraded(url: str) -> None:
    async with Storage.open(url) as storage:
        assert not await storage.current()
        await storage.upgrade()
        assert await storage.current()


async def test_an_upgrade_twice_or_by_two_at_once_does_no_harm(url: str) -> None:
    async with Storage.open(url) as one, Storage.open(url) as two:
        await asyncio.gather(one.upgrade(), two.upgrade(), one.upgrade())
        assert await one.current()
        assert await two.current()


def _insert(connection: Connection, name: str, **values: object) -> None:
    """A row of the table as this version of the schema has it; what it demands besides is nothing, of its type."""
    table = Table(name, MetaData(), autoload_with=connection)
    demanded = {each.name: each.type.python_type() for each in table.c if not (each.nullable or each.primary_key)}
    connection.execute(table.insert().values(demanded | values))


async def test_a_card_that_was_remembered_with_the_kind_of_its_post_is_one_still(url: str) -> None:
    def before(connection: Connection) -> None:
        command.upgrade(schema._config(connection), "0011")
        _insert(connection, "conversation", id="c1")
        _insert(connection, "ticket", number=1, conversation="c1")
        for place, kind in (("90", "topic+23"), ("91", "private"), ("92", "card")):
            _insert(connection, "post", ticket=1, kind=kind, venue="telegram:5", message=place)

    async with Storage.open(url) as storage:
        async with storage._engine.writing() as line:
            await line.run(before)
        await storage.upgrade()
        assert await storage.topics.offer_posts(1) == [
            OfferPost(1, "", "topic", "telegram:5", "90", upto=23),
            OfferPost(1, "", "private", "telegram:5", "91"),
            OfferPost(1, "", "card", "telegram:5", "92"),
        ]


@pytest.mark.postgres
async def test_an_upgrade_waits_for_one_that_is_under_way_elsewhere(server: PostgresServer) -> None:
    url = server.create("upgrades")
    waits = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    async with Storage.open(url) as one, Storage.open(url) as two, asyncio.timeout(20), asyncio.TaskGroup() as tasks:
        async with one._engine.writing() as line:
            await line.run(schema.upgrade)
            second = tasks.create_task(two.upgrade())
            while not await line.run(lambda connection: connection.execute(waits).scalar()):
                assert not second.done()
        await second
        assert await two.current()


async def test_an_upgrade_works_beside_the_loop(url: str) -> None:
    threads: set[int] = set()

    def note(*_: object) -> None:
        threads.add(threading.get_ident())

    event.listen(Engine, "before_cursor_execute", note)
    async with Storage.open(url) as storage:
        await storage.upgrade()
    event.remove(Engine, "before_cursor_execute", note)
    assert threads
    assert threading.get_ident() not in threads


async def test_a_file_is_written_durably(tmp_path: Path) -> None:
    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path}/a.db") as storage:

        def settings(connection: Connection) -> dict[str, object]:
            names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}

        async with storage._engine.writing() as line:
            found = await line.run(settings)
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
