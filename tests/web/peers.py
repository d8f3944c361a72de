"""The other end of a connection to the server: over a socket, or over a stream where sockets are blocked."""

import asyncio
import json
from dataclasses import dataclass

import aiohttp


@dataclass
class Peer:
    """One socket, seen from the other end."""

    socket: aiohttp.ClientWebSocketResponse

    async def send(self, **frame):
        await self.socket.send_str(json.dumps(frame))

    async def raw(self, text):
        await self.socket.send_str(text)

    async def get(self):
        """The next frame; a dict with `closed` when the connection ends."""
        message = await self.socket.receive(5)
        if message.type is aiohttp.WSMsgType.TEXT:
            return json.loads(message.data)
        return {"type": "closed", "closed": self.socket.close_code}

    async def until(self, kind):
        """The next frame of this type."""
        while True:
            frame = await self.get()
            if frame["type"] in {kind, "closed"}:
                return frame

    async def silence(self):
        """What came before the answer to a ping that is sent now: for showing that nothing else did."""
        await self.send(type="ping")
        frames = []
        while (frame := await self.get())["type"] not in {"pong", "closed"}:
            frames.append(frame)
        return frames

    async def close(self):
        await self.socket.close()


@dataclass
class StreamPeer(Peer):
    """The same over a stream, as where WebSockets are blocked."""

    http: aiohttp.ClientSession
    base: str
    origin: str
    answer: aiohttp.ClientResponse | None = None
    id: str = ""

    async def raw(self, text):
        headers = {"Origin": self.origin}
        if self.answer is None:
            self.answer = await self.http.post(f"{self.base}/sse/v1", data=text, headers=headers)
            self.id = (await self._event())["data"]
            return
        body = f"{self.id}\n{text}"
        async with self.http.post(f"{self.base}/sse/v1/frames", data=body, headers=headers):
            pass  # what there is to say comes by the stream

    async def send(self, **frame):
        await self.raw(json.dumps(frame))

    async def get(self):
        event = await self._event()
        if "event" in event:
            return {"type": "closed", "closed": int(event["data"])}
        return json.loads(event["data"]) if event else {"type": "closed", "closed": None}

    async def close(self):
        self.answer.close()

    async def _event(self):
        """The fields of the next event; nothing of a connection that ended."""
        async with asyncio.timeout(5):
            fields = {}
            while not fields:
                lines = []
                while line := (await self.answer.content.readline()).decode().rstrip("\n"):
                    lines.append(line)
                if not lines and self.answer.content.at_eof():
                    return {}
                fields = dict(line.split(": ", 1) for line in lines if line != ":")
            return fields
