"""Texts as Telegram takes them: formatting of people's words, HTML of ours, in pieces that are short enough."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import Any, Final

from aiogram.enums import ParseMode
from aiogram.types import MessageEntity

from bot.dialog.messages import Entity, Message
from kb.render import telegram
from kb.split import split, units

TEXT_LIMIT: Final = 4096  # UTF-16 units
OURS_LIMIT: Final = 3800  # of Markdown; lists and links grow a little when rendered
TITLE_LIMIT: Final = 128

Piece = dict[str, Any]  # text with entities, or with a parse mode


def pieces_of(message: Message) -> list[Piece]:
    """The message's text in as few posts as the limit allows; none for an empty one."""
    if message.markdown is not None:
        parts = split(message.markdown, OURS_LIMIT)
        return [{"text": telegram(part), "parse_mode": ParseMode.HTML} for part in parts]
    return [worded(text, entities) for text, entities in cut(message.text, message.entities) if text.strip()]


def worded(text: str, entities: Iterable[Entity] = ()) -> Piece:
    """A person's words, just as they are: no parse mode, or their signs would be taken for markup."""
    marks = [
        MessageEntity(type=each.type, offset=each.offset, length=each.length, url=each.url, language=each.language)
        for each in entities
    ]
    return {"text": text, "entities": marks or None, "parse_mode": None}


def signed(name: str, text: str, entities: Iterable[Entity] = ()) -> tuple[str, list[Entity]]:
    """The words with the name of who said them before them, in bold."""
    before = f"{name}: "
    return before + text, [Entity("bold", 0, units(name)), *_moved(entities, units(before))]


def below(question: str, message: Message) -> list[Piece]:
    """The message's text below the words that it answers, which are quoted.

    Alone without those or without a text, and where the quote would take another post: it could not be edited as one.
    """
    alone = pieces_of(message)
    if not question or not alone:
        return alone
    if message.markdown is not None:
        first, *more = alone
        return [{**first, "text": f"<blockquote>{escape(question)}</blockquote>\n{first['text']}"}, *more]
    marks = Entity("blockquote", 0, units(question)), *_moved(message.entities, units(question) + 1)
    quoting = pieces_of(replace(message, text=f"{question}\n{message.text}", entities=marks))
    return quoting if len(quoting) == len(alone) else alone


def cut(text: str, entities: Sequence[Entity], limit: int = TEXT_LIMIT) -> Iterator[tuple[str, list[Entity]]]:
    """The text in pieces of at most `limit` units, cut at a blank where there is one, each with its formatting."""
    start = 0
    while text:
        piece = _piece(text, limit)
        end = start + units(piece)
        yield piece, [inside for each in entities if (inside := _within(each, start, end))]
        text, start = text[len(piece) :], end


def shortened(text: str, limit: int) -> str:
    """The text as one line, with its end left out if it is longer than `limit` units."""
    return clipped(" ".join(text.split()), limit)


def clipped(text: str, limit: int) -> str:
    """The text with its end left out if it is longer than `limit` units."""
    return text if units(text) <= limit else _piece(text, limit - 1, whole_words=False) + "…"


def _piece(text: str, limit: int, *, whole_words: bool = True) -> str:
    if units(text) <= limit:
        return text
    length, size = 0, 0
    while size + units(text[length]) <= limit:
        size += units(text[length])
        length += 1
    blank = max(text.rfind(" ", 0, length), text.rfind("\n", 0, length))
    return text[: blank + 1] if whole_words and blank > length // 2 else text[:length]


def _moved(entities: Iterable[Entity], by: int) -> list[Entity]:
    return [replace(each, offset=each.offset + by) for each in entities]


def _within(entity: Entity, start: int, end: int) -> Entity | None:
    first, last = max(entity.offset, start), min(entity.offset + entity.length, end)
    if first >= last:
        return None
    return Entity(entity.type, first - start, last - first, entity.url, entity.language)
