"""Manners: the menu of commands, shown to those in the groups, in their languages."""

import asyncio
import logging
from collections.abc import Mapping

from aiogram.exceptions import AiogramError
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats

from bot.telegram.client import told
from bot.telegram.commands import commands_of
from bot.telegram.surroundings import Surroundings

_log = logging.getLogger(__name__)


Menu = Mapping[str | None, list[BotCommand]]  # by language; the desk's own stands for all others


async def keep_menu(around: Surroundings, renewed: asyncio.Event) -> None:
    """Set the menu, and again whenever the content is renewed and says it otherwise, until cancelled."""
    shown: Menu = {}
    while True:
        renewed.clear()
        with around.steady():
            menu = _menu(around)
        if menu != shown:
            await _show(around, menu)
            shown = menu
        await renewed.wait()


def _menu(around: Surroundings) -> Menu:
    default = around.desk.default_locale
    return {
        None if locale == default else locale: [
            BotCommand(command=name, description=around.say(locale, f"tg_menu_{name}")) for name in commands_of(None)
        ]
        for locale in around.desk.locales
    }


async def _show(around: Surroundings, menu: Menu) -> None:
    """Without it everything works all the same."""
    scope = BotCommandScopeAllGroupChats()
    try:
        for language, commands in menu.items():
            await around.bot.set_my_commands(commands, scope=scope, language_code=language)
    except AiogramError as error:
        _log.info("the menu of commands was not set: %s", told(error, around.bot))
