"""A group at Telegram's limit, in real time: sixty messages in a minute over six talks, and new calls meanwhile.

Against the emulated Bot API, which lets twenty posts a minute into a group and answers the next with 429. Prints how
long each kind of thing took until it stood in the group. Takes about three minutes.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.telegram.pacing import Paces, Watch
from bot.workspace.loading import load
from tests.telegram.lane_time import LIMIT
from tests.telegram.rush import Rush, roomy
from tests.telegram.stage import stage


class Skipping(Watch):
    """Real time, except that the talks that are there at the beginning are set up at once."""

    def __init__(self) -> None:
        self.skips, self._ahead = True, 0.0

    def now(self) -> float:
        return super().now() + self._ahead

    async def wait(self, seconds: float, news: asyncio.Event | None = None) -> None:
        if self.skips:
            self._ahead += seconds
            await asyncio.sleep(0.05)
        else:
            await super().wait(seconds, news)


async def main() -> None:
    watch = Skipping()
    with tempfile.TemporaryDirectory() as folder:
        content = roomy(load(None, Path(folder)))
        async with stage(content, Path(folder), paces=Paces(), watch=watch) as s:
            rush = Rush(s)
            await rush.begin()
            watch.skips = False
            s.api.per_minute = LIMIT
            begun = time.monotonic()
            for at, act in rush.plan():
                await asyncio.sleep(max(0.0, begun + at - time.monotonic()))
                act()
            while await s.storage.outbox.length():
                await asyncio.sleep(0.1)
            tell(rush, time.monotonic() - begun)


def tell(rush: Rush, seconds: float) -> None:
    lost = rush.said.keys() - rush.shown().keys()
    disorder = [name for name, lines in rush.order().items() if lines != sorted(lines)]
    print(f"{datetime.now(UTC):%Y-%m-%d}: {len(rush.said)} messages in a minute over {len(rush.people)} talks,")
    print(f"{len(rush.called)} calls for a person, all delivered after {seconds:.0f} s")
    for kind, delays in rush.delays().items():
        print(f"  {kind:8} {len(delays):3}   p50 {statistics.median(delays):5.1f} s   max {delays[-1]:5.1f} s")
    print(f"  lost {len(lost)}, out of order {len(disorder)}, joined {rush.joined}, 429s {rush.stage.api.limited}")


if __name__ == "__main__":
    asyncio.run(main())
