"""Conversations, messages and what the bot made of them, as rows."""

from datetime import datetime
from typing import Any

from bot.dialog.conversation import Conversation, Owner
from bot.dialog.messages import Author, AuthorKind, Message, Ref
from bot.dialog.records import Happening

Columns = dict[str, Any]


def conversation_row(value: Conversation) -> Columns:
    """The columns of a conversation."""
    return {
        "id": value.id,
        "channel": value.channel,
        "address": value.address,
        "created": value.created,
        "touched": value.touched,
        "name": value.name,
        "username": value.username,
        "locale": value.locale,
        "locale_chosen": value.locale_chosen,
        "zone": value.zone,
        "page": value.page,
        "phone": value.phone,
        "owner": value.owner.value,
        "blocked": value.blocked,
        "barred": value.barred,
        "last_seq": value.last_seq,
        "read_seq": value.read_seq,
        "operator_read_seq": value.operator_read_seq,
        "talk": value.talk,
        "shown": value.shown,
    }


def conversation_of(row: Any) -> Conversation:
    """The conversation again."""
    return Conversation(
        id=row.id,
        channel=row.channel,
        address=row.address,
        created=row.created,
        touched=row.touched,
        name=row.name,
        username=row.username,
        locale=row.locale,
        locale_chosen=row.locale_chosen,
        zone=row.zone,
        page=row.page,
        phone=row.phone,
        owner=Owner(row.owner),
        blocked=row.blocked,
        barred=row.barred,
        last_seq=row.last_seq,
        read_seq=row.read_seq,
        operator_read_seq=row.operator_read_seq,
        talk=row.talk,
        shown=row.shown,
    )


def message_row(value: Message) -> Columns:
    """The columns of a message."""
    return {
        "conversation": value.conversation,
        "seq": value.seq,
        "at": value.at,
        "author": value.author.kind.value,
        "author_name": value.author.name,
        "text": value.text,
        "markdown": value.markdown,
        "entities": value.entities,
        "buttons": value.buttons,
        "attachments": value.attachments,
        "reply_to": value.reply_to,
        "edited": value.edited,
        "deleted": value.deleted,
        "key": value.key,
    }


def message_of(row: Any) -> Message:
    """The message again."""
    return Message(
        conversation=row.conversation,
        seq=row.seq,
        at=row.at,
        author=Author(AuthorKind(row.author), row.author_name),
        text=row.text,
        markdown=row.markdown,
        entities=row.entities,
        buttons=row.buttons,
        attachments=row.attachments,
        reply_to=row.reply_to,
        edited=row.edited,
        deleted=row.deleted,
        key=row.key,
    )


def ref_row(ref: Ref, conversation: str, seq: int) -> Columns:
    """The columns of a place where a message stands."""
    return {"venue": ref.venue, "id": ref.id, "conversation": conversation, "seq": seq}


def happening_row(value: Happening) -> Columns:
    """The columns of what the bot did."""
    return {
        "conversation": value.conversation,
        "seq": value.seq,
        "at": value.at,
        "kind": value.kind,
        "intent": value.intent,
        "score": value.score,
        "detail": value.detail,
    }


def note_row(conversation: str, at: datetime, operator: str, text: str) -> Columns:
    """The columns of an internal note."""
    return {"conversation": conversation, "at": at, "operator": operator, "text": text}
