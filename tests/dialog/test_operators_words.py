"""What operators say, where a dialogue cannot tell it: edits, retries, replies, reads, what was not delivered."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialog.acts import Blocked, Done, Refused, SharedContact, Undelivered
from bot.dialog.buttons import slot_id
from bot.dialog.messages import Attachment, Ref
from bot.dialog.operator_acts import (
    Accept,
    Close,
    Note,
    Redeliver,
    Resay,
    Say,
    SeenByOperator,
    Unsay,
)
from bot.dialog.orders import (
    Announce,
    HideMessage,
    MarkFailed,
    RefreshTopic,
    RelayMessage,
    ShowEdit,
    ShowMessage,
)
from handoff.ticket import Kind
from tests.dialog.shop import online, open_shop, sender, seq, talking

THERE = Ref("group:general", "77")
HOUR = timedelta(hours=1)


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


@pytest.mark.parametrize("act", [Resay("olga", THERE, "mine now"), Unsay("olga", THERE)])
async def test_a_colleague_of_the_same_name_is_another_one(tmp_path, act):
    async with open_shop(tmp_path) as shop:
        desk = shop.content.desk
        namesake = replace(desk.operators["olga"], name=desk.operators["anna"].name)
        shop.content = replace(shop.content, desk=replace(desk, operators={**desk.operators, "olga": namesake}))
        await talking(shop)
        await shop.do(Say("anna", "v", "s1", "Hello", refs=(THERE,)))
        assert isinstance(await shop.do(act), Refused)
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


async def test_a_note_is_for_colleagues(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        before = await shop.messages()
        await shop.do(Note("olga", "v", "knows the owner"))
        assert await shop.notes() == ["knows the owner"]
        assert await shop.messages() == before


async def test_a_comment_goes_to_the_topic_of_the_talk_it_is_about(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        await shop.do(Close("anna", 1))
        await shop.press("rate:1:5")
        await shop.press("comment:1")
        await shop.say("Anna is great")
        line = Announce("v", "The customer's comment: Anna is great")
        assert (await shop.orders("group:general"))[-2:] == [line, RefreshTopic(1)], "which closes the topic again"
        assert (await shop.notes())[-1] == "The customer's comment: Anna is great"


async def test_the_answer_to_an_operator_comes_to_their_group_though_another_team_is_called_as_well(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("person")
        await shop.press("message")
        await shop.say("My order came broken")
        await shop.press("done")
        await shop.say("person")
        await shop.press("wait")
        await shop.press("skill:workshop")
        await shop.press("callback")
        await shop.press(slot_id(shop.now + HOUR))
        await shop.press("phone")
        await shop.do(SharedContact(sender(), shop.key(), "+37129123456", own=True))
        await shop.move(HOUR)
        assert [(each.kind, each.skill) for each in await shop.tickets()] == [
            (Kind.MESSAGE, "general"),
            (Kind.CALLBACK, "workshop"),
        ]
        await online(shop, "anna")
        await shop.do(Accept("anna", 1))
        await shop.do(Say("anna", "v", "s1", "What is its number?", refs=(THERE,)))
        told = await shop.say("It is 777")
        for group in ("group:general", "group:workshop"):
            assert (await shop.orders(group)).count(RelayMessage("v", seq(told))) == 1, group


async def test_who_answers_in_a_topic_has_read_what_the_customer_said(tmp_path):
    async with open_shop(tmp_path) as shop:
        await talking(shop)
        await shop.say("Are you there?")
        assert (await shop.conversation()).operator_read_seq == 0
        said = await shop.do(Say("anna", "v", "s1", "Yes", refs=(THERE,)))
        assert (await shop.conversation()).operator_read_seq == seq(said)
