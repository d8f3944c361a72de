"""Streams: the way in where WebSockets are blocked. Our frames are one long answer, the visitor's are posted."""

import asyncio
import secrets
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import WSCloseCode, WSMsgType, web

from bot.dialog.errors import DialogError
from bot.web.sockets import MAX_FRAME
from bot.web.visits import HELLO_WITHIN, Connection, Entrance

BEAT = 15.0  # seconds between two signs of life
LOOK = 0.5  # seconds after which it is noticed that nobody is there
AT_ONCE = 16  # frames in one post


class EventStream:
    """An answer that goes on: frames as server-sent events. It ends with an event that says why."""

    def __init__(self, response: web.StreamResponse) -> None:
        self._response = response
        self.over = asyncio.Event()

    async def send_frame(self, message: bytes, opcode: WSMsgType = WSMsgType.TEXT) -> None:
        """One frame as one event; JSON has no line breaks."""
        del opcode
        await self._response.write(b"data: %b\n\n" % message)

    async def name(self, id: str) -> None:
        """By which the visitor's posts find their stream."""
        await self._response.write(f"event: stream\ndata: {id}\n\n".encode())

    async def beat(self) -> None:
        """A sign of life, so that no proxy takes the quiet for the end, and we learn when nobody is there."""
        await self._response.write(b":\n\n")

    async def close(self, *, code: int, message: bytes) -> None:
        """The code that a WebSocket would be closed with."""
        del message
        self.over.set()
        with suppress(ConnectionError):
            await self._response.write(f"event: close\ndata: {code}\n\n".encode())


@dataclass(slots=True)
class _Stream:
    """An open stream. Posts are handled one after the other, so that their effects keep their order."""

    connection: Connection
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True, slots=True)
class Streams:
    """The open streams by their ids, which nobody else can guess."""

    entrance: Entrance
    _open: dict[str, _Stream] = field(default_factory=dict)

    async def listen(self, request: web.Request) -> web.StreamResponse:
        """`hello` is posted, and answered for as long as the connection holds."""
        origin = self.entrance.admit(request)
        hello = await _body(request, MAX_FRAME)
        response = web.StreamResponse(headers=_headers(origin) | {"X-Accel-Buffering": "no"})
        response.content_type = "text/event-stream"
        response.enable_chunked_encoding()
        await response.prepare(request)
        stream, id = EventStream(response), secrets.token_urlsafe(24)
        async with self.entrance.connected(request, stream) as connection:
            self._open[id] = _Stream(connection)
            try:
                await stream.name(id)
                await connection.take(hello)
                if not connection.greeted:
                    await connection.close(WSCloseCode.POLICY_VIOLATION, "hello was expected")
                await _until_over(stream, connection, request.transport)
            finally:
                del self._open[id]
        return response

    async def post(self, request: web.Request) -> web.Response:
        """Frames of an open stream: its id on the first line, then one frame a line."""
        headers = _headers(self.entrance.admit(request))
        id, *frames = (await _body(request, AT_ONCE * MAX_FRAME)).split("\n")
        stream = self._open.get(id)
        if stream is None:
            raise web.HTTPNotFound(headers=headers, text="There is no such stream. Say hello again.\n")
        if any(len(frame.encode()) > MAX_FRAME for frame in frames) or len(frames) > AT_ONCE:
            await stream.connection.close(WSCloseCode.MESSAGE_TOO_BIG, "too big")
            raise web.HTTPRequestEntityTooLarge(AT_ONCE * MAX_FRAME, headers=headers)
        async with stream.turn:
            for frame in frames:
                if stream.connection.open:
                    await self._take(stream.connection, frame)
        return web.Response(status=204, headers=headers)

    async def _take(self, connection: Connection, frame: str) -> None:
        try:
            await connection.take(frame)
        except DialogError:  # nothing was stored: the visitor comes again and sends it again
            await connection.close(WSCloseCode.TRY_AGAIN_LATER, "come again in a moment")


async def _until_over(stream: EventStream, connection: Connection, transport: asyncio.Transport | None) -> None:
    """Keep it alive to its end."""
    now = asyncio.get_running_loop().time
    quiet = now() + BEAT
    with suppress(ConnectionError):
        while connection.open and transport is not None and not transport.is_closing():
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK):
                    await stream.over.wait()
            if now() >= quiet:
                await stream.beat()
                quiet = now() + BEAT


async def _body(request: web.Request, limit: int) -> str:
    """What was posted, in time and within the limit."""
    taken = bytearray()
    try:
        async with asyncio.timeout(HELLO_WITHIN):
            async for part in request.content.iter_any():
                taken += part
                if len(taken) > limit:
                    raise web.HTTPRequestEntityTooLarge(limit, headers=_headers(request.headers.get("Origin", "")))
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    return taken.decode(errors="replace")


def _headers(origin: str) -> dict[str, str]:
    """Only the page that asked may read it, and nothing on the way may keep it."""
    return {"Access-Control-Allow-Origin": origin, "Vary": "Origin", "Cache-Control": "no-store, no-transform"}
