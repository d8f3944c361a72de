"""`frontline operators …`."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.app import StartError
from bot.cli.surroundings import settings_and_log
from bot.dialog.records import Duty
from bot.secret import secret_of
from bot.settings import Settings
from bot.storage.storage import Storage
from bot.web.desk_door import desk_link
from bot.workspace.desk import load_desk
from bot.workspace.places import places
from handoff.desk import Desk, titled
from intents.fitting import nearest

group = typer.Typer(help="Operators: who they are, and how they get to the desk.", no_args_is_help=True)


@group.command("list")
def list_() -> None:
    """List the operators with their skills and presence.

    Example: frontline operators list
    """
    settings = settings_and_log()
    desk = _desk(settings)
    duties = asyncio.run(_duties(settings))
    for operator in desk.operators.values():
        duty = duties.get(operator.id)
        skills = ", ".join(f"{skill} {level:g}" for skill, level in operator.skills.items()) or "no skill"
        name = titled(operator.name, "en")
        presence = duty.presence.value if duty else "offline"
        typer.echo(f"{operator.id}\t{name}\t{operator.role}\t{presence}\tcapacity {operator.capacity}\t{skills}")


@group.command()
def invite(operator: Annotated[str, typer.Argument(metavar="ID", help="The operator's id in desk.yaml.")]) -> None:
    """Print a link that lets one operator into the desk, once, within a day.

    Example: frontline operators invite anna
    """
    settings = settings_and_log()
    known = _desk(settings).operators
    if operator not in known:
        raise StartError(f'There is no operator "{operator}"; {nearest(operator, known)}')
    secret = asyncio.run(_secret(settings))
    typer.echo(desk_link(secret, operator, settings.public_url, datetime.now(UTC)))


def _desk(settings: Settings) -> Desk:
    return load_desk(places(settings.workspace).desk, datetime.now(UTC).date()).desk


async def _duties(settings: Settings) -> dict[str, Duty]:
    async with Storage.open(settings.database_url) as storage:
        await storage.upgrade()
        async with storage.work.read() as tx:
            return {each.operator: each for each in await tx.duties()}


async def _secret(settings: Settings) -> str:
    async with Storage.open(settings.database_url) as storage:
        await storage.upgrade()
        return await secret_of(settings, storage.keep)
