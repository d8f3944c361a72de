"""How fast bare aiosqlite commits the four statements of a message: the yardstick for answered turns."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

import aiosqlite

_SCHEMA = """
CREATE TABLE conversation (id TEXT PRIMARY KEY, last_seq INTEGER NOT NULL, touched INTEGER NOT NULL);
CREATE TABLE message (conversation TEXT, seq INTEGER, at INTEGER, author TEXT, text TEXT,
                      PRIMARY KEY (conversation, seq));
CREATE TABLE event (id INTEGER PRIMARY KEY, conversation TEXT, seq INTEGER, at INTEGER, kind TEXT);
"""
_MESSAGE = "INSERT INTO message VALUES (?, ?, ?, ?, ?)"
_TEXT = "How much is delivery to the other side of the river on Saturday?"


async def commits(seconds: float, folder: str | None = None) -> float:
    """Commits per second of insert message, insert message, update conversation, insert event.

    One connection, WAL, `synchronous=FULL`, one transaction after another for so many seconds, in a temporary file
    (in `folder`, to be on the disk that is compared).
    """
    with tempfile.TemporaryDirectory(dir=folder) as made:
        async with aiosqlite.connect(Path(made) / "bare.db", isolation_level=None) as connection:
            await connection.execute("PRAGMA journal_mode = WAL")
            await connection.execute("PRAGMA synchronous = FULL")
            await connection.executescript(_SCHEMA)
            await connection.execute("INSERT INTO conversation VALUES ('c', 0, 0)")
            began, done = time.perf_counter(), 0
            while time.perf_counter() - began < seconds:
                await _turn(connection, done * 2)
                done += 1
            return done / (time.perf_counter() - began)


async def _turn(connection: aiosqlite.Connection, seq: int) -> None:
    now = time.time_ns() // 1000
    await connection.execute("BEGIN IMMEDIATE")
    await connection.execute(_MESSAGE, ("c", seq + 1, now, "customer", _TEXT))
    await connection.execute(_MESSAGE, ("c", seq + 2, now, "bot", _TEXT))
    await connection.execute("UPDATE conversation SET last_seq = ?, touched = ? WHERE id = 'c'", (seq + 2, now))
    await connection.execute("INSERT INTO event VALUES (NULL, 'c', ?, ?, 'answered')", (seq + 1, now))
    await connection.commit()


if __name__ == "__main__":
    measured = asyncio.run(commits(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0))
    print(f"bare aiosqlite: {measured:.0f} four-statement commits/s")
