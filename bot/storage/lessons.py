"""What operators taught: read with the words of its messages, and forgotten in time."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from bot.dialog.lessons import Taught
from bot.dialog.records import Lesson
from bot.storage.dated import Dated
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


def lessons(engine: Engine) -> Dated[Taught]:
    """What operators taught."""
    return Dated(engine, _SINCE, _FORGET, _taught)
