"""`frontline doctor`."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import typer

from bot.app import Role, composed, telegram_of
from bot.cli.surroundings import counted, settings_and_log
from bot.dialog.errors import StoreUnavailableError
from bot.settings import Settings
from bot.storage.errors import StorageError
from bot.storage.storage import Storage
from bot.workspace.loading import load, survey
from intents.errors import FaultsError

Finding = tuple[bool, str]


def doctor() -> None:
    """Look whether everything that Frontline needs is as it should be, and say what to do where it is not.

    Example: frontline doctor
    """
    settings = settings_and_log()
    healthy = asyncio.run(_examine(settings))
    if not healthy:
        raise typer.Exit(1)


async def _examine(settings: Settings) -> bool:
    healthy = True
    async for well, text in _findings(settings):
        typer.echo(f"{'ok  ' if well else 'FAIL'}  {text}")
        healthy = healthy and well
    return healthy


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    yield True, "settings can be used"
    yield _workspace(settings)
    async for finding in _database(settings):
        yield finding
    if settings.telegram_token is None:
        yield True, "Telegram is off: FRONTLINE_TELEGRAM_TOKEN is not set"
        return
    async for finding in _telegram(settings):
        yield finding


def _workspace(settings: Settings) -> Finding:
    try:
        workspace = survey(settings.workspace, datetime.now(UTC).date())
    except FaultsError as error:
        return False, f"the workspace has {counted(len(error.faults), 'fault')}; `frontline check` names what is wrong"
    count = counted(len(workspace.intents.intents), "intent")
    return True, f"the workspace is sound: {count}, {counted(len(workspace.warnings), 'warning')}"


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    async with Storage.open(settings.database_url) as storage:
        try:
            await storage.ping()
            yield True, "the database answers"
            if not await storage.current():
                yield False, "the database's schema is not current; `frontline run` brings it up to date"
                return
            yield True, "the database's schema is current"
            parked = await storage.inbox.parked()
        except (StoreUnavailableError, StorageError) as error:
            yield False, str(error)
            return
    for incoming, error_text in parked:
        yield False, f"the update {incoming.key} of {incoming.source} could not be handled: {error_text}"


async def _telegram(settings: Settings) -> AsyncIterator[Finding]:
    async with Storage.open(settings.database_url) as storage:
        try:
            if not await storage.current():
                return  # said already
            content = await asyncio.to_thread(load, settings.workspace, settings.cache)
            app = await composed(settings, Role.TELEGRAM, storage, content)
            faults = await telegram_of(app).check()
        except (FaultsError, StoreUnavailableError, StorageError):
            yield False, "Telegram cannot be looked at before workspace and database are well"
            return
    for fault in faults:
        yield False, fault
    if not faults:
        yield True, "Telegram knows the token, the group is fit, the clocks agree"
