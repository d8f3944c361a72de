"""The board: pinned in General, who waits and who is on duty, rewritten when that changes."""

import asyncio
import json
import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass

from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.methods import PinChatMessage, SendMessage

from bot.dialog.errors import StoreUnavailableError
from bot.dialog.orders import ShowBoard
from bot.dialog.records import Changes
from bot.telegram.client import told, venue
from bot.telegram.glances import Glance, duty_lines, glance, waiting_lines
from bot.telegram.groups import Groups
from bot.telegram.line import Line
from bot.telegram.surroundings import Surroundings
from bot.telegram.window import recorded
from handoff.desk import Skill

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Shown:
    """Which message is the board, and what it says."""

    message: int
    text: str


class Board:
    """Carries out the order. What it says is looked up then, so that orders that have waited do no harm."""

    def __init__(self, around: Surroundings, line: Line) -> None:
        self._around, self._line = around, line

    async def show(self, chat: int) -> None:
        """Rewrite the board, or post it anew when it cannot be. Raises what Telegram refuses, as aiogram raises it."""
        text = board_text(self._around, chat, await glance(self._around))
        shown = await _known(self._around, chat)
        if shown and (shown.text == text or await self._line.rewrite(chat, shown.message, text)):
            await self._keep(chat, _Shown(shown.message, text))
            return
        sent = await self._line.send(chat, SendMessage(chat_id=chat, text=text, parse_mode=None))
        await self._keep(chat, _Shown(sent.message_id, text))
        await self._pin(sent.message_id, chat)

    async def _keep(self, chat: int, shown: _Shown) -> None:
        await recorded(lambda: self._around.ports.keep.put(_name(chat), json.dumps(asdict(shown))))
        self._line.recorded()

    async def _pin(self, message: int, chat: int) -> None:
        """Without the right to pin, the board is there all the same."""
        method = PinChatMessage(chat_id=chat, message_id=message, disable_notification=True)
        try:
            await self._line.send(chat, method)
        except TelegramBadRequest as error:
            _log.info("the board is not pinned: %s", told(error, self._around.bot))


async def keep_board(around: Surroundings, groups: Groups, changed: asyncio.Event, pause: float) -> None:
    """Order each group's board to be rewritten when it no longer says what is so, once in `pause` seconds at most.

    Until cancelled.
    """
    while True:
        changed.clear()
        try:
            with around.steady():
                await _look(around, groups)
        except (StoreUnavailableError, AiogramError) as error:
            _log.info("the board is not looked at: %s", error)
        await asyncio.sleep(pause)
        with suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await changed.wait()


def board_text(around: Surroundings, chat: int, seen: Glance) -> str:
    """What the board of the group says of what is seen."""
    locale = around.desk.default_locale
    waiting, here = waiting_lines(around, seen, _skills(around, chat), locale), duty_lines(around, seen, locale)
    queue = _listed(around.say(locale, "tg_board_queue"), waiting) or [around.say(locale, "tg_queue_empty")]
    duty = _listed(around.say(locale, "tg_board_duty"), here) or [around.say(locale, "tg_nobody_here")]
    return "\n".join([*queue, "", *duty])


def _listed(heading: str, lines: Iterable[str]) -> list[str]:
    listed = list(lines)
    return [heading, *listed] if listed else []


async def _look(around: Surroundings, groups: Groups) -> None:
    changes, seen = Changes(), await glance(around)
    for named in sorted(groups.named()):
        chat = await groups.home(named)
        shown = await _known(around, chat)
        if shown is None or shown.text != board_text(around, chat, seen):
            changes.orders.append((venue(chat), ShowBoard()))
    if changes.orders:
        async with around.ports.store.begin() as tx:
            await tx.save(changes)


def _skills(around: Surroundings, chat: int) -> list[Skill]:
    """Those whose operators sit in the group; all when none does."""
    every = list(around.desk.skills.values())
    return [each for each in every if (each.chat or around.chat) == chat] or every


async def _known(around: Surroundings, chat: int) -> _Shown | None:
    kept = await around.ports.keep.get(_name(chat))
    return _Shown(**json.loads(kept)) if kept else None


def _name(chat: int) -> str:
    return f"telegram:board:{chat}"
