"""Inviting: what `frontline operators invite` keeps and prints."""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.cli.errors import CommandError
from bot.cli.team import Team, secret
from bot.settings import Settings
from bot.web.desk_door import LINK_LIFETIME, desk_link
from handoff.desk import Desk, Operator
from handoff.naming import levels_named, operator_named, skill_named
from handoff.roster import Invitation, Member
from intents.fitting import nearest

ID = re.compile(r"[A-Za-z0-9_.]{1,48}")  # as in desk.yaml


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was written on the command line; what is empty stays as it is."""

    operator: str
    name: str = ""
    skills: str = ""
    capacity: int | None = None
    role: str | None = None
    locales: str = ""


def new_code() -> str:
    """A code that nobody guesses, in letters that a Telegram link may have."""
    return secrets.token_urlsafe(16)


def invited(team: Team, wanted: Wanted, code: str, now: datetime) -> Team:
    """The team with an invitation for the operator, who may be new. Raises CommandError for what cannot be meant."""
    desk = team.desk
    found = operator_named(desk, wanted.operator)
    id_ = found.id if found else wanted.operator
    member = team.roster.of(id_)
    new = found is None and id_ not in team.declared.operators and not member.joined
    if new and not wanted.name:
        near = nearest(id_, desk.operators)
        raise CommandError(f'There is no operator "{id_}" (for somebody new, add --name); {near}')
    if new and not ID.fullmatch(id_):
        raise CommandError(f'"{id_}" cannot be an id; write letters without accents, digits, _ and . only.')
    member = _as_wanted(desk, replace(member, joined=member.joined or new, removed=False), wanted)
    if new and not wanted.skills:
        member = replace(member, skills=dict.fromkeys(desk.skills, 1.0))  # as in desk.yaml
    invitation = Invitation(code, now + LINK_LIFETIME) if code else member.invitation
    return replace(team, roster=team.roster.with_member(replace(member, invitation=invitation)))


def _as_wanted(desk: Desk, member: Member, wanted: Wanted) -> Member:
    return replace(
        member,
        name={desk.default_locale: wanted.name} if wanted.name else member.name,
        skills={**member.skills, **known_skills(desk, _levels(wanted.skills))},
        capacity=wanted.capacity or member.capacity,
        role=wanted.role or member.role,
        locales=tuple(_known_locales(desk, wanted.locales)) or member.locales,
    )


def _levels(written: str) -> Mapping[str, float]:
    """Of `delivery=1,general=0.5`."""
    levels = levels_named(" ".join(f"+{each.strip()}" for each in written.split(",") if each.strip()))
    if levels is None:
        raise CommandError(f'"{written}" is not a list of skills; write it as delivery=1,general=0.5')
    return levels


def known_skills(desk: Desk, levels: Mapping[str, float]) -> dict[str, float]:
    """The levels by the skills' ids. Raises CommandError for a skill or a level that cannot be."""
    found: dict[str, float] = {}
    for named, level in levels.items():
        skill = skill_named(desk, named)
        if skill is None:
            raise CommandError(f'There is no skill "{named}"; {nearest(named, desk.skills)}')
        if not 0 <= level <= 1:
            raise CommandError(f"{named}={level:g} is no level; write a number from 0 to 1.")
        found[skill.id] = level
    return found


def _known_locales(desk: Desk, written: str) -> Iterable[str]:
    for each in (word.strip() for word in written.split(",") if word.strip()):
        if each not in desk.locales:
            raise CommandError(f'The desk does not speak "{each}"; {nearest(each, desk.locales)}')
        yield each


async def links(settings: Settings, operator: Operator, code: str) -> list[str]:
    """What the operator is to open: the desk's door, and the bot when Telegram is on."""
    lines = [desk_link(await secret(settings), operator.id, settings.public_url, datetime.now(UTC))]
    if settings.telegram_token is None:
        return lines
    from bot.telegram.enrolling import JOIN, START, join_link
    from bot.telegram.errors import UnreachableError  # the library takes seconds to import

    try:
        lines.append(await join_link(settings.telegram_token.get_secret_value(), settings.telegram_api, code))
    except UnreachableError as error:
        lines.append(f"{error} Or let them write to the bot: {START} {JOIN}{code}")
    lines.append("Each link works once, within a day. In Telegram they also need to be in the operators' group.")
    return lines
