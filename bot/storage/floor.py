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
    or_,
    select,
    type_coerce,
)

from bot.storage.columns import Moment
from bot.storage.mapping.desk import ticket_of
from bot.storage.reading import Lock, lock_desk
from bot.storage.tables import TICKET
from handoff.queue import Line, OrderKey
from handoff.ticket import Priority, Ticket

_t = TICKET.c
_IN_LINE = _t.state.in_(("queued", "offered"))
_HELD = _t.state.in_(("offered", "active", "on_hold"))

_LOADS = select(_t.operator, func.count().label("load")).where(_HELD).group_by(_t.operator)
_WAITS = and_(_t.state == "queued", _t.kept.is_(None))
_LINES = (
    select(_t.skill, func.count().label("length"), func.sum(case((_WAITS, 1), else_=0)).label("waiting"))
    .where(_IN_LINE)
    .group_by(_t.skill)
)
_HELD_BY = select(TICKET).where(_HELD, _t.operator == bindparam("who")).order_by(_t.number)


def counts(connection: Connection, lock: Lock) -> tuple[dict[str, int], dict[str, Line]]:
    """How many tickets each operator holds, offers included, and how many stand in line for each skill."""
    lock_desk(connection, lock)
    loads = {row.operator: row.load for row in connection.execute(_LOADS)}
    lines = {row.skill: Line(int(row.waiting), row.length - int(row.waiting)) for row in connection.execute(_LINES)}
    return loads, lines


def held_by(connection: Connection, operator: str, lock: Lock) -> list[Ticket]:
    """What the operator holds, offers included."""
    lock_desk(connection, lock)
    return [ticket_of(row) for row in connection.execute(_HELD_BY, {"who": operator})]


def head(
    connection: Connection, skills: Sequence[str], preferred: Sequence[str], aged: Mapping[str, Any], limit: int
) -> list[Ticket]:
    """The first who wait for one of the skills, or for one of the operators who are `preferred`."""
    values = {"skills": list(skills), "preferred": list(preferred), "limit": limit, **aged}
    return [ticket_of(row) for row in connection.execute(_head(ages="ageing" in aged), values)]


def line(connection: Connection, skill: str, aged: Mapping[str, Any], limit: int, offset: int) -> list[Ticket]:
    """A part of the line for the skill, those who have an offer included."""
    values = {"skill": skill, "limit": limit, "offset": offset, **aged}
    return [ticket_of(row) for row in connection.execute(_line(ages="ageing" in aged), values)]


def ahead(connection: Connection, skill: str, aged: Mapping[str, Any], key: OrderKey) -> int:
    """How many in line for the skill have this place in the order or a better one."""
    urgency, asked, number = key
    values = {"skill": skill, "urgency": -urgency, "asked": asked, "number": number, **aged}
    return int(connection.execute(_ahead(ages="ageing" in aged), values).scalar_one())


def aged(now: datetime, ageing: timedelta) -> dict[str, Any]:
    """The parameters from which the effective priority follows."""
    return {"now": now, "ageing": ageing // timedelta.resolution} if ageing else {}


def _effective(*, ages: bool) -> ColumnElement[int]:
    """`handoff.queue.effective_priority` in SQL. Moments are microseconds, see `bot.storage.columns`."""
    if not ages:
        return _t.priority
    now = bindparam("now", type_=Moment)
    waited = type_coerce(now, BigInteger) - type_coerce(_t.asked, BigInteger)
    steps = waited // bindparam("ageing", type_=BigInteger)
    urgent = int(Priority.URGENT)
    return case((_t.asked > now, _t.priority), (steps + _t.priority > urgent, urgent), else_=steps + _t.priority)


def _in_order(query: Select[Any], *, ages: bool) -> Select[Any]:
    return query.order_by(_effective(ages=ages).desc(), _t.asked, _t.number).limit(bindparam("limit"))


@cache
def _head(*, ages: bool) -> Select[Any]:
    wanted = or_(
        _t.skill.in_(bindparam("skills", expanding=True)), _t.preferred.in_(bindparam("preferred", expanding=True))
    )
    return _in_order(select(TICKET).where(_t.state == "queued", wanted), ages=ages)


@cache
def _line(*, ages: bool) -> Select[Any]:
    query = select(TICKET).where(_IN_LINE, _t.skill == bindparam("skill"))
    return _in_order(query, ages=ages).offset(bindparam("offset"))


@cache
def _ahead(*, ages: bool) -> Select[Any]:
    effective, urgency, asked = (
        _effective(ages=ages),
        bindparam("urgency", type_=Integer),
        bindparam("asked", type_=Moment),
    )
    before = or_(_t.asked < asked, and_(_t.asked == asked, _t.number <= bindparam("number")))
    better = or_(effective > urgency, and_(effective == urgency, before))
    return select(func.count()).where(_IN_LINE, _t.skill == bindparam("skill"), better)
