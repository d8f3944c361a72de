"""The web server: everything the web room serves, on one port."""

import asyncio
from asyncio import TaskGroup
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from urllib.parse import urlsplit

from aiohttp import WSCloseCode, web

from bot.dialog.content import Content
from bot.dialog.limits import Limiter
from bot.dialog.ports import Files, Keep, Store
from bot.dialog.records import Published
from bot.settings import Limit
from bot.web.calendar import PATH, Calendar
from bot.web.desk_gateway import DeskGateway
from bot.web.desk_socket import DeskEntrance
from bot.web.file_routes import Fetch, FileRoutes
from bot.web.gateway import Gateway
from bot.web.routes import Outlets, Routes
from bot.web.service import Service
from bot.web.sockets import Line, allow_many
from bot.web.streams import Streams
from bot.web.visitors import Visitors, origins
from bot.web.visits import Entrance

BACKLOG = 1024
FORGET = 60.0
UPLOADS = (Limit(20, timedelta(minutes=5)),)  # of one visitor, and of one address
GOODBYE = 2.0  # seconds that sockets have to close


@dataclass(frozen=True, slots=True)
class Site:
    """Where the server stands and who may come. Port 0 takes any free one.

    Without `identity_secret` no identity is believed.
    """

    public_url: str
    secret: str
    host: str = "127.0.0.1"
    port: int = 8080
    origins: Sequence[str] = ()
    messages: Sequence[Limit] = ()
    newcomers: Sequence[Limit] = ()
    identity_secret: str | None = None


@dataclass(frozen=True, slots=True)
class Spine:
    """What the server speaks for: the service, where things are kept, the content as it is now, and the time.

    `faults` keep the admin's files from being that content. `fetch` gets what a channel keeps of files, `link` a
    conversation's way into Telegram.
    """

    service: Service
    store: Store
    keep: Keep
    files: Files
    content: Callable[[], Content]
    clock: Callable[[], datetime]
    faults: Callable[[], Sequence[str]] = tuple
    fetch: Fetch | None = None
    link: Callable[[str], str | None] | None = None


@dataclass(slots=True)
class _Running:
    """What exists while the server runs."""

    runner: web.AppRunner
    visitors: Gateway
    desk: DeskGateway
    lines: Sequence[set[Line]]
    limiters: Sequence[Limiter]
    background: list[asyncio.Task[None]] = field(default_factory=list)


class WebServer:
    """Serves from `start` to `stop`, and is an audience of the dialog all the time."""

    def __init__(self, site: Site, spine: Spine, outlets: Outlets | None = None) -> None:
        self._site, self._spine, self._outlets = site, spine, outlets or Outlets()
        self._running: _Running | None = None

    @property
    def port(self) -> int:
        """The port that is listened on; of a server that is not started, the one that was asked for."""
        if self._running and self._running.runner.addresses:
            return int(self._running.runner.addresses[0][1])
        return self._site.port

    @property
    def connections(self) -> int:
        """How many visitors are connected."""
        return self._running.visitors.visits if self._running else 0

    def publish(self, published: Published) -> None:
        """Show what a commit changed to visitors and operators who are connected."""
        if self._running:
            self._running.visitors.publish(published)
            self._running.desk.publish(published)

    async def start(self, tasks: TaskGroup) -> None:
        """Listen. Raises OSError when the port is taken."""
        allow_many()
        running = self._build(tasks)
        await running.runner.setup()
        await web.TCPSite(running.runner, self._site.host, self._site.port, backlog=BACKLOG).start()
        self._running = running
        running.background.append(tasks.create_task(running.visitors.sweep_forever(), name="web sweep"))
        running.background.append(tasks.create_task(running.desk.refresh_forever(), name="desk refresh"))
        running.background.append(tasks.create_task(self._forget_forever(running), name="web limits"))

    async def stop(self) -> None:
        """Take nothing more in, say goodbye to every socket, close."""
        running, self._running = self._running, None
        if running is None:
            return
        for task in running.background:
            task.cancel()
        for site in tuple(running.runner.sites):
            await site.stop()
        lines = tuple(chain.from_iterable(running.lines))
        closing = (line.close(WSCloseCode.GOING_AWAY, "back in a moment") for line in lines)
        with suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE):
                await asyncio.gather(*closing, return_exceptions=True)
        for line in lines:
            line.drop()
        await running.runner.cleanup()

    async def _forget_forever(self, running: _Running) -> None:
        """Who has been quiet for long needs no counting."""
        while True:
            await asyncio.sleep(FORGET)
            for limiter in running.limiters:
                limiter.forget(self._spine.clock())

    def _build(self, tasks: TaskGroup) -> _Running:
        site, spine = self._site, self._spine
        allowed = origins(site.public_url, site.origins)
        messages, newcomers = Limiter(site.messages), Limiter(site.newcomers)
        gateway = Gateway(spine.store, tasks, spine.service, spine.link)
        desk_gateway = DeskGateway(spine.store, spine.content, spine.clock, spine.faults)
        entrance = Entrance(
            service=spine.service,
            gateway=gateway,
            visitors=Visitors(site.secret, site.identity_secret),
            origins=allowed,
            messages=messages,
            newcomers=newcomers,
            clock=spine.clock,
            tasks=tasks,
            files=spine.files,
        )
        desk = DeskEntrance(
            service=spine.service,
            gateway=desk_gateway,
            secret=site.secret,
            origins=origins(site.public_url),
            content=spine.content,
            clock=spine.clock,
            tasks=tasks,
            files=spine.files,
        )
        uploads = Limiter(UPLOADS)
        app = web.Application()
        streams = Streams(entrance)
        app.router.add_get("/ws/v1", entrance.handle)
        calendar = Calendar(
            site.secret, spine.store, spine.content, spine.clock, urlsplit(site.public_url).hostname or "localhost"
        )
        app.router.add_get(f"{PATH}{{sealed}}", calendar.serve)
        app.router.add_post("/sse/v1", streams.listen)
        app.router.add_post("/sse/v1/frames", streams.post)
        FileRoutes(entrance, desk, spine.store, uploads, spine.fetch).add_to(app)
        Routes(self._outlets, desk, spine.keep, spine.clock, site.public_url).add_to(app)
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=GOODBYE)
        return _Running(runner, gateway, desk_gateway, (entrance.lines, desk.lines), (messages, newcomers, uploads))
