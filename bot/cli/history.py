"""The history that a command looks at: of a database that is there and current."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.cli.errors import CommandError
from bot.settings import Settings
from bot.storage.storage import Storage, missing_file


def must_exist(settings: Settings) -> None:
    """Raises CommandError when there is no database, rather than making one."""
    missing = missing_file(settings.database_url)
    if missing is not None:
        raise CommandError(f"There is no database at {missing} yet; `frontline run` makes it, and talks fill it.")


@asynccontextmanager
async def history(settings: Settings) -> AsyncIterator[Storage]:
    """The storage to read in. Raises CommandError when its schema is not that of this version."""
    async with Storage.open(settings.database_url) as storage:
        if not await storage.current():
            raise CommandError("The database's schema is not current; `frontline run` brings it up to date.")
        yield storage
