"""The window: one delivery at a time is between being sent and being recorded, so that a crash repeats one at most."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.dialog.errors import StoreUnavailableError

_log = logging.getLogger(__name__)

PATIENCE = 0.5  # seconds for which a delivery that hangs keeps the others waiting
AGAIN = 0.5  # seconds between two tries to record


class Window:
    """Between a send and its record nobody could say, after a crash, whether it arrived: it is sent again."""

    def __init__(self) -> None:
        self._free = asyncio.Lock()
        self._holder: asyncio.Task[object] | None = None
        self._lapse: asyncio.TimerHandle | None = None

    async def open(self) -> None:
        """Wait until no other delivery is in doubt. From now on the calling task's is, until it closes the window.

        One that hangs for longer than the patience lets the others go: then more than one may be repeated.
        """
        await self._free.acquire()
        self._holder = asyncio.current_task()
        self._lapse = asyncio.get_running_loop().call_later(PATIENCE, self._release)

    def close(self) -> None:
        """What the calling task has sent is recorded, or was refused. Does nothing when it has no window open."""
        if self._holder is not None and self._holder is asyncio.current_task():
            self._release()

    def _release(self) -> None:
        if self._lapse is not None:
            self._lapse.cancel()
        self._holder = self._lapse = None
        self._free.release()


async def recorded(store: Callable[[], Awaitable[None]]) -> None:
    """Store what was sent; until that is done, nothing else matters, for it would be sent again."""
    while True:
        try:
            await store()
        except StoreUnavailableError as error:
            _log.warning("a delivery is not recorded yet: %s", error)
            await asyncio.sleep(AGAIN)
        else:
            return
