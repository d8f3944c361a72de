"""Membership: an operator whom somebody removed from the group does nothing by old buttons."""

import logging
from datetime import datetime, timedelta
from typing import Final

from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.types import ChatMemberRestricted

from bot.telegram.client import told
from bot.telegram.groups import Groups
from bot.telegram.surroundings import Surroundings

_log = logging.getLogger(__name__)

FRESH: Final = timedelta(seconds=60)
IN: Final = frozenset({ChatMemberStatus.CREATOR, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER})
STRANGERS: Final = ("participant_id_invalid", "user not found", "member not found")  # in the texts of refusals


class Membership:
    """Who is in a group of operators, as known for at most a minute."""

    def __init__(self, around: Surroundings, groups: Groups) -> None:
        self._around, self._groups = around, groups
        self._known: dict[int, tuple[datetime, bool]] = {}

    def seen(self, user: int) -> None:
        """The account has just written in a group, so that it is in it."""
        self._known[user] = (self._around.clock(), True)

    async def holds(self, user: int) -> bool:
        """Whether the account is in one of the groups; without a group nobody needs to be.

        When Telegram does not say, what was known before counts, and else the desk's word that this is an operator.
        """
        chats, now = self._groups.named(), self._around.clock()
        at, known = self._known.get(user, (now - FRESH, True))
        if not chats or now - at < FRESH:
            return known
        try:
            inside = [chat for chat in sorted(chats) if await self._is_in(await self._groups.home(chat), user)]
        except AiogramError as error:
            _log.warning("whether %s is in the group is not known: %s", user, told(error, self._around.bot))
            return known
        # Whoever was not in it is looked for anew each time: they may be let in at any moment.
        self._known[user] = (now if inside else now - FRESH, bool(inside))
        return bool(inside)

    async def _is_in(self, chat: int, user: int) -> bool:
        try:
            member = await self._around.bot.get_chat_member(chat, user)
        except TelegramBadRequest as error:
            if not error.message.lower().endswith(STRANGERS):
                raise
            return False
        return member.is_member if isinstance(member, ChatMemberRestricted) else member.status in IN
