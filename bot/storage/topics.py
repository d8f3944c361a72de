"""The register of forum topics and of the posts that show offers."""

from typing import Any

from sqlalchemy import Connection, Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.dialog.topics import OfferPost, Topic, TopicState
from bot.storage.engine import Engine
from bot.storage.running import Row, first, rows, run
from bot.storage.tables import DESTINATION, OUTBOX, POST, REF, TOPIC
from bot.storage.upserting import put

_t, _p = TOPIC.c, POST.c
_FIND = select(TOPIC).where(_t.conversation == bindparam("of"), _t.chat == bindparam("in"))
_BY_THREAD = select(TOPIC).where(_t.chat == bindparam("in"), _t.thread == bindparam("at"))
_POSTS = select(POST).where(_p.ticket == bindparam("of")).order_by(_p.id)
_DROP_POSTS = POST.delete().where(_p.ticket == bindparam("of"))


def _topic(connection: Connection, query: Any, values: dict[str, Any]) -> Topic | None:
    row = first(connection, query, values)
    if row is None:
        return None
    conversation, chat, thread, state, title, icon = row
    return Topic(conversation, chat, thread, TopicState(state), title, icon)


def _put(connection: Connection, topic: Topic) -> None:
    columns = {
        "conversation": topic.conversation,
        "chat": topic.chat,
        "thread": topic.thread,
        "state": topic.state.value,
        "title": topic.title,
        "icon": topic.icon,
    }
    put(connection, TOPIC, [columns])


def _posts(connection: Connection, ticket: int) -> list[OfferPost]:
    return [_read(row) for row in rows(connection, _POSTS, {"of": ticket})]


def _read(row: Row) -> OfferPost:
    _, venue, message, ticket, operator, kind, upto = row
    return OfferPost(ticket, operator, kind, venue, message, upto)


def _add_post(connection: Connection, post: OfferPost) -> None:
    insert = postgresql.Insert if connection.dialect.name == "postgresql" else sqlite.Insert
    columns = {"ticket": post.ticket, "operator": post.operator, "kind": post.kind, "upto": post.upto}
    connection.execute(insert(POST).values(venue=post.venue, message=post.id, **columns).on_conflict_do_nothing())


def _move(
    connection: Connection, table: Table, column: str, alone_with: tuple[str, ...], ends: tuple[Any, Any]
) -> None:
    """Give the rows of `column` the new value. What stands there already is newer and stays; the old one goes.

    `alone_with` are the columns that are unique together with `column`, each for itself.
    """
    old, new = ends
    at = table.c[column]
    for beside in (table.c[name] for name in alone_with):
        taken = select(beside).where(at == new).scalar_subquery()
        connection.execute(table.delete().where(at == old, beside.in_(taken)))
    connection.execute(table.update().where(at == old).values({column: new}))


def _migrate(connection: Connection, old_chat: int, new_chat: int) -> None:
    venues = f"telegram:{old_chat}", f"telegram:{new_chat}"
    _move(connection, TOPIC, "chat", ("conversation", "thread"), (old_chat, new_chat))
    _move(connection, REF, "venue", ("id",), venues)
    _move(connection, POST, "venue", ("message",), venues)
    _move(connection, OUTBOX, "destination", (), venues)
    connection.execute(DESTINATION.delete().where(DESTINATION.c.name == venues[0]))


class SqlTopics:
    """The register of topics and offer posts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def find(self, conversation: str, chat: int) -> Topic | None:
        """The conversation's topic in the group, whatever its state."""
        async with self._engine.reading() as line:
            return await line.run(_topic, _FIND, {"of": conversation, "in": chat})

    async def by_thread(self, chat: int, thread: int) -> Topic | None:
        """Whose topic this is."""
        async with self._engine.reading() as line:
            return await line.run(_topic, _BY_THREAD, {"in": chat, "at": thread})

    async def put(self, topic: Topic) -> None:
        """Remember the topic in place of what was known of the conversation in that group."""
        async with self._engine.writing() as line:
            await line.run(_put, topic)

    async def migrate(self, old_chat: int, new_chat: int) -> None:
        """The group has another id now: topics, refs, offer posts and waiting orders follow it."""
        async with self._engine.writing() as line:
            await line.run(_migrate, old_chat, new_chat)

    async def offer_posts(self, ticket: int) -> list[OfferPost]:
        """The posts that show offers of this ticket, oldest first."""
        async with self._engine.reading() as line:
            return await line.run(_posts, ticket)

    async def add_offer_post(self, post: OfferPost) -> None:
        """Remember a post; the same place twice is one."""
        async with self._engine.writing() as line:
            await line.run(_add_post, post)

    async def drop_offer_posts(self, ticket: int) -> None:
        """Forget them: they are settled."""
        async with self._engine.writing() as line:
            await line.run(run, _DROP_POSTS, [{"of": ticket}])
