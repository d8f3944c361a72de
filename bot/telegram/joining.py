"""Joining: several quick messages of one customer as one post, when the group's lane is full."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialog.messages import AuthorKind, Entity, Message, Ref
from bot.telegram.client import venue
from bot.telegram.copying import JOINED
from bot.telegram.texts import TEXT_LIMIT
from kb.split import units

BETWEEN = "\n"


def joinable(message: Message) -> bool:
    """A customer's words and nothing else."""
    return message.author.kind is AuthorKind.CUSTOMER and not message.attachments


def fits(messages: Sequence[Message], another: Message) -> bool:
    """Whether the next message belongs in the post: it answers nothing, and there is room for it."""
    return another.reply_to is None and joinable(another) and units(joined([*messages, another])[0]) <= TEXT_LIMIT


def joined(messages: Sequence[Message]) -> tuple[str, list[Entity]]:
    """Their words with their formatting, each on lines of its own."""
    text, marks = "", list[Entity]()
    for message in messages:
        text += BETWEEN if text else ""
        start = units(text)
        marks += [replace(each, offset=each.offset + start) for each in message.entities]
        text += message.text
    return text, marks


def places(messages: Sequence[Message], chat: int, post: int) -> list[tuple[Ref, str, int]]:
    """Where each stands now. A reply to the post is one to the last of them."""
    last = len(messages) - 1
    ids = [str(post) if number == last else f"{post}{JOINED}{number + 1}" for number in range(len(messages))]
    return [(Ref(venue(chat), id_), each.conversation, each.seq) for id_, each in zip(ids, messages, strict=True)]
