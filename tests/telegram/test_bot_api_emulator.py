"""The emulator refuses what Telegram refuses: the behaviours that bots break on, seen with the real client library."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import GetMyName, SendMessage
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, ReplyParameters

from tests.bot_api import BotApi

TOKEN = BotApi.token


@contextlib.asynccontextmanager
async def client(api: BotApi, token: str = TOKEN) -> AsyncIterator[Bot]:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api.url)))
    try:
        yield bot
    finally:
        if bot.session._session is not None:  # closing aiogram's session waits a quarter of a second
            await bot.session._session.close()


def keyboard(data: str, label: str = "Yes") -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=data)]])


async def test_an_anonymous_admin_arrives_as_a_bot_that_speaks_for_the_group() -> None:
    async with BotApi() as api, client(api) as bot:
        group = api.group("Desk")
        api.person("Anna").says("hello", to=group, anonymous=True)
        [update] = await bot.get_updates()
        assert update.message.from_user.is_bot
        assert update.message.sender_chat.id == group.id


async def test_the_bot_receives_its_own_service_messages_of_topics() -> None:
    async with BotApi() as api, client(api) as bot:
        group = api.group("Desk")
        topic = await bot.create_forum_topic(group.id, "One")
        await bot.edit_forum_topic(group.id, topic.message_thread_id, name="Two")
        await bot.close_forum_topic(group.id, topic.message_thread_id)
        await bot.reopen_forum_topic(group.id, topic.message_thread_id)
        kinds = [update.message.content_type for update in await bot.get_updates()]
        assert kinds == ["forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"]


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


async def test_callbacks_can_be_inaccessible_too_old_and_change_nothing() -> None:
    async with BotApi() as api, client(api) as bot:
        boris = api.person("Boris")
        boris.says("hello")
        sent = await bot.send_message(boris.id, "Well?", reply_markup=keyboard("yes"))
        with pytest.raises(TelegramBadRequest, match="not modified"):
            await bot.edit_message_text(
                "Well?", chat_id=boris.id, message_id=sent.message_id, reply_markup=keyboard("yes")
            )
        query = boris.presses("Yes", inaccessible=True)
        asked = (await bot.get_updates())[-1].callback_query
        assert type(asked.message).__name__ == "InaccessibleMessage"
        await bot.answer_callback_query(asked.id, "Good")
        assert query.answer == {"text": "Good", "show_alert": False}
        boris.presses("Yes")
        late = (await bot.get_updates())[-1].callback_query
        api.shift = 120
        with pytest.raises(TelegramBadRequest, match="query is too old"):
            await bot.answer_callback_query(late.id)


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


async def test_a_contact_says_whose_it_is() -> None:
    async with BotApi() as api, client(api) as bot:
        boris = api.person("Boris")
        boris.shares_contact("+37129123456")
        boris.shares_contact("+37129000000", user_id=5)
        own, other = [update.message for update in await bot.get_updates()]
        assert own.contact.user_id == own.from_user.id
        assert other.contact.user_id != other.from_user.id


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


async def test_reactions_come_only_when_asked_for() -> None:
    async with BotApi() as api, client(api) as bot:
        group = api.group("Desk")
        api.tell("message_reaction", {}, group.id)
        assert await bot.get_updates() == []
        await bot.get_updates(allowed_updates=["message", "message_reaction"])
        reaction = {"chat": group.chat.brief, "message_id": 5, "date": 1, "old_reaction": [], "new_reaction": []}
        api.tell("message_reaction", reaction, group.id)
        [update] = await bot.get_updates()
        assert not hasattr(update.message_reaction, "message_thread_id")


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


async def test_an_offset_confirms_and_what_is_not_confirmed_comes_again() -> None:
    async with BotApi() as api, client(api) as bot:
        boris = api.person("Boris")
        boris.says("one")
        boris.says("two")
        first, second = await bot.get_updates()
        assert await bot.get_updates() == [first, second]
        assert await bot.get_updates(offset=second.update_id) == [second]
        assert await bot.get_updates(offset=second.update_id + 1) == []


async def test_a_long_poll_waits_and_a_second_caller_ends_it() -> None:
    async with BotApi() as api, client(api) as bot, asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(bot.get_updates(timeout=5))
        await api.until(lambda: api.updates.polls == 1)
        api.person("Boris").says("hello")
        assert len(await waiting) == 1
        loser = tasks.create_task(_conflict(bot))
        await api.until(lambda: api.updates.polls == 2)
        assert await bot.get_updates(timeout=0) == []
        assert await loser


async def _conflict(bot: Bot) -> bool:
    with pytest.raises(TelegramConflictError, match="terminated by other"):
        await bot.get_updates(offset=2_000_000_000, timeout=5)
    return True


async def test_updates_are_kept_for_a_day_and_number_anew_after_a_quiet_week() -> None:
    async with BotApi() as api, client(api) as bot:
        boris = api.person("Boris")
        boris.says("forgotten")
        api.shift = 25 * 60 * 60
        assert await bot.get_updates() == []
        boris.says("before")
        [before] = await bot.get_updates()
        api.updates.quiet_week()
        boris.says("after")
        [after] = await bot.get_updates(offset=before.update_id + 1)
        assert after.update_id < before.update_id


async def test_a_webhook_excludes_polling() -> None:
    async with BotApi() as api, client(api) as bot:
        await bot.set_webhook("http://127.0.0.1:9/nowhere", secret_token="s")
        with pytest.raises(TelegramConflictError, match="webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        assert await bot.get_updates() == []


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
