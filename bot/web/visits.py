"""Visits: the life of one visitor's connection, from `hello` to its end."""

import asyncio
import logging
from asyncio import TaskGroup
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import assert_never
from zoneinfo import ZoneInfo

from aiohttp import WSCloseCode, WSMsgType, web

from bot.dialog.acts import Done, Pressed, Read, Refused, Sender, Wrote
from bot.dialog.conversation import Mode
from bot.dialog.errors import DialogError
from bot.dialog.limits import Limiter
from bot.dialog.messages import Attachment, Author, AuthorKind
from bot.dialog.ports import Files
from bot.web.addresses import address_of
from bot.web.errors import (
    BadFrameError,
    GoneError,
    NotFoundError,
    RateLimitedError,
    TooLongError,
    UnauthorizedError,
    WebError,
)
from bot.web.gateway import Gateway, Visit
from bot.web.service import Service, ask
from bot.web.sockets import Line, Pipe, new_socket
from bot.web.visitors import Visitor, Visitors
from bot.web.wire import (
    TEXT_LIMIT,
    Ack,
    ClientFrame,
    Failure,
    HasRead,
    Hello,
    IsTyping,
    Ping,
    Pong,
    Press,
    ReadShown,
    Welcome,
    Write,
    encode,
    parse,
)

_log = logging.getLogger(__name__)

HELLO_WITHIN = 10.0
TYPING_EVERY = 2.0  # seconds; more often tells nobody anything
STRIKES = 5


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where visitors come in: everything that all of their connections share."""

    service: Service
    gateway: Gateway
    visitors: Visitors
    origins: frozenset[str]
    messages: Limiter
    newcomers: Limiter
    clock: Callable[[], datetime]
    tasks: TaskGroup
    files: Files
    lines: set[Line] = field(default_factory=set)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One connection, to its end."""
        self.admit(request)
        socket = new_socket()
        try:
            await socket.prepare(request)
        except ConnectionError:  # gone before it was answered
            return web.Response()
        async with self.connected(request, socket) as connection:
            await connection.run(socket)
        return socket

    def admit(self, request: web.Request) -> str:
        """The origin of the page, if it may embed the widget. Raises HTTPForbidden."""
        origin = request.headers.get("Origin")
        if origin not in self.origins:
            raise web.HTTPForbidden(text="This origin may not embed the widget. Add it to FRONTLINE_WIDGET_ORIGINS.\n")
        return origin

    def claimed(self, conversation: str, upload: str) -> Attachment:
        """The upload, now part of a message. Raises NotFoundError."""
        file = self.files.claim(conversation, upload)
        if file is None:
            raise NotFoundError("upload", "Send the file again.")
        return file

    @asynccontextmanager
    async def connected(self, request: web.Request, pipe: Pipe) -> AsyncIterator["Connection"]:
        """A connection whose frames go into the pipe, until the block ends."""
        line = Line(pipe, request.transport, self.tasks)
        self.lines.add(line)
        connection = Connection(self, line, address_of(request))
        try:
            yield connection
        except DialogError as error:
            _log.warning("A visitor is asked to come again: %s", error)
            await line.close(WSCloseCode.TRY_AGAIN_LATER, "come again in a moment")
        finally:
            connection.end()
            self.lines.discard(line)


