"""The stage: the real service on a real store, with a clock that is moved by hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from bot.dialog.acts import Act, Outcome, Present, Rang
from bot.dialog.bridge import Bridge
from bot.dialog.buttons import READY
from bot.dialog.content import Content, Served
from bot.dialog.orders import Order
from bot.dialog.ports import Transaction
from bot.dialog.records import Alarm, Changes, Published
from bot.dialog.service import DialogService
from bot.dialog.tools import Tools
from bot.rehearsal.errors import BrokenError, MismatchError
from bot.storage.storage import Storage

VENUE = "operators"
ALL = 10_000


class Visitors:
    """An audience: those who look at a page, and see what they are asked there."""

    def __init__(self) -> None:
        self._asked: list[str] = []

    def publish(self, published: Published) -> None:
        """Called after each commit."""
        self._asked += [each.conversation for each in published.messages if any(b.id == READY for b in each.buttons)]

    def asked(self) -> list[str]:
        """The conversations in which something was asked since the last look."""
        asked, self._asked = self._asked, []
        return asked


class Stage:
    """One process of Frontline without its channels."""

    def __init__(
        self, content: Content, database: Path, now: datetime, tasks: asyncio.TaskGroup, bridge: Bridge | None = None
    ) -> None:
        """With a `bridge` there is a bot in Telegram to go on with."""
        self._served = Served(content)
        self.now = now.astimezone(UTC)
        self._url = f"sqlite+aiosqlite:///{database}"
        self._tasks = tasks
        self._numbers = count(1)
        self.away: set[str] = set()  # conversations that nobody has before them
        self._visitors = Visitors()
        self._bridge = bridge
        self._closing = AsyncExitStack()
        self._storage: Storage | None = None
        self._running: asyncio.Task[None] | None = None
        self._service: DialogService | None = None
        self._breaks = False

    @property
    def content(self) -> Content:
        """The content that is served now."""
        return self._served.content

    async def open(self) -> None:
        """Begin to serve."""
        self._storage = await self._closing.enter_async_context(Storage.open(self._url))
        await self._storage.upgrade()
        tools = Tools(self._new_id, lambda _desk, _skill: VENUE, bridge=self._bridge)
        self._service = DialogService(self._storage.work, self._of_turn, lambda: self.now, tools)
        self._service.attend(self._served)
        self._service.attend(self._visitors)
        async with self._storage.work.read() as tx:
            self._served.man(await tx.roster())
        self._running = self._tasks.create_task(self._service.run())

    async def close(self) -> None:
        """Stop serving; the file stays."""
        if self._running is not None:
            self._running.cancel()
        await self._closing.aclose()

    async def restart(self) -> None:
        """What is not in the store is forgotten."""
        await self.close()
        await self.open()

    async def do(self, act: Act, *, breaks: bool = False) -> Outcome:
        """Hand in one act; at one that `breaks` we fail. What is asked is asked of whoever is there to see it."""
        assert self._service is not None, "open the stage first"
        self._breaks = breaks
        outcome = await self._service.do(act)
        for conversation in self._visitors.asked():
            if conversation not in self.away:
                await self._service.do(Present(conversation))
        return outcome

    def read(self) -> AbstractAsyncContextManager[Transaction]:
        """Look into the store."""
        assert self._storage is not None, "open the stage first"
        return self._storage.work.read()

    async def orders(self) -> list[Order]:
        """Everything that the operators' group was ever to be told; nobody delivers it here."""
        assert self._storage is not None, "open the stage first"
        return [each.order for each in await self._storage.outbox.head(VENUE, self.now, ALL)]

    async def write(self, changes: Changes) -> None:
        """Put into the store what happened before."""
        assert self._storage is not None, "open the stage first"
        async with self._storage.work.begin() as tx:
            await tx.save(changes)

    async def move(self, to: datetime) -> None:
        """Let time pass until then; every alarm on the way rings at its own instant."""
        assert self._storage is not None, "open the stage first"
        rung: set[Alarm] = set()
        while due := await self._storage.alarms.due(to.astimezone(UTC)):
            first = due[0]
            if first in rung:
                raise MismatchError("an alarm that ends", f"{first.kind} of {first.subject} rings again and again")
            rung.add(first)
            self.now = max(self.now, first.due.astimezone(UTC))
            await self.do(Rang(first.kind, first.subject))
        self.now = to.astimezone(UTC)

    def _of_turn(self) -> Content:
        if self._breaks:
            self._breaks = False
            raise BrokenError
        return self._served()

    def _new_id(self) -> str:
        return f"conversation-{next(self._numbers)}-{self.now.timestamp():.0f}"


@asynccontextmanager
async def open_stage(
    content: Content, database: Path, now: datetime, bridge: Bridge | None = None
) -> AsyncIterator[Stage]:
    """A stage on that file, closed at the end."""
    async with asyncio.TaskGroup() as tasks:
        stage = Stage(content, database, now, tasks, bridge)
        try:
            await stage.open()
            yield stage
        finally:
            await stage.close()
