"""The roster: what was changed at run time about who works here. It is laid over the desk of the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from handoff.desk import Desk, Operator, Title
from handoff.strategies import BROADCAST

MOST = 100  # tickets that one operator may take at once


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that gives an operator their Telegram account, once, before `until`."""

    code: str
    until: datetime
    used: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """What the roster says of one operator; None and what is missing from `skills` is as the file says.

    A level of 0 takes a skill away. Who `joined` works here without being in the file.
    """

    operator: str
    name: Title | None = None
    telegram: int | None = None
    skills: Mapping[str, float] = field(default_factory=dict)
    capacity: int | None = None
    locales: tuple[str, ...] | None = None
    role: str | None = None
    joined: bool = False
    removed: bool = False
    invitation: Invitation | None = None

    def gone(self) -> "Member":
        """The same without a place here: another account or the old one gets in by a new invitation only."""
        return replace(self, removed=True, telegram=None, invitation=None)


@dataclass(frozen=True, slots=True)
class Roster:
    """Members by operator id, and whether every ticket is shown to everybody with its skill until further notice."""

    members: Mapping[str, Member] = field(default_factory=dict)
    broadcast: bool = False

    def of(self, operator: str) -> Member:
        """What is said of this operator, which may be nothing."""
        return self.members.get(operator) or Member(operator)

    def with_member(self, member: Member) -> "Roster":
        """The roster with this member in place of what it said before."""
        return replace(self, members={**self.members, member.operator: member})

    def invited(self, code: str) -> Member | None:
        """Whom this code was made for."""
        mine = (each for each in self.members.values() if each.invitation and each.invitation.code == code)
        return next(mine, None)


NOBODY_CHANGED = Roster()


def manned(desk: Desk, roster: Roster) -> Desk:
    """The desk of the file with the roster laid over it: who really works here, and how.

    What the desk knows no more (a skill, an operator that the file no longer has) is passed over.
    """
    declared = (each for each in desk.operators.values() if not roster.of(each.id).removed)
    bound = {each.telegram for each in roster.members.values() if each.telegram is not None and not each.removed}
    operators = {each.id: _member(desk, _unbound(each, bound), roster.of(each.id)) for each in declared}
    for each in sorted(roster.members.values(), key=lambda member: member.operator):
        if each.joined and not each.removed and each.operator not in desk.operators:
            operators[each.operator] = _member(desk, _newcomer(desk, each.operator), each)
    routing = replace(desk.routing, strategy=BROADCAST) if roster.broadcast else desk.routing
    return replace(desk, operators=operators, routing=routing)


def _newcomer(desk: Desk, operator: str) -> Operator:
    return Operator(operator, {desk.default_locale: operator}, locales=desk.locales)


def _unbound(operator: Operator, bound: set[int]) -> Operator:
    """An account that an invitation gave to somebody is nobody else's, whatever the file says."""
    return replace(operator, telegram=None) if operator.telegram in bound else operator


def _member(desk: Desk, operator: Operator, member: Member) -> Operator:
    skills = {**operator.skills, **member.skills}
    return replace(
        operator,
        name=member.name or operator.name,
        telegram=operator.telegram if member.telegram is None else member.telegram,
        skills={skill: level for skill, level in skills.items() if level > 0 and skill in desk.skills},
        capacity=operator.capacity if member.capacity is None else member.capacity,
        locales=member.locales or operator.locales,
        role=member.role or operator.role,
    )
