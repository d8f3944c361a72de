"""How a visitor who has left a message can be reached, in the corners."""

from dataclasses import replace
from datetime import timedelta

from bot.dialog.conversation import Awaiting
from bot.dialog.operator_acts import Close, Promise, Take
from bot.dialog.records import Changes
from tests.dialog.shop import OFFICE, SKILLS, Shop, desk, online, open_shop
from tests.dialog.wares import PHRASES_EN


async def asked_for_nothing_any_more(shop: Shop) -> None:
    """The question where to answer is all that is left of a message, as a process of another version may leave it."""
    await shop.say("hello")
    known = await shop.conversation()
    async with shop.storage.work.begin() as tx:
        waits = replace(known, talk=replace(known.talk, awaiting=Awaiting.CONTACT, subject=1))
        await tx.save(Changes(conversations={known.id: (waits, False)}))


async def test_a_number_that_comes_too_late_for_a_message_is_kept_all_the_same(tmp_path):
    async with open_shop(tmp_path) as shop:
        await asked_for_nothing_any_more(shop)
        await shop.say("+371 29 123 456")
        assert (await shop.conversation()).phone == "+37129123456"
        assert (await shop.last()).text == PHRASES_EN["contact_kept"].format(contact="+371 29 123 456")


async def test_who_would_rather_not_say_where_after_all_is_cancelled(tmp_path):
    async with open_shop(tmp_path) as shop:
        await asked_for_nothing_any_more(shop)
        await shop.say("stop")
        assert (await shop.last()).text == PHRASES_EN["cancelled"]


async def test_where_to_answer_is_not_asked_of_a_message_that_is_being_answered(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("message")
        await shop.say("Where is my bike?")
        await online(shop, "anna")
        await shop.do(Take("anna", 1))
        await shop.do(Close("anna", 1))
        await shop.press("reach")
        assert (await shop.last()).text == PHRASES_EN["nothing_to_change"]


async def test_who_is_in_telegram_is_answered_there_and_asked_nothing(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("message", channel="telegram")
        await shop.say("Where is my bike?", channel="telegram")
        assert [each.id for each in (await shop.last()).buttons] == ["done"]


async def test_a_time_can_be_written_until_something_else_is_pressed(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(skills={"general": replace(SKILLS["general"], hours=OFFICE)})
        shop.now += timedelta(hours=8)
        await shop.say("person")
        await shop.press("callback")
        assert (await shop.conversation()).talk.awaiting is Awaiting.TIME
        await shop.press("wait")
        await shop.say("tomorrow at 10")
        assert [each.kind for each in await shop.tickets()] == ["chat"]


async def test_what_is_written_beside_an_operator_is_for_the_operator(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        await shop.do(Take("anna", 1))
        await shop.do(Promise("anna", 1))
        assert (await shop.conversation()).talk.awaiting is Awaiting.NOTHING
        await shop.say("tomorrow at 10")
        assert [each.kind for each in await shop.tickets()] == ["chat"]


async def test_who_cancels_in_words_while_choosing_another_time_gives_up_the_callback(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("call me")
        await shop.say("15:00")
        assert (await shop.tickets())[0].kind == "callback"
        await shop.press("move")
        await shop.say("stop")
        assert (await shop.last()).text == PHRASES_EN["callback_cancelled"]
        assert await shop.tickets() == []


async def test_in_the_queue_words_that_are_no_time_are_for_whoever_comes(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("person")
        await shop.press("wait")
        await shop.press("callback")
        count = len(await shop.messages())
        await shop.say("cost")
        assert len(await shop.messages()) == count + 1
        assert [each.kind for each in await shop.tickets()] == ["chat"]


async def test_times_that_were_shown_long_ago_are_not_chosen_from(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("call me")
        shop.now += timedelta(days=2)
        await shop.say("tomorrow at 10")
        assert await shop.tickets() == []
