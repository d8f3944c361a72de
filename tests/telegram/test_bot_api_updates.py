"""The emulator brings updates as Telegram does: confirmed by offset, kept for a day, to one caller, in odd shapes."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
)

from tests.bot_api import BotApi
from tests.telegram.real_client import client, keyboard


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


async def test_a_contact_says_whose_it_is() -> None:
    async with BotApi() as api, client(api) as bot:
        boris = api.person("Boris")
        boris.shares_contact("+37129123456")
        boris.shares_contact("+37129000000", user_id=5)
        own, other = [update.message for update in await bot.get_updates()]
        assert own.contact.user_id == own.from_user.id
        assert other.contact.user_id != other.from_user.id


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
