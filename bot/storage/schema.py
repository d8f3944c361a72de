"""The schema of the database: which it is, and how it becomes the newest. It only goes forward; back goes a backup."""

from functools import cache
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from bot.storage.errors import NewerSchemaError

_FILE = Path(__file__).parent / "migrations" / "alembic.ini"
_ALONE = Lock()  # Alembic keeps the migration that runs in a global
_LOCK = select(func.pg_advisory_xact_lock(0x534348454D41))


def _config(connection: Connection | None = None) -> Config:
    config = Config(_FILE)
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest, all of it or nothing, in the transaction that the connection is in.

    Raises NewerSchemaError.
    """
    if connection.dialect.name == "postgresql":  # two processes that start at once: the second finds it done
        connection.execute(_LOCK)
    with _ALONE:
        _heads(connection)
        command.upgrade(_config(connection), "head")


def is_current(connection: Connection) -> bool:
    """Whether the schema is the one that this code needs, rather than an older one. Raises NewerSchemaError."""
    return _heads(connection) == set(_scripts().get_heads())


def _heads(connection: Connection) -> set[str]:
    heads = set(MigrationContext.configure(connection).get_current_heads())
    if unknown := heads - {each.revision for each in _scripts().walk_revisions()}:
        raise NewerSchemaError(max(unknown))
    return heads


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
