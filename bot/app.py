"""The application: the one place where everything is put together, started and stopped."""

import asyncio
import gc
import hashlib
import hmac
import logging
import os
import secrets
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import uuid4

from bot.dialog.content import Content
from bot.dialog.errors import DialogError, StoreUnavailableError
from bot.dialog.ports import Keep, Published
from bot.dialog.service import DialogService
from bot.dialog.work import Tools
from bot.observe import Figures
from bot.settings import Settings
from bot.storage.storage import Storage
from bot.ticker import Ticker
from bot.web.desk_door import desk_link
from bot.web.routes import Check, Outlets
from bot.web.server import Site, Spine, WebServer
from bot.workspace.loading import load
from handoff.desk import titled
from handoff.operators import Presence

log = logging.getLogger(__name__)

SECRET = "secret"  # noqa: S105 - the name under which it is kept
LOOK = 15.0  # seconds between two looks at the lengths of queues
DAY = 86_400.0
DRAIN = 10.0  # seconds that turns in hand have at the end


class Role(StrEnum):
    """What this process does; several processes share one database."""

    ALL = "all"
    WEB = "web"
    TELEGRAM = "telegram"
    WORKER = "worker"


class StartError(Exception):
    """The application cannot start; the text says why and what to do."""


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


async def secret_of(settings: Settings, keep: Keep) -> str:
    """The secret from the settings, else the one in the database, made once."""
    if settings.secret is not None:
        return settings.secret.get_secret_value()
    await keep.put_once(SECRET, secrets.token_urlsafe(48))
    kept = await keep.get(SECRET)
    assert kept is not None
    return kept


def venue_of(settings: Settings, content: Callable[[], Content]) -> Callable[[str], str | None]:
    """Where the operators of a skill sit in Telegram, None when it is off or no group is named."""

    def venue(skill: str) -> str | None:
        known = content().desk.skills.get(skill)
        chat = (known.chat if known else None) or settings.operator_chat
        return f"telegram:{chat}" if chat and settings.telegram_token else None

    return venue


@dataclass(slots=True)
class Application:
    """One running process."""

    settings: Settings
    role: Role
    storage: Storage
    content: Content
    secret: str
    service: DialogService
    figures: Figures
    web: WebServer | None = None

    def publish(self, published: Published) -> None:
        """Count what was said."""
        for message in published.messages:
            self.figures.messages.labels(message.author.kind.value).inc()

    def plays(self, role: Role) -> bool:
        """Whether this process has the role."""
        return self.role in (Role.ALL, role)

    def metrics(self) -> bytes:
        """The figures as they are now."""
        self.figures.turns.set(self.service.turns)
        self.figures.batches.set(self.service.batches)
        self.figures.visitors.set(self.web.connections if self.web else 0)
        return self.figures.render()

    async def look(self) -> None:
        """Refresh the figures that are in the database, and tidy up once a day, until cancelled."""
        looked = 0.0
        while True:
            with suppress(DialogError):
                await self._count()
                if looked % DAY < LOOK:
                    await self.storage.tidy(utc_now())
            looked += LOOK
            await asyncio.sleep(LOOK)

    async def _count(self) -> None:
        async with self.storage.work.read() as tx:
            tickets, duties = await tx.open_tickets(), await tx.duties()
        self.figures.queue.set(sum(each.waiting for each in tickets))
        self.figures.talks.set(sum(each.engaged for each in tickets))
        self.figures.online.set(sum(each.presence is Presence.ONLINE for each in duties))

    async def database_answers(self) -> str | None:
        """A check for `/readyz`."""
        try:
            await self.storage.ping()
        except StoreUnavailableError as error:
            return str(error)
        return None

    async def content_is_loaded(self) -> str | None:
        """A check for `/readyz`; without content there is no application."""
        return None if self.content.intents.intents else "there is no intent"


