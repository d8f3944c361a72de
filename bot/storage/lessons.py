"""What operators taught: read with the words of its messages, and forgotten in time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from bot.dialog.lessons import Taught
from bot.dialog.records import Lesson
from bot.storage.engine import Engine
from bot.storage.tables import CONVERSATION, LESSON, MESSAGE
from bot.storage.upserting import put

_l, _c = LESSON.c, CONVERSATION.c
_asked, _said = MESSAGE.alias("asked"), MESSAGE.alias("said")
_SINCE = (
    select(LESSON, _asked.c.text.label("asked"), _said.c.text.label("said"), _c.name, _c.username)
    .join(_asked, (_asked.c.conversation == _l.conversation) & (_asked.c.seq == _l.question))
    .join(_said, (_said.c.conversation == _l.conversation) & (_said.c.seq == _l.answer))
    .join(CONVERSATION, _c.id == _l.conversation)
    .where(_l.at >= bindparam("from"), _asked.c.deleted.is_(False), _said.c.deleted.is_(False))
    .order_by(_l.at.desc(), _l.conversation.desc(), _l.answer.desc())
    .limit(bindparam("limit"))
)
_FORGET = LESSON.delete().where(_l.at < bindparam("before"))


def keep(connection: Connection, lessons: Sequence[Lesson]) -> None:
    """Keep these lessons; an answer taught again has its newest question."""
    put(connection, LESSON, [_row(each) for each in lessons])


def _row(lesson: Lesson) -> dict[str, Any]:
    return {
        "conversation": lesson.conversation,
        "answer": lesson.answer,
        "question": lesson.question,
        "operator": lesson.operator,
        "at": lesson.at,
        "locale": lesson.locale,
    }


def _taught(row: Any) -> Taught:
    names = tuple(each for each in (row.name, row.username) if each)
    return Taught(row.asked, row.said, row.locale, row.operator, row.at, names)


def _since(connection: Connection, moment: datetime, limit: int) -> list[Taught]:
    rows = connection.execute(_SINCE, {"from": moment, "limit": limit}).all()
    return [_taught(row) for row in reversed(rows)]


class SqlLessons:
    """What operators taught."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def since(self, moment: datetime, limit: int) -> list[Taught]:
        """The newest `limit` lessons from that moment on, oldest first."""
        async with self._engine.reading() as line:
            return await line.run(_since, moment, limit)

    async def forget(self, before: datetime) -> None:
        """Delete what was taught before that time."""
        async with self._engine.writing() as line:
            await line.run(Connection.execute, _FORGET, {"before": before})
