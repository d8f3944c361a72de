"""What a message of Telegram says, and what only looks as if it said something."""

from typing import Any

import pytest
from aiogram.types import Message

from bot.dialog.messages import Attachment, Ref
from bot.telegram.lanes import lane_of
from bot.telegram.reading import attachments_of, is_said, reply_of
from tests.bot_api import BotApi
from tests.bot_api.world import Topic

TOPIC = 2


def parsed(message: dict[str, Any]) -> Message:
    return Message.model_validate(message)


async def test_a_topics_creation_is_no_message_to_reply_to() -> None:
    api = BotApi()
    group, anna = api.group("Desk"), api.person("Anna")
    group.chat.topics[TOPIC] = Topic(TOPIC, "One")
    created = api.post(group.chat, anna.user, {"forum_topic_created": {"name": "One", "icon_color": 1}}, TOPIC)
    plain = anna.writes_in(TOPIC, "hello", group)
    reply = anna.writes_in(TOPIC, "and?", group, reply_to=plain)
    assert plain["reply_to_message"]["message_id"] == created["message_id"]
    assert reply_of(parsed(plain)) is None
    assert reply_of(parsed(reply)) == Ref(f"telegram:{group.id}", str(plain["message_id"]))
    bare = plain | {"reply_to_message": plain["reply_to_message"] | {"forum_topic_created": None}}
    assert reply_of(parsed(bare)) is None


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ({"location": {"latitude": 56.9, "longitude": 24.1}}, "location"),
        ({"dice": {"emoji": "🎲", "value": 6}}, "dice"),
    ],
)
def test_what_is_neither_text_nor_file_is_still_something(content: dict[str, Any], kind: str) -> None:
    message = parsed({"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}} | content)
    assert is_said(message)
    assert attachments_of(message) == (Attachment(kind, ""),)


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"message": {"chat": {"id": 5}}}, "5:"),
        ({"edited_message": {"chat": {"id": 5}}}, "5:"),
        ({"my_chat_member": {"chat": {"id": 5}}}, "5:"),
        ({"callback_query": {"from": {"id": 9}, "message": {"chat": {"id": 5}}}}, "5:"),
        ({"callback_query": {"from": {"id": 9}}}, "9:"),
        ({"message": {"chat": {"id": -1}, "message_thread_id": 7, "is_topic_message": True}}, "-1:7"),
        ({"message": {"chat": {"id": -1}, "message_thread_id": 7}}, "-1:"),
        ({"poll": {}}, ":"),
        ({"message": "nonsense"}, ":"),
    ],
)
def test_a_private_chat_is_one_lane_and_so_is_each_topic(update: dict[str, Any], lane: str) -> None:
    assert lane_of(update) == lane
