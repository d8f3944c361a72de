"""One suite over both engines: `storage` is an empty database of each kind in turn."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from bot.storage.storage import Storage
from tests.absence import absent
from tests.servers import NoServerError, PostgresServer, postgres_server


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    try:
        with postgres_server() as running:
            yield running
    except NoServerError:
        absent("a server: the storage suite on PostgreSQL (apt install postgresql)")


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
