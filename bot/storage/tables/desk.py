"""Who helps: tickets and their log, operators, seats and the schedule."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from bot.storage.tables import row
from bot.storage.tables.row import Row, table
from handoff.ticket import Brief, Kept


class TicketRow(Row, table=True):
    """A ticket. `until` is the offer's deadline or the callback's due time, whichever the state has."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index(None, "conversation", "state"),
        Index(None, "state", "operator"),
        Index(None, "state", "skill", "asked"),
        Index(None, "state", "priority", "asked", "number", "skill", "preferred"),
    )

    number: int = row.number(primary_key=True, sa_column_kwargs={"autoincrement": False})
    conversation: str = row.words(foreign_key="conversation.id")
    kind: str = row.words()
    skill: str = row.words()
    asked: datetime = row.moment()
    state: str = row.words()
    operator: str | None = row.words()
    until: datetime | None = row.moment()
    reason: str | None = row.words()
    priority: int
    locale: str = row.words()
    passed: Any = row.value(tuple[str, ...], tuple)
    phone: str | None = row.words()
    attempts: int
    promised: datetime | None = row.moment()
    brief: Any = row.value(Brief, Brief)
    preferred: str | None = row.words()
    preferred_until: datetime | None = row.moment()
    again: datetime | None = row.moment()
    shown: Any = row.value(tuple[str, ...], tuple)
    kept: Any = row.value(Kept | None, lambda: None)
    version: int
    merged_into: int | None = row.number(index=True)


class TicketEventRow(Row, table=True):
    """The event log of the tickets, in order of `id`. Nothing deletes it: every figure is made from it."""

    __tablename__ = "ticket_event"
    __table_args__ = (Index(None, "ticket", "id"),)

    id: int | None = row.counted()
    ticket: int = row.number(foreign_key="ticket.number")
    at: datetime = row.moment()
    actor: str = row.words()
    event: str = row.words()
    before: str = row.words()
    after: str = row.words()
    reason: str = row.words()
    operator: str | None = row.words()
    detail: Any = row.value(Mapping[str, str], dict)


class DutyRow(Row, table=True):
    """What is kept of an operator."""

    __tablename__ = "duty"

    operator: str = row.words(primary_key=True)
    presence: str = row.words()
    since: datetime = row.moment()
    idle_since: datetime = row.moment()
    until: datetime | None = row.moment()
    missed: int
    capacity: int | None
    private_chat: str | None = row.words()
    had_turn: datetime | None = row.moment()
    wraps_up: datetime | None = row.moment()


class MemberRow(Row, table=True):
    """What the roster says of an operator; NULL where the file has the word."""

    __tablename__ = "member"

    operator: str = row.words(primary_key=True)
    name: Any = row.json(nullable=True)
    telegram: int | None = row.number()
    skills: Any = row.value(Mapping[str, float], dict)
    capacity: int | None
    locales: Any = row.value(tuple[str, ...], tuple)
    role: str | None = row.words()
    joined: bool
    removed: bool
    code: str | None = row.words()
    code_until: datetime | None = row.moment()
    code_used: bool


class AlarmRow(Row, table=True):
    """A due-time."""

    __tablename__ = "alarm"

    kind: str = row.words(primary_key=True)
    subject: str = row.words(primary_key=True)
    due: datetime = row.moment(index=True)


class SeatRow(Row, table=True):
    """A seat taken in a callback slot."""

    __tablename__ = "seat"

    skill: str = row.words(primary_key=True)
    start: datetime = row.moment(primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    ticket: int = row.number(foreign_key="ticket.number", ondelete="CASCADE", index=True)


TICKET = table(TicketRow)
TICKET_EVENT = table(TicketEventRow)
DUTY = table(DutyRow)
MEMBER = table(MemberRow)
ALARM = table(AlarmRow)
SEAT = table(SeatRow)
