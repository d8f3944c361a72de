"""Notices: a line in a group's General topic that is rewritten as its matter goes on, rather than said again."""

import json
import logging
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from aiogram.methods import SendMessage

from bot.dialog.orders import Notice
from bot.telegram.line import Line
from bot.telegram.surroundings import Surroundings
from bot.telegram.texts import TEXT_LIMIT, cut
from bot.telegram.window import recorded

_log = logging.getLogger(__name__)

FRESH = timedelta(minutes=10)  # a matter that comes up again so soon is the same one


@dataclass(frozen=True, slots=True)
class _Shown:
    """What stands there: in which message, with which text, since when, and whether the matter was settled."""

    message: int
    text: str
    at: str
    over: bool = False


class Notices:
    """Carries out the orders; several processes may give the same one."""

    def __init__(self, around: Surroundings, line: Line) -> None:
        self._around, self._line = around, line

    async def show(self, order: Notice, chat: int) -> None:
        """Post or rewrite. Raises what Telegram refuses, as aiogram raises it."""
        text, _ = next(cut(order.text, (), TEXT_LIMIT))
        name = f"telegram:notice:{chat}:{order.subject}"
        kept = await self._around.ports.keep.get(name)
        shown = _Shown(**json.loads(kept)) if kept else None
        if shown and (shown.text, shown.over) == (text, order.over):
            return
        if shown and self._goes_on(shown) and await self._line.rewrite(chat, shown.message, text):
            now = replace(shown, text=text, over=order.over, at=self._around.clock().isoformat())
        elif not order.over:
            sent = await self._line.send(chat, SendMessage(chat_id=chat, text=text, parse_mode=None))
            now = _Shown(sent.message_id, text, self._around.clock().isoformat())
        else:
            return
        await recorded(lambda: self._around.ports.keep.put(name, json.dumps(asdict(now))))
        self._line.recorded()

    def _goes_on(self, shown: _Shown) -> bool:
        return not shown.over or self._around.clock() - datetime.fromisoformat(shown.at) < FRESH
