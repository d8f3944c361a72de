"""The lane's tests: a time that passes only when the lane waits, and then at once, and what goes on in it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.dialog.content import Content
from bot.dialog.orders import Order, TellOperator
from bot.dialog.records import Changes
from bot.telegram.pacing import Paces, Watch
from tests.bot_api import Person
from tests.patience import PATIENCE
from tests.telegram.stage import FAST, GROUP, Stage, stage

BEGIN = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
LIMIT = 20  # posts a minute, as Telegram has it
Event = tuple[float, Callable[[], Any]]  # at how many seconds, what happens


@dataclass
class Told(Watch):
    """The pacer's watch, the service's clock and Telegram's own; what is planned happens on the way."""

    at: float = 0.0
    plan: list[Event] = field(default_factory=list)
    stage: Stage | None = None
    moves: asyncio.Event = field(default_factory=asyncio.Event)

    def now(self) -> float:
        return self.at

    def __call__(self) -> datetime:
        return BEGIN + timedelta(seconds=self.at)

    async def wait(self, seconds: float, news: asyncio.Event | None = None) -> None:
        assert self.stage is not None
        await self.stage.handled()
        await self.moves.wait()
        until = self.at + seconds
        while self.plan and self.plan[0][0] <= until and not (news and news.is_set()):
            await self._next()
        if not (news and news.is_set()):
            self.at = max(self.at, until)

    async def pass_all(self) -> None:
        """Until all is said and delivered. While the lane waits, it moves the time; else this does."""
        assert self.stage is not None
        outbox = self.stage.storage.outbox
        async with asyncio.timeout(PATIENCE * 2):
            while (waiting := await outbox.length()) or self.plan:
                if not waiting:
                    await self._next()
                elif not await outbox.destinations(self()) and (due := await outbox.next_due()):
                    await self.wait((due - self()).total_seconds())
                    self.stage.room._gateway.wake()
                await asyncio.sleep(0.005)

    async def _next(self) -> None:
        at, act = self.plan.pop(0)
        self.at = max(self.at, at)
        act()
        assert self.stage is not None
        await self.stage.handled()


@contextlib.asynccontextmanager
async def lane(content: Content, folder: Path, **more: Any) -> AsyncIterator[tuple[Stage, Told]]:
    """A stage whose groups are paced as they are in life, and limited as Telegram limits them."""
    watch = Told()
    watch.moves.set()
    paces = Paces(Paces().group, FAST, FAST)
    async with stage(content, folder, paces=paces, watch=watch, clock=watch, **more) as s:
        watch.stage, s.api.clock = s, lambda: watch().timestamp()
        s.api.per_minute = LIMIT
        yield s, watch


async def busy(s: Stage, watch: Told, *names: str) -> list[Person]:
    """Customers in talk with Anna, and a lane that has just used its burst up."""
    await s.online("anna")
    people = [s.api.person(name, language="ru") for name in names]
    for person in people:
        await s.talk(person, s.operator("anna"))
    await watch.pass_all()
    await fill(s, watch)
    return people


async def order(s: Stage, *orders: Order) -> None:
    """Let these be done in the group."""
    async with s.storage.work.begin() as tx:
        await tx.save(Changes(orders=[(f"telegram:{GROUP}", each) for each in orders]))
    s.room._gateway.wake()


async def fill(s: Stage, watch: Told) -> None:
    """Use the burst up, so that what comes next has to wait."""
    await order(s, *(TellOperator("olga", f"line {number}") for number in range(3)))
    await watch.pass_all()


def about_lane(s: Stage) -> list[str]:
    """What supervisors are told of it."""
    said = [s.content.phrases.say("ru", key) for key in ("tg_lane_full", "tg_lane_free")]
    return [text for text in s.group.reads() if text in said]
