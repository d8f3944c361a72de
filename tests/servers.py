"""Servers that tests start for themselves: a private PostgreSQL that nobody else sees."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# Nothing here must survive a crash, and nobody else connects.
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses="


class NoServerError(Exception):
    """PostgreSQL's programs are not on this machine."""


@dataclass(frozen=True)
class PostgresServer:
    """A running server that is reached through a socket in `folder`."""

    programs: Path
    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://frontline@/{database}?host={self.folder}"

    def create(self, database: str) -> str:
        """The address of a new database."""
        who = ("-h", str(self.folder), "-U", "frontline")
        _run(self.programs / "createdb", *who, "-E", "UTF8", database)
        return self.url(database)


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A server for the time of the block. Raises NoServerError when there is none to start."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="frontline-pg-"))
    data = str(folder / "data")
    try:
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, "postgres")
        _run(programs / "initdb", "-D", data, "-U", "frontline", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        log = str(folder / "log")
        _run(programs / "pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", f"-k {folder} {_FAST}")
        try:
            yield PostgresServer(programs, folder)
        finally:
            _run(programs / "pg_ctl", "stop", "-w", "-D", data, "-m", "immediate")
    finally:
        shutil.rmtree(folder)


def _programs() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not packaged:
        raise NoServerError
    return packaged[-1].parent


def _run(program: Path, *arguments: str) -> None:
    user = "postgres" if os.geteuid() == 0 and _exists("postgres") else None
    done = subprocess.run(
        [program, *arguments],
        user=user,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if program.name != "pg_ctl" else subprocess.DEVNULL,  # the server keeps it open
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, f"{program.name} failed: {done.stderr}"


def _exists(user: str) -> bool:
    return any(entry.pw_name == user for entry in pwd.getpwall())
