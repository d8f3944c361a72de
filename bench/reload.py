"""How soon a save is live, and what turns feel of it: `frontline run` in its own process, customers at a steady rate.

By turns nobody saves, and an admin saves again as soon as the last save is live, an answer (nothing to train) or an
example (all to be trained anew). The delays of turns while somebody saves are held against those while nobody does.
"""

import argparse
import asyncio
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import aiohttp
from serving import serving
from turns import UNLIMITED, come, open_loop, sentences_of

import handoff
import intents
import kb

VISITORS = 30
ROUNDS = 4
LOOK = 0.02  # seconds between two looks whether it is live
SHARES = {"p50": 0.5, "p99": 0.99, "max": 1.0}


def workspace(folder: Path) -> Path:
    """The sample, to be written to."""
    for name, package in (("intents", intents), ("kb", kb), ("handoff", handoff)):
        shutil.copytree(Path(str(package.__file__)).parent / "content", folder / name)
    return folder


@dataclass
class Watch:
    """Which version is live; looked at all the time, also while nobody saves, since looking costs turns something."""

    session: aiohttp.ClientSession
    url: str
    version: str = ""
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def looks(self) -> None:
        while True:
            async with self.session.get(f"{self.url}/metrics") as answer:
                lines = (await answer.text()).splitlines()
            seen = next((line for line in lines if line.startswith("frontline_content_version{")), self.version)
            if seen != self.version:
                self.version = seen
                self.changed.set()
            await asyncio.sleep(LOOK)


@dataclass
class Admin:
    """Changes one file, in ways that need training and ways that do not."""

    watch: Watch
    file: Path
    seconds: dict[str, list[float]] = field(default_factory=lambda: {"answer": [], "example": []})
    turns: Iterator[int] = field(default_factory=lambda: count(1))

    async def saves(self, over: asyncio.Event) -> None:
        while not over.is_set():
            turn = next(self.turns)
            kind = ("answer", "example")[turn % 2]
            self.watch.changed.clear()
            self.file.write_text(_intent(kind, turn), encoding="utf-8")
            began = time.perf_counter()
            await self.watch.changed.wait()
            self.seconds[kind].append(time.perf_counter() - began)


def _intent(kind: str, turn: int) -> str:
    """An intent whose answer is new each time, or its answer and an example."""
    example = f"the bench wants {turn if kind == 'example' else turn - 1} of it"
    return f"""\
intents:
  - id: bench
    title: {{en: The bench, ru: Скамейка, lv: Sols}}
    examples:
      en: [what does the bench say, is the bench there, {example}]
      ru: [что говорит скамейка, есть ли скамейка, где стоит скамейка]
      lv: [ko saka sols, vai sols ir tur, kur atrodas sols]
    answer: {{en: "{turn}", ru: "{turn}", lv: "{turn}"}}
"""


async def measure(url: str, file: Path, rate: float, seconds: float) -> tuple[list[float], list[float], Admin]:
    sentences = {locale: sentences_of(locale) for locale in ("ru", "en", "lv")}
    quiet, busy = [], []
    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as tasks:
        locales = [random.choice(list(sentences)) for _ in range(VISITORS)]
        visitors = [await come(session, url, locale, sentences[locale]) for locale in locales]
        background = [tasks.create_task(visitor.listen()) for visitor in visitors]
        admin = Admin(Watch(session, url), file)
        background.append(tasks.create_task(admin.watch.looks()))
        await open_loop(visitors, rate, 2.0)  # caches fill
        for _ in range(ROUNDS):
            quiet += await open_loop(visitors, rate, seconds / ROUNDS)
            over = asyncio.Event()
            saving = tasks.create_task(admin.saves(over))
            busy += await open_loop(visitors, rate, seconds / ROUNDS)
            over.set()
            await saving  # the last one is not in the figures of the quiet that follows
        for task in background:
            task.cancel()
    return sorted(quiet), sorted(busy), admin


def at(delays: Sequence[float], share: float) -> float:
    return delays[min(len(delays) - 1, int(len(delays) * share))] * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15.0, help="length of each stretch")
    parser.add_argument("--rate", type=float, default=50.0, help="messages a second")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = workspace(Path(folder) / "workspace")
        limits = {"limit_messages": UNLIMITED, "limit_visitors": UNLIMITED}
        with serving(Path(folder), workspace=str(place), **limits) as server:
            file = place / "intents/bench.yaml"
            quiet, busy, admin = asyncio.run(measure(server.url, file, options.rate, options.seconds))
    for kind, seconds in admin.seconds.items():
        if seconds:
            print(f"from the save of an {kind} to its being live, {len(seconds)} times: ", end="")
            print(f"median {statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s (bar: 2 s)")
    for name, share in SHARES.items():
        one, other = at(quiet, share), at(busy, share)
        print(f"turns {name}: {one:.1f} ms without saves, {other:.1f} ms while saving: {other / one:.2f} times")


if __name__ == "__main__":
    main()
