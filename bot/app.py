"""The application: the one place where everything is put together, started and stopped."""

import asyncio
import gc
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
from typing import TYPE_CHECKING
from uuid import uuid4

from bot.dialog.content import Content, Served
from bot.dialog.errors import DialogError, StoreUnavailableError
from bot.dialog.following import Follower
from bot.dialog.ports import Tools
from bot.dialog.records import Published
from bot.dialog.service import DialogService
from bot.observe import Figures
from bot.reloading import Reloader
from bot.secret import secret_of, webhook_secret
from bot.settings import Settings
from bot.storage.files import Files, sweep
from bot.storage.storage import Storage
from bot.ticker import Ticker
from bot.web.calendar import calendar_link
from bot.web.file_routes import Fetch
from bot.web.routes import Check, Outlets
from bot.web.routes import Webhook as WebhookDoor
from bot.web.server import Site, Spine, WebServer
from bot.workspace.loading import load
from handoff.desk import Desk
from handoff.operators import Presence

if TYPE_CHECKING:
    from bot.telegram.room import TelegramRoom

log = logging.getLogger(__name__)

LOOK = 15.0  # seconds between two looks at the lengths of queues
HOUR, DAY = 3_600.0, 86_400.0
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


def venue_of(settings: Settings) -> Callable[[Desk, str], str | None]:
    """Where the operators of a skill sit in Telegram, None when it is off or no group is named."""

    def venue(desk: Desk, skill: str) -> str | None:
        known = desk.skills.get(skill)
        chat = (known.chat if known else None) or settings.operator_chat
        return f"telegram:{chat}" if chat and settings.telegram_token else None

    return venue


@dataclass(slots=True)
class Application:
    """One running process."""

    settings: Settings
    role: Role
    storage: Storage
    served: Served
    secret: str
    service: DialogService
    figures: Figures
    holder: str
    web: WebServer | None = None
    telegram: "TelegramRoom | None" = None

    @property
    def content(self) -> Content:
        """The content that is served now."""
        return self.served.content

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
        self.figures.limited.set(self.telegram.limited if self.telegram else 0)
        for group, waiting in (self.telegram.loads() if self.telegram else {}).items():
            self.figures.lane.labels(group).set(waiting.orders)
            self.figures.lane_delay.labels(group).set(waiting.delay)
        return self.figures.render()

    async def look(self) -> None:
        """Refresh the figures that are in the database, and tidy up once a day, until cancelled."""
        looked = 0.0
        while True:
            try:
                await self._count()
                if looked % HOUR < LOOK:
                    await sweep(Files(self.settings.files), self.storage.work)
                if looked % DAY < LOOK:
                    await self.storage.tidy(utc_now(), self.content.desk.retention)
            except DialogError as error:
                log.warning("The figures are as they were: %s", error)
            except Exception:  # the worker's edge: nobody's talk ends for want of a figure
                log.exception("The figures are as they were")
            looked += LOOK
            await asyncio.sleep(LOOK)

    async def _count(self) -> None:
        async with self.storage.work.read() as tx:
            tickets, duties = await tx.open_tickets(), await tx.duties()
        self.figures.outbox.set(await self.storage.outbox.length())
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

    async def telegram_works(self) -> str | None:
        """A check for `/readyz`."""
        return self.telegram.fault() if self.telegram else None

    async def content_is_loaded(self) -> str | None:
        """A check for `/readyz`; without content there is no application."""
        return None if self.content.intents.intents else "there is no intent"


async def run(settings: Settings, role: Role, greet: Callable[[Application], None]) -> None:
    """Serve until SIGINT or SIGTERM, then finish what was begun. `greet` is called when everything is up.

    Raises StartError, SettingsError, FaultsError and StoreUnavailableError when it cannot begin.
    """
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with Storage.open(settings.database_url) as storage:
        loading = asyncio.to_thread(load, settings.workspace, settings.cache)
        content, _ = await asyncio.gather(loading, storage.upgrade())
        app = await composed(settings, role, storage, content)
        gc.collect()
        gc.freeze()  # all this lives long, and looking it over again and again is a pause for nothing
        failure: StartError | None = None
        async with asyncio.TaskGroup() as tasks:
            try:
                await _serve(app, tasks, stop, greet)
            except StartError as error:
                failure = error  # raised below, where no task group wraps it
        if failure is not None:
            raise failure


