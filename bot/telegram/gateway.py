"""The gateway: delivers the outbox, none of its destinations waiting for another.

To a private chat orders go one after another, to a group through its lane: the most urgent first.
"""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress

from bot.dialog.errors import StoreUnavailableError
from bot.dialog.records import Published
from bot.telegram.client import SOURCE, chat_of
from bot.telegram.delivery import Delivery
from bot.telegram.errors import TurnOverError
from bot.telegram.group_lane import GroupLane, Load
from bot.telegram.groups import Groups
from bot.telegram.pacing import Pacer
from bot.telegram.surroundings import Surroundings
from bot.telegram.tempo import Tempo

_log = logging.getLogger(__name__)

SWEEP = 1.0  # seconds after which it looks by itself: another process may have given orders
GATHER = 0.2  # seconds: orders that stir a lane seldom come alone
HEAD = 10


class Gateway:
    """One worker for each destination that has something to send. An audience: it is woken after each commit."""

    def __init__(self, around: Surroundings, groups: Groups, tempo: Tempo) -> None:
        self._around, self._groups, self._watch = around, groups, tempo.watch
        self._pacer = Pacer(tempo.paces, tempo.watch)
        self._delivery = Delivery(around, groups, self._pacer, tempo)
        self._lanes: dict[int, GroupLane] = {}
        self._news = asyncio.Event()
        self._busy: set[str] = set()
        self._stopping = False
        self.finished = asyncio.Event()  # stopped, and nothing is being sent

    @property
    def unfit(self) -> Mapping[int, str]:
        """Groups that cannot be served now, and why."""
        return self._delivery.unfit

    @property
    def limited(self) -> int:
        """How often Telegram told us to wait."""
        return self._delivery.limited

    def loads(self) -> dict[int, Load]:
        """What waits for each group."""
        return {chat: lane.load for chat, lane in self._lanes.items()}

    def publish(self, published: Published) -> None:
        """Look again when there are orders."""
        if published.orders:
            self.wake()

    def wake(self) -> None:
        """There may be something to send."""
        self._news.set()
        for lane in self._lanes.values():
            lane.news.set()

    def stop(self) -> None:
        """Finish what is being sent, and begin nothing."""
        self._stopping = True
        self._free("")

    async def run(self) -> None:
        """Until cancelled, or stopped and done."""
        async with asyncio.TaskGroup() as workers:
            while not self._stopping:
                self._news.clear()
                pause = SWEEP
                try:
                    pause = await self._look(workers)
                except StoreUnavailableError as error:
                    _log.warning("deliveries wait: %s", error)
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._news.wait()

    async def _look(self, workers: asyncio.TaskGroup) -> float:
        """Start workers where there is work; say how long to wait at most before looking again."""
        outbox, now = self._around.ports.outbox, self._around.clock()
        for destination in await outbox.destinations(now):
            if destination.startswith(f"{SOURCE}:") and destination not in self._busy:
                self._busy.add(destination)
                workers.create_task(self._work(destination))
        due = await outbox.next_due()
        return min(SWEEP, max(0.02, (due - now).total_seconds())) if due and due > now else SWEEP

    async def _work(self, destination: str) -> None:
        chat = chat_of(destination)
        try:
            home = await self._groups.home(chat)
            if home != chat:  # orders by an older name of a group that has moved
                await self._around.ports.topics.migrate(chat, home)
            elif chat < 0:
                await self._serve_group(chat)
            else:
                await self._serve_person(destination, chat)
        except StoreUnavailableError as error:
            _log.warning("deliveries wait: %s", error)
            await asyncio.sleep(1)
        except Exception:  # noqa: BLE001 - the worker's edge: one destination must not end the others
            _log.exception("deliveries to %s wait", destination)
            await asyncio.sleep(1)
        finally:
            self._free(destination)

    async def _serve_person(self, destination: str, chat: int) -> None:
        while orders := await self._around.ports.outbox.head(destination, self._around.clock(), HEAD):
            for order in orders:
                if self._stopping or not await self._delivery.deliver([order], chat):
                    return

    async def _serve_group(self, chat: int) -> None:
        """The order is chosen when its turn has come: until then something more urgent may."""
        lane = self._lanes.setdefault(chat, GroupLane(self._around, chat, self._pacer, self._watch))
        while (choice := await lane.choose()) and not self._stopping:
            wait = self._pacer.wait(chat, choice.leave)
            if wait > 0:
                await self._watch.wait(wait, lane.news)
                if lane.news.is_set():
                    await self._watch.wait(min(wait, GATHER))
                continue
            try:
                if not await self._delivery.deliver(choice.rows, chat):
                    return
            except TurnOverError:
                lane.opened(choice.rows[0])
            lane.served(choice)

    def _free(self, destination: str) -> None:
        self._busy.discard(destination)
        if self._stopping and not self._busy:
            self.finished.set()
        self.wake()
