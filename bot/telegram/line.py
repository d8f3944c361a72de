"""The line to Telegram: every post waits for its chat's turn, and until no other is in doubt."""

from typing import TypeVar

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import EditMessageText, TelegramMethod

from bot.telegram.errors import TurnOverError
from bot.telegram.faults import Fault, fault_of
from bot.telegram.pacing import Pacer
from bot.telegram.ranks import LEAVE, Rank
from bot.telegram.window import Window

T = TypeVar("T")
DONE_ALREADY = frozenset({Fault.NOT_MODIFIED, Fault.MESSAGE_GONE})


class Line:
    """Calls of the Bot API that count against a chat's pace. What Telegram refuses is raised as aiogram raises it.

    Who calls must record what was sent before the next call, and say so, or close the window in the end.
    """

    def __init__(self, bot: Bot, pacer: Pacer, window: Window) -> None:
        self._bot, self._pacer, self._window = bot, pacer, window

    async def send(self, chat: int, method: TelegramMethod[T]) -> T:
        """Make the call when it is the chat's turn. Words whose formatting is refused go without it."""
        try:
            return await self._call(chat, method)
        except TelegramBadRequest as error:
            if fault_of(error) is not Fault.BAD_MARKS or not getattr(method, "entities", None):
                raise
        return await self._call(chat, method.model_copy(update={"entities": None}))

    async def change(self, chat: int, method: TelegramMethod[T]) -> None:
        """An edit or a deletion; that it is so already, or that nothing is left to change, is success."""
        try:
            await self.send(chat, method)
        except TelegramBadRequest as error:
            if fault_of(error) not in DONE_ALREADY:
                raise

    async def rewrite(self, chat: int, message: int, text: str) -> bool:
        """Let our message say this; False when somebody has deleted it, or it is too old to be edited."""
        try:
            await self.send(chat, EditMessageText(chat_id=chat, message_id=message, text=text, parse_mode=None))
        except TelegramBadRequest as error:
            return fault_of(error) is Fault.NOT_MODIFIED
        return True

    async def _call(self, chat: int, method: TelegramMethod[T]) -> T:
        self._window.close()  # nothing is in doubt while it waits
        await self._pacer.turn(chat)
        await self._window.open()
        return await self._bot(method)

    def give_way(self, chat: int) -> None:
        """Between two posts of one order, which can go on later: raises TurnOverError when others may come first."""
        if self._pacer.wait(chat, LEAVE[Rank.CARDS]) > 0:
            raise TurnOverError

    def recorded(self) -> None:
        """What was sent would not be sent again after a crash: others may go."""
        self._window.close()
