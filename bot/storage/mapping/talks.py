"""Conversations, messages and what the bot made of them, as rows.

What is read is unpacked in the order of the table's columns, for the reason given in `bot.storage.mapping.desk`.
"""

from datetime import datetime
from typing import Any

from bot.dialog.conversation import Conversation, Owner
from bot.dialog.messages import Author, AuthorKind, Message, Ref
from bot.dialog.records import Happening

Columns = dict[str, Any]


def conversation_row(value: Conversation) -> Columns:
    """The columns of a conversation, but for the one that says that it is forgotten: only an erasure writes that."""
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
        "continued": value.continued,
        "last_seq": value.last_seq,
        "read_seq": value.read_seq,
        "operator_read_seq": value.operator_read_seq,
        "talk": value.talk,
        "shown": value.shown,
    }


def conversation_of(row: Any) -> Conversation:
    """The conversation again."""
    called, channel, address, created, touched, name, username, locale, locale_chosen, zone, page, phone, *more = row
    owner, blocked, last_seq, read_seq, operator_read_seq, talk, shown, barred, continued, forgotten = more
    return Conversation(
        id=called,
        channel=channel,
        address=address,
        created=created,
        touched=touched,
        name=name,
        username=username,
        locale=locale,
        locale_chosen=locale_chosen,
        zone=zone,
        page=page,
        phone=phone,
        owner=Owner(owner),
        blocked=blocked,
        barred=barred,
        continued=continued,
        forgotten=forgotten is not None,
        last_seq=last_seq,
        read_seq=read_seq,
        operator_read_seq=operator_read_seq,
        talk=talk,
        shown=shown,
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
    conversation, seq, at, author, author_name, text, markdown, *more = row
    entities, buttons, attachments, reply_to, edited, deleted, key = more
    return Message(
        conversation=conversation,
        seq=seq,
        at=at,
        author=Author(AuthorKind(author), author_name),
        text=text,
        markdown=markdown,
        entities=entities,
        buttons=buttons,
        attachments=attachments,
        reply_to=reply_to,
        edited=edited,
        deleted=deleted,
        key=key,
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
