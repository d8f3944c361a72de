"""The questions to learn from: which they are, read with the words of their messages, and forgotten in time."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.dialog.messages import AuthorKind
from bot.dialog.questions import TO_LEARN_FROM, Asked, Outcome, Question
from bot.storage.dated import Dated
from bot.storage.engine import Engine
from bot.storage.running import run
from bot.storage.tables import CONVERSATION, MESSAGE, QUESTION

_q, _m, _c = QUESTION.c, MESSAGE.c, CONVERSATION.c
_ABOUT = ("at", "locale", "outcome", "intent", "score", "meant")
_CHANGING = ("outcome", "meant")
_SINCE = (
    select(QUESTION, _m.text, _c.name, _c.username)
    .join(MESSAGE, (_m.conversation == _q.conversation) & (_m.seq == _q.seq))
    .join(CONVERSATION, _c.id == _q.conversation)
    .where(_q.at >= bindparam("from"), _q.outcome.in_(sorted(TO_LEARN_FROM)))
    .where(_m.author == AuthorKind.CUSTOMER.value, _m.deleted.is_(False))
    .order_by(_q.at.desc(), _q.conversation.desc(), _q.seq.desc())
    .limit(bindparam("limit"))
)
_FORGET = QUESTION.delete().where(_q.at < bindparam("before"))


@cache
def _remember(dialect: str) -> Insert:
    """Of a message that was erased meanwhile nothing is remembered: each row is made from its message."""
    insert = postgresql.insert(QUESTION) if dialect == "postgresql" else sqlite.insert(QUESTION)
    about = [bindparam(f"the_{name}", type_=_q[name].type) for name in _ABOUT]
    stands = (_m.conversation == bindparam("the_conversation")) & (_m.seq == bindparam("the_seq"))
    made = insert.from_select(["conversation", "seq", *_ABOUT], select(_m.conversation, _m.seq, *about).where(stands))
    news = {name: made.excluded[name] for name in _CHANGING}
    return made.on_conflict_do_update(index_elements=["conversation", "seq"], set_=news)


def remember(connection: Connection, questions: Mapping[tuple[str, int], Question]) -> None:
    """Keep these questions as they are now, by (conversation, seq)."""
    rows = [_row(conversation, question) for (conversation, _), question in questions.items()]
    run(connection, _remember(connection.dialect.name), rows)


def _row(conversation: str, question: Question) -> dict[str, Any]:
    return {
        "the_conversation": conversation,
        "the_seq": question.seq,
        "the_at": question.at,
        "the_locale": question.locale,
        "the_outcome": question.outcome.value,
        "the_intent": question.intent,
        "the_score": question.score,
        "the_meant": question.meant,
    }


def _asked(row: Any) -> Asked:
    question = Question(row.seq, row.at, row.locale, Outcome(row.outcome), row.intent, row.score, row.meant)
    return Asked(question, row.text, tuple(each for each in (row.name, row.username) if each))


def questions(engine: Engine) -> Dated[Asked]:
    """What can be learnt from."""
    return Dated(engine, _SINCE, _FORGET, _asked)
