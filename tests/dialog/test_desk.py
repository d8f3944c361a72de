"""What operators do, where a dialogue cannot tell it: edits, retries, reads, rights, and the orders for their group."""

from datetime import timedelta

import pytest

from bot.dialog.acts import Blocked, Done, Refused, Undelivered
from bot.dialog.messages import Attachment, AuthorKind, Ref
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
    Announce,
    HideMessage,
    Introduce,
    MarkFailed,
    RefreshTopic,
    RelayMessage,
    SettleOffer,
    ShowEdit,
    ShowMessage,
    ShowOffer,
    TellOperator,
)
from handoff.operators import Presence
from handoff.ticket import Active, Reason
from tests.dialog.shop import online, open_shop, sender, seq

THERE = Ref("group:general", "77")


async def talking(shop, who="v", channel="widget", number=1):
    """Anna and the customer talk about a ticket."""
    await online(shop, "anna")
    await shop.say("person", who, channel=channel)
    assert await shop.do(Accept("anna", number)) == Done()


async def test_an_operator_edits_and_takes_back_what_they_said(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop, channel="telegram")
        said = await shop.do(Say("anna", "v", "s1", "Helo", refs=(THERE,)))
        assert await shop.do(Resay("anna", THERE, "Hello")) == said
        assert ((await shop.last()).text, (await shop.last()).edited) == ("Hello", True)
        assert await shop.do(Unsay("anna", THERE)) == said
        assert ((await shop.last()).text, (await shop.last()).deleted) == ("", True)
        assert (await shop.conversation("v")).shown.edits == 2
        mine = await shop.orders("telegram:v")
        assert mine[-3:] == [ShowMessage("v", seq(said)), ShowEdit("v", seq(said)), HideMessage("v", seq(said))]


