"""One suite over both engines: `storage` is an empty database of each kind in turn."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from bot.storage.storage import Storage
from tests.servers import NoServerError, PostgresServer, postgres_server

_ABSENT = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def server(request: pytest.FixtureRequest) -> Iterator[PostgresServer]:
    try:
        with postgres_server() as running:
            yield running
    except NoServerError:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is not installed; the suite must run on it here")
        request.config.stash[_ABSENT] = True
        pytest.skip("PostgreSQL is not installed")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.stash.get(_ABSENT, False):
        terminalreporter.write_line(
            "Not run for want of a server: the storage suite on PostgreSQL (apt install postgresql)."
        )


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/frontline.db"
    running: PostgresServer = request.getfixturevalue("server")
    return running.create(f"test_{uuid4().hex}")


@pytest.fixture
async def storage(url: str) -> AsyncIterator[Storage]:
    async with Storage.open(url) as opened:
        await opened.upgrade()
        yield opened
