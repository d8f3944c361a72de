"""Being alone: one process at a time serves a file of SQLite. The lock is the system's, so a killed one leaves none."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bot.storage.errors import ServedAlreadyError


@contextmanager
def alone(database: Path | None) -> Iterator[None]:
    """Be the one that serves the file; of no file (None) there may be many. Raises ServedAlreadyError.

    Whoever only looks at it or changes something in it need not be: SQLite itself keeps those apart.
    """
    with ExitStack() as closing:
        if database is not None and (lock := _opened(database.resolve())) is not None:
            closing.callback(os.close, lock)
            _take(lock, database.resolve())
        yield


def _opened(database: Path) -> int | None:
    """The file that is locked: not the database, since closing that would undo SQLite's own locks of this process."""
    try:
        return os.open(f"{database}-lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError:  # then the database cannot be opened either, and says why
        return None


def _take(lock: int, database: Path) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ServedAlreadyError(str(database), os.pread(lock, 20, 0).decode().strip()) from error
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
