"""What comes in and goes out, who does it, and what outlives a restart."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint

from bot.storage.tables import row
from bot.storage.tables.row import Row, table


class InboxRow(Row, table=True):
    """An update of a channel; `status` pending, done or parked. Done ones stay a while, to know a repeat."""

    __tablename__ = "inbox"
    # Numbers are never used again: `pending(after=…)` and the clerks of the outbox remember them.
    __table_args__ = (
        UniqueConstraint("source", "key"),
        Index(None, "source", "status", "id"),
        Index(None, "status", "received"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = row.counted()
    source: str = row.words()
    key: str = row.words()
    payload: Any = row.json(nullable=True)
    received: datetime = row.moment()
    tries: int
    status: str = row.words()
    error: str | None = row.words()


class OutboxRow(Row, table=True):
    """An order to deliver; `status` pending or parked. Delivered ones are deleted: the refs are their trace."""

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "status", "destination", "id"), {"sqlite_autoincrement": True})

    id: int | None = row.counted()
    destination: str = row.words()
    kind: str = row.words()
    data: Any = row.json(nullable=False)
    status: str = row.words()
    tries: int
    begun: datetime | None = row.moment()
    error: str | None = row.words()


class DestinationRow(Row, table=True):
    """A destination that was told to wait."""

    __tablename__ = "destination"

    name: str = row.words(primary_key=True)
    until: datetime = row.moment()
    error: str = row.words()


class LeaseRow(Row, table=True):
    """Who does what only one process may do, and until when."""

    __tablename__ = "lease"

    name: str = row.words(primary_key=True)
    holder: str = row.words()
    until: datetime = row.moment()


class KeepRow(Row, table=True):
    """A small value that outlives a restart."""

    __tablename__ = "keep"

    name: str = row.words(primary_key=True)
    value: str = row.words()


INBOX = table(InboxRow)
OUTBOX = table(OutboxRow)
DESTINATION = table(DestinationRow)
LEASE = table(LeaseRow)
KEEP = table(KeepRow)
