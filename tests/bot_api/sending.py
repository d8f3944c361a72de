"""Sending and copying: what a bot can put into a chat."""

from typing import Any

from aiogram import methods as m

from tests.bot_api.markup import read_keyboard, read_text
from tests.bot_api.media import KINDS, given
from tests.bot_api.refusals import bad
from tests.bot_api.world import BOT, SERVICE, Chat, Json, World

Uploads = dict[str, tuple[str, bytes]]
COPIED = ("text", "entities", "caption", "caption_entities", "contact", "location", *KINDS)


def mode(call: Any) -> str | None:
    """The parse mode, if one is set."""
    return call.parse_mode if isinstance(call.parse_mode, str) else None


def _place(world: World, call: Any) -> tuple[Chat, int | None, Json | None]:
    """Chat, thread and the message replied to. Replies do not lead from one topic into another."""
    if call.message_thread_id == 1:
        raise bad("message thread not found")
    chat = world.writable(call.chat_id)
    thread = world.thread(chat, call.message_thread_id)
    wanted = getattr(call, "reply_parameters", None)
    if wanted is None:
        return chat, thread, None
    reply = chat.messages.get(wanted.message_id)
    if reply is None:
        if wanted.allow_sending_without_reply is True:
            return chat, thread, None
        raise bad("message to be replied not found")
    if chat.is_forum and reply.get("is_topic_message") and reply.get("message_thread_id") != thread:
        raise bad("message to be replied not found")
    return chat, thread, reply


def _say(world: World, call: Any, content: Json) -> Json:
    content = {key: value for key, value in content.items() if value not in (None, [])}
    keyboard = read_keyboard(getattr(call, "reply_markup", None))
    chat, thread, reply = _place(world, call)
    if keyboard:  # Telegram tells of inline keyboards only; what begins with _ is for tests to see
        content["reply_markup" if "inline_keyboard" in keyboard else "_keyboard"] = keyboard
    return world.post(chat, BOT, content, thread, reply)


def send_message(world: World, call: m.SendMessage, uploads: Uploads) -> Json:
    text, entities = read_text(call.text, call.entities, mode(call), 4096, "")
    if not text.strip():
        raise bad("message text is empty")
    return _say(world, call, {"text": text, "entities": entities})


def _caption(call: Any) -> Json:
    text, entities = read_text(call.caption or "", call.caption_entities, mode(call), 1024, " caption")
    return {"caption": text or None, "caption_entities": entities}


def send_media(world: World, call: Any, uploads: Uploads) -> Json:
    kind = {"sendVideoNote": "video_note"}.get(call.__api_method__, call.__api_method__.removeprefix("send").lower())
    content = given(world, kind, getattr(call, kind), uploads)
    return _say(world, call, content | (_caption(call) if hasattr(call, "caption") else {}))


def send_media_group(world: World, call: m.SendMediaGroup, uploads: Uploads) -> list[Json]:
    if not 2 <= len(call.media) <= 10:
        raise bad("wrong number of media: an album has 2 to 10 parts")
    chat, thread, reply = _place(world, call)
    group = f"album-{world.number()}"
    bodies = [given(world, item.type, str(item.media), uploads) | _caption(item) for item in call.media]
    return [
        world.post(
            chat, BOT, {key: value for key, value in body.items() if value} | {"media_group_id": group}, thread, reply
        )
        for body in bodies
    ]


def copyable(message: Json | None) -> bool:
    """Service messages cannot be copied, nor what is not there."""
    return message is not None and not SERVICE & message.keys()


def copy_message(world: World, call: m.CopyMessage, uploads: Uploads) -> Json:
    source = world.chat(call.from_chat_id).messages.get(call.message_id)
    if source is None:
        raise bad("message to copy not found")
    if not copyable(source):
        raise bad("message can't be copied")
    content = {key: source[key] for key in COPIED if key in source}
    if call.caption is not None:
        content |= _caption(call)
    return {"message_id": _say(world, call, content)["message_id"]}


def copy_messages(world: World, call: m.CopyMessages, uploads: Uploads) -> list[Json]:
    """Copies what can be copied and skips the rest without a word; albums stay albums."""
    ids = call.message_ids
    if not 1 <= len(ids) <= 100 or ids != sorted(set(ids)):
        raise bad("message identifiers must be in a strictly increasing order")
    found = world.chat(call.from_chat_id).messages
    sources = [found[each] for each in ids if copyable(found.get(each))]
    if not sources:
        raise bad("there are no messages to copy")
    chat, thread, _ = _place(world, call)
    groups: dict[str, str] = {}
    copies = []
    for source in sources:
        content = {key: source[key] for key in COPIED if key in source}
        if group := source.get("media_group_id"):
            content["media_group_id"] = groups.setdefault(group, f"album-{world.number()}")
        copies.append({"message_id": world.post(chat, BOT, content, thread)["message_id"]})
    return copies


def send_chat_action(world: World, call: m.SendChatAction, uploads: Uploads) -> bool:
    """True even for a topic that is no more."""
    world.writable(call.chat_id, counts=False)
    return True


SENDING = {
    "sendMessage": send_message,
    "sendMediaGroup": send_media_group,
    "copyMessage": copy_message,
    "copyMessages": copy_messages,
    "sendChatAction": send_chat_action,
} | dict.fromkeys(
    (
        "sendPhoto",
        "sendDocument",
        "sendVoice",
        "sendAudio",
        "sendVideo",
        "sendAnimation",
        "sendVideoNote",
        "sendSticker",
    ),
    send_media,
)
