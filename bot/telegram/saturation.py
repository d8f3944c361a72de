"""Saturation: a line to the supervisors before a group is asked to take more than Telegram lets through."""

from typing import Final

from bot.dialog.orders import Notice
from bot.dialog.records import Changes
from bot.dialog.surveying import supervisors_language
from bot.telegram.client import venue
from bot.telegram.surroundings import Surroundings

FULL: Final = 30.0  # seconds that the last order would wait
FREE: Final = 5.0
SUBJECT: Final = "lane"


class Saturation:
    """One notice for a group; it is rewritten when the matter is over."""

    def __init__(self, around: Surroundings, chat: int) -> None:
        self._around, self._chat = around, chat
        self._name = f"telegram:full:{chat}"
        self._full: bool | None = None  # not read yet: an earlier process may have warned

    async def judge(self, delay: float) -> None:
        """What there is to say now waits with the other orders."""
        if self._full is None:
            self._full = bool(await self._around.ports.keep.get(self._name))
        full = delay >= FULL or (self._full and delay > FREE)
        if full == self._full:
            return
        key = "tg_lane_full" if full else "tg_lane_free"
        text = self._around.say(supervisors_language(self._around.desk), key)
        changes = Changes(orders=[(venue(self._chat), Notice(SUBJECT, text, over=not full))])
        async with self._around.ports.store.begin() as tx:
            await tx.save(changes)
        await self._around.ports.keep.put(self._name, "full" if full else "")
        self._full = full
