"""Manners: menus of commands. Everybody sees those that they may use where they are, in their language."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiogram.exceptions import AiogramError
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
)

from bot.telegram.client import chat_of, told
from bot.telegram.commands import HERE, commands_of
from bot.telegram.groups import Groups
from bot.telegram.surroundings import Surroundings
from handoff.desk import Operator
from intents.intent import Action

_log = logging.getLogger(__name__)

Scope = BotCommandScopeAllGroupChats | BotCommandScopeAllPrivateChats | BotCommandScopeChat | BotCommandScopeChatMember


@dataclass(frozen=True, slots=True)
class Reader:
    """Who sees a menu: everybody in every group, or one member of one; else all customers, or one private chat.

    The language None is for all other languages.
    """

    language: str | None
    chat: int | None = None
    user: int | None = None
    private: bool = False

    @property
    def scope(self) -> Scope:
        """As Telegram calls it."""
        if self.private:
            return BotCommandScopeAllPrivateChats() if self.chat is None else BotCommandScopeChat(chat_id=self.chat)
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
    menus = _for(around, Reader(None), commands_of(None)) | _for(around, Reader(None, private=True), _customers(around))
    homes = [await groups.home(each) for each in sorted(groups.named())]
    async with around.ports.store.read() as tx:
        met = {each.operator: chat_of(each.private_chat) for each in await tx.duties() if each.private_chat}
    for operator in around.desk.operators.values():
        if operator.supervises and operator.telegram is not None:
            for chat in homes:
                menus |= _for(around, Reader(None, chat, operator.telegram), commands_of(operator))
        if operator.id in met:
            menus |= _in_private(around, operator, met[operator.id])
    return menus


def _for(around: Surroundings, reader: Reader, names: Sequence[str]) -> dict[Reader, Sequence[BotCommand]]:
    """The menu in each language; the desk's own stands for all others."""
    default = around.desk.default_locale
    return {
        Reader(None if locale == default else locale, reader.chat, reader.user, reader.private): _menu(
            around, locale, names
        )
        for locale in around.desk.locales
    }


def _in_private(around: Surroundings, operator: Operator, chat: int) -> dict[Reader, Sequence[BotCommand]]:
    """In the operator's language, whatever their Telegram speaks: so the bot talks to them."""
    names = [each for each in commands_of(operator) if each in HERE]
    return {Reader(None, chat, private=True): _menu(around, around.locale_of(operator), names)}


def _menu(around: Surroundings, locale: str, names: Sequence[str]) -> list[BotCommand]:
    return [BotCommand(command=name, description=around.say(locale, f"tg_menu_{name}")) for name in names]


def _customers(around: Surroundings) -> list[str]:
    """What the workspace has an intent for."""
    actions = {each.action for each in around.content().intents.intents.values()}
    known = {"language": Action.LANGUAGE, "cancel": Action.CANCEL}
    return ["start", *(name for name, action in known.items() if action in actions)]


async def _show(around: Surroundings, reader: Reader, commands: Sequence[BotCommand]) -> None:
    """Without it everything works all the same; who is not in the group cannot have a menu there."""
    try:
        if commands:
            await around.bot.set_my_commands(list(commands), scope=reader.scope, language_code=reader.language)
        else:
            await around.bot.delete_my_commands(scope=reader.scope, language_code=reader.language)
    except AiogramError as error:
        _log.info("a menu of commands was not set: %s", told(error, around.bot))
