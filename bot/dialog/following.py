"""Following: what other processes change of the roster is served here within seconds."""

import asyncio
import logging
from typing import Protocol

from bot.dialog.acts import Act, Outcome, Swept
from bot.dialog.content import Served
from bot.dialog.errors import DialogError
from bot.dialog.ports import Store

log = logging.getLogger(__name__)

EVERY = 5.0  # seconds between two looks


class Service(Protocol):
    """Who handles acts, and tells whoever shows something."""

    async def do(self, act: Act) -> Outcome:
        """Handle the act; returns after the commit."""
        ...

    def renewed(self) -> None:
        """Look at the content again."""
        ...


class Follower:
    """Keeps what is served in line with the roster in the database, which a command may have changed."""

    def __init__(self, store: Store, served: Served, service: Service, every: float = EVERY) -> None:
        self._store, self._served, self._service, self._every = store, served, service, every
        self._unswept = False

    async def run(self) -> None:
        """Follow until cancelled."""
        while True:
            await asyncio.sleep(self._every)
            try:
                await self.look()
            except DialogError as error:
                log.warning("Who works here is as it was: %s", error)
            except Exception:  # the worker's edge: the next look may succeed
                log.exception("Who works here is as it was")

    async def look(self) -> None:
        """Read once. The desk is swept after a change: there may be room for who waits, or no place for who serves."""
        known = self._served.content.roster
        async with self._store.read() as tx:
            roster = await tx.roster()
        if self._served.content.roster is not known:
            return  # this process has changed it meanwhile, so that what was read may be older
        if self._served.man(roster):
            log.info("The roster has changed: %s work here.", ", ".join(self._served.content.desk.operators) or "none")
            self._unswept = True
            self._service.renewed()
        if self._unswept:
            await self._service.do(Swept())
            self._unswept = False
