"""People: who somebody is by their conversations, everything that is kept of them, and its erasure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import Connection, Table, and_, bindparam, exists, or_, select

from bot.dialog.conversation import ELSEWHERE
from bot.dialog.orders import RemoveTopic
from bot.dialog.people import Erasure, Person
from bot.dialog.scene import READS_BY_SEQ
from bot.dialog.topics import TopicState
from bot.storage.engine import Engine
from bot.storage.mapping.traffic import order_row
from bot.storage.personal import HOLDINGS, Condition, Holding
from bot.storage.tables import CONVERSATION, MESSAGE, OUTBOX, REF, TICKET, TOPIC
from bot.storage.wanted import one_of

_c, _t = CONVERSATION.c, TICKET.c
_FIRST = select(MESSAGE.c.at).where(MESSAGE.c.conversation == _c.id).order_by(MESSAGE.c.seq).limit(1).scalar_subquery()
_OPEN = exists().where(_t.conversation == _c.id, ~one_of(_t.state, "closed"))
_OUTDATED = (
    select(_c.id)
    .where(_c.forgotten.is_(None), _c.created < bindparam("before"), _c.id > bindparam("after"), ~_OPEN)
    .where(or_(bindparam("before") > _FIRST, and_(_FIRST.is_(None), _c.touched < bindparam("before"))))
    .order_by(_c.id)
    .limit(bindparam("limit"))
)
_LEFTOVERS = select(_c.id).where(
    _c.forgotten >= bindparam("since"),
    or_(*(exists().where(table.c.conversation == _c.id) for table in (REF, TOPIC, MESSAGE))),
)
_MARK = CONVERSATION.update().where(_c.forgotten.is_(None))


def person_of(connection: Connection, conversations: Iterable[str]) -> Person:
    """Whoever speaks in these, with every conversation that was joined or merged with one of them."""
    looked: set[str] = set()
    talks: dict[str, Any] = {}
    tickets: dict[int, int | None] = {}
    new = set(conversations)
    while new:
        looked |= new
        found = connection.execute(select(CONVERSATION).where(_c.id.in_(new))).all()
        talks |= {row.id: row for row in found}
        mine = connection.execute(select(_t.number, _t.merged_into).where(_t.conversation.in_(new))).all()
        tickets |= {row.number: row.merged_into for row in mine}
        new = {*_joined(connection, found), *_merged(connection, mine)} - looked
    where = select(TOPIC.c.chat, TOPIC.c.thread).where(TOPIC.c.conversation.in_(talks))
    topics = tuple(sorted((row.chat, row.thread) for row in connection.execute(where)))
    venues = {each for row in talks.values() for each in _venues(row)}
    return Person(tuple(sorted(talks)), tuple(sorted(tickets)), tuple(sorted(venues)), topics)


def _venues(talk: Any) -> list[str]:
    """The chats that somebody writes from who speaks in this conversation."""
    own = [f"{talk.channel}:{talk.address}"] if talk.channel != READS_BY_SEQ else []
    return own + [each for each in (talk.continued,) if each and not each.startswith(f"{ELSEWHERE}:")]


def _joined(connection: Connection, talks: Sequence[Any]) -> set[str]:
    """Those that go on in one of these, in which one of these goes on, or that are written from the same chat."""
    venues = [each for talk in talks for each in _venues(talk)]
    here = [f"{ELSEWHERE}:{talk.id}" for talk in talks]
    there = {talk.continued.removeprefix(f"{ELSEWHERE}:") for talk in talks if talk.continued}
    beside = connection.execute(select(_c.id).where(or_(_c.continued.in_([*venues, *here]), _written_from(venues))))
    return there.difference(venues) | set(beside.scalars())


def _written_from(venues: Iterable[str]) -> Condition:
    chats = [each.split(":", 1) for each in venues]
    return or_(*(and_(_c.channel == channel, _c.address == address) for channel, address in chats), _c.id.in_(()))


def _merged(connection: Connection, tickets: Sequence[Any]) -> set[str]:
    """The conversations of tickets that were merged with one of these."""
    into = [each.merged_into for each in tickets if each.merged_into is not None]
    numbers = [each.number for each in tickets]
    query = select(_t.conversation).where(or_(_t.number.in_(into), _t.merged_into.in_(numbers)))
    return set(connection.execute(query).scalars())


def named(connection: Connection, customer: str) -> list[Person]:
    """Everybody who may be meant by a conversation's id, a chat (`telegram:1001`) or a ticket's number (17 or #17)."""
    number = customer.removeprefix("#")
    queries = [select(_c.id).where(or_(_c.id == customer, _c.continued == customer))]
    if ":" in customer and not customer.startswith(f"{READS_BY_SEQ}:"):
        queries.append(select(_c.id).where(_written_from([customer])))
    if number.isascii() and number.isdecimal() and len(number) < 19:  # noqa: PLR2004 - what a database counts to
        queries.append(select(_t.conversation).where(_t.number == int(number)))
        queries.append(select(_c.id).where(_c.channel != READS_BY_SEQ, _c.address == customer))
    found = [each for query in queries for each in connection.execute(query).scalars()]
    return list(dict.fromkeys(person_of(connection, [each]) for each in found))


def _found(connection: Connection, holding: Holding, person: Person, before: datetime | None) -> list[Any]:
    """The person's rows of the table; those alone that retention erases now, if it is told since when."""
    query = select(holding.table).where(holding.rows(person))
    if before is not None:
        if holding.aged is None:
            return []
        query = query.where(holding.aged(before))
    return [row for row in connection.execute(query) if holding.theirs(row, person)]


def _left(holding: Holding, rows: Sequence[Any]) -> list[tuple[Any, dict[str, Any]]]:
    """The rows of which there is something to erase, each with the values that it is to have then."""
    news = [(row, {name: value(row) for name, value in holding.emptied.items()}) for row in rows]
    changed = [(row, new) for row, new in news if any(getattr(row, name) != value for name, value in new.items())]
    return news if holding.goes else changed


def erasable(connection: Connection, person: Person) -> dict[str, int]:
    """How many rows of each table an erasure would reach."""
    counts = {each.table.name: len(_left(each, _found(connection, each, person, None))) for each in HOLDINGS}
    return {name: count for name, count in counts.items() if count}


def records(connection: Connection, person: Person) -> dict[str, list[dict[str, Any]]]:
    """Everything that is kept of the person, JSON-ready."""
    kept = {each.table.name: _found(connection, each, person, None) for each in HOLDINGS}
    return {name: [_readable(row) for row in rows] for name, rows in kept.items() if rows}


def _readable(row: Any) -> dict[str, Any]:
    made: dict[str, Any] = to_jsonable_python(dict(row._mapping))  # noqa: SLF001 - public, says SQLAlchemy
    return {name: value for name, value in made.items() if value not in (None, "", [], {})}


def erase(connection: Connection, erasures: Sequence[Erasure]) -> None:
    """Do them, in the transaction that the connection is in; those that reach as far, together, as if of one person."""
    alike: dict[tuple[datetime, datetime | None], list[str]] = {}
    for each in erasures:
        alike.setdefault((each.at, each.before), []).extend(each.person.conversations)
    for (at, before), conversations in alike.items():
        _erase_all(connection, Erasure(person_of(connection, conversations), at, before))


def _erase_all(connection: Connection, erasure: Erasure) -> None:
    """Topics are ordered to be deleted before they are unknown."""
    for holding in HOLDINGS:
        rows = _found(connection, holding, erasure.person, erasure.before)
        if holding.table is TOPIC:
            _remove_topics(connection, rows)
        _erase(connection, holding, _left(holding, rows))
    if erasure.before is None:
        connection.execute(_MARK.where(_c.id.in_(erasure.person.conversations)).values(forgotten=erasure.at))


def _erase(connection: Connection, holding: Holding, left: Sequence[tuple[Any, dict[str, Any]]]) -> None:
    if left:
        keys = [column.name for column in holding.table.primary_key]
        rows = [{f"the_{key}": getattr(row, key) for key in keys} | new for row, new in left]
        change = holding.table.delete() if holding.goes else holding.table.update()
        connection.execute(change.where(*_is_one_of(holding.table, keys)), rows)


def _is_one_of(table: Table, keys: Sequence[str]) -> list[Condition]:
    return [table.c[key] == bindparam(f"the_{key}") for key in keys]


def _remove_topics(connection: Connection, topics: Sequence[Any]) -> None:
    there = [row for row in topics if row.state != TopicState.GONE]
    orders = [order_row(f"telegram:{row.chat}", RemoveTopic(row.thread)) for row in there]
    if orders:
        connection.execute(OUTBOX.insert(), orders)


def _outdated(connection: Connection, before: datetime, after: str, limit: int) -> list[str]:
    values = {"before": before, "after": after, "limit": limit}
    return list(connection.execute(_OUTDATED, values).scalars())


def _leftovers(connection: Connection, since: datetime) -> list[str]:
    return list(connection.execute(_LEFTOVERS, {"since": since}).scalars())


class SqlPeople:
    """Who the customers are. Looks only: an erasure is part of a unit of work (`Changes.erasures`)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def named(self, customer: str) -> list[Person]:
        """Everybody who may be meant by a conversation's id, a chat (`telegram:1001`) or a ticket's number."""
        async with self._engine.reading() as line:
            return await line.run(named, customer)

    async def records(self, person: Person) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Everything that is kept of them, JSON-ready, by table."""
        async with self._engine.reading() as line:
            return await line.run(records, person)

    async def erasable(self, person: Person) -> Mapping[str, int]:
        """How much of it would be erased, by table; empty when nothing is left."""
        async with self._engine.reading() as line:
            return await line.run(erasable, person)

    async def outdated(self, before: datetime, after: str, limit: int) -> list[str]:
        """Conversations, by id above `after`, without open tickets, in which something was said before that time."""
        async with self._engine.reading() as line:
            return await line.run(_outdated, before, after, limit)

    async def leftovers(self, since: datetime) -> list[str]:
        """Conversations forgotten since then of which something has been kept after all."""
        async with self._engine.reading() as line:
            return await line.run(_leftovers, since)
