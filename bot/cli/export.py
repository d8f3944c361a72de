"""`frontline export`."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.customer import Customer, files_of, who
from bot.cli.errors import CommandError
from bot.cli.history import history, must_exist
from bot.cli.surroundings import settings_and_log
from bot.settings import Settings


def export(
    customer: Customer,
    out: Annotated[Path | None, typer.Option(help="A file that only you can read, instead of the terminal.")] = None,
) -> None:
    """Write everything that is kept of a customer, in all of their conversations, as JSON.

    Example: frontline export telegram:1001 --out customer.json
    """
    settings = settings_and_log()
    must_exist(settings)
    text = json.dumps(asyncio.run(_everything(settings, customer)), ensure_ascii=False, indent=2) + "\n"
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        out.unlink(missing_ok=True)
        out.touch(mode=0o600, exist_ok=False)
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{out} cannot be written ({error.strerror}).") from error
    typer.echo(f"{out} has everything that is kept of {customer}. It is personal: hand it over, then delete it.")


async def _everything(settings: Settings, customer: str) -> dict[str, Any]:
    async with history(settings) as storage:
        person = await who(storage, customer)
        kept = await storage.people.records(person)
    said = {"customer": customer, "exported": datetime.now(UTC).isoformat(timespec="seconds")}
    return {**said, **kept, "files": files_of(settings, person)}
