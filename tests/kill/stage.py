"""The stage of the kill tests: the emulator and the people here, Frontline in a process of its own."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from tests.bot_api import Group, Person
from tests.kill.crowd import Crowd
from tests.kill.process import Frontline
from tests.kill.telegram import TelegramCustomer, WatchedApi
from tests.kill.visitor import Visitor

GROUP = -1001234567890
OPERATORS = {"anna": 1001, "olga": 1002}


@dataclass
class Wire:
    """Does something at the n-th event of a kind."""

    kind: str = ""
    left: int = 0
    shot: Callable[[], None] = lambda: None
    sprung: asyncio.Event = field(default_factory=asyncio.Event)

    def arm(self, kind: str, left: int, shot: Callable[[], None]) -> None:
        """From now on."""
        self.kind, self.left, self.shot = kind, left, shot
        self.sprung.clear()

    def disarm(self) -> None:
        """Whatever was left is over."""
        self.kind = ""

    def passes(self, kind: str) -> None:
        """An event."""
        if kind == self.kind:
            self.left -= 1
            if self.left <= 0:
                self.kind = ""
                self.shot()
                self.sprung.set()


@dataclass
class Stage:
    """Everything and everybody."""

    api: WatchedApi
    group: Group
    frontline: Frontline
    wire: Wire
    crowd: Crowd
    tasks: asyncio.TaskGroup
    operators: dict[str, Person] = field(default_factory=dict)
    visitors: list[Visitor] = field(default_factory=list)
    customers: list[TelegramCustomer] = field(default_factory=list)
    background: list[asyncio.Task[None]] = field(default_factory=list)

    def visitor(self, name: str) -> Visitor:
        """Somebody on the site, connected from now on."""
        visitor = Visitor(self.frontline.url, name, self.wire.passes)
        self.visitors.append(visitor)
        self.background.append(self.tasks.create_task(visitor.run()))
        return visitor

    def customer(self, name: str) -> TelegramCustomer:
        """Somebody in Telegram."""
        person = self.api.person(name)
        customer = TelegramCustomer(person, name, lambda: self._said_to(person))
        self.customers.append(customer)
        return customer

    def _said_to(self, person: Person) -> list[str]:
        query = (
            "SELECT m.text FROM message m JOIN conversation c ON c.id = m.conversation"
            " WHERE c.channel = 'telegram' AND c.address = ? AND m.author != 'customer'"
        )
        return [text for (text,) in self.rows(query, str(person.id))]

    async def open_desk(self) -> None:
        """The operators come, and serve from now on."""
        for name, person in self.operators.items():
            person.says("/online", to=self.group)
            self.background.append(self.tasks.create_task(self.crowd.serves(person, name)))
        await self.until(lambda: self.rows("SELECT 1 FROM duty WHERE presence = 'online'")[1:])

    def rows(self, query: str, *values: Any) -> list[Any]:
        """What is in the database now."""
        with contextlib.closing(sqlite3.connect(self.frontline.database)) as connection:
            return connection.execute(query, values).fetchall()

    @contextlib.asynccontextmanager
    async def traffic(self, each: int) -> AsyncIterator[None]:
        """Operators and customers of every sort, `each` on both channels, for the time of the block and what it began.

        Frontline must run at both ends. When it ends, nothing is under way any more.
        """
        await self.open_desk()
        async with asyncio.TaskGroup() as people:
            for number in range(each):
                people.create_task(self.crowd.asks(self.visitor(f"wa{number}")))
                people.create_task(self.crowd.talks(self.visitor(f"wt{number}")))
                people.create_task(self.crowd.asks(self.customer(f"ta{number}")))
                people.create_task(self.crowd.talks(self.customer(f"tt{number}")))
            people.create_task(self.crowd.books(self.visitor("wb")))
            people.create_task(self.crowd.books(self.customer("tb")))
            yield
            self.crowd.leaving.set()
        await self.settled()

    async def settled(self) -> None:
        """Wait until nothing is under way: only callbacks for later are open."""
        counts = (
            "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM inbox WHERE status = 'pending')"
            " + (SELECT count(*) FROM ticket WHERE state NOT IN ('closed', 'scheduled'))"
        )
        await self.until(
            lambda: (
                not any(each.waiting for each in self.visitors)
                and not self.api.updates.waiting
                and self.rows(counts) == [(0,)]
            )
        )

    async def until(self, condition: Callable[[], object], seconds: float = 60) -> None:
        """Wait until it holds."""
        await self.api.until(condition, seconds)


@contextlib.asynccontextmanager
async def stage(folder: Path, cache: Path, random: Random) -> AsyncIterator[Stage]:
    """A stage on which nothing runs yet but the emulator."""
    wire = Wire()
    lives: list[Frontline] = []
    async with WatchedApi(lambda: lives[0].lives, wire.passes) as api:
        group = api.group("Desk", GROUP)
        frontline = Frontline(folder, cache, api.url, api.token, GROUP)
        lives.append(frontline)
        people = {name: api.person(name.title(), number) for name, number in OPERATORS.items()}
        async with asyncio.TaskGroup() as tasks:
            made = Stage(api, group, frontline, wire, Crowd(api, group, random), tasks, people)
            try:
                yield made
            finally:
                for task in made.background:
                    task.cancel()
                await frontline.end()
