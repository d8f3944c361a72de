"""What operators do, where a dialogue cannot tell it: rights, capacity, presence, and the orders for their group."""

from datetime import timedelta

import pytest

from bot.dialog.acts import Done, Refused
from bot.dialog.messages import AuthorKind, Ref
from bot.dialog.operator_acts import (
    Accept,
    Close,
    Declare,
    Decline,
    Hold,
    Met,
    Note,
    Redeliver,
    Resay,
    Say,
    SeenByOperator,
    Take,
    Unsay,
)
from bot.dialog.orders import (
    Introduce,
    RefreshTopic,
    RelayMessage,
    SettleOffer,
    ShowOffer,
    TellOperator,
)
from handoff.operators import Presence
from handoff.ticket import Active, Reason
from tests.dialog.shop import online, open_shop, talking


@pytest.mark.parametrize(
    "act",
    [
        Accept("eve", 1),
        Decline("eve", 1),
        Take("eve", 1),
        Close("eve", 1),
        Hold("eve", 1),
        Say("eve", "v", "k", "text"),
        Resay("eve", Ref("group:general", "77"), "text"),
        Unsay("eve", Ref("group:general", "77")),
        Note("eve", "v", "text"),
        Declare("eve", Presence.ONLINE),
        Redeliver("eve", "v", 1),
        SeenByOperator("eve", "v", 1),
        Met("eve", "telegram:1"),
    ],
    ids=lambda act: type(act).__name__,
)
async def test_a_stranger_is_refused_everything(tmp_path, act):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        before = await shop.messages()
        refusal = await shop.do(act)
        assert isinstance(refusal, Refused)
        assert refusal.code == "unauthorized"
        assert "invitation" in refusal.text
        assert await shop.messages() == before
        assert isinstance((await shop.ticket(1)).state, Active)


@pytest.mark.parametrize("act", [Accept("anna", 9), Take("anna", 9), Close("anna", 9), Decline("anna", 9)])
async def test_a_ticket_that_does_not_exist_is_said_so(tmp_path, act):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        assert await shop.do(act) == Refused("not_found", "There is no ticket #9.")


async def test_a_conversation_that_does_not_exist_is_said_so(tmp_path):
    async with open_shop(tmp_path) as shop:
        assert await shop.do(Note("anna", "x", "text")) == Refused("not_found", "There is no conversation x.")