async def run(settings: Settings, role: Role, say: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM, then finish what was begun. `say` gets the lines for whoever started it.

    Raises StartError, SettingsError, FaultsError and StoreUnavailableError when it cannot begin.
    """
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with Storage.open(settings.database_url) as storage:
        loading = asyncio.to_thread(load, settings.workspace, settings.cache)
        content, _ = await asyncio.gather(loading, storage.upgrade())
        app = await _composed(settings, role, storage, content)
        gc.collect()
        gc.freeze()  # content lives as long as the process; looking it over again and again is a pause for nothing
        failure: StartError | None = None
        async with asyncio.TaskGroup() as tasks:
            try:
                await _serve(app, tasks, stop, say)
            except StartError as error:
                failure = error  # raised below, where no task group wraps it
        if failure is not None:
            raise failure


async def _composed(settings: Settings, role: Role, storage: Storage, content: Content) -> Application:
    secret = await secret_of(settings, storage.keep)

    def current() -> Content:
        return content

    tools = Tools(make_id=lambda: uuid4().hex, operators_venue=venue_of(settings, current))
    service = DialogService(storage.work, current, utc_now, tools)
    return Application(settings, role, storage, content, secret, service, Figures())


async def _serve(app: Application, tasks: asyncio.TaskGroup, stop: asyncio.Event, say: Callable[[str], None]) -> None:
    background = [tasks.create_task(app.service.run(), name="dialog"), tasks.create_task(app.look(), name="figures")]
    app.service.attend(app)
    try:
        if app.plays(Role.WORKER):
            ticker = Ticker(app.storage.alarms, app.storage.leases, app.service, utc_now, _holder())
            app.service.attend(ticker)
            background.append(tasks.create_task(ticker.run(), name="ticker"))
        if app.plays(Role.WEB):
            app.web = _web(app)
            app.service.attend(app.web)
            await _listen(app.web, app.settings, tasks)
        for line in _greeting(app):
            say(line)
        await stop.wait()
        say("Stopping: finishing what was begun.")
    finally:
        await _stop(app, background)


async def _stop(app: Application, background: list[asyncio.Task[None]]) -> None:
    """Stop intake, finish turns, flush what is due, close."""
    if app.web:
        await app.web.stop()
    with suppress(TimeoutError, DialogError):
        async with asyncio.timeout(DRAIN):
            await app.service.drain()
    for task in background:
        task.cancel()


def _web(app: Application) -> WebServer:
    settings = app.settings
    checks: dict[str, Check] = {"database": app.database_answers, "content": app.content_is_loaded}
    site = Site(
        public_url=settings.public_url,
        secret=app.secret,
        host=settings.http_host,
        port=settings.http_port,
        origins=settings.widget_origins,
        messages=settings.limit_messages,
        newcomers=settings.limit_visitors,
    )
    spine = Spine(app.service, app.storage.work, app.storage.keep, lambda: app.content, utc_now)
    return WebServer(site, spine, Outlets(checks, app.metrics))


async def _listen(web: WebServer, settings: Settings, tasks: asyncio.TaskGroup) -> None:
    try:
        await web.start(tasks)
    except OSError as error:
        where = f"{settings.http_host}:{settings.http_port}"
        raise StartError(
            f"{where} cannot be listened on ({error.strerror}). Stop what listens there, or set FRONTLINE_HTTP_PORT."
        ) from error


def webhook_secret(settings: Settings, secret: str) -> str:
    """What Telegram sends with each webhook call."""
    if settings.telegram_webhook_secret is not None:
        return settings.telegram_webhook_secret.get_secret_value()
    return hmac.new(secret.encode(), b"telegram webhook", hashlib.sha256).hexdigest()


def _greeting(app: Application) -> list[str]:
    if app.web is None:
        return [f"Frontline is running as {app.role}. Ctrl-C stops it."]
    desk = app.content.desk
    lines = ["Frontline is running. Ctrl-C stops it.", f"  demo page  {app.settings.public_url}/"]
    if desk.operators:
        first = next(iter(desk.operators.values()))
        link = desk_link(app.secret, first.id, app.settings.public_url, utc_now())
        name = titled(first.name, desk.default_locale)
        lines.append(f"  desk       {link}")
        lines.append(f"             for {name}, once, within a day; `frontline operators invite` makes more")
    state = "on" if app.settings.telegram_token else "off; set FRONTLINE_TELEGRAM_TOKEN to connect a bot"
    return [*lines, f"  Telegram   {state}"]


def _holder() -> str:
    return f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
