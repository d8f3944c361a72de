"""`frontline run`."""

import asyncio
import sys
from typing import Annotated

import typer

from bot import process
from bot.app import Application, Role, utc_now
from bot.cli.surroundings import settings_and_log
from bot.web.desk_door import demo_link, desk_link
from handoff.desk import titled


def run(
    role: Annotated[Role, typer.Option(help="What this process does, when several share one database.")] = Role.ALL,
) -> None:
    """Start everything, or one role of it, and serve until Ctrl-C.

    Example: frontline run
    """
    settings = settings_and_log()
    typer.echo("Frontline starts. With new content it trains first, which takes some seconds.")
    asyncio.run(process.run(settings, role, _greet))


def _greet(running: Application) -> None:
    sys.stdout.write("\n".join(greeting(running)) + "\n")
    sys.stdout.flush()


def greeting(running: Application) -> list[str]:
    """What whoever started it should know: the addresses, and how to get to the desk."""
    settings, desk = running.settings, running.content.desk
    lines = ["Frontline is running. Ctrl-C stops it."]
    if running.web:
        lines.append(f"  demo page  {settings.public_url}/")
        for operator in list(desk.operators.values())[:1]:
            whose = (running.secret, operator.id, settings.public_url, utc_now())
            lines.append(f"  desk       {desk_link(*whose)}")
            lines.append(f"  both sides {demo_link(*whose)}")
            name = titled(operator.name, "en")
            lines.append(f"             for {name}, each once, within a day; `frontline operators invite` makes more")
    if running.telegram:
        lines.append(f"  Telegram   on, by {settings.telegram_mode}")
    elif not settings.telegram_token:
        lines.append("  Telegram   off; set FRONTLINE_TELEGRAM_TOKEN to connect a bot")
    return lines
