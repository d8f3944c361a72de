"""Whoever talks with a customer answers all that they wait for: two operators are never in one talk by accident."""

from dataclasses import replace
from datetime import timedelta

from bot.dialog.acts import SharedContact
from bot.dialog.buttons import slot_id
from bot.dialog.operator_acts import Accept, Take
from handoff.ticket import Active, Closed, Offered, Queued, Reason, Scheduled
from tests.dialog.shop import OPERATORS, Shop, desk, online, open_shop, sender

HOUR = timedelta(hours=1)
MERGED = Closed(Reason.MERGED)


async def message_left(shop: Shop) -> None:
    await shop.say("message")
    await shop.say("Hello there")
    await shop.press("done")


async def waits_and_wrote(shop: Shop) -> None:
    """Ticket 1 is a message, ticket 2 a chat that waits."""
    await message_left(shop)
    await shop.say("person")
    await shop.press("wait")


async def booked(shop: Shop) -> None:
    await shop.say("call me")
    await shop.press(slot_id(shop.now + HOUR))


async def by_phone(shop: Shop) -> None:
    await shop.press("phone")
    await shop.do(SharedContact(sender(), shop.key(), "+37129123456", own=True))


async def test_a_callback_that_nobody_has_made_yet_is_kept_by_the_talk_that_begins(tmp_path):
    async with open_shop(tmp_path) as shop:
        await booked(shop)
        await shop.move(HOUR)
        await shop.say("person")
        await shop.press("wait")
        await online(shop, "anna")
        await shop.do(Take("anna", 2))
        assert [(await shop.ticket(each)).state for each in (1, 2)] == [MERGED, Active("anna")]
        assert {kind for kind, subject in await shop.alarms() if subject == "1"} == set()


async def test_a_callback_of_another_hour_is_no_matter_of_the_talk(tmp_path):
    async with open_shop(tmp_path) as shop:
        await booked(shop)
        await shop.say("person")
        await shop.press("wait")
        await online(shop, "anna")
        await shop.do(Take("anna", 2))
        assert isinstance((await shop.ticket(1)).state, Scheduled)


async def test_a_call_to_a_number_is_made_all_the_same_and_closes_nothing_else(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators={"anna": replace(OPERATORS["anna"], capacity=3)})
        await booked(shop)
        await by_phone(shop)
        await shop.move(HOUR)
        await waits_and_wrote(shop)
        await online(shop, "anna")
        await shop.do(Take("anna", 3))
        assert isinstance((await shop.ticket(1)).state, Offered)
        assert (await shop.ticket(2)).state == MERGED


async def test_a_call_that_may_be_in_vain_takes_no_message_along(tmp_path):
    async with open_shop(tmp_path) as shop:
        await booked(shop)
        await by_phone(shop)
        await message_left(shop)
        await shop.move(HOUR)
        await online(shop, "anna")
        await shop.do(Take("anna", 1))
        assert isinstance((await shop.ticket(2)).state, Offered)


async def test_a_place_that_is_kept_stays_kept(tmp_path):
    async with open_shop(tmp_path) as shop:
        await waits_and_wrote(shop)
        await shop.press("hold")
        await online(shop, "anna")
        await shop.do(Accept("anna", 1))
        kept = await shop.ticket(2)
        assert isinstance(kept.state, Queued)
        assert kept.kept is not None


async def test_a_callback_without_a_number_is_kept_by_who_answers_the_message_then(tmp_path):
    async with open_shop(tmp_path) as shop:
        await booked(shop)
        await message_left(shop)
        await online(shop, "anna")
        await shop.do(Accept("anna", 2))
        await shop.move(HOUR)
        assert (await shop.ticket(1)).state == MERGED
        assert (await shop.ticket(2)).state == Active("anna")


async def test_a_number_left_with_a_message_is_no_announcement_of_a_call(tmp_path):
    async with open_shop(tmp_path) as shop:
        await message_left(shop)
        await shop.press("reach")
        await shop.say("29 123 456")
        await online(shop, "anna")
        await shop.do(Accept("anna", 1))
        assert (await shop.last()).text == "Anna has joined the conversation."
