"""The roster, as rows."""

from typing import Any

from handoff.roster import Invitation, Member, Roster
from handoff.strategies import BROADCAST

Columns = dict[str, Any]
ON, OFF = "on", "off"


def member_row(value: Member) -> Columns:
    """The columns of what is said of an operator."""
    invitation = value.invitation
    return {
        "operator": value.operator,
        "name": dict(value.name) if value.name else None,
        "telegram": value.telegram,
        "skills": value.skills,
        "capacity": value.capacity,
        "locales": value.locales or (),
        "role": value.role,
        "joined": value.joined,
        "removed": value.removed,
        "code": invitation.code if invitation else None,
        "code_until": invitation.until if invitation else None,
        "code_used": invitation.used if invitation else False,
    }


def member_of(row: Any) -> Member:
    """What is said of an operator again."""
    operator, name, telegram, skills, capacity, locales, role, joined, removed, code, code_until, code_used = row
    return Member(
        operator=operator,
        name=name,
        telegram=telegram,
        skills=skills,
        capacity=capacity,
        locales=locales or None,
        role=role,
        joined=joined,
        removed=removed,
        invitation=Invitation(code, code_until, code_used) if code else None,
    )


def broadcast_row(value: Roster) -> Columns:
    """The switch, as a small value that outlives a restart."""
    return {"name": BROADCAST, "value": ON if value.broadcast else OFF}
