"""An end is an end, even when news comes in the same moment."""

import asyncio
from collections.abc import Sequence

from bot.dialog.records import Incoming
from bot.telegram.dispatcher import Dispatcher


class Empty:
    """An inbox in which nothing waits; it tells when it was looked into."""

    def __init__(self) -> None:
        self.looked = asyncio.Event()

    async def pending(self, source: str, after: int = 0, limit: int = 0) -> Sequence[Incoming]:
        self.looked.set()
        return []


async def test_news_in_the_moment_of_the_end_does_not_hold_it_up() -> None:
    inbox = Empty()
    dispatcher = Dispatcher(inbox, lambda _: None, 0.1, 0.1)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(dispatcher.run())
        await inbox.looked.wait()
        await asyncio.sleep(0)
        dispatcher.wake()
        running.cancel()
        await asyncio.wait({running}, timeout=1)
        assert running.cancelled()
