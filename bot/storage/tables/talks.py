"""What was said: conversations, messages, where they stand, notes and what the bot made of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlmodel import Field

from bot.dialog.conversation import Shown, Talk
from bot.dialog.messages import Attachment, Button, Entity
from bot.storage.tables import row
from bot.storage.tables.row import Row, table


class ConversationRow(Row, table=True):
    """One customer on one channel. A `forgotten` one is an empty husk: events count it, and nobody speaks in it."""

    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("channel", "address"), Index(None, "continued", unique=True))

    id: str = row.words(primary_key=True)
    channel: str = row.words()
    address: str = row.words()
    created: datetime = row.moment()
    touched: datetime = row.moment()
    name: str = row.words()
    username: str = row.words()
    locale: str = row.words()
    locale_chosen: bool
    zone: str | None = row.words()
    page: str = row.words()
    phone: str | None = row.words()
    owner: str = row.words()
    blocked: bool
    last_seq: int
    read_seq: int
    operator_read_seq: int
    talk: Any = row.value(Talk, Talk)
    shown: Any = row.value(Shown, Shown)
    barred: bool
    continued: str | None = row.words()
    forgotten: datetime | None = row.moment()


class MessageRow(Row, table=True):
    """One message; `key` is the sender's own id of it."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("conversation", "key"), {"sqlite_with_rowid": False})

    conversation: str = row.conversation(primary_key=True)
    seq: int = Field(primary_key=True)
    at: datetime = row.moment()
    author: str = row.words()
    author_name: str = row.words()
    text: str = row.words()
    markdown: str | None = row.words()
    entities: Any = row.value(tuple[Entity, ...], tuple)
    buttons: Any = row.value(tuple[Button, ...], tuple)
    attachments: Any = row.value(tuple[Attachment, ...], tuple)
    reply_to: int | None
    edited: bool
    deleted: bool
    key: str | None = row.words()


class RefRow(Row, table=True):
    """Where a message stands in a chat of a channel. No foreign key: a message may be erased while it is delivered."""

    __tablename__ = "ref"
    __table_args__ = (
        Index(None, "conversation", "seq"),
        {"sqlite_with_rowid": False},
    )

    venue: str = row.words(primary_key=True)
    id: str = row.words(primary_key=True)
    conversation: str = row.words()
    seq: int


class NoteRow(Row, table=True):
    """An internal note."""

    __tablename__ = "note"
    __table_args__ = (Index(None, "conversation", "id"),)

    id: int | None = row.counted()
    conversation: str = row.conversation()
    at: datetime = row.moment()
    operator: str = row.words()
    text: str = row.words()


class DialogEventRow(Row, table=True):
    """What the bot did with a message. No foreign key: events outlive what they were about, nameless."""

    __tablename__ = "dialog_event"

    id: int | None = row.counted()
    conversation: str = row.words()
    seq: int
    at: datetime = row.moment()
    kind: str = row.words()
    intent: str | None = row.words()
    score: float | None
    detail: Any = row.value(Mapping[str, str], dict)


class QuestionRow(Row, table=True):
    """A message that is a question to learn from. Its words stay in the message alone, and it goes with it."""

    __tablename__ = "question"
    __table_args__ = (
        ForeignKeyConstraint(["conversation", "seq"], ["message.conversation", "message.seq"], ondelete="CASCADE"),
        {"sqlite_with_rowid": False},
    )

    conversation: str = row.words(primary_key=True)
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = row.moment(index=True)
    locale: str = row.words()
    outcome: str = row.words()
    intent: str | None = row.words()
    score: float | None
    meant: str | None = row.words()


class LessonRow(Row, table=True):
    """What an operator proposed to learn. The words stay in the two messages, and it goes with either."""

    __tablename__ = "lesson"
    __table_args__ = (
        ForeignKeyConstraint(["conversation", "question"], ["message.conversation", "message.seq"], ondelete="CASCADE"),
        ForeignKeyConstraint(["conversation", "answer"], ["message.conversation", "message.seq"], ondelete="CASCADE"),
        {"sqlite_with_rowid": False},
    )

    conversation: str = row.words(primary_key=True)
    answer: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    question: int
    operator: str = row.words()
    at: datetime = row.moment(index=True)
    locale: str = row.words()


CONVERSATION = table(ConversationRow)
MESSAGE = table(MessageRow)
REF = table(RefRow)
NOTE = table(NoteRow)
DIALOG_EVENT = table(DialogEventRow)
QUESTION = table(QuestionRow)
LESSON = table(LessonRow)
