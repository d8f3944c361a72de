"""The gateway: delivers the outbox, each destination in order, none waiting for another."""

import asyncio
import logging
import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from aiogram.exceptions import TelegramForbiddenError

from bot.dialog.acts import Act, Blocked, Sender, Undelivered
from bot.dialog.errors import StoreUnavailableError
from bot.dialog.orders import HideMessage, Order, Outgoing, Post, ShowEdit, ShowMessage
from bot.dialog.records import Published
from bot.telegram.client import SOURCE, chat_of, told
from bot.telegram.groups import Groups
from bot.telegram.line import Line
from bot.telegram.pacing import Pacer, Paces
from bot.telegram.surroundings import Surroundings
from bot.telegram.to_customers import ToCustomers
from bot.telegram.to_group import ToGroup
from bot.telegram.verdicts import Arrived, Later, Moved, Never, Puzzle, Unfit, Wait, verdict_of
from bot.telegram.window import Window, recorded

_log = logging.getLogger(__name__)

SWEEP = 1.0  # seconds after which it looks by itself: another process may have given orders
HEAD = 10
TRIES = 5  # of an order that fails for no reason that we know
LONGEST_PAUSE = 60.0


class Gateway:
    """One worker for each destination that has something to send. An audience: it is woken after each commit."""

    def __init__(
        self, around: Surroundings, groups: Groups, paces: Paces, unfit_pause: float = 60.0, again: float = 0.1
    ) -> None:
        """`unfit_pause` is how many seconds a group that is unfit is left alone, `again` the first pause."""
        self._around, self._groups, self._unfit_pause, self._again = around, groups, unfit_pause, again
        self._window = Window()
        line = Line(around.bot, Pacer(paces), self._window)
        self._customers = ToCustomers(around, line)
        self._group = ToGroup(around, groups, line)
        self._news = asyncio.Event()
        self._busy: set[str] = set()
        self._stopping = False
        self.finished = asyncio.Event()  # stopped, and nothing is being sent
        self.unfit: dict[int, str] = {}  # groups that cannot be served now, and why

    def publish(self, published: Published) -> None:
        """Look again when there are orders."""
        if published.orders:
            self.wake()

    def wake(self) -> None:
        """There may be something to send."""
        self._news.set()

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
        outbox, chat = self._around.ports.outbox, chat_of(destination)
        try:
            home = await self._groups.home(chat)
            if home != chat:  # orders by an older name of a group that has moved
                await self._around.ports.topics.migrate(chat, home)
                return
            while orders := await outbox.head(destination, self._around.clock(), HEAD):
                for order in orders:
                    if self._stopping or not await self._deliver(order, chat):
                        return
        except StoreUnavailableError as error:
            _log.warning("deliveries wait: %s", error)
            await asyncio.sleep(1)
        except Exception:  # noqa: BLE001 - the worker's edge: one destination must not end the others
            _log.exception("deliveries to %s wait", destination)
            await asyncio.sleep(1)
        finally:
            self._free(destination)

    def _free(self, destination: str) -> None:
        self._busy.discard(destination)
        if self._stopping and not self._busy:
            self.finished.set()
        self.wake()

    async def _deliver(self, order: Outgoing, chat: int) -> bool:
        """False when this destination has to wait."""
        await self._around.ports.outbox.begun([order.id], self._around.clock())
        with self._around.steady():
            return await self._try(order, chat)

    async def _try(self, order: Outgoing, chat: int) -> bool:
        try:
            await self._carry_out(order.order, chat)
        except StoreUnavailableError:
            raise
        except Exception as error:  # noqa: BLE001 - the worker's edge: what was promised stays in the outbox
            return await self._failed(order, chat, error)
        else:
            self.unfit.pop(chat, None)
            await self._record(order.id)
            return True
        finally:
            self._window.close()

    async def _carry_out(self, order: Order, chat: int) -> None:
        match order:
            case ShowMessage() | ShowEdit() | HideMessage():
                await self._customers.carry_out(order, chat)
            case Post() if chat > 0:
                await self._group.answer(order, chat)
            case _:
                await self._group.carry_out(order, chat)

    async def _record(self, row: int) -> None:
        await recorded(lambda: self._around.ports.outbox.sent([row]))

    async def _failed(self, order: Outgoing, chat: int, error: Exception) -> bool:
        """Whether the destination can go on with the next order."""
        match verdict_of(error, chat):
            case Arrived():
                _log.error("%s took something, and its answer is not understood", order.destination)
                await self._record(order.id)
                return True
            case Never():
                return await self._refused(order, chat, error)
            case Puzzle():
                return await self._puzzled(order, error)
            case Wait(seconds=seconds):
                await self._wait(order, seconds, error)
            case Moved(chat=new):
                await self._groups.move(chat, new)
            case Unfit():
                await self._unfit(order, chat, error)
            case Later():
                await self._wait(order, self._pause(order), error)
        return False

    async def _wait(self, order: Outgoing, seconds: float, error: Exception) -> None:
        until = self._around.clock() + timedelta(seconds=seconds)
        text = told(error, self._around.bot)
        _log.warning("%s waits %.1f s: %s", order.destination, seconds, text)
        await self._around.ports.outbox.wait(order.destination, until, text, order.id)

    def _pause(self, order: Outgoing) -> float:
        return min(LONGEST_PAUSE, self._again * 2.0 ** min(order.tries, 20))

    async def _unfit(self, order: Outgoing, chat: int, error: Exception) -> None:
        self._groups.doubt(chat)
        self.unfit[chat] = told(error, self._around.bot)
        await self._wait(order, self._unfit_pause, error)

    async def _refused(self, order: Outgoing, chat: int, error: Exception) -> bool:
        """It can never succeed: whoever said it is told, and the ones behind it go on."""
        text = told(error, self._around.bot)
        _log.warning("an order to %s is parked: %s", order.destination, text)
        try:
            for act in self._consequences(order.order, chat, error):
                await self._around.service.do(act)
        except StoreUnavailableError:
            raise
        except Exception as worse:  # noqa: BLE001 - to be told is worth some tries, and no more
            return await self._puzzled(order, worse)
        await self._around.ports.outbox.park(order.id, text)
        return True

    def _consequences(self, order: Order, chat: int, error: Exception) -> Sequence[Act]:
        acts: list[Act] = []
        if isinstance(order, ShowMessage | ShowEdit | HideMessage):
            shut = isinstance(error, TelegramForbiddenError)
            said = getattr(error, "message", type(error).__name__)
            reason = self._around.say_here("tg_reason_blocked") if shut else str(said)[:200]
            acts.append(Undelivered(order.conversation, order.seq, reason))
            acts += [Blocked(Sender(SOURCE, str(chat)), blocked=True)] if shut else []
        return acts

    async def _puzzled(self, order: Outgoing, error: Exception) -> bool:
        """A fault of ours. It is tried again, for it may be of the moment; then it must not block the others."""
        trace = "".join(traceback.format_exception(error)).replace(self._around.bot.token, "[token]")
        _log.error("an order to %s failed: %s", order.destination, trace)
        if order.tries + 1 < TRIES:
            await self._wait(order, self._pause(order), error)
            return False
        await self._around.ports.outbox.park(order.id, told(error, self._around.bot))
        return True
