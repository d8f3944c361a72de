"""Fetching: files that Telegram keeps, for those who are not there."""

import logging
from collections.abc import Awaitable, Callable

from aiogram.exceptions import AiogramError

from bot.telegram.client import close_bot, make_bot, told

_log = logging.getLogger(__name__)


def fetcher(token: str, api: str) -> Callable[[str], Awaitable[bytes | None]]:
    """Gets a file by Telegram's id of it; None when Telegram gives it no more, or not to bots (above 20 MB)."""

    async def fetch(ref: str) -> bytes | None:
        bot = make_bot(token, api)
        try:
            file = await bot.get_file(ref)
            got = await bot.download_file(file.file_path) if file.file_path else None
        except AiogramError as error:
            _log.warning("a file is not given: %s", told(error, bot))
            return None
        finally:
            await close_bot(bot)
        return got.read() if got else None

    return fetch
