"""Changing what is there: edits, deletions, pins, callback answers, topics."""

from typing import Any

from aiogram import methods as m

from tests.bot_api.markup import read_keyboard, read_text
from tests.bot_api.refusals import NOT_MODIFIED, OLD_QUERY, bad
from tests.bot_api.sending import Uploads, mode
from tests.bot_api.world import BOT, Chat, Json, Topic, World

QUERY_LIFETIME = 60  # seconds


def _own(world: World, call: Any) -> tuple[Chat, Json]:
    chat = world.writable(call.chat_id)
    message = chat.messages.get(call.message_id)
    if message is None:
        raise bad("message to edit not found")
    if message["from"] is not BOT or "_keyboard" in message:
        raise bad("message can't be edited")
    return chat, message


def _change(world: World, message: Json, change: Json, keyboard: Json | None) -> Json:
    change = change | {"reply_markup": keyboard}
    after = {key: value for key, value in (message | change).items() if value not in (None, [])}
    if after == message:
        raise bad(NOT_MODIFIED)
    message.clear()
    message.update(after | {"edit_date": int(world.now())})
    world.touch()
    return message


def edit_text(world: World, call: m.EditMessageText, uploads: Uploads) -> Json:
    text, entities = read_text(call.text, call.entities, mode(call), 4096, "")
    if not text.strip():
        raise bad("message text is empty")
    keyboard = read_keyboard(call.reply_markup)
    _, message = _own(world, call)
    if "text" not in message:
        raise bad("there is no text in the message to edit")
    return _change(world, message, {"text": text, "entities": entities}, keyboard)


def edit_caption(world: World, call: m.EditMessageCaption, uploads: Uploads) -> Json:
    text, entities = read_text(call.caption or "", call.caption_entities, mode(call), 1024, " caption")
    keyboard = read_keyboard(call.reply_markup)
    _, message = _own(world, call)
    if "text" in message:
        raise bad("there is no caption in the message to edit")
    return _change(world, message, {"caption": text or None, "caption_entities": entities}, keyboard)


def edit_keyboard(world: World, call: m.EditMessageReplyMarkup, uploads: Uploads) -> Json:
    keyboard = read_keyboard(call.reply_markup)
    return _change(world, _own(world, call)[1], {}, keyboard)


def delete_message(world: World, call: m.DeleteMessage, uploads: Uploads) -> bool:
    if world.writable(call.chat_id, counts=False).messages.pop(call.message_id, None) is None:
        raise bad("message to delete not found")
    world.touch()
    return True


def pin_message(world: World, call: m.PinChatMessage, uploads: Uploads) -> bool:
    if call.message_id not in world.writable(call.chat_id).messages:
        raise bad("message to pin not found")
    return True


def answer_query(world: World, call: m.AnswerCallbackQuery, uploads: Uploads) -> bool:
    if call.text is not None and len(call.text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    query = world.queries.get(call.callback_query_id)
    if query is None or query["answer"] is not None or world.now() - query["asked"] > QUERY_LIFETIME:
        raise bad(OLD_QUERY)
    query["answer"] = {"text": call.text or "", "show_alert": bool(call.show_alert)}
    world.touch()
    return True


def _forum(world: World, call: Any) -> Chat:
    chat = world.writable(call.chat_id)
    if not chat.is_forum:
        raise bad("the chat is not a forum")
    if not chat.admins.get(BOT["id"], {}).get("can_manage_topics"):
        raise bad("not enough rights to create a topic")
    return chat


def _topic(world: World, call: Any) -> tuple[Chat, Topic]:
    chat = _forum(world, call)
    topic = chat.topics.get(call.message_thread_id)
    if topic is None or topic.deleted:
        raise bad("TOPIC_ID_INVALID")
    return chat, topic


def note(world: World, chat: Chat, topic: Topic, author: Json, event: str, said: Json) -> None:
    """A service message of the topic. The bot receives its own, too."""
    message = world.post(chat, author, {event: said}, topic.id)
    world.tell("message", message, chat.id)


def create_topic(world: World, call: m.CreateForumTopic, uploads: Uploads) -> Json:
    if not 1 <= len(call.name) <= 128:
        raise bad("TOPIC_TITLE_INVALID")
    chat = _forum(world, call)
    topic = chat.topics[chat.last_id + 1] = Topic(chat.last_id + 1, call.name)
    note(world, chat, topic, BOT, "forum_topic_created", {"name": call.name, "icon_color": 7322096})
    return {"message_thread_id": topic.id, "name": call.name, "icon_color": 7322096}


def edit_topic(world: World, call: m.EditForumTopic, uploads: Uploads) -> bool:
    if call.name is not None and len(call.name) > 128:
        raise bad("TOPIC_TITLE_INVALID")
    chat, topic = _topic(world, call)
    if call.name in (None, "", topic.name) and call.icon_custom_emoji_id is None:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.name = call.name or topic.name
    note(world, chat, topic, BOT, "forum_topic_edited", {"name": topic.name})
    return True


def close_topic(world: World, call: m.CloseForumTopic, uploads: Uploads) -> bool:
    return turn(world, *_topic(world, call), BOT, closed=True)


def reopen_topic(world: World, call: m.ReopenForumTopic, uploads: Uploads) -> bool:
    return turn(world, *_topic(world, call), BOT, closed=False)


def turn(world: World, chat: Chat, topic: Topic, author: Json, *, closed: bool) -> bool:
    if topic.closed == closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    note(world, chat, topic, author, "forum_topic_closed" if closed else "forum_topic_reopened", {})
    return True


def delete_topic(world: World, call: m.DeleteForumTopic, uploads: Uploads) -> bool:
    chat, topic = _topic(world, call)
    if not chat.admins[BOT["id"]].get("can_delete_messages"):
        raise bad("not enough rights to delete a topic")
    remove(world, chat, topic)
    return True


def remove(world: World, chat: Chat, topic: Topic) -> None:
    """Gone with all its messages, and no update tells."""
    topic.deleted = True
    for number, message in list(chat.messages.items()):
        if message.get("message_thread_id") == topic.id:
            del chat.messages[number]
    world.touch()


CHANGING = {
    "editMessageText": edit_text,
    "editMessageCaption": edit_caption,
    "editMessageReplyMarkup": edit_keyboard,
    "deleteMessage": delete_message,
    "pinChatMessage": pin_message,
    "answerCallbackQuery": answer_query,
    "createForumTopic": create_topic,
    "editForumTopic": edit_topic,
    "closeForumTopic": close_topic,
    "reopenForumTopic": reopen_topic,
    "deleteForumTopic": delete_topic,
}