async def composed(settings: Settings, role: Role, storage: Storage, content: Content) -> Application:
    """The application on this storage and content; nothing of it runs yet."""
    secret = await secret_of(settings, storage.keep)
    served = Served(content)
    calendar = calendar_link(secret, settings.public_url)
    tools = Tools(make_id=lambda: uuid4().hex, operators_venue=venue_of(settings), calendar=calendar)
    service = DialogService(storage.work, served, utc_now, tools)
    service.attend(served)
    async with storage.work.read() as tx:
        served.man(await tx.roster())
    holder = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
    return Application(settings, role, storage, served, secret, service, Figures(), holder)


async def _serve(
    app: Application, tasks: asyncio.TaskGroup, stop: asyncio.Event, greet: Callable[[Application], None]
) -> None:
    follower = Follower(app.storage.work, app.served, app.service)
    workers = {"dialog": app.service.run(), "figures": app.look(), "roster": follower.run()}
    background = [tasks.create_task(worker, name=name) for name, worker in workers.items()]
    app.service.attend(app)
    try:
        if app.plays(Role.WORKER):
            ticker = Ticker(app.storage.alarms, app.storage.leases, app.service, utc_now, app.holder)
            app.service.attend(ticker)
            background.append(tasks.create_task(ticker.run(), name="ticker"))
        if app.plays(Role.TELEGRAM) and app.settings.telegram_token:
            app.telegram = telegram_of(app)
            app.service.attend(app.telegram)
            app.telegram.run(tasks)
        if app.plays(Role.WEB):
            app.web = _web(app)
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


def telegram_of(app: Application) -> "TelegramRoom":
    """The Telegram room of a process that has a token. Its library is imported only then: that takes seconds."""
    from bot.telegram.client import make_bot  # noqa: PLC0415 - as the contract says
    from bot.telegram.room import Hook, TelegramRoom  # noqa: PLC0415
    from bot.telegram.surroundings import Ports, Surroundings  # noqa: PLC0415
    from bot.telegram.webhook import PATH  # noqa: PLC0415

    settings, storage = app.settings, app.storage
    assert settings.telegram_token is not None, "Telegram is off"
    bot = make_bot(settings.telegram_token.get_secret_value(), settings.telegram_api)
    files = Files(settings.files)
    ports = Ports(storage.work, storage.inbox, storage.outbox, storage.topics, storage.leases, storage.keep, files)
    around = Surroundings(bot, ports, app.service, app.served, utc_now, settings.operator_chat, settings.limit_messages)
    hook = Hook(f"{settings.public_url}{PATH}", webhook_secret(settings, app.secret)) if _by_webhook(settings) else None
    return TelegramRoom(around, app.holder, hook)


def _by_webhook(settings: Settings) -> bool:
    return settings.telegram_token is not None and settings.telegram_mode == "webhook"


def _webhook(app: Application) -> WebhookDoor | None:
    """Where Telegram's calls go: to the room when it is in this process, else only into the inbox."""
    if not _by_webhook(app.settings):
        return None
    if app.telegram and app.telegram.webhook:
        return app.telegram.webhook.accept
    from bot.telegram.webhook import Webhook  # noqa: PLC0415 - see telegram_of

    return Webhook(app.storage.inbox, webhook_secret(app.settings, app.secret), utc_now).accept


def _web(app: Application) -> WebServer:
    settings = app.settings
    checks: dict[str, Check] = {"database": app.database_answers, "content": app.content_is_loaded}
    if app.telegram:
        checks["telegram"] = app.telegram_works
    site = Site(
        public_url=settings.public_url,
        secret=app.secret,
        identity_secret=settings.identity_secret.get_secret_value() if settings.identity_secret else None,
        host=settings.http_host,
        port=settings.http_port,
        origins=settings.widget_origins,
        messages=settings.limit_messages,
        newcomers=settings.limit_visitors,
    )
    spine = Spine(
        service=app.service,
        store=app.storage.work,
        keep=app.storage.keep,
        files=Files(settings.files),
        content=app.served,
        clock=utc_now,
        faults=lambda: app.served.faults,
        fetch=_fetch(settings),
    )
    return WebServer(site, spine, Outlets(checks, app.served.remarks, app.metrics, _webhook(app)))


def _fetch(settings: Settings) -> Fetch | None:
    """How a file is had that Telegram keeps; also in a process that does not play the telegram role."""
    if settings.telegram_token is None:
        return None
    from bot.telegram.fetching import fetcher  # noqa: PLC0415 - see telegram_of

    return fetcher(settings.telegram_token.get_secret_value(), settings.telegram_api)


async def _listen(web: WebServer, settings: Settings, tasks: asyncio.TaskGroup) -> None:
    try:
        await web.start(tasks)
    except OSError as error:
        where = f"{settings.http_host}:{settings.http_port}"
        raise StartError(
            f"{where} cannot be listened on ({error.strerror}). Stop what listens there, or set FRONTLINE_HTTP_PORT."
        ) from error
