"""The application: the one place where everything is put together; `bot/process.py` makes it run."""

import logging
import os
import secrets
import socket
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from bot.bridge import Bridge
from bot.dialog.bridge import BOT
from bot.dialog.buttons import GOOD_FOR
from bot.dialog.content import Content, Served
from bot.dialog.errors import StoreUnavailableError
from bot.dialog.records import Published
from bot.dialog.service import DialogService
from bot.dialog.tools import Tools
from bot.observe import Figures
from bot.secret import secret_of, webhook_secret
from bot.settings import Settings
from bot.storage.files import Files
from bot.storage.storage import Storage
from bot.web.calendar import calendar_link
from bot.web.file_routes import Fetch
from bot.web.routes import Check, Outlets
from bot.web.routes import Webhook as WebhookDoor
from bot.web.server import Site, Spine, WebServer
from handoff.desk import Desk

if TYPE_CHECKING:
    from bot.telegram.room import TelegramRoom

log = logging.getLogger(__name__)


class Role(StrEnum):
    """What this process does; several processes share one database."""

    ALL = "all"
    WEB = "web"
    TELEGRAM = "telegram"
    WORKER = "worker"


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
    bridge: Bridge
    web: WebServer | None = None
    telegram: "TelegramRoom | None" = None

    @property
    def content(self) -> Content:
        """The content that is served now."""
        return self.served.content

    def publish(self, published: Published) -> None:
        """Count what was said."""
        for author, said in Counter(each.author.kind.value for each in published.messages).items():
            self.figures.messages.labels(author).inc(said)

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

    async def learn_bot(self) -> None:
        """What the bot is called, as the process that serves Telegram has found out."""
        if self.settings.telegram_token is not None:
            self.bridge.bot = await self.storage.keep.get(BOT) or ""

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


async def composed(settings: Settings, role: Role, storage: Storage, content: Content) -> Application:
    """The application on this storage and content; nothing of it runs yet."""
    secret = await secret_of(settings, storage.keep)
    served = Served(content)
    calendar = calendar_link(secret, settings.public_url)
    bridge, host = Bridge(secret), urlsplit(settings.public_url).hostname or "localhost"
    tools = Tools(lambda: uuid4().hex, venue_of(settings), calendar=calendar, bridge=bridge, host=host)
    service = DialogService(storage.work, served, utc_now, tools)
    service.attend(served)
    async with storage.work.read() as tx:
        served.man(await tx.roster())
    holder = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
    return Application(settings, role, storage, served, secret, service, Figures(), holder, bridge)


def telegram_of(app: Application) -> "TelegramRoom":
    """The Telegram room of a process that has a token. Its library is imported only then: that takes seconds."""
    from bot.telegram.client import make_bot
    from bot.telegram.room import Hook, TelegramRoom
    from bot.telegram.surroundings import Ports, Surroundings
    from bot.telegram.webhook import PATH

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
    from bot.telegram.webhook import Webhook

    return Webhook(app.storage.inbox, webhook_secret(app.settings, app.secret), utc_now).accept


def web_of(app: Application) -> WebServer:
    """The web room of a process; call it after `telegram_of`, whose room it asks about its health."""
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
        link=lambda conversation: app.bridge.link(conversation, utc_now() + GOOD_FOR),
    )
    return WebServer(site, spine, Outlets(checks, app.served.remarks, app.metrics, _webhook(app)))


def _fetch(settings: Settings) -> Fetch | None:
    """How a file is had that Telegram keeps; also in a process that does not play the telegram role."""
    if settings.telegram_token is None:
        return None
    from bot.telegram.fetching import fetcher

    return fetcher(settings.telegram_token.get_secret_value(), settings.telegram_api)
