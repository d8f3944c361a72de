"""Manners: the menu of commands, shown to those in the groups, in their languages; supervisors see more."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiogram.exceptions import AiogramError
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeChatMember

from bot.telegram.client import told
from bot.telegram.commands import commands_of
from bot.telegram.groups import Groups
from bot.telegram.surroundings import Surroundings
from handoff.desk import Operator

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who sees a menu: everybody in every group, or one member of one; None is for all other languages."""

    language: str | None
    chat: int | None = None
    user: int | None = None

    @property
    def scope(self) -> BotCommandScopeAllGroupChats | BotCommandScopeChatMember:
        """As Telegram calls it."""
        if self.chat is None or self.user is None:
            return BotCommandScopeAllGroupChats()
        return BotCommandScopeChatMember(chat_id=self.chat, user_id=self.user)


Menus = Mapping[Reader, Sequence[BotCommand]]


async def keep_menu(around: Surroundings, groups: Groups, renewed: asyncio.Event) -> None:
    """Set the menus, and again whenever the content is renewed and says them otherwise, until cancelled."""
    shown: Menus = {}
    while True:
        renewed.clear()
        with around.steady():
            menus = await _menus(around, groups)
        for reader in (*menus, *(each for each in shown if each not in menus)):
            if menus.get(reader) != shown.get(reader):
                await _show(around, reader, menus.get(reader, ()))
        shown = menus
        await renewed.wait()


async def _menus(around: Surroundings, groups: Groups) -> Menus:
    menus = _for(around, Reader(None), None)
    homes = [await groups.home(each) for each in sorted(groups.named())]
    for operator in around.desk.operators.values():
        if operator.supervises and operator.telegram is not None:
            for chat in homes:
                menus |= _for(around, Reader(None, chat, operator.telegram), operator)
    return menus


def _for(around: Surroundings, reader: Reader, operator: Operator | None) -> dict[Reader, Sequence[BotCommand]]:
    """The menu in each language; the desk's own stands for all others."""
    default = around.desk.default_locale
    return {
        Reader(None if locale == default else locale, reader.chat, reader.user): [
            BotCommand(command=name, description=around.say(locale, f"tg_menu_{name}"))
            for name in commands_of(operator)
        ]
        for locale in around.desk.locales
    }


async def _show(around: Surroundings, reader: Reader, commands: Sequence[BotCommand]) -> None:
    """Without it everything works all the same; who is not in the group cannot have a menu there."""
    try:
        if commands:
            await around.bot.set_my_commands(list(commands), scope=reader.scope, language_code=reader.language)
        else:
            await around.bot.delete_my_commands(scope=reader.scope, language_code=reader.language)
    except AiogramError as error:
        _log.info("a menu of commands was not set: %s", told(error, around.bot))
