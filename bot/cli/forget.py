"""`frontline forget`."""

import asyncio
import sys
from collections.abc import Iterator, Mapping
from typing import Annotated, Final

import typer

from bot.app import Role, composed
from bot.cli.customer import Customer, Kept, kept
from bot.cli.errors import CommandError
from bot.cli.history import history, must_exist
from bot.cli.surroundings import counted, settings_and_log
from bot.dialog.acts import Erased, Forget
from bot.settings import Settings
from bot.storage.files import Files
from bot.workspace.loading import load

NAMES: Final = {
    "conversation": "conversation",
    "message": "message",
    "note": "note",
    "ticket": "ticket",
    "topic": "topic",
    "question": "question",
    "lesson": "lesson",
    "dialog_event": "comment",
    "outbox": "order",
    "inbox": "update",
}


def forget(
    customer: Customer,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase a customer in all of their conversations: words, files, names, phone, topic. What counts stays, nameless.

    Example: frontline forget telegram:1001
    """
    settings = settings_and_log()
    must_exist(settings)
    found = asyncio.run(_look(settings, customer))
    if not found.rows and not found.files:
        typer.echo(f"Nothing is kept of {customer} any more.")
        return
    if not yes:
        _ask(customer, found)
    erased = asyncio.run(_forget(settings, found))
    typer.echo(f"{customer} is forgotten. Erased: {_told(erased, len(found.files))}.")
    if "topic" in erased:
        typer.echo("The topic in Telegram is deleted by the process that serves Telegram, as soon as it runs.")


def _ask(customer: str, found: Kept) -> None:
    if not sys.stdin.isatty():
        raise CommandError("Nobody can be asked here, and it cannot be undone: add --yes.")
    typer.echo(f"Of {customer} this erases {_told(found.rows, len(found.files))}. What is open is cancelled.", err=True)
    typer.confirm("It cannot be undone. Go on?", abort=True, err=True)


def _told(rows: Mapping[str, int], files: int) -> str:
    return ", ".join(_counts(rows, files)) or "what had been left behind"


def _counts(rows: Mapping[str, int], files: int) -> Iterator[str]:
    for table, name in NAMES.items():
        if table in rows:
            yield counted(rows[table], name)
    if files:
        yield counted(files, "file")


async def _look(settings: Settings, customer: str) -> Kept:
    async with history(settings) as storage:
        return await kept(storage, settings, customer)


async def _forget(settings: Settings, found: Kept) -> Mapping[str, int]:
    """In one transaction, as an act among others; then the files, which nobody can reach any more."""
    async with history(settings) as storage:
        content = await asyncio.to_thread(load, settings.workspace, settings.cache)
        app = await composed(settings, Role.WORKER, storage, content)
        async with asyncio.TaskGroup() as tasks:
            working = tasks.create_task(app.service.run())
            outcome = await app.service.do(Forget(found.person.conversations[0]))
            working.cancel()
        files = Files(settings.files)
        for conversation in found.person.conversations:
            files.erase(conversation)
        await storage.scrub()
    assert isinstance(outcome, Erased)
    return outcome.counts