async def test_capacity_is_a_bound_for_helping_oneself_too(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.do(Declare("olga", Presence.PAUSED))
        for who in ("v", "w"):
            await shop.say("person", who)
            await shop.press("wait", who)
        assert await shop.do(Take("olga", 1)) == Done()
        refusal = await shop.do(Take("olga", 2))
        assert isinstance(refusal, Refused)
        assert "Close one first" in refusal.text
        await shop.do(Close("olga", 1))
        assert await shop.do(Take("olga", 2)) == Done()


async def test_an_offer_to_oneself_may_be_taken_when_it_fills_ones_capacity(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "olga")
        await shop.say("person")
        assert await shop.do(Take("olga", 1)) == Done()


async def test_an_operator_met_in_private_is_remembered(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.do(Met("anna", "telegram:1001"))
        async with shop.read() as tx:
            assert [(each.operator, each.private_chat) for each in await tx.duties()] == [("anna", "telegram:1001")]


async def test_the_group_is_told_the_story_of_a_ticket(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        await shop.say("hello?")
        await shop.do(Close("anna", 1))
        orders = await shop.orders("group:general")
        kinds = [type(each) for each in orders]
        assert kinds == [Introduce, ShowOffer, SettleOffer, RefreshTopic, RelayMessage, RefreshTopic]
        assert orders[0] == Introduce(1, 2)
        assert orders[2] == SettleOffer(1, "anna", "accepted")


async def test_a_widget_needs_no_orders(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        await shop.do(Say("anna", "v", "s1", "Hello"))
        assert await shop.orders("widget:v") == []


async def test_who_misses_too_many_offers_is_paused_told_and_shown_nothing_more(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        for who in ("v", "w"):
            await shop.say("person", who)
        await shop.move(timedelta(seconds=60))
        async with shop.read() as tx:
            (duty,) = await tx.duties()
        assert (duty.presence, duty.missed) == (Presence.PAUSED, 0)
        assert [each.state_name for who in ("v", "w") for each in await shop.tickets(who)] == ["queued"] * 2
        told = [each for each in await shop.orders("group:general") if isinstance(each, TellOperator)]
        assert [each.operator for each in told] == ["anna"]


async def test_one_missed_offer_is_forgiven_by_accepting(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        await shop.move(timedelta(seconds=60))
        await shop.do(Accept("anna", 1))
        await shop.do(Close("anna", 1))
        await shop.say("person")
        await shop.move(timedelta(seconds=60))
        async with shop.read() as tx:
            (duty,) = await tx.duties()
        assert (duty.presence, duty.missed) == (Presence.ONLINE, 1)


async def test_a_pause_ends_by_itself_and_can_be_made_longer(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.do(Declare("anna", Presence.PAUSED, shop.now + timedelta(minutes=5)))
        await shop.say("person")
        await shop.press("wait")
        await shop.do(Declare("anna", Presence.PAUSED, shop.now + timedelta(minutes=15)))
        await shop.ring("pause", "anna")
        assert (await shop.tickets())[0].state_name == "queued"
        await shop.move(timedelta(minutes=10))
        assert (await shop.tickets())[0].state_name == "queued"
        await shop.move(timedelta(minutes=5))
        assert (await shop.tickets())[0].operator == "anna"
        await shop.ring("pause", "anna")
        assert (await shop.tickets())[0].operator == "anna"


async def test_saying_offline_again_does_not_put_off_the_end_of_the_grace(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        await shop.do(Declare("anna", Presence.OFFLINE))
        await shop.move(timedelta(seconds=40))
        await shop.do(Declare("anna", Presence.OFFLINE))
        await shop.move(timedelta(seconds=20))
        assert (await shop.tickets())[0].state_name == "queued"


async def test_a_chat_is_closed_for_the_reason_that_was_given(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        await shop.do(Close("anna", 1, Reason.NO_ANSWER))
        assert (await shop.log(1))[-1].reason == "no_answer"
        assert (await shop.last()).author.kind is AuthorKind.SYSTEM


async def test_words_that_come_again_under_the_same_key_are_said_once(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        again = Say("anna", "v", "the key", "It leaves today")
        assert [(await shop.do(again)).repeated for _ in range(2)] == [False, True]
        assert [each.text for each in await shop.messages()].count("It leaves today") == 1


async def test_closing_twice_closes_once(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        assert await shop.do(Close("anna", 1)) == Done()
        refusal = await shop.do(Close("anna", 1))
        assert isinstance(refusal, Refused)
        assert "not possible with ticket #1 any more (closed)" in refusal.text


async def test_a_colleagues_ticket_is_not_closed(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        refusal = await shop.do(Close("olga", 1))
        assert refusal == Refused("unauthorized", "Ticket #1 is with Anna.")


async def test_who_comes_too_late_is_told_who_has_it_and_who_presses_twice_that_it_is_theirs(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        assert await shop.do(Accept("olga", 1)) == Refused("unauthorized", "Ticket #1 is offered to Anna now.")
        await shop.do(Accept("anna", 1))
        assert await shop.do(Accept("anna", 1)) == Refused("unsupported", "Ticket #1 is yours already.")
        assert await shop.do(Accept("olga", 1)) == Refused("unauthorized", "Ticket #1 is with Anna.")


async def test_a_topic_shows_when_its_ticket_is_offered_and_when_it_waits_again(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("person")
        await shop.press("wait")
        await online(shop, "anna")
        assert [type(each) for each in await shop.orders("group:general")] == [Introduce, ShowOffer, RefreshTopic]
        await shop.do(Declare("anna", Presence.OFFLINE))
        after = [type(each) for each in await shop.orders("group:general")][3:]
        assert after == [SettleOffer, RefreshTopic]
