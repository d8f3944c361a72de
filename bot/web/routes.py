"""Routes: what can be asked for over plain HTTP, and the headers that go with every answer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.dialog.errors import DialogError
from bot.dialog.ports import Keep
from bot.web import pages
from bot.web.desk_socket import DeskEntrance
from bot.web.doorway import Doorway
from bot.web.pages import Page

_log = logging.getLogger(__name__)

CHECK_WITHIN = 5.0
DESK = "/desk"
Check = Callable[[], Awaitable[str | None]]  # None when all is well, else what is not
Webhook = Callable[[str, bytes], Awaitable[int]]  # (secret header, body) -> HTTP status


def _nothing_to_tell() -> bytes:
    return b""


@dataclass(frozen=True, slots=True)
class Outlets:
    """What else the server shows: checks for `/readyz`, figures for `/metrics`, Telegram's webhook if it is used.

    `remarks` are what `/readyz` tells of things that do not keep anybody from work.
    """

    checks: Mapping[str, Check] = field(default_factory=dict)
    remarks: Callable[[], Mapping[str, str]] = dict
    metrics: Callable[[], bytes] = _nothing_to_tell
    webhook: Webhook | None = None


@dataclass(frozen=True, slots=True)
class Routes:
    """The handlers of everything but the visitors' socket."""

    outlets: Outlets
    desk: DeskEntrance
    keep: Keep
    clock: Callable[[], datetime]
    public_url: str
    files: Mapping[str, Page] = field(default_factory=pages.load)

    def add_to(self, app: web.Application) -> None:
        """Register them."""
        door = Doorway(self.desk, self.keep, self.clock, self.public_url, self.files)
        app.add_routes(
            [
                web.get("/", self.demo),
                web.get("/widget.js", self.widget),
                web.get("/widget/{name}", self.widget_part),
                web.get("/static/{name}", self.static),
                web.get(DESK, door.page),
                web.post(DESK, door.enter),
                web.get("/ws/desk", self.desk.handle),
                web.get("/healthz", self.healthy),
                web.get("/readyz", self.ready),
                web.get("/metrics", self.metrics),
                web.post("/telegram/webhook", self.telegram),
            ]
        )
        app.on_response_prepare.append(self._harden)
        app.middlewares.append(_lost)

    async def demo(self, request: web.Request) -> web.Response:
        """The sample shop with the widget."""
        return pages.send(self.files["demo.html"], request)

    async def widget(self, request: web.Request) -> web.Response:
        """The widget, for any site."""
        return _for_any_site(pages.send(self.files["widget.js"], request))

    async def widget_part(self, request: web.Request) -> web.Response:
        """A module that the widget imports."""
        return _for_any_site(self._file(request, f"widget/{request.match_info['name']}"))

    async def static(self, request: web.Request) -> web.Response:
        """A file of our own pages."""
        return self._file(request, request.match_info["name"])

    def _file(self, request: web.Request, name: str) -> web.Response:
        if name not in self.files:
            raise web.HTTPNotFound
        return pages.send(self.files[name], request)

    async def healthy(self, _: web.Request) -> web.Response:
        """The process is up."""
        return web.json_response({"status": "ok"})

    async def ready(self, _: web.Request) -> web.Response:
        """Whether everything that is needed for work works."""
        names = list(self.outlets.checks)
        found = await asyncio.gather(*(_checked(self.outlets.checks[name]) for name in names))
        faults = {name: fault for name, fault in zip(names, found, strict=True) if fault}
        checks = {name: faults.get(name, "ok") for name in names}
        said: dict[str, object] = {"ready": not faults, "checks": checks}
        if remarks := self.outlets.remarks():
            said["remarks"] = remarks
        return web.json_response(said, status=503 if faults else 200)

    async def metrics(self, _: web.Request) -> web.Response:
        """The live figures, as Prometheus reads them."""
        kind = "text/plain; version=0.0.4; charset=utf-8"
        return web.Response(body=self.outlets.metrics(), headers={"Content-Type": kind})

    async def telegram(self, request: web.Request) -> web.Response:
        """Telegram's webhook; answers after the update is stored."""
        if self.outlets.webhook is None:
            raise web.HTTPNotFound
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        try:
            return web.Response(status=await self.outlets.webhook(secret, await request.read()))
        except DialogError as error:
            _log.warning("An update is refused until the database answers: %s", error)
            return web.Response(status=503)

    async def _harden(self, request: web.Request, response: web.StreamResponse) -> None:
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "no-referrer")
        if response.content_type == "text/html":
            response.headers["Content-Security-Policy"] = _policy(self.public_url, desk=request.path == DESK)
            response.headers["Cross-Origin-Opener-Policy"] = "same-origin"


@web.middleware
async def _lost(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A browser that asks for what is not there is shown the way back."""
    try:
        return await handler(request)
    except web.HTTPNotFound:
        if "text/html" not in request.headers.get("Accept", ""):
            raise
        text = pages.notice("There is no such page", ("The demo page is at /, and the desk at /desk.",))
        return web.Response(status=404, text=text, content_type="text/html")


def _for_any_site(response: web.Response) -> web.Response:
    """A module script is fetched with CORS wherever it stands."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _policy(public_url: str, *, desk: bool) -> str:
    """The desk has a form at its door, and may stand in the demo page; nothing may stand in anybody else's page."""
    own = urlsplit(public_url)
    inside, around = ("'self'", "'none'") if desk else ("'none'", "'self'")
    socket = f"{'wss' if own.scheme == 'https' else 'ws'}://{own.netloc}"
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' {socket}; "
        f"base-uri 'none'; form-action {inside}; frame-ancestors {inside}; frame-src {around}; "
        "require-trusted-types-for 'script'; trusted-types frontline-chat"
    )


async def _checked(check: Check) -> str | None:
    try:
        async with asyncio.timeout(CHECK_WITHIN):
            return await check()
    except TimeoutError:
        return f"no answer within {CHECK_WITHIN:g} s"
    except Exception as error:  # noqa: BLE001 - a check that fails for any reason is a check that failed
        _log.warning("A check failed: %s", error)
        return str(error) or type(error).__name__
