"""Enrolling: the link that makes a Telegram account an operator's, and what comes when somebody opens it."""

from typing import Final

from aiogram.exceptions import AiogramError
from aiogram.types import Message

from bot.dialog.operator_acts import Enlist
from bot.telegram.client import close_bot, make_bot, told, venue
from bot.telegram.errors import UnreachableError
from bot.telegram.reading import text_of

START: Final = "/start"
JOIN: Final = "join_"


async def join_link(token: str, api: str, code: str) -> str:
    """A link to the bot that hands it the code. Raises UnreachableError when Telegram does not say the bot's name."""
    bot = make_bot(token, api)
    try:
        me = await bot.get_me()
    except AiogramError as error:
        raise UnreachableError(told(error, bot)) from error
    finally:
        await close_bot(bot)
    return f"https://t.me/{me.username}?start={JOIN}{code}"


def opened(message: Message) -> Enlist | None:
    """The invitation that the message brings; None for any other message."""
    user = message.from_user
    command, _, payload = text_of(message).partition(" ")
    if user is None or user.is_bot or command != START or not payload.startswith(JOIN):
        return None
    code = payload.removeprefix(JOIN).strip()
    return Enlist(code, user.id, venue(message.chat.id), user.full_name, user.language_code or "")
