"""A visitor who goes on in Telegram: one conversation seen in two places, whatever was there before."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.bridge import Bridge
from bot.dialog.acts import Blocked, Done, Present, Started
from bot.dialog.buttons import slot_id
from bot.dialog.operator_acts import Accept, Bar, Close, Note, Say
from bot.dialog.orders import Announce, Introduce, RefreshTopic, ShowMessage
from handoff.ticket import Active, Closed, Kept, Offered, Reason
from tests.dialog.shop import Shop, online, open_shop, sender
from tests.dialog.wares import PHRASES_EN

CHAT = "telegram:maria"
MINUTE = timedelta(minutes=1)


@asynccontextmanager
async def joining_shop(folder: Path, bot: str = "shop_bot") -> AsyncIterator[Shop]:
    async with open_shop(folder) as shop:
        shop._tools = replace(shop._tools, bridge=Bridge("secret", bot))
        shop.restart()
        yield shop


def started(shop: Shop, conversation: str, by: str = "maria") -> Started:
    link = shop._tools.bridge.link(conversation, shop.now + timedelta(days=1))
    assert link is not None
    return Started(sender(by, "telegram", name="Maria"), shop.key(), link.partition("=")[2])


async def join(shop: Shop, conversation: str = "v") -> None:
    assert isinstance(await shop.do(started(shop, conversation)), Done)


async def in_telegram(shop: Shop, button: str) -> None:
    await shop.press(button, "maria", channel="telegram")


async def sent(shop: Shop) -> list[str]:
    """What the chat in Telegram was to be shown."""
    orders = [each for each in await shop.orders(CHAT) if isinstance(each, ShowMessage)]
    async with shop.read() as tx:
        return [(await tx.message(each.conversation, each.seq)).text for each in orders]


async def test_there_is_no_way_into_telegram_where_no_bot_is_known(tmp_path):
    async with joining_shop(tmp_path, bot="") as shop:
        await shop.say("person")
        await shop.press("hold")
        assert "telegram" not in {each.id for each in (await shop.last()).buttons}


@pytest.mark.parametrize("bridge", [None, Bridge("another secret", "shop_bot"), Bridge("secret", "shop_bot")])
async def test_a_link_to_nothing_that_is_here_is_answered_in_one_sentence(tmp_path, bridge):
    async with joining_shop(tmp_path) as shop:
        act = started(shop, "erased")
        shop._tools = replace(shop._tools, bridge=bridge)
        shop.restart()
        assert isinstance(await shop.do(act), Done)
        assert (await shop.last("maria")).text == PHRASES_EN["link_unknown"]


async def test_what_is_said_from_then_on_goes_to_both_places(tmp_path):
    async with joining_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        await shop.do(Accept("anna", 1))
        await join(shop)
        await shop.do(Say("anna", "v", shop.key(), "Here you are"))
        told = [PHRASES_EN["continued"], PHRASES_EN["with_colleague"], "Here you are"]
        assert await sent(shop) == told
        assert [each.text for each in await shop.messages()][-3:] == told
        assert (await shop.conversation()).username == ""
        assert (await shop.conversation()).name == "Maria"


async def test_a_link_and_the_first_words_in_one_batch_are_one_conversation(tmp_path):
    async with joining_shop(tmp_path) as shop:
        await shop.say("hello")
        act = started(shop, "v")
        await shop.all([act, shop.wrote("cost", "maria", channel="telegram")])
        assert [each.text for each in await shop.messages()][-2:] == ["cost", "It costs 3"]
        async with shop.read() as tx:
            assert await tx.conversations_by_id(["maria"]) == []


async def test_who_was_met_in_the_chat_before_is_found_in_the_conversation_that_took_its_place(tmp_path):
    async with joining_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("hello", "maria", channel="telegram")
        await shop.say("hello")
        await join(shop)
        note = Note("anna", "maria", "an old talk")  # reads the old one first, by its id
        await shop.all([note, shop.wrote("cost", "maria", channel="telegram")])
        assert (await shop.last()).text == "It costs 3"
        assert (await shop.conversation("maria")).continued == "conversation:v"


async def test_the_ticket_of_the_chat_comes_along_with_its_topic(tmp_path):
    async with joining_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person", "maria", channel="telegram", zone="Europe/Tallinn")
        await shop.do(Accept("anna", 1))
        await shop.say("message")
        await shop.say("Hello there")
        await join(shop)
        moved = await shop.ticket(1)
        assert (moved.conversation, moved.state) == ("v", Active("anna"))
        assert (await shop.ticket(2)).state == Closed(Reason.MERGED), (
            "who talks with the customer has their message too"
        )
        orders = await shop.orders("group:general")
        assert any(isinstance(each, Announce) and each.conversation == "maria" for each in orders)
        left = orders.index(RefreshTopic(1, "maria"))
        assert isinstance(orders[left + 1], Introduce)
        assert (await shop.conversation()).zone == "Europe/Tallinn"
        assert (await shop.conversation("maria")).owner == "bot"


async def test_a_callback_promised_in_the_chat_comes_along_and_the_earlier_promise_stays(tmp_path):
    async with joining_shop(tmp_path) as shop:
        for who, channel, hours in (("maria", "telegram", 1), ("v", "widget", 2)):
            await shop.say("call me", who, channel=channel)
            await shop.press(slot_id(shop.now + timedelta(hours=hours)), who, channel=channel)
        await join(shop)
        assert (await shop.ticket(2)).state == Closed(Reason.MERGED)
        [kept] = await shop.tickets()
        assert (kept.number, kept.promised) == (1, shop.now + timedelta(hours=1))
        async with shop.read() as tx:
            assert [each.ticket for each in await tx.seats("general", shop.now, shop.now + timedelta(days=1))] == [1]


async def test_a_second_place_in_the_queue_is_given_up_and_its_operators_are_told_what_was_known(tmp_path):
    async with joining_shop(tmp_path) as shop:
        for who, channel in (("v", "widget"), ("maria", "telegram")):
            await shop.say("person", who, channel=channel)
            await shop.press("wait", who, channel=channel)
            await shop.move(MINUTE)
        await join(shop)
        assert (await shop.ticket(2)).state == Closed(Reason.MERGED)
        assert [each.number for each in await shop.tickets()] == [1]
        assert any("person" in each for each in await shop.notes())
        assert (await sent(shop))[-1].startswith("You are already in the queue")


async def test_the_chat_goes_over_from_one_conversation_of_the_site_to_another(tmp_path):
    async with joining_shop(tmp_path) as shop:
        for who in "vw":
            await shop.say("message", who)
            await shop.say("Hello there", who)
            await shop.press("done", who)
        first = started(shop, "v")
        await shop.do(first)
        batches = shop.service.batches
        await shop.all([shop.wrote("hello", "w"), started(shop, "w")])  # who takes the chat over was met before
        assert shop.service.batches == batches + 1  # each alone would be in order anyhow
        assert (await shop.conversation("v")).continued == "conversation:w"
        assert (await shop.conversation("w")).continued == CHAT
        await shop.do(replace(first, key=shop.key(), sender=sender("eve", "telegram")))
        assert (await shop.last("eve")).text == PHRASES_EN["link_used"]
        await shop.say("cost", "maria", channel="telegram")
        assert (await shop.last("w")).text == "It costs 3"
        await shop.say("cost", "v")
        assert (await shop.last("v")).text == "It costs 3"
        assert "It costs 3" in (await sent(shop))[-1:]


async def test_who_blocks_the_bot_in_telegram_still_reads_on_the_site(tmp_path):
    async with joining_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        await shop.do(Accept("anna", 1))
        await join(shop)
        await shop.do(Blocked(sender("maria", "telegram"), blocked=True))
        assert (await shop.ticket(1)).state == Active("anna")
        await shop.say("still here")
        await shop.do(Say("anna", "v", shop.key(), "Good"))
        assert (await shop.last()).text == "Good"
        assert "Good" not in await sent(shop)
        await shop.say("and back", "maria", channel="telegram")
        assert (await shop.conversation()).blocked is False


async def test_who_is_heard_no_more_joins_nothing(tmp_path):
    async with joining_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("hello", "maria", channel="telegram")
        await shop.do(Bar("anna", "maria", on=True))
        await shop.say("message")
        await shop.say("Hello there")
        await join(shop)
        assert (await shop.conversation()).continued is None


async def test_whoever_is_asked_or_was_away_is_asked_in_telegram(tmp_path):
    async with joining_shop(tmp_path) as shop:
        for who in "vw":
            await shop.say("person", who)
            await shop.press("hold", who)
        await online(shop, "anna")
        assert [(await shop.ticket(each)).kept.reached for each in (1, 2)] == [False, False]
        await join(shop, "w")
        assert (await shop.ticket(2)).kept == Kept(asked=shop.now + 3 * MINUTE)
        assert (await sent(shop))[-1] == PHRASES_EN["ready"]
        await shop.move(3 * MINUTE)
        assert (await shop.ticket(1)).kept.away == shop.now + timedelta(hours=24)
        await shop.do(started(shop, "v", by="peter"))
        assert (await shop.last()).text == PHRASES_EN["ready_back"]
        assert (await shop.ticket(1)).kept == Kept(asked=shop.now + 3 * MINUTE)


async def test_a_question_that_has_reached_somebody_is_asked_again_in_telegram(tmp_path):
    async with joining_shop(tmp_path) as shop:
        await shop.say("person")
        await shop.press("hold")
        await online(shop, "anna")
        await shop.do(Present("v"))
        asked = (await shop.ticket(1)).kept
        await join(shop)
        assert (await shop.ticket(1)).kept == asked
        assert (await sent(shop))[-1] == PHRASES_EN["ready"]
        await in_telegram(shop, "ready:yes")
        assert isinstance((await shop.ticket(1)).state, Offered)


async def test_somebody_present_who_keeps_no_place_changes_nothing(tmp_path):
    async with joining_shop(tmp_path) as shop:
        await shop.say("hello")
        assert await shop.do(Present("v")) == Done()
        await shop.say("person")
        await shop.press("hold")
        before = await shop.ticket(1)
        await shop.do(Present("v"))
        assert await shop.ticket(1) == before


async def test_who_served_the_customer_in_the_chat_is_known_afterwards(tmp_path):
    async with joining_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person", "maria", channel="telegram")
        await shop.do(Accept("anna", 1))

        await shop.do(Close("anna", 1))
        await shop.say("hello")
        await join(shop)
        served = (await shop.conversation()).talk.served
        assert served is not None
        assert served.operator == "anna"
