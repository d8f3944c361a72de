"""Copying: files go from chat to chat without passing through us."""

from collections.abc import Sequence

from aiogram.methods import CopyMessage, CopyMessages
from aiogram.types import ReplyParameters

from bot.dialog.messages import Ref
from bot.telegram.client import SOURCE, chat_of, venue
from bot.telegram.line import Line

JOINED = "+"  # after the id of a post that holds several messages, for all but the last: 456+1
Source = tuple[int, list[int]]  # a chat, and messages there in order


def origin(refs: Sequence[Ref], target: int) -> Source | None:
    """Where a message stands besides the target: chat and message ids in order. None if it came by another channel."""
    elsewhere = [ref for ref in refs if ref.venue.startswith(f"{SOURCE}:") and ref.venue != venue(target)]
    if not elsewhere:
        return None
    # A person's own chat first: topics get deleted.
    place = min(elsewhere, key=lambda ref: chat_of(ref.venue) < 0).venue
    return chat_of(place), sorted(post_of(ref) for ref in elsewhere if ref.venue == place)


async def copy(line: Line, source: Source, chat: int, thread: int | None, reply: ReplyParameters | None) -> list[int]:
    """Copy a message or an album; the ids of the copies. What cannot be copied may be skipped: there are fewer then.

    Only a single copy can be a reply.
    """
    place, ids = source
    if len(ids) == 1:
        one = CopyMessage(
            chat_id=chat, from_chat_id=place, message_id=ids[0], message_thread_id=thread, reply_parameters=reply
        )
        return [(await line.send(chat, one)).message_id]
    many = CopyMessages(chat_id=chat, from_chat_id=place, message_ids=ids, message_thread_id=thread)
    return [each.message_id for each in await line.send(chat, many)]


def post_of(ref: Ref) -> int:
    """The id of the post where a message stands, alone or with others."""
    return int(ref.id.partition(JOINED)[0])


def standing(refs: Sequence[Ref], chat: int, newer_than: int = 0) -> list[int]:
    """The ids under which a message stands in the chat; a topic's own messages are newer than the topic."""
    return sorted(post_of(ref) for ref in refs if ref.venue == venue(chat) and post_of(ref) > newer_than)


def reply_to(refs: Sequence[Ref], chat: int) -> ReplyParameters | None:
    """A reply to where the message stands in the chat, if it stands there."""
    here = standing(refs, chat)
    return ReplyParameters(message_id=here[0], allow_sending_without_reply=True) if here else None
