"""What the floor reads: counts and parts of lines, so that serving one does not cost reading all who wait."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
    type_coerce,
    union_all,
)

from bot.storage.columns import Moment
from bot.storage.mapping.desk import ticket_of
from bot.storage.reading import Lock, lock_desk
from bot.storage.running import first, rows, scalar
from bot.storage.tables import TICKET
from bot.storage.wanted import keys, one_of
from handoff.queue import Line, OrderKey
from handoff.ticket import Priority, Ticket

_t = TICKET.c
_IN_LINE = one_of(_t.state, "queued", "offered")
_HELD = one_of(_t.state, "offered", "active", "on_hold")

_LOADS = select(_t.operator, func.count().label("load")).where(_HELD).group_by(_t.operator)
_QUEUED = one_of(_t.state, "queued")
_KEPT = and_(_QUEUED, _t.kept.is_not(None))
_LINES = (
    select(
        _t.skill,
        func.count().label("length"),
        func.sum(case((_QUEUED, 1), else_=0)).label("queued"),
        func.sum(case((_KEPT, 1), else_=0)).label("kept"),
    )
    .where(_IN_LINE)
    .group_by(_t.skill)
)
_BEHIND = select(literal(1)).where(_IN_LINE, _t.skill == bindparam("skill")).limit(1).offset(bindparam("than"))
_LENGTHS = select(_t.skill, func.count(), func.min(_t.asked)).where(_IN_LINE).group_by(_t.skill)
_SOONEST = func.row_number().over(partition_by=_t.skill, order_by=(_t.until, _t.number)).label("rank")
_OF_SKILL = func.count().over(partition_by=_t.skill).label("of")
_RANKED = select(*_t, _SOONEST, _OF_SKILL).where(one_of(_t.state, "scheduled")).subquery()
_BOOKED = select(_RANKED).where(_RANKED.c.rank <= bindparam("limit")).order_by(_RANKED.c.until, _RANKED.c.number)
_HELD_BY_ALL = select(TICKET).where(_HELD).order_by(_t.number)
_HELD_BY = _HELD_BY_ALL.where(_t.operator == bindparam("who"))


def loads(connection: Connection) -> dict[str, int]:
    """How many tickets each operator holds, offers included."""
    return {row[0]: row[1] for row in rows(connection, _LOADS)}


def lines(connection: Connection, lock: Lock) -> dict[str, Line]:
    """How many stand in line for each skill."""
    lock_desk(connection, lock)
    found = rows(connection, _LINES)
    return {skill: _line_of(length, int(queued), int(kept)) for skill, length, queued, kept in found}


def _line_of(length: int, queued: int, kept: int) -> Line:
    return Line(queued - kept, length - queued, kept)


def longer(connection: Connection, skill: str, than: int) -> bool:
    """Whether more than so many stand in line for the skill."""
    return first(connection, _BEHIND, {"skill": skill, "than": than}) is not None


def lengths(connection: Connection) -> dict[str, tuple[int, datetime]]:
    """How many stand in line for each skill, and when the first of them asked."""
    return {skill: (length, since) for skill, length, since in rows(connection, _LENGTHS)}


def held(connection: Connection, operator: str | None, lock: Lock) -> list[Ticket]:
    """What the operator holds, offers included; without one, what all of them hold."""
    lock_desk(connection, lock)
    found = rows(connection, _HELD_BY, {"who": operator}) if operator else rows(connection, _HELD_BY_ALL)
    return [ticket_of(row) for row in found]


def booked(connection: Connection, limit: int) -> tuple[list[Ticket], dict[str, int]]:
    """Of each skill the first callbacks that are not yet due, soonest first, and how many there are of it."""
    found = rows(connection, _BOOKED, {"limit": limit})
    tickets = [ticket_of(row) for row in found]
    return tickets, {each.skill: row[-1] for each, row in zip(tickets, found, strict=True)}


def head(
    connection: Connection, skills: Sequence[str], preferred: Sequence[str], aged: Mapping[str, Any], limit: int
) -> list[Ticket]:
    """The first who wait for one of the skills, or for one of the operators who are `preferred`."""
    values = {
        "skills": [(each,) for each in skills],
        "preferred": [(each,) for each in preferred],
        "limit": limit,
        **aged,
    }
    return [ticket_of(row) for row in rows(connection, _head(ages="ageing" in aged), values)]


def line(connection: Connection, skill: str, aged: Mapping[str, Any], limit: int, offset: int) -> list[Ticket]:
    """A part of the line for the skill, those who have an offer included."""
    values = {"skill": skill, "limit": limit, "offset": offset, **aged}
    return [ticket_of(row) for row in rows(connection, _line(ages="ageing" in aged), values)]


def firsts(connection: Connection, skills: Sequence[str], aged: Mapping[str, Any], limit: int) -> list[Ticket]:
    """The first of each of these lines, a statement each: one for all of them sorts all who wait, at twice the cost."""
    return [each for skill in skills for each in line(connection, skill, aged, limit, 0)]


def ahead(connection: Connection, skill: str, aged: Mapping[str, Any], key: OrderKey) -> int:
    """How many in line for the skill have this place in the order or a better one."""
    urgency, asked, number = key
    values = {"skill": skill, "urgency": -urgency, "asked": asked, "number": number, **aged}
    return int(scalar(connection, _ahead(ages="ageing" in aged), values))


def aged(now: datetime, ageing: timedelta) -> dict[str, Any]:
    """The parameters from which the effective priority follows."""
    return {"now": now, "ageing": ageing // timedelta.resolution} if ageing else {}


def _effective(of: Any, *, ages: bool) -> ColumnElement[int]:
    """`handoff.queue.effective_priority` in SQL. Moments are microseconds, see `bot.storage.columns`."""
    priority: ColumnElement[int] = of.priority
    if not ages:
        return priority
    now = bindparam("now", type_=Moment)
    waited = type_coerce(now, BigInteger) - type_coerce(of.asked, BigInteger)
    steps = waited // bindparam("ageing", type_=BigInteger)
    urgent = int(Priority.URGENT)
    return case((of.asked > now, priority), (steps + priority > urgent, urgent), else_=steps + priority)


def _in_order(query: Select[Any], of: Any, *, ages: bool) -> Select[Any]:
    return query.order_by(_effective(of, ages=ages).desc(), of.asked, of.number).limit(bindparam("limit"))


@cache
def _head(*, ages: bool) -> Select[Any]:
    """Of each priority the first are read along an index, since these age alike; of them all, the first are wanted."""
    skills, liked = keys("skills").cte("skills"), keys("preferred").cte("liked")
    waits = select(TICKET).where(_QUEUED, or_(_t.skill.in_(select(skills)), _t.preferred.in_(select(liked))))
    firsts = waits.order_by(_t.asked, _t.number).limit(bindparam("limit"))
    alike = (firsts.where(_t.priority == literal_column(str(int(each)))).subquery() for each in Priority)
    found = union_all(*map(select, alike)).subquery()
    return _in_order(select(found), found.c, ages=ages)


@cache
def _line(*, ages: bool) -> Select[Any]:
    query = select(TICKET).where(_IN_LINE, _t.skill == bindparam("skill"))
    return _in_order(query, _t, ages=ages).offset(bindparam("offset"))


@cache
def _ahead(*, ages: bool) -> Select[Any]:
    effective, urgency, asked = (
        _effective(_t, ages=ages),
        bindparam("urgency", type_=Integer),
        bindparam("asked", type_=Moment),
    )
    before = or_(_t.asked < asked, and_(_t.asked == asked, _t.number <= bindparam("number")))
    better = or_(effective > urgency, and_(effective == urgency, before))
    return select(func.count()).where(_IN_LINE, _t.skill == bindparam("skill"), better)
