"""An operator who was removed from the group does nothing by old buttons, within a minute at the latest."""

from dataclasses import replace
from datetime import timedelta

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramNetworkError, TelegramRetryAfter
from aiogram.methods import GetChatMember
from aiogram.types import ChatMemberRestricted

from bot.telegram.groups import Groups
from bot.telegram.membership import Membership
from handoff.ticket import Active
from tests.bot_api import BotApi
from tests.telegram.stage import GROUP, stage

MINUTE = timedelta(seconds=60)
GONE = "Вас нет в группе операторов"


async def ticket(s, number=1):
    async with s.storage.work.read() as tx:
        return await tx.ticket(number)


async def offered_in_private(s, anna):
    """Anna has met the bot, is online, and has an offer in their private chat."""
    anna.says("/start")
    await s.handled()
    await s.online("anna")
    s.api.person("Boris", language="ru").says("позовите оператора")
    await s.until(lambda: anna.finds("accept:"))


async def test_an_old_offer_in_private_is_refused_to_who_was_removed(sample, tmp_path):
    async with stage(sample, tmp_path) as s:
        anna = s.operator("anna")
        await offered_in_private(s, anna)
        s.group.removes(anna)
        assert GONE in (await anna.presses("accept").answered())["text"]
        assert not isinstance((await ticket(s)).state, Active)
        s.group.admits(anna)
        await anna.presses("accept").answered()
        assert isinstance((await ticket(s)).state, Active)


async def test_an_old_button_in_the_group_is_refused_too(sample, tmp_path):
    async with stage(sample, tmp_path) as s:
        anna = s.operator("anna")
        await offered_in_private(s, anna)
        data, message = anna.finds("accept:", to=s.group)
        s.group.removes(anna)
        assert GONE in (await anna.presses_data(data, message).answered())["text"]
        assert not isinstance((await ticket(s)).state, Active)


async def test_a_command_in_private_is_refused_too_but_not_a_start(sample, tmp_path):
    async with stage(sample, tmp_path) as s:
        anna = s.operator("anna")
        s.group.removes(anna)
        anna.says("/online")
        await s.until(lambda: GONE in str(anna.reads()))
        anna.says("/start")
        await s.until(lambda: "Рад знакомству" in str(anna.reads()))


async def test_telegram_is_asked_once_a_minute_at_most(sample, tmp_path):
    async with stage(sample, tmp_path) as s:
        members = Membership(s.room._around, Groups(s.room._around))
        anna = s.operator("anna")
        assert [await members.holds(anna.id) for _ in range(3)] == [True] * 3
        assert [name for name, _ in s.api.calls].count("getChatMember") == 1
        s.group.removes(anna)
        s.clock.ahead += MINUTE - timedelta(seconds=5)
        assert await members.holds(anna.id)
        s.clock.ahead += timedelta(seconds=5)
        assert not await members.holds(anna.id)


async def test_who_writes_in_the_group_is_in_it(sample, tmp_path):
    async with stage(sample, tmp_path) as s:
        anna = s.operator("anna")
        anna.says("/queue", to=s.group)
        await s.until(s.group.shows)
        anna.says("/queue")
        await s.until(anna.reads)
        assert "getChatMember" not in [name for name, _ in s.api.calls]


async def test_whoever_is_let_in_is_known_at_once(sample, tmp_path):
    async with stage(sample, tmp_path) as s:
        members, person = Membership(s.room._around, Groups(s.room._around)), s.api.person("Somebody")
        assert not await members.holds(person.id)
        s.group.admits(person)
        assert await members.holds(person.id)


@pytest.mark.parametrize("inside", [True, False])
async def test_a_restricted_member_is_one_while_they_are_in_the_group(sample, tmp_path, inside):
    async with stage(sample, tmp_path) as s:
        restricted = ChatMemberRestricted.model_construct(status="restricted", is_member=inside)
        around = replace(s.room._around, bot=Silent(answer=restricted))
        assert await Membership(around, Groups(around)).holds(1001) is inside


class Silent:
    """A bot that says the same of everybody, or nothing."""

    token = "42:secret"

    def __init__(self, error=None, answer=None):
        self.error, self.answer = error, answer

    async def get_chat_member(self, chat, user):
        if self.error is not None:
            raise self.error
        return self.answer


ASK = GetChatMember(chat_id=GROUP, user_id=1)
ERRORS = [
    TelegramNetworkError(ASK, "down"),
    TelegramRetryAfter(ASK, "slow", 5),
    TelegramBadRequest(ASK, "Bad Request: chat not found"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
async def test_when_telegram_does_not_say_what_was_known_counts(sample, tmp_path, error):
    async with stage(sample, tmp_path) as s:
        around, anna = s.room._around, s.operator("anna")
        deaf = Membership(replace(around, bot=Silent(error)), Groups(around))
        assert await deaf.holds(anna.id), "listed on the desk"
        members = Membership(around, Groups(around))
        s.group.removes(anna)
        assert not await members.holds(anna.id)
        members._around = replace(around, bot=Silent(error))
        assert not await members.holds(anna.id)


async def test_without_a_group_nobody_needs_to_be_in_one(sample, tmp_path):
    async with stage(sample, tmp_path) as s:
        around = replace(s.room._around, chat=None)
        assert await Membership(around, Groups(around)).holds(4242)


async def test_the_emulator_lets_nobody_write_where_they_are_not():
    async with BotApi() as api:
        group, anna = api.group("Desk"), api.person("Anna")
        group.removes(anna)
        with pytest.raises(AssertionError, match="not in the group"):
            anna.says("hello", to=group)
