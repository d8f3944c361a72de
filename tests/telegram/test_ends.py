"""An end is an end, even when news comes in the same moment."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bot.dialog.content import Content
from bot.dialog.orders import TellOperator
from bot.dialog.records import Changes, Incoming
from bot.telegram.dispatcher import Dispatcher
from tests.telegram.stage import GROUP, recorded_late, stage


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


async def test_at_the_end_nothing_more_is_begun_for_a_group(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        gateway, (begun, ends) = s.room._gateway, recorded_late(s)
        async with s.storage.work.begin() as tx:
            orders = [(f"telegram:{GROUP}", TellOperator("olga", text)) for text in ("one", "two")]
            await tx.save(Changes(orders=list(orders)))
        gateway.wake()
        await begun.wait()
        gateway.stop()
        ends.set()
        await gateway.finished.wait()
        assert len(s.group.shows()) == 1
        assert await s.storage.outbox.length() == 1
