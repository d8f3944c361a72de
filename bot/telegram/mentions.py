"""Mentions: whom a message names by their Telegram account, said by their id on the desk."""

from aiogram.types import Message, User

from bot.telegram.reading import text_of
from bot.telegram.surroundings import Surroundings

USERNAME = "telegram:username:"


class Usernames:
    """Which operator has which public name. Nothing of Telegram tells that, so it is remembered when they write."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._kept: dict[str, int] = {}

    async def seen(self, user: User | None) -> None:
        """Remember the name, if the account is an operator's."""
        if user is None or not user.username or self._around.operator(user.id) is None:
            return
        name = user.username.casefold()
        if self._kept.get(name) != user.id:
            await self._around.ports.keep.put(f"{USERNAME}{name}", str(user.id))
            self._kept[name] = user.id

    async def operator(self, name: str) -> str | None:
        """The id of the operator who has this public name; an id that reads the same goes before it."""
        if name in self._around.desk.operators:
            return None
        account = await self._around.ports.keep.get(f"{USERNAME}{name.casefold()}")
        known = self._around.operator(int(account)) if account else None
        return known.id if known else None


async def text_with_ids(message: Message, around: Surroundings, usernames: Usernames) -> str:
    """The text, in which each mention of an operator by their account, with a public name or without, reads `@id`."""
    units = text_of(message).encode("utf-16-le")  # the Bot API counts in UTF-16 units
    for entity in sorted(message.entities or (), key=lambda each: each.offset, reverse=True):
        begin, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        known = None
        if entity.type == "text_mention" and entity.user:
            meant = around.operator(entity.user.id)
            known = meant.id if meant else None
        elif entity.type == "mention":
            known = await usernames.operator(units[begin:end].decode("utf-16-le", "replace").removeprefix("@"))
        if known is not None:
            units = units[:begin] + f"@{known}".encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le", "replace")
