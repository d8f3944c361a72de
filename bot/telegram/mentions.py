"""Mentions: whom a message names by a link to their account, said by their id on the desk."""

from aiogram.types import Message

from bot.telegram.reading import text_of
from handoff.desk import Desk


def text_with_ids(message: Message, desk: Desk) -> str:
    """The text, in which a mention of an operator who has no public name (a `text_mention`) reads `@id`."""
    text = text_of(message)
    known = {each.telegram: each.id for each in desk.operators.values() if each.telegram is not None}
    units = text.encode("utf-16-le")  # the Bot API counts in UTF-16 units
    for entity in sorted(message.entities or (), key=lambda each: each.offset, reverse=True):
        if entity.type == "text_mention" and entity.user and entity.user.id in known:
            begin, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
            units = units[:begin] + f"@{known[entity.user.id]}".encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le", "replace")
