"""Idle widgets: what each costs the server in memory, against `frontline run` in its own process.

Every widget says hello and is welcomed, then stays silent: what a visitor costs who has the chat open and reads.
"""

import argparse
import asyncio
import tempfile
from pathlib import Path

import aiohttp
from serving import serving

UNLIMITED = "1000000/1s"
AT_ONCE = 100
BAR = 40.0  # KiB each
HELLO = '{"type":"hello","token":null,"locale":"ru","tz":"Europe/Riga","page":"https://shop.example/","seen":0}'


def resident(pid: int) -> int:
    """KiB of physical memory that the process holds."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


async def come(session: aiohttp.ClientSession, url: str) -> aiohttp.ClientWebSocketResponse:
    socket = await session.ws_connect(f"{url}/ws/v1", origin=url, autoping=True)
    await socket.send_str(HELLO)
    welcome = await socket.receive_json(timeout=30)
    assert welcome["type"] == "welcome", welcome
    return socket


async def crowd(url: str, pid: int, number: int) -> tuple[int, int]:
    """(KiB before, KiB with everybody there)."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        sockets = [await come(session, url) for _ in range(AT_ONCE)]  # whatever is made once is there now
        await asyncio.gather(*(socket.close() for socket in sockets))
        before = resident(pid)
        sockets = []
        while len(sockets) < number:
            some = min(AT_ONCE, number - len(sockets))
            sockets += await asyncio.gather(*(come(session, url) for _ in range(some)))
        await asyncio.sleep(1.0)
        after = resident(pid)
        for start in range(0, number, AT_ONCE):
            await asyncio.gather(*(socket.close() for socket in sockets[start : start + AT_ONCE]))
    return before, after


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--widgets", type=int, default=5000)
    number = parser.parse_args().widgets
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), limit_visitors=UNLIMITED) as server:
        before, after = asyncio.run(crowd(server.url, server.pid, number))
    each = (after - before) / number
    print(f"{before} KiB without, {after} KiB with {number} idle widgets: {each:.1f} KiB each (bar: {BAR:.0f})")


if __name__ == "__main__":
    main()
