"""The operators' groups: which they are, where they have moved to, and whether they are forums."""

import asyncio

from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramMigrateToChat
from aiogram.types import ChatMemberAdministrator

from bot.telegram.errors import GroupUnfitError
from bot.telegram.surroundings import Surroundings

FRESH = 20.0  # seconds for which a look at a group counts
MOVED = "telegram:moved:"


class Groups:
    """A group that became a supergroup has another id; settings may still name the old one."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._moved: dict[int, int] = {}
        self._asked: set[int] = set()
        self._forums: dict[int, float] = {}

    def named(self) -> set[int]:
        """The groups that settings and desk name."""
        skills = self._around.desk.skills.values()
        return {chat for chat in (self._around.chat, *(skill.chat for skill in skills)) if chat is not None}

    async def home(self, chat: int) -> int:
        """Where the group is now; private chats stay where they are."""
        while chat < 0:
            if chat not in self._asked:
                known = await self._around.ports.keep.get(f"{MOVED}{chat}")
                self._asked.add(chat)
                if known is not None:
                    self._moved[chat] = int(known)
            if chat not in self._moved:
                return chat
            chat = self._moved[chat]
        return chat

    async def is_ours(self, chat: int) -> bool:
        """Whether operators work there."""
        named = self.named()
        return chat in named or chat in {await self.home(each) for each in named}

    async def move(self, old: int, new: int) -> None:
        """The group has another id from now on."""
        if old != new and await self.home(old) != new:
            await self._around.ports.topics.migrate(old, new)
            await self._around.ports.keep.put(f"{MOVED}{old}", str(new))
            self._moved[old] = new
            self._asked.add(old)

    def doubt(self, chat: int) -> None:
        """Something was strange: look again before the next post."""
        self._forums.pop(chat, None)

    async def must_be_forum(self, chat: int) -> None:
        """Raises GroupUnfitError for a group without topics: there, one customer's talk would mix with another's."""
        now = asyncio.get_running_loop().time()
        if now - self._forums.get(chat, -FRESH) < FRESH:
            return
        if not (await self._around.bot.get_chat(chat)).is_forum:
            raise GroupUnfitError(chat, "topics are switched off", "Switch Topics on in the group's settings.")
        self._forums[chat] = now

    async def faults(self) -> list[str]:
        """What is wrong with each group, with the remedy."""
        found = [await self._fault(await self.home(chat)) for chat in sorted(self.named())]
        return [fault for fault in found if fault]

    async def _fault(self, chat: int) -> str:
        bot = self._around.bot
        try:
            self.doubt(chat)
            await self.must_be_forum(chat)
            me = await bot.get_chat_member(chat, bot.id)
        except GroupUnfitError as error:
            return str(error)
        except TelegramMigrateToChat as error:
            return f"Telegram group {chat} has moved. Set its id to {error.migrate_to_chat_id}."
        except (TelegramBadRequest, TelegramForbiddenError) as error:
            return f"Telegram group {chat}: {error.message}. Check the id, and add the bot to the group."
        if not isinstance(me, ChatMemberAdministrator) or not me.can_manage_topics:
            remedy = "Make the bot an administrator who may manage topics."
            return str(GroupUnfitError(chat, "the bot may not manage topics", remedy))
        return ""
