"""What goes wrong with a database is said in the dialog's words, once and clearly."""

import asyncio
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.dialog.errors import ConflictError, StoreUnavailableError
from bot.dialog.records import Changes
from bot.storage import sqlite
from bot.storage.errors import WrongAddressError
from bot.storage.sqlite import _patiently
from bot.storage.storage import Storage
from handoff.ticket import Active
from tests.servers import PostgresServer
from tests.storage.samples import begin_with, conversation, message, save, ticket


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("frontline.db", "is not an address"),
        ("postgresql+asyncpg://me:secret@host:port/x", "is not an address"),
        ("mysql+aiomysql://me:secret@localhost/x", r"is of a kind that is not known \(mysql\+aiomysql\)"),
        ("sqlite+aiosqlite://", "names no file"),
        ("sqlite+aiosqlite:///:memory:", "names no file"),
    ],
)
async def test_an_address_that_cannot_be_used_is_one_clear_error(url: str, fault: str) -> None:
    with pytest.raises(WrongAddressError, match=f"FRONTLINE_DATABASE_URL {fault}. Write sqlite") as caught:
        async with Storage.open(url):
            pass
    assert "secret" not in str(caught.value)


async def _is_away(url: str) -> str:
    async with Storage.open(url) as storage:
        said = []
        for use in (storage.ping, storage.upgrade, storage.current, lambda: begin_with(storage)):
            with pytest.raises(StoreUnavailableError) as caught:
                await use()
            said.append(str(caught.value))
    assert not any("secret" in each for each in said)
    return said[0]


async def test_a_server_that_is_not_there_is_one_clear_error() -> None:
    assert "FRONTLINE_DATABASE_URL" in await _is_away("postgresql+asyncpg://me:secret@127.0.0.1:9/x")


async def test_a_folder_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    assert "unable to open database file" in await _is_away(f"sqlite+aiosqlite:///{tmp_path}/missing/a.db")


async def test_a_file_that_is_no_database_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_text("Dear diary, " * 100)
    assert "file is not a database" in await _is_away(f"sqlite+aiosqlite:///{tmp_path}/a.db")


@pytest.mark.postgres
async def test_a_database_that_does_not_exist_is_one_clear_error(server: PostgresServer) -> None:
    assert 'database "nowhere" does not exist' in await _is_away(server.url("nowhere"))


async def test_a_file_that_another_process_keeps_locked_is_unavailable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sqlite.CONNECT, "timeout", 0.05)
    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path}/a.db") as storage:
        await storage.upgrade()
        other = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailableError, match="locked"):
            await begin_with(storage)
        other.execute("ROLLBACK")
        other.close()
        await begin_with(storage)


@pytest.mark.postgres
async def test_work_goes_on_by_itself_when_the_server_has_been_away(server: PostgresServer) -> None:
    async with Storage.open(server.create("away")) as storage:
        await storage.upgrade()
        await storage.ping()
        async with Storage.open(server.url("postgres")) as other, other._engine.writing() as line:
            ending = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'away'")
            await line.run(Connection.execute, ending)
        with pytest.raises(StoreUnavailableError):
            await storage.ping()
        await storage.ping()


@pytest.mark.postgres
async def test_of_two_claims_in_open_transactions_one_wins(server: PostgresServer) -> None:
    async with Storage.open(server.create("claims")) as storage:
        await storage.upgrade()
        await begin_with(storage)
        await save(storage, tickets={1: (ticket(), None)})
        both_have_read = asyncio.Barrier(2)

        async def take(operator: str) -> bool:
            async with storage.work.begin() as work:
                found = await work.ticket(1)
                assert found is not None
                await both_have_read.wait()
                taken = ticket(state=Active(operator), version=found.version + 1)
                await work.save(Changes(tickets={1: (taken, found.version)}))
            return True

        outcomes = await asyncio.gather(take("anna"), take("olga"), return_exceptions=True)
        assert sorted(map(str, outcomes)) == [str(ConflictError("Ticket 1")), "True"]


@pytest.mark.postgres
async def test_two_turns_never_stand_face_to_face(server: PostgresServer) -> None:
    async with Storage.open(server.create("face_to_face")) as storage:
        await storage.upgrade()
        await begin_with(storage, conversation("c1"), conversation("c2"))
        overtaken = 0

        async def hold_both(first: str, second: str, *, desk: bool) -> None:
            async with storage.work.begin(desk=desk) as work:
                await work.conversations_by_id([first])
                await asyncio.sleep(0.001)  # long enough for the other to have its first
                await work.conversations_by_id([second])

        async def turns(first: str, second: str) -> None:
            nonlocal overtaken
            for _ in range(50):
                try:
                    await hold_both(first, second, desk=False)
                except ConflictError:  # at once, where it would have waited for whoever waits for it
                    overtaken += 1
                    await hold_both(first, second, desk=True)

        async with asyncio.timeout(30):
            await asyncio.gather(turns("c1", "c2"), turns("c2", "c1"))
        assert overtaken
        assert "deadlock detected" not in (server.folder / "log").read_text(errors="replace")


@pytest.mark.postgres
async def test_who_has_a_conversation_does_not_wait_for_the_desk(server: PostgresServer) -> None:
    async with Storage.open(server.create("desk")) as storage:
        await storage.upgrade()
        await begin_with(storage)

        async def turn() -> None:
            async with storage.work.begin() as work:
                await work.conversations_by_id(["c1"])
                await work.open_tickets()

        async with asyncio.timeout(10), storage.work.begin(desk=True) as at_desk:
            with pytest.raises(ConflictError):
                await turn()
            await at_desk.conversations_by_id(["c1"])  # for which the one at the desk may have waited


async def test_a_fault_of_ours_is_not_taken_for_somebody_elses(storage: Storage) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key") as caught:
        await save(storage, messages=[message(1, "nobody")])
    assert not isinstance(caught.value, ConflictError | StoreUnavailableError)


async def test_an_error_does_not_repeat_what_people_wrote(storage: Storage) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key") as caught:
        await save(storage, messages=[replace(message(1, "nobody"), text="my number is 4111")])
    assert "4111" not in str(caught.value)


@dataclass
class Refusing:
    """A connection that refuses so many times."""

    times: int

    def cursor(self) -> "Refusing":
        return self

    def execute(self, _: str) -> None:
        self.times -= 1
        if self.times >= 0:
            raise sqlite3.OperationalError("database is locked")


def test_who_meets_another_at_a_new_file_tries_again_and_not_for_ever(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.storage.sqlite.TRIES", 3)
    monkeypatch.setattr("bot.storage.sqlite.BUSY_SECONDS", 0.01)
    _patiently(Refusing(2), "PRAGMA journal_mode = WAL")
    with pytest.raises(sqlite3.OperationalError):
        _patiently(Refusing(3), "PRAGMA journal_mode = WAL")