class Connection:
    """One visitor's connection. Frames are handled one after the other, so their effects keep their order."""

    __slots__ = ("_address", "_entrance", "_line", "_read", "_sender", "_strikes", "_typed", "_visit")

    def __init__(self, entrance: Entrance, line: Line, address: str) -> None:
        self._entrance, self._line, self._address = entrance, line, address
        self._visit: Visit | None = None
        self._sender: Sender | None = None
        self._strikes = self._read = 0
        self._typed = 0.0

    @property
    def open(self) -> bool:
        """Whether there is still somebody to talk to."""
        return self._line.open

    @property
    def greeted(self) -> bool:
        """Whether `hello` was said and accepted."""
        return self._visit is not None

    async def close(self, code: int, why: str) -> None:
        """Say goodbye."""
        await self._line.close(code, why)

    async def run(self, socket: web.WebSocketResponse) -> None:
        """Handle frames until the end. Raises StoreUnavailableError: what was not acknowledged is not stored."""
        deadline = asyncio.get_running_loop().time() + HELLO_WITHIN
        while self._line.open:
            try:
                patience = None if self._visit else max(0.01, deadline - asyncio.get_running_loop().time())
                message = await socket.receive(patience)
            except TimeoutError:
                await self._line.close(WSCloseCode.POLICY_VIOLATION, "hello was expected")
                return
            if message.type not in {WSMsgType.TEXT, WSMsgType.BINARY}:
                return
            await self.take(message.data)

    def end(self) -> None:
        """The connection is over."""
        self._line.open = False
        if self._visit:
            self._entrance.gateway.leave(self._visit)

    async def take(self, raw: str | bytes) -> None:
        """One frame; what is wrong with it is answered. Raises StoreUnavailableError."""
        frame: ClientFrame | None = None
        try:
            frame = _read(raw)
            await self._handle(frame)
            self._strikes = 0
        except WebError as error:
            self._line.push(encode(error.frame(getattr(frame, "id", None))))
            self._strikes = self._strikes + 1 if isinstance(error, BadFrameError) else 0
            if isinstance(error, UnauthorizedError) or self._strikes == STRIKES:
                await self._line.close(WSCloseCode.POLICY_VIOLATION, error.code)

    async def _handle(self, frame: ClientFrame) -> None:
        if isinstance(frame, Hello):
            await self._greet(frame)
            return
        if self._visit is None or self._sender is None:
            raise BadFrameError("hello comes first")
        match frame:
            case Write():
                await self._write(frame, self._sender)
            case Press():
                self._spend()
                act = Pressed(self._sender, frame.id, frame.button)
                await self._do(frame.id, act)
            case IsTyping():
                self._typing(self._sender)
            case HasRead():
                await self._has_read(self._sender, min(frame.seq, self._visit.sent))
            case Ping():
                self._line.push(encode(Pong()))
            case _ as never:
                assert_never(never)

    async def _greet(self, hello: Hello) -> None:
        if self._visit:
            raise BadFrameError("hello was said already")
        entrance, now = self._entrance, self._entrance.clock()
        name = entrance.visitors.name(hello.identity) if hello.identity else ""
        visitor = self._who(hello, now)
        self._sender = _sender(hello, visitor, name)
        visit = self._visit = Visit(self._line, visitor.conversation)
        room = entrance.gateway.enter(visit)
        last, state = await entrance.gateway.arrive(visit, hello.seen, fresh=hello.token is None)
        token = entrance.visitors.token(visitor, now)
        welcome = Welcome(token=token, conversation=visitor.conversation, seq=last, state=state)
        self._line.push(encode(welcome))
        visit.live = True
        if last > visit.sent or visit.behind:
            await entrance.gateway.catch_up(visit)
        if hello.seen and room.shown and room.shown.edits:
            await entrance.gateway.show_edits(visit)
        if room.operators_read:
            self._line.push(encode(ReadShown(seq=room.operators_read)))
        if state.mode is Mode.QUEUED:  # their turn may have come while they were away
            await entrance.gateway.seen(visitor.conversation)

    def _who(self, hello: Hello, now: datetime) -> Visitor:
        if hello.token is not None:
            return self._entrance.visitors.known(hello.token, now)
        if wait := self._entrance.newcomers.wait(self._address, now):
            raise RateLimitedError(wait)
        return self._entrance.visitors.newcomer()

    async def _write(self, frame: Write, sender: Sender) -> None:
        if not frame.text.strip() and frame.file is None:
            raise BadFrameError("text: it is empty")
        if len(frame.text) > TEXT_LIMIT:
            raise TooLongError(len(frame.text), TEXT_LIMIT)
        self._spend()
        files = (self._entrance.claimed(sender.conversation or "", frame.file),) if frame.file is not None else ()
        act = Wrote(sender, frame.id, frame.text, self._entrance.clock(), attachments=files)
        await self._do(frame.id, act)

    def _spend(self) -> None:
        """Count an act against the visitor's limits, over all their tabs."""
        assert self._sender is not None
        if wait := self._entrance.messages.wait(self._sender.address, self._entrance.clock()):
            raise RateLimitedError(wait)

    async def _do(self, id: str, act: Wrote | Pressed) -> None:
        match await ask(self._entrance.service, act, act.sender.conversation or ""):
            case Done(seq=seq):
                self._line.push(encode(Ack(id=id, seq=seq)))
            case Refused(code="unauthorized"):
                raise GoneError
            case Refused(code=code, text=text):
                self._line.push(encode(Failure(code=code, message=text, id=id)))
            case _ as never:
                assert_never(never)

    def _typing(self, sender: Sender) -> None:
        moment = asyncio.get_running_loop().time()
        if self._visit and moment - self._typed >= TYPING_EVERY:
            self._typed = moment
            self._entrance.service.typing(self._visit.conversation, Author(AuthorKind.CUSTOMER, sender.name))

    async def _has_read(self, sender: Sender, seq: int) -> None:
        if seq > self._read:
            self._read = seq
            await ask(self._entrance.service, Read(sender, seq), sender.conversation or "")


def _read(raw: str | bytes) -> ClientFrame:
    if isinstance(raw, bytes):
        raise BadFrameError("a text frame was expected")
    try:
        return parse(raw)
    except ValueError as error:
        raise BadFrameError(str(error)) from None


def _sender(hello: Hello, visitor: Visitor, name: str) -> Sender:
    page = hello.page if hello.page.startswith(("https://", "http://")) else ""
    return Sender(
        channel="widget",
        address=visitor.id,
        name=name,
        language=hello.locale,
        zone=hello.tz if _is_zone(hello.tz) else "",
        page=page,
        conversation=visitor.conversation,
    )


@lru_cache(maxsize=1024)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # not in the database, not a name, or a folder of it
        return False
    return True
