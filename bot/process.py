"""The life of a process: it starts, serves, keeps its figures fresh, and finishes what was begun before it stops."""

import asyncio
import errno
import gc
import logging
import os
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path

from bot.app import Application, Role, composed, telegram_of, utc_now, web_of
from bot.dialog.acts import Swept
from bot.dialog.errors import DialogError
from bot.dialog.following import Follower
from bot.dialog.retention import retire
from bot.reloading import Reloader
from bot.settings import Settings
from bot.storage.alone import alone
from bot.storage.files import Files, sweep
from bot.storage.storage import Storage, file_of
from bot.ticker import Ticker
from bot.web.server import WebServer
from bot.workspace.loading import load
from handoff.operators import Presence

log = logging.getLogger(__name__)

LOOK = 15.0  # seconds between two looks at the lengths of queues
HOUR, DAY = 3_600.0, 86_400.0
DRAIN = 10.0  # seconds that turns in hand have at the end


class StartError(Exception):
    """The application cannot start; the text says why and what to do."""


async def run(settings: Settings, role: Role, greet: Callable[[Application], None]) -> None:
    """Serve until SIGINT or SIGTERM, then finish what was begun. `greet` is called when everything is up.

    Raises StartError, SettingsError, FaultsError, StorageError and StoreUnavailableError when it cannot begin.
    """
    _check_files(settings.files)
    async with AsyncExitStack() as closing:
        closing.enter_context(alone(file_of(settings.database_url)))
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        storage = await closing.enter_async_context(Storage.open(settings.database_url))
        loading = asyncio.to_thread(load, settings.workspace, settings.cache)
        content, _ = await asyncio.gather(loading, storage.upgrade())
        app = await composed(settings, role, storage, content)
        gc.collect()
        gc.freeze()  # all this lives long, and looking it over again and again is a pause for nothing
        gc.set_threshold(10_000)  # most of what a turn makes is gone when it ends
        failure: StartError | None = None
        async with asyncio.TaskGroup() as tasks:
            try:
                await _serve(app, tasks, stop, greet)
            except StartError as error:
                failure = error  # raised below, where no task group wraps it
        if failure is not None:
            raise failure


async def _serve(
    app: Application, tasks: asyncio.TaskGroup, stop: asyncio.Event, greet: Callable[[Application], None]
) -> None:
    follower = Follower(app.storage.work, app.served, app.service)
    workers = {"dialog": app.service.run(), "figures": _keep_house(app), "roster": follower.run()}
    background = [tasks.create_task(worker, name=name) for name, worker in workers.items()]
    app.service.attend(app)
    try:
        if app.plays(Role.WORKER):
            background.append(tasks.create_task(_retire(app), name="retention"))
            ticker = Ticker(app.storage.alarms, app.storage.leases, app.service, utc_now, app.holder)
            app.service.attend(ticker)
            background.append(tasks.create_task(ticker.run(), name="ticker"))
        if app.plays(Role.TELEGRAM) and app.settings.telegram_token:
            app.telegram = telegram_of(app)
            app.service.attend(app.telegram)
            app.telegram.run(tasks)
        if app.plays(Role.WEB):
            app.web = web_of(app)
            app.service.attend(app.web)
            await _listen(app.web, app.settings, tasks)
        background.append(tasks.create_task(Reloader(app.settings, app.served, app.service, app.figures).run()))
        greet(app)
        await stop.wait()
        log.info("Stopping: finishing what was begun.")
    finally:
        await _stop(app, background)


async def _stop(app: Application, background: list[asyncio.Task[None]]) -> None:
    """Stop intake, finish turns, flush what is due, close."""
    if app.web:
        await app.web.stop()
    with suppress(TimeoutError, DialogError):
        async with asyncio.timeout(DRAIN):
            await app.service.drain()
    if app.telegram:
        await app.telegram.close()
    for task in background:
        task.cancel()


async def _listen(web: WebServer, settings: Settings, tasks: asyncio.TaskGroup) -> None:
    try:
        await web.start(tasks)
    except OSError as error:
        raise StartError(unheard(settings, error)) from error


def unheard(settings: Settings, error: OSError) -> str:
    """Why nothing can be heard where the settings say, and which of them to change."""
    where = f"{settings.http_host}:{settings.http_port}"
    if error.errno == errno.EADDRINUSE:
        return f"{where} is taken. Stop what listens there, or set FRONTLINE_HTTP_PORT."
    if error.errno == errno.EACCES:
        return f"{where} may not be listened on. Set FRONTLINE_HTTP_PORT to 1024 or more."
    why = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
    return f"{where} cannot be listened on ({why}). Set FRONTLINE_HTTP_HOST to an address of this machine."


def _check_files(folder: Path) -> None:
    """Raises StartError when what people send could not be kept; the folder itself is made when there is something."""
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        raise StartError(f'FRONTLINE_FILES: nothing can be kept in "{folder}". Name a folder that can be written.')


async def _keep_house(app: Application) -> None:
    """Refresh the figures that are in the database, and tidy up once a day, until cancelled."""
    looked = 0.0
    while True:
        try:
            await _count(app)
            await app.learn_bot()
            if looked % HOUR < LOOK:
                await sweep(Files(app.settings.files), app.storage.work)
            if looked % DAY < LOOK:
                await app.storage.tidy(utc_now(), app.content.desk.retention)
        except DialogError as error:
            log.warning("The figures are as they were: %s", error)
        except Exception:  # the worker's edge: nobody's talk ends for want of a figure
            log.exception("The figures are as they were")
        looked += LOOK
        await asyncio.sleep(LOOK)


async def _retire(app: Application) -> None:
    """Erase what has grown old, once an hour, until cancelled."""
    while True:
        try:
            await retire(app.storage.people, app.service, utc_now(), app.content.desk.retention.messages)
        except DialogError as error:
            log.warning("What has grown old is erased later: %s", error)
        except Exception:  # the worker's edge, as above
            log.exception("What has grown old is erased later")
        await asyncio.sleep(HOUR)


async def _count(app: Application) -> None:
    async with app.storage.work.read() as tx:
        lines, held, duties = await tx.lines(), await tx.held(), await tx.duties()
    app.figures.outbox.set(await app.storage.outbox.length())
    app.figures.queue.set(sum(each.waiting for each in lines.values()))
    app.figures.talks.set(sum(each.engaged for each in held))
    app.figures.online.set(sum(each.presence is Presence.ONLINE for each in duties))
    if lines.keys() - app.content.desk.skills.keys():  # put there by a process that still had the skill
        await app.service.do(Swept())
