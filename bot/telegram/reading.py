"""What a Telegram message says, in the dialog's words: text, formatting, files, and where it stands."""

from collections.abc import Sequence
from typing import Final

from aiogram.enums import ContentType
from aiogram.types import Message, MessageEntity

from bot.dialog.messages import Attachment, Entity, Ref
from bot.telegram.client import venue

FILES: Final = ("photo", "document", "voice", "video", "audio", "sticker", "animation", "video_note")
OTHERS: Final = ("location", "venue", "poll", "dice", "contact", "story", "paid_media", "game")
CONTENT: Final = frozenset({"text", *FILES, *OTHERS})
KEPT_ENTITIES: Final = frozenset(
    {"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote"}
    | {"code", "pre", "text_link"}
)


def kind_of(message: Message) -> str:
    """What the message carries, as the Bot API names it."""
    return ContentType(message.content_type).value


def is_said(message: Message) -> bool:
    """Somebody's words or files, not a service message."""
    return kind_of(message) in CONTENT


def text_of(message: Message) -> str:
    """The text, or the caption."""
    return message.text or message.caption or ""


def entities_of(message: Message) -> tuple[Entity, ...]:
    """Formatting. What clients find by themselves (addresses, hashtags, mentions) is left to them."""
    found: Sequence[MessageEntity] = message.entities or message.caption_entities or ()
    return tuple(
        Entity(each.type, each.offset, each.length, each.url, each.language)
        for each in found
        if each.type in KEPT_ENTITIES
    )


def attachments_of(message: Message) -> tuple[Attachment, ...]:
    """The file that the message carries, or whatever else is not text."""
    kind = kind_of(message)
    if kind == "text":
        return ()
    thing = getattr(message, kind, None)
    if kind == "photo" and message.photo:
        thing = message.photo[-1]  # the largest size
    return (
        Attachment(
            kind,
            ref=getattr(thing, "file_id", "") or "",
            name=getattr(thing, "file_name", None) or "",
            mime=getattr(thing, "mime_type", None) or "",
            size=getattr(thing, "file_size", None) or 0,
        ),
    )


def ref_of(message: Message) -> Ref:
    """Where the message stands."""
    return Ref(venue(message.chat.id), str(message.message_id))


def reply_of(message: Message) -> Ref | None:
    """What it answers. In a topic every plain message carries its creation, which is no answer to anything."""
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created or answered.message_id == message.message_thread_id:
        return None
    return Ref(venue(message.chat.id), str(answered.message_id))


def key_of(message: Message) -> str:
    """The channel's id of the message, unique in its conversation."""
    return f"{message.chat.id}/{message.message_id}"
