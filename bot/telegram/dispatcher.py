"""The dispatcher: stored updates are handled, each lane in order, many lanes at once, and a poisonous one is parked."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from bot.dialog.errors import StoreUnavailableError
from bot.dialog.ports import Inbox
from bot.dialog.records import Incoming
from bot.telegram.client import SOURCE
from bot.telegram.lanes import album_of, lane_of, message_id

_log = logging.getLogger(__name__)

Handler = Callable[[Sequence[Incoming]], Awaitable[None]]

TRIES = 5
AT_ONCE = 32  # turns in hand
FETCH = 200
IN_MEMORY = 4000  # updates that were read and wait for their turn
SWEEP = 2.0  # seconds after which it looks by itself, should a call have been missed
LONGEST_PAUSE = 5.0


class Dispatcher:
    """Hands updates to the handler, which must end their inbox rows itself, together with what they caused."""

    def __init__(self, inbox: Inbox, handler: Handler, settle: float = 0.8, again: float = 0.1) -> None:
        """`settle` is how many seconds after its last part an album is taken for complete, `again` the first pause."""
        self._inbox, self._handler, self._settle, self._again = inbox, handler, settle, again
        self._news = asyncio.Event()
        self._lanes: dict[str, deque[Incoming]] = {}
        self._grew: dict[str, asyncio.Event] = {}
        self._taken: set[int] = set()
        self._finished: set[int] = set()
        self._slots = asyncio.Semaphore(AT_ONCE)

    def wake(self) -> None:
        """There is something new."""
        self._news.set()

    @property
    def idle(self) -> bool:
        """Nothing is in hand."""
        return not self._taken

    async def run(self) -> None:
        """Until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                self._news.clear()
                try:
                    await self._fetch(tasks)
                except StoreUnavailableError as error:
                    _log.warning("updates wait: %s", error)
                with suppress(TimeoutError):
                    async with asyncio.timeout(SWEEP):
                        await self._news.wait()

    async def _fetch(self, tasks: asyncio.TaskGroup) -> None:
        self._finished.clear()
        last, more = 0, True
        while more:  # one chat that has written a lot must not hide what others have written after it
            rows = await self._inbox.pending(SOURCE, last, FETCH)
            self._take(rows, tasks)
            more = len(rows) == FETCH and len(self._taken) < IN_MEMORY
            last = rows[-1].id if rows else last

    def _take(self, rows: Sequence[Incoming], tasks: asyncio.TaskGroup) -> None:
        for row in rows:
            if row.id in self._taken or row.id in self._finished:
                continue
            self._taken.add(row.id)
            lane = lane_of(row.payload)
            if lane in self._lanes:
                self._lanes[lane].append(row)
                self._grew[lane].set()
            else:
                self._lanes[lane], self._grew[lane] = deque([row]), asyncio.Event()
                tasks.create_task(self._work(lane))

    async def _work(self, lane: str) -> None:
        rows = self._lanes[lane]
        while rows:
            turn = await self._next(lane, rows)
            async with self._slots:
                await self._handle(turn)
            done = {row.id for row in turn}
            self._taken -= done
            self._finished |= done
        del self._lanes[lane], self._grew[lane]
        self.wake()

    async def _next(self, lane: str, rows: deque[Incoming]) -> list[Incoming]:
        """The next update, or the album that it begins, in order."""
        album = album_of(rows[0].payload)
        if album is None:
            return [rows.popleft()]
        with suppress(TimeoutError):
            while True:
                self._grew[lane].clear()
                async with asyncio.timeout(self._settle):
                    await self._grew[lane].wait()
        parts = [row for row in rows if album_of(row.payload) == album]
        for part in parts:
            rows.remove(part)
        return sorted(parts, key=lambda part: message_id(part.payload))

    async def _handle(self, turn: list[Incoming]) -> None:
        tries, pause = max(row.tries for row in turn), self._again
        while tries < TRIES:
            try:
                await self._handler(turn)
            except StoreUnavailableError:
                pass  # not the update's fault: it is not counted
            except Exception as error:  # noqa: BLE001 - the worker's edge: the update is tried again, then parked
                tries += 1
                await self._failed(turn, error, park=tries >= TRIES)
            else:
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _failed(self, turn: list[Incoming], error: Exception, *, park: bool) -> None:
        _log.warning("an update failed%s", " and is parked" if park else "", exc_info=error)
        text = f"{type(error).__name__}: {error}"[:500]
        with suppress(StoreUnavailableError):
            for row in turn:
                await self._inbox.failed(row.id, text, park=park)
