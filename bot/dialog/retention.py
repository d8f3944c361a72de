"""Retention: what has grown old is erased, a few customers at a time, so that nobody's turn waits."""

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Final, Protocol

from bot.dialog.acts import Act, Expire, Forget, Outcome
from bot.dialog.people import People

log = logging.getLogger(__name__)

PAGE: Final = 100
TOGETHER: Final = 10  # in one transaction, which reads once what is on its way to any of them
SETTLED: Final = timedelta(hours=3)  # so long something that was in hand may come after whoever was forgotten


class Service(Protocol):
    """Who handles acts."""

    async def do(self, act: Act) -> Outcome:
        """Handle the act; returns after the commit."""
        ...


async def retire(people: People, service: Service, now: datetime, kept: timedelta) -> None:
    """Erase what is older than it is kept, and what has come of those who were forgotten lately."""
    for conversation in await people.leftovers(now - SETTLED):
        await service.do(Forget(conversation))
    before, after, looked = now - kept, "", 0
    while page := await people.outdated(before, after, PAGE):
        for first in range(0, len(page), TOGETHER):
            few = page[first : first + TOGETHER]
            await asyncio.gather(*(service.do(Expire(each, before)) for each in few))
        after, looked = page[-1], looked + len(page)
    if looked:
        log.info("Retention has looked through %s conversations with something older than %s.", looked, before.date())
