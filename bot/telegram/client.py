"""The bot's client: one aiogram Bot, raw updates, and error texts from which the token is taken out."""

from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import TelegramMethod

SOURCE = "telegram"  # the inbox's name for us, and the channel's
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """`getUpdates` as it comes: one update that nobody understands must not hold up the others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int | None = None
    allowed_updates: list[str] | None = None


def make_bot(token: str, api: str) -> Bot:
    """A bot that talks to the Bot API at `api`; no default parse mode, so that people's words stay as they are."""
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))


async def close_bot(bot: Bot) -> None:
    """Close the connections."""
    session = bot.session
    if isinstance(session, AiohttpSession) and session._session is not None:  # noqa: SLF001 - its own close() sleeps
        await session._session.close()  # noqa: SLF001 - as above


def told(error: BaseException, bot: Bot) -> str:
    """The error in one line, without the token."""
    text = f"{type(error).__name__}: {error}".replace(bot.token, "[token]")
    return " ".join(text.split())[:500]


def venue(chat: int) -> str:
    """A chat as refs and destinations name it."""
    return f"{SOURCE}:{chat}"


def topic_link(chat: int, thread: int) -> str | None:
    """Where a member of the group opens the topic; only supergroups have such addresses."""
    private = str(chat).removeprefix("-100")
    return f"https://t.me/c/{private}/{thread}" if str(chat).startswith("-100") else None


def chat_of(place: str) -> int:
    """The chat of a venue or destination. Raises ValueError for one that is not ours."""
    source, _, chat = place.partition(":")
    if source != SOURCE:
        raise ValueError(place)
    return int(chat)
