"""The real client library, pointed at the emulator."""

import contextlib
from collections.abc import AsyncIterator

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from tests.bot_api import BotApi


@contextlib.asynccontextmanager
async def client(api: BotApi, token: str = BotApi.token) -> AsyncIterator[Bot]:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api.url)))
    try:
        yield bot
    finally:
        if bot.session._session is not None:  # closing aiogram's session waits a quarter of a second
            await bot.session._session.close()


def keyboard(data: str, label: str = "Yes") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=data)]])
