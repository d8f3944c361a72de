"""The vendors' errors in the dialog's words."""

import sqlite3

import asyncpg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.dialog.errors import ConflictError, DialogError, StoreUnavailableError

# SQLite names its codes, https://www.sqlite.org/rescode.html; PostgreSQL's are classes of SQLSTATE,
# https://www.postgresql.org/docs/current/errcodes-appendix.html.
_TAKEN = ("SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505")
_OVERTAKEN = ("SQLITE_BUSY_SNAPSHOT", "40001", "40P01", "55P03")
_AWAY = (
    *("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_READONLY"),
    *("SQLITE_CORRUPT", "SQLITE_NOTADB", "08", "28", "3D", "53", "57", "58"),
)
_FAULTS = (SQLAlchemyError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError, OSError)


class _Translated:
    """Raises ConflictError or StoreUnavailableError for what the database says inside; a fault of ours stays itself."""

    # Every hop goes through here; a generator would cost nearly as much as a short statement.
    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        known = _translation(error) if isinstance(error, _FAULTS) else None
        if known is not None:
            raise known from error


translated = _Translated()


def _translation(error: Exception) -> DialogError | None:
    if isinstance(error, PoolTimeoutError):
        return StoreUnavailableError("every connection is busy")
    if isinstance(error, OSError):  # the network; a TimeoutError too
        return StoreUnavailableError(_first_line(error))
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = str(getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or "")
    if code.startswith((*_TAKEN, *_OVERTAKEN)):
        return ConflictError(f"A row ({_first_line(cause)})")
    if code.startswith(_AWAY) or getattr(error, "connection_invalidated", False):
        return StoreUnavailableError(_first_line(cause))
    return None if code else _uncoded(cause)


def _uncoded(cause: BaseException | None) -> DialogError | None:
    """Drivers say that a connection is gone without a code."""
    gone = isinstance(cause, asyncpg.InterfaceError) or "connection" in str(cause).lower()
    return StoreUnavailableError(_first_line(cause)) if gone else None


def _first_line(error: object) -> str:
    return str(error).strip().split("\n", 1)[0] or type(error).__name__
