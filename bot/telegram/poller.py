"""The poller: what Telegram has for us is stored before the next question confirms it."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramConflictError, TelegramRetryAfter, TelegramUnauthorizedError

from bot.dialog.errors import StoreUnavailableError
from bot.dialog.ports import Inbox
from bot.telegram.client import ALLOWED_UPDATES, SOURCE, RawUpdates, told

_log = logging.getLogger(__name__)

LONGEST_PAUSE = 30.0  # seconds
REMEDIES: dict[type[Exception], str] = {
    TelegramConflictError: "Another program asks for this bot's updates. End it, or use another token.",
    TelegramUnauthorizedError: "Telegram does not know the token. Check FRONTLINE_TELEGRAM_TOKEN.",
}


class Poller:
    """Asks for updates for ever. An offset is used once, to confirm the batch just stored, and never kept.

    What was stored and not confirmed comes again and is known by its key; so the numbers of updates may begin anew.
    """

    def __init__(
        self,
        bot: Bot,
        inbox: Inbox,
        clock: Callable[[], datetime],
        news: Callable[[], None],
        seconds: int = 20,
        again: float = 0.1,
    ) -> None:
        """`news` is called when something new was stored.

        `seconds` is how long one question waits, `again` the first pause after a failure.
        """
        self._bot, self._inbox, self._clock, self._news, self._seconds = bot, inbox, clock, news, seconds
        self._again = again
        self._pause = 0.0
        self.heard: datetime | None = None  # when Telegram last answered

    async def run(self) -> None:
        """Until cancelled."""
        offset: int | None = None
        hooked = True
        while True:
            try:
                if hooked:  # a webhook that was set earlier would forbid the questions
                    await self._bot.delete_webhook()
                    hooked = False
                offset = await self._ask(offset)
                self._pause = 0.0
            except TelegramRetryAfter as error:
                await asyncio.sleep(error.retry_after)
            except (AiogramError, StoreUnavailableError) as error:
                hooked = isinstance(error, TelegramConflictError)
                await self._rest(error)

    async def _ask(self, offset: int | None) -> int | None:
        seconds = self._seconds if self.heard else 0  # the first answer comes at once: it tells that all is well
        ask = RawUpdates(offset=offset, timeout=seconds, allowed_updates=ALLOWED_UPDATES)
        updates = await self._bot(ask, request_timeout=seconds + 10)
        self.heard = self._clock()
        if not updates:
            return None
        fresh = await self._inbox.put(SOURCE, [(str(each["update_id"]), each) for each in updates], self._clock())
        if fresh:
            self._news()
        return int(updates[-1]["update_id"]) + 1

    async def _rest(self, error: Exception) -> None:
        """Wait, longer each time, and say why."""
        self._pause = min(LONGEST_PAUSE, self._pause * 2 or self._again)
        remedy = REMEDIES.get(type(error), "")
        _log.warning("no updates: %s %s Next try in %.1f s.", told(error, self._bot), remedy, self._pause)
        await asyncio.sleep(self._pause)
