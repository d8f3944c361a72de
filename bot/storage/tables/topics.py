"""The operators' forum: topics and the posts that show offers."""

from sqlalchemy import Index, UniqueConstraint

from bot.storage.tables import row
from bot.storage.tables.row import Row, table


class TopicRow(Row, table=True):
    """The forum topic of a conversation in a group."""

    __tablename__ = "topic"
    __table_args__ = (UniqueConstraint("chat", "thread"),)

    conversation: str = row.conversation(primary_key=True)
    chat: int = row.number(primary_key=True, sa_column_kwargs={"autoincrement": False})
    thread: int = row.number()
    state: str = row.words()
    title: str = row.words()
    icon: str = row.words()


class PostRow(Row, table=True):
    """A post that shows an offer, kept until the offer is settled."""

    __tablename__ = "post"
    __table_args__ = (UniqueConstraint("venue", "message"), Index(None, "ticket", "id"))

    id: int | None = row.counted()
    venue: str = row.words()
    message: str = row.words()
    ticket: int = row.number(foreign_key="ticket.number", ondelete="CASCADE")
    operator: str = row.words()
    kind: str = row.words()
    upto: int | None


TOPIC = table(TopicRow)
POST = table(PostRow)
