"""Manners: the menu of commands, shown to those in the groups, in their languages."""

import logging

from aiogram.exceptions import AiogramError
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats

from bot.telegram.client import told
from bot.telegram.commands import COMMANDS
from bot.telegram.surroundings import Surroundings

_log = logging.getLogger(__name__)


async def show_menu(around: Surroundings) -> None:
    """Set the menu; without it everything works all the same."""
    scope = BotCommandScopeAllGroupChats()
    default = around.desk.default_locale
    try:
        for locale in around.desk.locales:
            commands = [
                BotCommand(command=name, description=around.say(locale, f"tg_menu_{name}")) for name in COMMANDS
            ]
            language = None if locale == default else locale
            await around.bot.set_my_commands(commands, scope=scope, language_code=language)
    except AiogramError as error:
        _log.info("the menu of commands was not set: %s", told(error, around.bot))
