"""`frontline run`."""

import asyncio
import sys
from typing import Annotated

import typer

from bot import app
from bot.app import Role
from bot.cli.surroundings import settings_and_log


def run(
    role: Annotated[Role, typer.Option(help="What this process does, when several share one database.")] = Role.ALL,
) -> None:
    """Start everything, or one role of it, and serve until Ctrl-C.

    Example: frontline run
    """
    settings = settings_and_log()
    asyncio.run(app.run(settings, role, _say))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
