"""The customers' side: what happens in a private chat, as acts."""

from collections.abc import Sequence

from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, User

from bot.dialog.acts import Blocked, Pressed, Rewrote, Sender, SharedContact, Started, Wrote
from bot.telegram.client import SOURCE
from bot.telegram.reading import attachments_of, entities_of, is_said, key_of, ref_of, reply_of, text_of

GREETED = frozenset({"/start", "/help"})
GONE = frozenset({"kicked", "left"})


def sender_of(user: User, chat: int) -> Sender:
    """The customer as Telegram knows them."""
    return Sender(SOURCE, str(chat), user.full_name, user.username or "", user.language_code or "")


def spoken(parts: Sequence[Message]) -> Wrote | Started | SharedContact | None:
    """One message, or the parts of one album; None for what nobody wrote (service messages, bots)."""
    first = parts[0]
    user = first.from_user
    if user is None or user.is_bot or not is_said(first):
        return None
    sender = sender_of(user, first.chat.id)
    if first.contact is not None:
        own = first.contact.user_id == user.id
        return SharedContact(sender, key_of(first), first.contact.phone_number, own, (ref_of(first),))
    command, _, payload = text_of(first).partition(" ")
    if command in GREETED:
        return Started(sender, key_of(first), payload.strip())
    worded = next((part for part in parts if text_of(part)), first)
    return Wrote(
        sender,
        key_of(first),
        text_of(worded),
        first.date,
        entities_of(worded),
        tuple(each for part in parts for each in attachments_of(part)),
        tuple(map(ref_of, parts)),
        reply_of(first),
    )


def edited(message: Message) -> Rewrote | None:
    """An edit of an earlier message."""
    user = message.from_user
    if user is None or user.is_bot or not is_said(message):
        return None
    return Rewrote(sender_of(user, message.chat.id), ref_of(message), text_of(message), entities_of(message))


def pressed(query: CallbackQuery) -> Pressed:
    """A button; its id is the callback data. The message may be inaccessible, its chat is known all the same."""
    chat = query.message.chat.id if query.message else query.from_user.id
    return Pressed(sender_of(query.from_user, chat), f"press/{query.id}", query.data or "")


def shut_or_opened(event: ChatMemberUpdated) -> Blocked:
    """The customer blocked the bot, or let it in again."""
    return Blocked(sender_of(event.from_user, event.chat.id), event.new_chat_member.status in GONE)
