"""Delivery: one order is tried, and what became of it is recorded, waited out, or told to whom it concerns."""

import logging
import traceback
from collections.abc import Sequence
from datetime import timedelta

from aiogram.exceptions import TelegramForbiddenError

from bot.dialog.acts import Act, Blocked, Sender, Undelivered
from bot.dialog.errors import StoreUnavailableError
from bot.dialog.orders import (
    HideMessage,
    Notice,
    Order,
    Outgoing,
    RelayMessage,
    RemoveTopic,
    ShowEdit,
    ShowFile,
    ShowMessage,
)
from bot.dialog.records import Changes
from bot.dialog.surveying import supervisors_language
from bot.telegram.client import SOURCE, told, topic_link, venue
from bot.telegram.errors import TurnOverError
from bot.telegram.groups import Groups
from bot.telegram.line import Line
from bot.telegram.pacing import Pacer
from bot.telegram.surroundings import Surroundings
from bot.telegram.tempo import Tempo
from bot.telegram.to_customers import ToCustomers
from bot.telegram.to_group import ToGroup
from bot.telegram.verdicts import Arrived, Later, Moved, Never, Puzzle, Unfit, Wait, verdict_of
from bot.telegram.window import Window, recorded

_log = logging.getLogger(__name__)

TRIES = 5  # of an order that fails for no reason that we know
LONGEST_PAUSE = 60.0


class Delivery:
    """Tries orders, any number of destinations at once, each in its own task."""

    def __init__(self, around: Surroundings, groups: Groups, pacer: Pacer, tempo: Tempo) -> None:
        self._around, self._groups, self._pacer, self._tempo = around, groups, pacer, tempo
        self._window = Window()
        line = Line(around.bot, pacer, self._window)
        self._customers = ToCustomers(around, line)
        self._group = ToGroup(around, groups, line)
        self.unfit: dict[int, str] = {}  # groups that cannot be served now, and why
        self.limited = 0  # how often Telegram told us to wait

    async def deliver(self, rows: Sequence[Outgoing], chat: int) -> bool:
        """Try the first, and with it as many of the others as go in one post. False: look anew what can go, and when.

        Raises TurnOverError when the order goes on in a later turn.
        """
        await self._around.ports.outbox.begun([row.id for row in rows], self._around.clock())
        with self._around.steady():
            return await self._try(rows, chat)

    async def _try(self, rows: Sequence[Outgoing], chat: int) -> bool:
        try:
            done = await self._carry_out(rows, chat)
        except (StoreUnavailableError, TurnOverError):
            raise
        except Exception as error:  # noqa: BLE001 - the worker's edge: what was promised stays in the outbox
            await self._failed(rows, chat, error)
            return False
        else:
            self.unfit.pop(chat, None)
            await self._record(rows[:done])
            return True
        finally:
            self._window.close()

    async def _carry_out(self, rows: Sequence[Outgoing], chat: int) -> int:
        """How many are done."""
        words = [row.order for row in rows if isinstance(row.order, RelayMessage)]
        if len(words) > 1:
            return await self._group.relay(words, chat)
        match rows[0].order:
            case (ShowMessage() | ShowFile() | ShowEdit() | HideMessage()) as order:
                await self._customers.carry_out(order, chat)
            case order:
                await self._group.carry_out(order, chat)
        return 1

    async def _record(self, rows: Sequence[Outgoing]) -> None:
        await recorded(lambda: self._around.ports.outbox.sent([row.id for row in rows]))

    async def _failed(self, rows: Sequence[Outgoing], chat: int, error: Exception) -> None:
        order = rows[0]
        match verdict_of(error, chat):
            case Arrived():
                _log.error("%s took something, and its answer is not understood", order.destination)
                await self._record(rows[:1])
            case Never() if len(rows) == 1:
                await self._refused(order, chat, error)
            case Puzzle():
                await self._puzzled(order, error)
            case Wait(seconds=seconds):
                self.limited += 1
                self._pacer.limited(chat)
                await self._wait(order, seconds, error)
            case Moved(chat=new):
                await self._groups.move(chat, new)
            case Unfit():
                await self._unfit(order, chat, error)
            case Later() | Never():  # what was refused together is tried again one by one
                await self._wait(order, self._pause(order), error)

    async def _wait(self, order: Outgoing, seconds: float, error: Exception) -> None:
        until = self._around.clock() + timedelta(seconds=seconds)
        text = told(error, self._around.bot)
        _log.warning("%s waits %.1f s: %s", order.destination, seconds, text)
        await self._around.ports.outbox.wait(order.destination, until, text, order.id)

    def _pause(self, order: Outgoing) -> float:
        return min(LONGEST_PAUSE, self._tempo.again * 2.0 ** min(order.tries, 20))

    async def _unfit(self, order: Outgoing, chat: int, error: Exception) -> None:
        self.unfit[chat] = told(error, self._around.bot)
        await self._wait(order, self._tempo.unfit, error)

    async def _refused(self, order: Outgoing, chat: int, error: Exception) -> None:
        """It can never succeed: whoever said it is told, and the ones behind it go on."""
        text = told(error, self._around.bot)
        _log.warning("an order to %s is parked: %s", order.destination, text)
        try:
            if isinstance(order.order, RemoveTopic):
                await self._tell_topic_stays(chat, order.order.thread)
            for act in self._consequences(order.order, chat, error):
                await self._around.service.do(act)
        except Exception as worse:  # noqa: BLE001 - to be told is worth some tries, and no more
            await self._puzzled(order, worse)
        else:
            await self._around.ports.outbox.park(order.id, text)

    def _consequences(self, order: Order, chat: int, error: Exception) -> Sequence[Act]:
        acts: list[Act] = []
        if isinstance(order, ShowMessage | ShowFile | ShowEdit | HideMessage):
            shut = isinstance(error, TelegramForbiddenError)
            said = getattr(error, "message", type(error).__name__)
            reason = self._around.say_here("tg_reason_blocked") if shut else str(said)[:200]
            acts.append(Undelivered(order.conversation, order.seq, reason))
            acts += [Blocked(Sender(SOURCE, str(chat)), blocked=True)] if shut else []
        return acts

    async def _tell_topic_stays(self, chat: int, thread: int) -> None:
        """Nobody else knows any more that there is something to delete."""
        link = topic_link(chat, thread) or f"#{thread}"
        text = self._around.say(supervisors_language(self._around.desk), "tg_topic_stays", topic=link)
        async with self._around.ports.store.begin() as tx:
            await tx.save(Changes(orders=[(venue(chat), Notice(f"topic:{thread}", text))]))

    async def _puzzled(self, order: Outgoing, error: Exception) -> None:
        """A fault of ours. It is tried again, for it may be of the moment; then it must not block the others."""
        trace = "".join(traceback.format_exception(error)).replace(self._around.bot.token, "[token]")
        _log.error("an order to %s failed: %s", order.destination, trace)
        if order.tries + 1 < TRIES:
            await self._wait(order, self._pause(order), error)
        else:
            await self._around.ports.outbox.park(order.id, told(error, self._around.bot))
