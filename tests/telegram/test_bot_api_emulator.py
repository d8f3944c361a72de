"""The emulator refuses what Telegram refuses: chats, topics and posts, seen with the real client library."""

import pytest
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMyName, SendMessage
from aiogram.types import BufferedInputFile, MessageEntity, ReplyParameters

from tests.bot_api import BotApi
from tests.telegram.real_client import client, keyboard


async def test_a_plain_message_in_a_topic_replies_to_the_topics_creation() -> None:
    async with BotApi() as api, client(api) as bot:
        group, anna = api.group("Desk"), api.person("Anna")
        topic = (await bot.create_forum_topic(group.id, "One")).message_thread_id
        anna.writes_in(topic, "hello", group)
        message = (await bot.get_updates())[-1].message
        assert message.is_topic_message
        assert message.reply_to_message.message_id == message.message_thread_id == topic


async def test_general_has_no_thread_and_one_is_refused() -> None:
    async with BotApi() as api, client(api) as bot:
        group, anna = api.group("Desk"), api.person("Anna")
        first = anna.says("hello", to=group)
        anna.says("an answer", to=group, reply_to=first)
        hello, answer = [update.message for update in await bot.get_updates()]
        assert hello.message_thread_id is None
        assert answer.message_thread_id == hello.message_id
        assert not answer.is_topic_message
        with pytest.raises(TelegramBadRequest, match="thread not found"):
            await bot.send_message(group.id, "hi", message_thread_id=1)


async def test_with_topics_switched_off_the_thread_is_silently_ignored() -> None:
    async with BotApi() as api, client(api) as bot:
        group = api.group("Desk")
        topic = (await bot.create_forum_topic(group.id, "One")).message_thread_id
        group.switch_topics(on=False)
        sent = await bot.send_message(group.id, "secret", message_thread_id=topic)
        assert sent.message_thread_id is None
        assert not (await bot.get_chat(group.id)).is_forum


async def test_deleted_and_closed_topics_refuse_posts_in_different_words() -> None:
    async with BotApi() as api, client(api) as bot:
        group, anna = api.group("Desk"), api.person("Anna")
        topic = (await bot.create_forum_topic(group.id, "One")).message_thread_id
        group.close_topic(topic, by=anna)
        with pytest.raises(TelegramBadRequest, match="TOPIC_CLOSED"):
            await bot.send_message(group.id, "hi", message_thread_id=topic)
        group.delete_topic(topic)
        with pytest.raises(TelegramBadRequest, match="message thread not found"):
            await bot.send_message(group.id, "hi", message_thread_id=topic)
        with pytest.raises(TelegramBadRequest, match="TOPIC_ID_INVALID"):
            await bot.edit_forum_topic(group.id, topic, name="Two")


async def test_an_album_is_separate_updates_and_its_copies_stay_together() -> None:
    async with BotApi() as api, client(api) as bot:
        boris, group = api.person("Boris"), api.group("Desk")
        parts = boris.sends_album("photo", "photo", caption="Look")
        updates = await bot.get_updates()
        assert len(updates) == 2
        assert len({update.message.media_group_id for update in updates}) == 1
        copies = await bot.copy_messages(group.id, boris.id, [parts[0]["message_id"], parts[1]["message_id"], 999])
        assert len(copies) == 2
        assert len({message["media_group_id"] for message in group.shows()}) == 1


async def test_a_parse_mode_breaks_what_people_write_and_entities_do_not() -> None:
    async with BotApi() as api, client(api) as bot:
        boris = api.person("Boris")
        boris.says("hello")
        with pytest.raises(TelegramBadRequest, match="can't parse entities"):
            await bot.send_message(boris.id, "a <c> b", parse_mode=ParseMode.HTML)
        bold = MessageEntity(type="bold", offset=0, length=3)
        await bot.send_message(boris.id, "a <c> b", entities=[bold])
        await bot.send_message(boris.id, "<b>a</b> &lt; b", parse_mode=ParseMode.HTML)
        assert boris.reads() == ["a <c> b", "a < b"]
        with pytest.raises(TelegramBadRequest, match="BOUNDS"):
            await bot.send_message(boris.id, "ab", entities=[bold])


async def test_service_messages_are_not_copied() -> None:
    async with BotApi() as api, client(api) as bot:
        group = api.group("Desk")
        topic = (await bot.create_forum_topic(group.id, "One")).message_thread_id
        with pytest.raises(TelegramBadRequest, match="can't be copied"):
            await bot.copy_message(group.id, group.id, topic)
        with pytest.raises(TelegramBadRequest, match="no messages to copy"):
            await bot.copy_messages(group.id, group.id, [topic])


