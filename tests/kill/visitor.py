"""A visitor's widget, as the protocol wants it: what was not acked is sent again, what came is kept by its number."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import aiohttp

Json = dict[str, Any]
AGAIN = 0.05  # seconds between two tries to connect


class Visitor:
    """One conversation by the widget. `faults` lists what a widget must never see."""

    def __init__(self, url: str, name: str, passes: Callable[[str], None]) -> None:
        self._url, self.name, self._passes = url, name, passes
        self._token: str | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._said: list[asyncio.Task[None]] = []
        self.conversation = ""
        self.shown: list[Json] = []  # the messages, 1..n
        self.sent: dict[str, Json] = {}  # every act by its id, in order
        self.acked: dict[str, int] = {}
        self.faults: list[str] = []
        self.connections = 0

    # what the visitor does and sees

    def says(self, text: str) -> None:
        """Write."""
        self._act({"type": "message", "text": text, "file": None})

    def presses(self, button: str) -> None:
        """Press the newest button whose id begins so."""
        found = self.finds(button)
        assert found is not None, f"nobody shows {button} to {self.name}"
        self._act({"type": "press", "button": found})

    def finds(self, button: str) -> str | None:
        """That button's id."""
        for message in reversed(self.shown):
            for each in message["buttons"]:
                if str(each["id"]).startswith(button):
                    return str(each["id"])
        return None

    def reads(self) -> list[str]:
        """What others have said."""
        return [message["text"] for message in self.shown if message["author"]["kind"] != "customer"]

    @property
    def waiting(self) -> list[str]:
        """What is not acked."""
        return [each for each in self.sent if each not in self.acked]

    # the line

    async def run(self) -> None:
        """Stay connected until cancelled."""
        async with aiohttp.ClientSession() as http:
            while True:
                try:
                    async with http.ws_connect(f"{self._url}/ws/v1", headers={"Origin": self._url}) as socket:
                        await self._visit(socket)
                except (aiohttp.ClientError, ConnectionError):
                    pass
                finally:
                    self._socket = None
                await asyncio.sleep(AGAIN)

    async def _visit(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        hello = {"type": "hello", "token": self._token, "locale": "en", "tz": "UTC", "page": "", "identity": None}
        await socket.send_str(json.dumps(hello | {"seen": len(self.shown)}))
        async for message in socket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                return
            frame = json.loads(message.data)
            if frame["type"] == "welcome":
                await self._welcomed(socket, frame)
            else:
                self._take(frame)

    async def _welcomed(self, socket: aiohttp.ClientWebSocketResponse, frame: Json) -> None:
        if self.conversation not in ("", frame["conversation"]):
            self.faults.append(f"another conversation: {frame}")
        if frame["seq"] < len(self.shown):
            self.faults.append(f"messages are forgotten: {frame} after {len(self.shown)}")
        self._token, self.conversation, self.connections = frame["token"], frame["conversation"], self.connections + 1
        for id_ in self.waiting:
            await socket.send_str(json.dumps(self.sent[id_]))
        self._socket = socket

    def _take(self, frame: Json) -> None:
        match frame["type"]:
            case "ack":
                if self.acked.setdefault(frame["id"], frame["seq"]) != frame["seq"]:
                    self.faults.append(f"another ack: {frame} after {self.acked[frame['id']]}")
                self._passes("ack")
            case "message" if frame["seq"] == len(self.shown) + 1:
                self.shown.append(frame)
            case "message" if frame["edited"] and frame["seq"] <= len(self.shown):
                self.shown[frame["seq"] - 1] = frame
            case "message" | "error":
                self.faults.append(f"after {len(self.shown)}: {frame}")

    def _act(self, frame: Json) -> None:
        id_ = str(uuid4())
        self.sent[id_] = frame | {"id": id_}
        if self._socket is not None and not self._socket.closed:
            task = asyncio.get_running_loop().create_task(self._send(self._socket, self.sent[id_]))
            self._said = [each for each in self._said if not each.done()] + [task]

    async def _send(self, socket: aiohttp.ClientWebSocketResponse, frame: Json) -> None:
        try:
            await socket.send_str(json.dumps(frame))
        except (aiohttp.ClientError, ConnectionError):
            return  # it goes again with the next connection
        self._passes("frame")
