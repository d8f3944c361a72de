"""Sockets: frames to one peer, in order, without ever making the sender wait."""

import asyncio
import logging
import resource
from asyncio import TaskGroup
from collections import deque
from contextlib import suppress
from typing import Protocol

from aiohttp import web

_log = logging.getLogger(__name__)

BOUND = 512  # frames that may wait for a slow reader; one who is slower reconnects and is shown what was missed
STALL = 30.0  # seconds that one frame may take
HEARTBEAT = 30.0
MAX_FRAME = 64 * 1024


def allow_many() -> None:
    """Every socket is an open file: let the process have as many as the system permits it, not the cautious default."""
    _, permitted = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError, ValueError):  # then the default stays
        resource.setrlimit(resource.RLIMIT_NOFILE, (permitted, permitted))


def new_socket() -> web.WebSocketResponse:
    """A WebSocket with the limits that all of ours have."""
    return web.WebSocketResponse(heartbeat=HEARTBEAT, compress=False, max_msg_size=MAX_FRAME, timeout=5.0)


class Pipe(Protocol):
    """What frames go into: a WebSocket, or a stream that stands in for one."""

    async def send_frame(self, message: bytes, opcode: web.WSMsgType) -> None:
        """Send one frame. Raises ConnectionError when nobody is there."""
        ...

    async def close(self, *, code: int, message: bytes) -> object:
        """Say why, and end it."""
        ...


class Line:
    """What goes out to one peer. A queue and a writer exist only while something waits: most sockets are idle."""

    __slots__ = ("_pipe", "_tasks", "_transport", "_waiting", "_writer", "open")

    def __init__(self, pipe: Pipe, transport: asyncio.Transport | None, tasks: TaskGroup) -> None:
        self._pipe, self._transport, self._tasks = pipe, transport, tasks
        self._waiting: deque[bytes] | None = None
        self._writer: asyncio.Task[None] | None = None
        self.open = True

    def push(self, frame: bytes) -> None:
        """Send it after what was pushed before. A peer that does not read is dropped."""
        if not self.open:
            return
        if self._waiting is None:
            self._waiting = deque((frame,))
            self._writer = self._tasks.create_task(self._write(self._waiting))
        elif len(self._waiting) < BOUND:
            self._waiting.append(frame)
        else:
            self.drop()

    async def flushed(self) -> None:
        """Wait until everything pushed so far is on its way."""
        if self._writer is not None:
            await asyncio.wait((self._writer,))

    async def close(self, code: int, why: str) -> None:
        """Say what is still to be said, then close."""
        await self.flushed()
        self.open = False
        await self._pipe.close(code=code, message=why.encode())

    def drop(self) -> None:
        """Cut the connection now."""
        self.open = False
        if self._transport is not None:
            self._transport.abort()

    async def _write(self, waiting: deque[bytes]) -> None:
        try:
            while waiting:
                sending = self._pipe.send_frame(waiting.popleft(), web.WSMsgType.TEXT)
                if self._transport is None or self._transport.get_write_buffer_size():
                    async with asyncio.timeout(STALL):
                        await sending
                else:
                    await sending  # an empty buffer takes a frame at once
        except (ConnectionError, TimeoutError, RuntimeError) as error:
            _log.debug("A socket was dropped: %s", error)
            self.drop()
        finally:
            self._waiting = self._writer = None
