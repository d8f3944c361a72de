"""Time for the lane's tests: it passes only when the lane waits, and then at once."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.dialog.content import Content
from bot.telegram.pacing import Paces, Watch
from tests.patience import PATIENCE
from tests.telegram.stage import FAST, Stage, stage

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
