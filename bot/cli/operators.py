"""`frontline operators …`."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Literal

import typer

from bot.cli import inviting
from bot.cli.errors import CommandError
from bot.cli.surroundings import settings_and_log
from bot.cli.team import Team, changed, freed, team_of
from bot.dialog.records import Duty
from handoff.desk import Operator
from handoff.naming import levels_named, operator_named
from handoff.operators import Presence
from handoff.roster import MOST
from intents.fitting import nearest

group = typer.Typer(
    help="Operators: who they are, what they do, and how they get to the desk. A server that runs follows in seconds."
    "\n\nExample: frontline operators list",
    no_args_is_help=True,
)

Id = Annotated[str, typer.Argument(metavar="ID", help="The operator's id, or their name.")]


@group.command("list")
def list_() -> None:
    """List the operators with their presence, capacity, skills, and whether they are in desk.yaml or have joined.

    Example: frontline operators list
    """
    team = asyncio.run(team_of(settings_and_log()))
    for operator in team.desk.operators.values():
        typer.echo(team.line(operator))
    if team.roster.broadcast:
        typer.echo("Broadcast is on: every ticket is shown to everybody with its skill (/broadcast off ends it).")


@group.command()
def invite(
    operator: Annotated[str, typer.Argument(metavar="ID", help="Of an operator, or a new id for somebody new.")],
    name: Annotated[str, typer.Option(help="What customers see. Makes somebody new, if the id is.")] = "",
    skills: Annotated[str, typer.Option(help="With levels from 0 to 1: delivery=1,general=0.5")] = "",
    capacity: Annotated[int | None, typer.Option(min=1, max=MOST, help="Tickets at once.")] = None,
    role: Annotated[Literal["operator", "supervisor"] | None, typer.Option(help="What they may do.")] = None,
    locales: Annotated[str, typer.Option(help="Languages they answer in: ru,en")] = "",
) -> None:
    """Print links that let one operator in, once, within a day: to the desk, and to Telegram when it is on.

    Example: frontline operators invite maria --name "Мария" --skills delivery=1,general=0.5 --capacity 3
    """
    settings = settings_and_log()
    wanted = inviting.Wanted(operator, name, skills, capacity, role, locales)
    code = inviting.new_code() if settings.telegram_token else ""
    team = asyncio.run(changed(settings, lambda team: inviting.invited(team, wanted, code, datetime.now(UTC))))
    for line in asyncio.run(inviting.links(settings, _known(team, operator), code)):
        typer.echo(line)


@group.command(context_settings={"ignore_unknown_options": True})
def skills(
    operator: Id,
    changes: Annotated[
        list[str] | None, typer.Argument(metavar="[+SKILL[=LEVEL]] [-SKILL]", help="None: show them.")
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Begin with what desk.yaml says.")] = False,
) -> None:
    """Give an operator skills, or take them away.

    Example: frontline operators skills anna +delivery=0.5 -general
    """
    levels = levels_named(" ".join(changes or ()))
    if levels is None:
        raise CommandError("Write +SKILL, +SKILL=0.5 or -SKILL for each change, for example +delivery=0.5 -general.")
    if not changes and not reset:
        _show(asyncio.run(team_of(settings_and_log())), operator)
        return

    def change(team: Team) -> Team:
        who = _known(team, operator)
        member = team.roster.of(who.id)
        kept = {} if reset else member.skills
        taught = {**kept, **inviting.known_skills(team.desk, levels)}
        return replace(team, roster=team.roster.with_member(replace(member, skills=taught)))

    _show(asyncio.run(changed(settings_and_log(), change)), operator)


@group.command()
def capacity(
    operator: Id,
    tickets: Annotated[
        int | None, typer.Argument(metavar="[N]", min=1, max=MOST, help="None: as in desk.yaml.")
    ] = None,
) -> None:
    """Set how many tickets an operator takes at once, whatever they have set themselves.

    Example: frontline operators capacity anna 5
    """

    def change(team: Team) -> Team:
        who = _known(team, operator)
        member = replace(team.roster.of(who.id), capacity=tickets)
        return freed(replace(team, roster=team.roster.with_member(member)), who.id)

    _show(asyncio.run(changed(settings_and_log(), change)), operator)


@group.command()
def remove(operator: Id) -> None:
    """Take an operator off the team: what they have goes back to the queue, and their links and buttons are void.

    Example: frontline operators remove anna
    """

    def change(team: Team) -> Team:
        who = _known(team, operator)
        roster = team.roster.with_member(team.roster.of(who.id).gone())
        return replace(team, roster=roster, duties=_offline(team, who.id))

    team = asyncio.run(changed(settings_and_log(), change))
    typer.echo(f"{operator} is off the team. On it: {', '.join(team.desk.operators) or 'nobody'}.")


def _offline(team: Team, operator: str) -> Mapping[str, Duty]:
    duty = team.duties.get(operator)
    if duty is None:
        return team.duties
    return {**team.duties, operator: replace(duty, presence=Presence.OFFLINE, since=datetime.now(UTC), capacity=None)}


def _known(team: Team, named: str) -> Operator:
    found = operator_named(team.desk, named)
    if found is None:
        raise CommandError(f'There is no operator "{named}"; {nearest(named, team.desk.operators)}')
    return found


def _show(team: Team, named: str) -> None:
    typer.echo(team.line(_known(team, named)))
