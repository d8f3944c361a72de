"""A web server on loopback with a memory behind it."""

import asyncio
import re
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import aiohttp

from bot.settings import Limit
from bot.storage.files import Files
from bot.web.server import Site, Spine, WebServer
from tests.web.memory import Memory
from tests.web.peers import Peer, StreamPeer

SECRET = "0123456789abcdef0123456789abcdef"
ORIGIN = "http://127.0.0.1:8080"
SHOP = "https://shop.example"
WAY = ContextVar("how visitors come: socket or stream", default="socket")
TYPICAL = (Limit(5, timedelta(seconds=5)), Limit(60, timedelta(minutes=5)))


@dataclass
class Front:
    """The server, what is behind it, and a client in front of it."""

    server: WebServer
    memory: Memory
    http: aiohttp.ClientSession
    streams: list[StreamPeer] = field(default_factory=list)

    @property
    def base(self):
        return f"http://127.0.0.1:{self.server.port}"

    async def enter(self, link, **headers):
        """Open a one-time link and press the button on its page."""
        shown = await self.http.get(link)
        assert shown.status == 200, await shown.text()
        key = re.search(r'name="key" value="([^"]+)"', await shown.text())[1]
        headers = headers or {"Origin": ORIGIN}
        return await self.http.post(f"{self.base}/desk", data={"key": key}, headers=headers, allow_redirects=False)

    async def connect(self, path="/ws/v1", origin=ORIGIN, **options):
        if path == "/ws/v1" and WAY.get() == "stream":
            self.streams.append(StreamPeer(None, self.http, self.base, origin))
            return self.streams[-1]
        headers = {} if origin is None else {"Origin": origin}
        return Peer(await self.http.ws_connect(self.base + path, headers=headers, **options))

    async def visitor(self, token=None, seen=0, **hello):
        """A visitor who has said hello; (peer, welcome)."""
        peer = await self.connect()
        await peer.send(type="hello", token=token, locale="ru", tz="Europe/Riga", page="", seen=seen, **hello)
        return peer, await peer.get()

    async def talker(self, *texts):
        """A visitor who has written this already; (peer, welcome)."""
        peer, welcome = await self.visitor()
        for text in texts:
            await peer.send(type="message", id=str(uuid4()), text=text)
            await peer.until("ack")
        return peer, welcome


@asynccontextmanager
async def serving(*, messages=(), newcomers=(), outlets=None, memory=None, files=None, fetch=None, **site):
    """A server in front of a memory."""
    memory, link = memory or Memory(), site.pop("link", None)
    site = Site(ORIGIN, SECRET, port=0, origins=(SHOP,), messages=messages, newcomers=newcomers, **site)
    files = files or Files(Path("/nowhere"))
    spine = Spine(memory, memory, memory, files, memory.content, lambda: memory.now, lambda: memory.faults, fetch, link)
    server = memory.audience = WebServer(site, spine, outlets)
    async with asyncio.TaskGroup() as tasks, aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
        await server.start(tasks)
        try:
            yield (front := Front(server, memory, http))
        finally:
            for peer in front.streams:
                await peer.close()
            await http.close()
            await server.stop()