async def test_what_was_taken_back_stays_so(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        await shop.do(Say("anna", "v", "s1", "Oops", refs=(THERE,)))
        await shop.do(Unsay("anna", THERE))
        assert isinstance(await shop.do(Resay("anna", THERE, "Again")), Refused)
        assert (await shop.last()).deleted


@pytest.mark.parametrize("act", [Resay("olga", THERE, "mine now"), Unsay("olga", THERE)])
async def test_nobody_changes_a_colleagues_words(tmp_path, act):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        await shop.do(Say("anna", "v", "s1", "Hello", refs=(THERE,)))
        refusal = await shop.do(act)
        assert isinstance(refusal, Refused)
        assert refusal.code == "not_found"
        assert (await shop.last()).text == "Hello"


async def test_nobody_changes_a_customers_words_or_words_that_are_not_there(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        await shop.do(Say("anna", "v", "s1", "Hello"))
        assert isinstance(await shop.do(Unsay("anna", THERE)), Refused)


async def test_the_same_words_by_key_are_said_once(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        act = Say("anna", "v", "s1", "Hello")
        first = await shop.do(act)
        assert await shop.do(act) == Done(seq(first), repeated=True)
        assert (await shop.last()).seq == seq(first)


async def test_a_reply_keeps_to_its_conversation(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        await talking(shop, "w", number=2)
        first = await shop.do(Say("anna", "v", "s1", "Hello", refs=(THERE,)))
        await shop.do(Say("anna", "v", "s2", "I mean this", reply_to=THERE))
        assert (await shop.last()).reply_to == seq(first)
        await shop.do(Say("anna", "w", "s3", "Not this", reply_to=THERE))
        assert (await shop.last("w")).reply_to is None


async def test_words_from_the_local_desk_are_shown_in_the_topic_and_those_from_the_topic_are_not(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        at_desk = await shop.do(Say("anna", "v", "s1", "From the desk"))
        in_topic = await shop.do(Say("anna", "v", "s2", "From the topic", refs=(THERE,)))
        orders = await shop.orders("group:general")
        assert RelayMessage("v", seq(at_desk)) in orders
        assert RelayMessage("v", seq(in_topic)) not in orders


async def test_what_a_site_visitor_cannot_be_shown_is_marked_as_not_delivered(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        said = await shop.do(Say("anna", "v", "s1", "", attachments=(Attachment("poll", ""),)))
        await shop.do(Say("anna", "v", "s2", "", attachments=(Attachment("photo", "x"),)))
        marks = [each for each in await shop.orders("group:general") if isinstance(each, MarkFailed)]
        assert [each.seq for each in marks] == [seq(said)]
        assert "cannot be shown this" in (await shop.notes())[-1]


async def test_words_to_a_customer_who_blocked_us_are_marked(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("call me", channel="telegram")
        slot = next(each.id for each in (await shop.last()).buttons if each.id.startswith("slot:"))
        await shop.press(slot, channel="telegram")
        await shop.press("phone", channel="telegram")
        await shop.say("29123456", channel="telegram")
        await shop.do(Blocked(sender(channel="telegram"), blocked=True))
        await online(shop, "anna")
        await shop.move(timedelta(minutes=30))
        assert await shop.do(Accept("anna", 1)) == Done()
        said = await shop.do(Say("anna", "v", "s1", "Are you there?"))
        marks = [each for each in await shop.orders("group:general") if isinstance(each, MarkFailed)]
        assert [each.seq for each in marks] == [seq(said)]
        assert ShowMessage("v", seq(said)) not in await shop.orders("telegram:v")
        assert await shop.do(Redeliver("anna", "v", seq(said))) == Done(seq(said))
        assert (await shop.orders("telegram:v"))[-1] == ShowMessage("v", seq(said))


async def test_only_what_was_said_is_delivered_again(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        for number in (0, 99):
            assert isinstance(await shop.do(Redeliver("anna", "v", number)), Refused)


async def test_what_could_not_be_delivered_is_shown_at_the_message(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop, channel="telegram")
        said = await shop.do(Say("anna", "v", "s1", "Hello", refs=(THERE,)))
        assert await shop.do(Undelivered("v", seq(said), "Bad Request")) == said
        assert MarkFailed("v", seq(said), "Bad Request") in await shop.orders("group:general")
        assert await shop.notes() == ["Not delivered: Bad Request"]
        assert isinstance(await shop.do(Undelivered("nobody", 1, "gone")), Refused)


async def test_how_far_operators_have_read_only_grows(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost")
        for told, known in ((1, 1), (99, 2), (1, 2)):
            await shop.do(SeenByOperator("anna", "v", told))
            assert (await shop.conversation()).operator_read_seq == known


@pytest.mark.parametrize(
    "act",
    [
        Accept("eve", 1),
        Decline("eve", 1),
        Take("eve", 1),
        Close("eve", 1),
        Hold("eve", 1),
        Say("eve", "v", "k", "text"),
        Resay("eve", THERE, "text"),
        Unsay("eve", THERE),
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


async def test_a_note_is_for_colleagues(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        before = await shop.messages()
        await shop.do(Note("olga", "v", "knows the owner"))
        assert await shop.notes() == ["knows the owner"]
        assert await shop.messages() == before


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


async def test_closing_twice_closes_once(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        assert await shop.do(Close("anna", 1)) == Done()
        refusal = await shop.do(Close("anna", 1))
        assert isinstance(refusal, Refused)
        assert "not active" in refusal.text


async def test_a_colleagues_ticket_is_not_closed(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        refusal = await shop.do(Close("olga", 1))
        assert refusal == Refused("unauthorized", "Ticket #1 is with Anna.")


async def test_a_comment_goes_to_the_topic_of_the_talk_it_is_about(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        await shop.do(Close("anna", 1))
        await shop.press("rate:1:5")
        await shop.press("comment:1")
        await shop.say("Anna is great")
        assert (await shop.orders("group:general"))[-1] == Announce("v", "The customer's comment: Anna is great")
        assert (await shop.notes())[-1] == "The customer's comment: Anna is great"