async def test_who_blocked_the_bot_is_not_reached_and_an_update_tells() -> None:
    async with BotApi() as api, client(api) as bot:
        boris = api.person("Boris")
        with pytest.raises(TelegramForbiddenError):
            await bot.send_message(boris.id, "unasked")
        boris.says("hello")
        boris.blocks()
        with pytest.raises(TelegramForbiddenError, match="blocked by the user"):
            await bot.send_message(boris.id, "hi")
        boris.blocks(False)
        await bot.send_message(boris.id, "hi")
        statuses = [u.my_chat_member.new_chat_member.status for u in await bot.get_updates() if u.my_chat_member]
        assert statuses == ["kicked", "member"]


async def test_a_migrated_group_tells_its_new_id() -> None:
    async with BotApi() as api, client(api) as bot:
        group = api.group("Desk")
        group.migrate()
        with pytest.raises(TelegramMigrateToChat) as refusal:
            await bot.send_message(-1001234567890, "hi")
        assert refusal.value.migrate_to_chat_id == group.id
        assert (await bot.get_updates())[-1].message.migrate_to_chat_id == group.id


async def test_a_reply_does_not_lead_into_another_topic() -> None:
    async with BotApi() as api, client(api) as bot:
        group = api.group("Desk")
        one = (await bot.create_forum_topic(group.id, "One")).message_thread_id
        two = (await bot.create_forum_topic(group.id, "Two")).message_thread_id
        first = await bot.send_message(group.id, "hi", message_thread_id=one)
        reply = ReplyParameters(message_id=first.message_id, allow_sending_without_reply=True)
        with pytest.raises(TelegramBadRequest, match="replied not found"):
            await bot.send_message(group.id, "hi", message_thread_id=two, reply_parameters=reply)
        assert (await bot.send_message(group.id, "hi", message_thread_id=one, reply_parameters=reply)).message_thread_id


async def test_a_chat_action_says_nothing_of_deleted_topics() -> None:
    async with BotApi() as api, client(api) as bot:
        group = api.group("Desk")
        topic = (await bot.create_forum_topic(group.id, "One")).message_thread_id
        group.delete_topic(topic)
        assert await bot.send_chat_action(group.id, "typing", message_thread_id=topic)


async def test_files_go_up_and_come_down() -> None:
    async with BotApi() as api, client(api) as bot:
        boris = api.person("Boris")
        boris.says("hello")
        sent = await bot.send_document(boris.id, BufferedInputFile(b"contents", "note.txt"), caption="Here")
        assert sent.document.file_name == "note.txt"
        file = await bot.get_file(sent.document.file_id)
        assert (await bot.download_file(file.file_path)).read() == b"contents"
        again = await bot.send_document(boris.id, sent.document.file_id)
        assert again.document.file_id == sent.document.file_id


async def test_a_wrong_token_an_unknown_method_and_a_full_group_are_refused() -> None:
    async with BotApi() as api, client(api) as bot, client(api, "42:wrong") as stranger:
        with pytest.raises(TelegramUnauthorizedError):
            await stranger.get_me()
        with pytest.raises(TelegramNotFound):
            await bot(GetMyName())
        group = api.group("Desk")
        api.per_minute = 20
        for number in range(20):
            await bot.send_message(group.id, str(number))
        with pytest.raises(TelegramRetryAfter) as refusal:
            await bot.send_message(group.id, "one too many")
        assert 0 < refusal.value.retry_after <= 61


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        ({"text": "x" * 4097}, "too long"),
        ({"text": "😀" * 2049}, "too long"),
        ({"text": "  "}, "text is empty"),
        ({"text": "x", "reply_markup": keyboard("x" * 65)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "colour": "red"}, "no parameter"),
    ],
)
async def test_what_is_too_long_or_unknown_is_refused(call: dict[str, object], fault: str) -> None:
    async with BotApi() as api, client(api) as bot:
        api.person("Boris", 7).says("hello")
        with pytest.raises(TelegramBadRequest, match=fault):
            await bot(SendMessage(chat_id=7, **call))


async def test_a_dropped_connection_leaves_the_message_sent() -> None:
    async with BotApi() as api, client(api) as bot:
        boris = api.person("Boris")
        boris.says("hello")
        api.refuse("sendMessage", None)
        with pytest.raises(TelegramNetworkError):
            await bot.send_message(boris.id, "hi")
        assert boris.reads() == ["hi"]
