"""Answered turns a second over WebSockets, against what bare aiosqlite commits on the same disk in the same run.

A hundred conversations at once against `frontline run` in its own process, SQLite with synchronous=FULL. First each
conversation writes again as soon as it is answered (closed loop: the rate), in turns with the bare commits, since a
machine is not the same for a minute. Then messages come at random instants at half that rate, whoever is still being
answered (open loop: the delay from frame to answer).
"""

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from uuid import uuid4

import aiohttp
from bare import commits
from serving import serving

from bot.workspace.loading import survey

CONVERSATIONS = 100
ROUNDS = 5
UNLIMITED = "1000000/1s"
PATIENCE = 30.0
STRANGE = 0.05  # of the messages belong to no intent


@dataclass
class Visitor:
    """One conversation: what it writes, and when each message was answered."""

    socket: aiohttp.ClientWebSocketResponse
    sentences: Sequence[str]
    sent: dict[str, float] = field(default_factory=dict)  # message id -> when
    acked: dict[int, float] = field(default_factory=dict)  # seq of an unanswered message -> when it was sent
    delays: list[float] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    last_answer: int = 0

    def __post_init__(self) -> None:
        self.answered.set()  # whoever has written nothing waits for nothing

    async def write(self, at: float) -> None:
        key = str(uuid4())
        self.sent[key] = at
        self.answered.clear()
        text = random.choice(self.sentences)
        await self.socket.send_str(json.dumps({"type": "message", "id": key, "text": text, "file": None}))

    async def listen(self) -> None:
        async for frame in self.socket:
            event = json.loads(frame.data)
            match event["type"]:
                case "ack":
                    self.acked[event["seq"]] = self.sent.pop(event["id"])
                    self._settle()
                case "message" if event["author"]["kind"] != "customer":
                    self.last_answer = event["seq"]
                    self._settle()
                case "error":
                    raise SystemExit(f"the server refuses: {event}")

    def _settle(self) -> None:
        """Turns are stored one after another, so the first answer with a higher seq answers the message."""
        now = time.perf_counter()
        for seq in [seq for seq in self.acked if seq < self.last_answer]:
            self.delays.append(now - self.acked.pop(seq))
        if not self.acked and not self.sent:
            self.answered.set()


async def come(session: aiohttp.ClientSession, url: str, locale: str, sentences: Sequence[str]) -> Visitor:
    socket = await session.ws_connect(f"{url}/ws/v1", origin=url)
    hello = {"type": "hello", "token": None, "locale": locale, "tz": "Europe/Riga", "page": url, "seen": 0}
    await socket.send_str(json.dumps(hello | {"identity": None}))
    welcome = await socket.receive_json(timeout=PATIENCE)
    assert welcome["type"] == "welcome", welcome
    return Visitor(socket, sentences)


def sentences_of(locale: str) -> list[str]:
    """What customers would write: sentences kept from training, examples, and some that belong to no intent."""
    catalogue = survey(None, datetime.now(UTC).date()).intents
    plain = [each for each in catalogue.intents.values() if not each.ask and (each.answer or each.article)]
    own = [text for each in plain for kept in (each.tests, each.examples) for text in kept.get(locale, ())]
    foreign = catalogue.out_of_scope.get(locale, ())
    return own + [random.choice(foreign) for _ in range(int(len(own) * STRANGE))]


async def closed_loop(visitors: Sequence[Visitor], seconds: float) -> float:
    until = time.perf_counter() + seconds
    before = sum(len(each.delays) for each in visitors)
    began = time.perf_counter()

    async def talk(visitor: Visitor) -> None:
        while time.perf_counter() < until:
            await visitor.write(time.perf_counter())
            await visitor.answered.wait()

    async with asyncio.timeout(seconds + PATIENCE):
        await asyncio.gather(*map(talk, visitors))
    return (sum(len(each.delays) for each in visitors) - before) / (time.perf_counter() - began)


async def open_loop(visitors: Sequence[Visitor], rate: float, seconds: float) -> list[float]:
    for visitor in visitors:
        visitor.delays.clear()
    due = time.perf_counter()
    until = due + seconds
    for turn in count():
        due += random.expovariate(rate)
        if due > until:
            break
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await visitors[turn % len(visitors)].write(due)  # from when it was due: waiting to send counts too
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(each.answered.wait() for each in visitors))
    return sorted(delay for each in visitors for delay in each.delays)


@dataclass
class Figures:
    bare: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.mean(self.rates)


async def measure(url: str, seconds: float, folder: str) -> Figures:
    sentences = {locale: sentences_of(locale) for locale in ("ru", "en", "lv")}
    found = Figures()
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as tasks:
        locales = [random.choice(list(sentences)) for _ in range(CONVERSATIONS)]
        visitors = [await come(session, url, locale, sentences[locale]) for locale in locales]
        listening = [tasks.create_task(visitor.listen()) for visitor in visitors]
        await closed_loop(visitors, min(2.0, seconds))  # caches fill, batches find their size
        for _ in range(ROUNDS):
            found.bare.append(await commits(seconds / ROUNDS, folder))
            found.rates.append(await closed_loop(visitors, seconds / ROUNDS))
        found.delays = await open_loop(visitors, found.rate / 2, seconds)
        for task in listening:
            task.cancel()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="length of each part")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        limits = {"limit_messages": UNLIMITED, "limit_visitors": UNLIMITED}
        with serving(Path(folder), **limits) as server:
            found = asyncio.run(measure(server.url, seconds, folder))
    ratios = [rate / bare for rate, bare in zip(found.rates, found.bare, strict=True)]
    p50, p99 = (found.delays[int(len(found.delays) * share)] * 1000 for share in (0.50, 0.99))
    print(f"bare aiosqlite, commits/s: {_listed(found.bare)}")
    print(f"{CONVERSATIONS} conversations, closed loop, answered turns/s: {_listed(found.rates)}")
    print(f"ratio: {statistics.median(ratios):.2f}, {min(ratios):.2f} to {max(ratios):.2f} (bar: 1.0)")
    print(f"open loop at {found.rate / 2:.0f}/s: p50 {p50:.0f} ms, p99 {p99:.0f} ms (bar: 250 ms)")


def _listed(figures: Sequence[float]) -> str:
    return ", ".join(f"{each:.0f}" for each in figures)


if __name__ == "__main__":
    main()
