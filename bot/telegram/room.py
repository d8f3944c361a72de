"""The room: everything of Telegram that one process runs, started, checked and closed."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramUnauthorizedError

from bot.dialog.bridge import BOT
from bot.dialog.errors import StoreUnavailableError
from bot.dialog.records import Published
from bot.telegram.board import keep_board
from bot.telegram.checkup import NO_GROUP, UNKNOWN, faults_of
from bot.telegram.client import ALLOWED_UPDATES, close_bot, told
from bot.telegram.dispatcher import Dispatcher
from bot.telegram.errors import LeaseLostError
from bot.telegram.gateway import Gateway
from bot.telegram.group_lane import Load
from bot.telegram.groups import Groups
from bot.telegram.manners import keep_menu
from bot.telegram.poller import LONGEST_PAUSE, Poller
from bot.telegram.surroundings import Surroundings
from bot.telegram.tempo import Tempo
from bot.telegram.updates import Updates
from bot.telegram.webhook import Webhook

_log = logging.getLogger(__name__)

LEASE = "telegram"
CLOSING = 5.0  # seconds that sends in hand have at the end


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram brings its updates, and the secret that it shows."""

    url: str
    secret: str


class TelegramRoom:
    """Serves one bot, in one process at a time. An audience: it hears of orders after each commit."""

    def __init__(self, around: Surroundings, holder: str, hook: Hook | None = None, tempo: Tempo | None = None) -> None:
        """`holder` names this process among those that share the database; without a hook the bot polls."""
        self._around, self._holder, self._hook = around, holder, hook
        self._tempo = tempo or Tempo()
        self._groups = Groups(around)
        self._gateway = Gateway(around, self._groups, self._tempo)
        self._dispatcher: Dispatcher | None = None
        self._poller: Poller | None = None
        self._task: asyncio.Task[None] | None = None
        self._serving = False
        self._renewed = asyncio.Event()
        self._moved = asyncio.Event()  # at the desk
        self.webhook = Webhook(around.ports.inbox, hook.secret, around.clock, self._heard) if hook else None

    def publish(self, published: Published) -> None:
        """Called after each commit."""
        self._gateway.publish(published)
        if published.content:
            self._renewed.set()
        if published.desk or published.content:
            self._moved.set()

    def run(self, tasks: asyncio.TaskGroup) -> None:
        """Serve in this task group until closed."""
        self._task = tasks.create_task(self._run(), name="telegram")

    async def close(self) -> None:
        """Take nothing more in, let what is being sent arrive, and give the lease up."""
        self._gateway.stop()
        if self._task is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSING):
                    await self._gateway.finished.wait()
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=CLOSING)

    async def check(self) -> list[str]:
        """What would keep Telegram from working, one line each with the remedy; for `frontline doctor`."""
        try:
            return await faults_of(self._around, self._groups)
        finally:
            if self._task is None:
                await close_bot(self._around.bot)

    def fault(self) -> str | None:
        """Why updates do not come or orders do not go, for `/readyz`; None when all is well."""
        if not self._serving:
            return "another process serves Telegram, or it does not answer"
        if self._poller is not None and not self._is_fresh(self._poller.heard):
            return "Telegram does not answer"
        return next(iter(self._gateway.unfit.values()), None)

    def loads(self) -> dict[int, Load]:
        """What waits for each group, for `/metrics`."""
        return self._gateway.loads()

    @property
    def limited(self) -> int:
        """How often Telegram told us to wait, since the start."""
        return self._gateway.limited

    def _is_fresh(self, heard: datetime | None) -> bool:
        lately = timedelta(seconds=self._tempo.poll + LONGEST_PAUSE)
        return heard is not None and self._around.clock() - heard < lately

    def _heard(self) -> None:
        if self._dispatcher is not None:
            self._dispatcher.wake()

    async def _run(self) -> None:
        pause = 1.0
        try:
            while True:
                try:
                    await self._wait_for_turn()
                    await self._serve()
                except* (LeaseLostError, StoreUnavailableError) as errors:
                    _log.warning("Telegram pauses: %s", errors.exceptions[0])
                except* (TelegramUnauthorizedError, TelegramNotFound):
                    _log.error("Telegram pauses: %s", UNKNOWN)
                except* AiogramError as errors:
                    _log.warning("Telegram pauses: %s", told(errors.exceptions[0], self._around.bot))
                pause = 1.0 if self._serving else min(LONGEST_PAUSE, pause * 2)
                self._serving = False
                await asyncio.sleep(pause)
        finally:
            self._serving = False
            await self._leave()

    async def _wait_for_turn(self) -> None:
        while True:
            if await self._hold():
                return
            await asyncio.sleep(min(1.0, self._tempo.lease / 4))

    async def _hold(self) -> bool:
        now = self._around.clock()
        return await self._around.ports.leases.hold(LEASE, self._holder, now, self._tempo.lease)

    async def _serve(self) -> None:
        """Until the lease is lost. Deliveries end last, so that what is being sent arrives."""
        me = await self._around.bot.get_me()
        await self._around.ports.keep.put(BOT, me.username or "")
        if not self._groups.named():
            _log.warning(NO_GROUP)
        updates = Updates(self._around, self._groups, me.username or "", self._gateway.wake, self._renewed.set)
        self._dispatcher = Dispatcher(self._around.ports.inbox, updates.handle, self._tempo.settle, self._tempo.again)
        async with asyncio.TaskGroup() as crew:
            crew.create_task(self._keep_lease())
            crew.create_task(self._gateway.run())
            crew.create_task(self._dispatcher.run())
            crew.create_task(keep_menu(self._around, self._groups, self._renewed))
            if self._tempo.board:
                crew.create_task(keep_board(self._around, self._groups, self._moved, self._tempo.board))
            await self._listen(crew)
            self._serving = True

    async def _listen(self, crew: asyncio.TaskGroup) -> None:
        if self._hook is not None:
            await self._around.bot.set_webhook(
                self._hook.url, secret_token=self._hook.secret, allowed_updates=ALLOWED_UPDATES
            )
            return
        inbox, clock = self._around.ports.inbox, self._around.clock
        self._poller = Poller(self._around.bot, inbox, clock, self._heard, self._tempo.poll, self._tempo.again)
        crew.create_task(self._poller.run())

    async def _keep_lease(self) -> None:
        while True:
            await asyncio.sleep(self._tempo.lease / 3)
            try:
                if not await self._hold():
                    raise LeaseLostError
            except StoreUnavailableError as error:  # nobody else can take it now; what is being sent shall be recorded
                _log.warning("the lease is not renewed yet: %s", error)

    async def _leave(self) -> None:
        try:
            await self._around.ports.leases.release(LEASE, self._holder)
        except StoreUnavailableError as error:
            _log.warning("the lease was not given up: %s", error)
        finally:
            await close_bot(self._around.bot)
