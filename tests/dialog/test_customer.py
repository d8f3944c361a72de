"""What customers do, where a dialogue cannot tell it: keys, reads, edits, blocks, zones, odd presses."""

import pytest

from bot.dialog.acts import Blocked, Done, Pressed, Read, Refused, Rewrote, SharedContact, Wrote
from bot.dialog.conversation import Owner
from bot.dialog.messages import Attachment, AuthorKind, Entity, Ref
from bot.dialog.operator_acts import Accept, Close
from bot.dialog.orders import RelayEdit
from handoff.desk import Escalation
from tests.dialog.shop import buttons, desk, online, open_shop, sender, seq


async def test_a_repeated_press_has_one_effect(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost")
        act = Pressed(sender(), "p", "helped:cost")
        assert await shop.do(act) == Done(3)
        assert await shop.do(act) == Done(3, repeated=True)
        assert len(await shop.messages()) == 4


async def test_a_repeated_contact_has_one_effect(tmp_path):
    async with open_shop(tmp_path) as shop:
        act = SharedContact(sender(), "p", "37129123456", own=True)
        assert await shop.do(act) == Done(1)
        assert await shop.do(act) == Done(1, repeated=True)


async def test_a_contact_for_an_operator_is_only_relayed(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        await shop.do(Accept("anna", 1))
        before = len(await shop.messages())
        await shop.do(SharedContact(sender(), "p", "37129123456", own=True))
        assert [each.text for each in (await shop.messages())[before:]] == ["37129123456"]


@pytest.mark.parametrize(
    "act", [Read(sender(), 3), Blocked(sender(), blocked=True), Pressed(sender(), "k", "helped:cost")]
)
async def test_no_conversation_begins_without_a_word(tmp_path, act):
    async with open_shop(tmp_path) as shop:
        await shop.do(act)
        async with shop.read() as tx:
            assert await tx.conversations_by_id(["v"]) == []


async def test_how_far_the_customer_has_read_only_grows(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost")
        for told, known in ((1, 1), (99, 2), (1, 2)):
            await shop.do(Read(sender(), told))
            assert (await shop.conversation()).read_seq == known


async def test_an_edit_reaches_the_operators_once(tmp_path):
    async with open_shop(tmp_path) as shop:
        there = Ref("telegram:v", "1")
        await shop.do(Wrote(sender(), "1", "person", shop.now, refs=(there,)))
        await shop.press("wait")
        edit = Rewrote(sender(), there, "a person, please", (Entity("bold", 0, 1),))
        assert await shop.do(edit) == Done(1)
        assert await shop.do(edit) == Done(1)
        assert (await shop.messages())[0].text == "a person, please"
        assert [each for each in await shop.orders("group:general") if isinstance(each, RelayEdit)] == [
            RelayEdit("v", 1)
        ]


async def test_an_edit_of_what_is_not_there_is_refused(tmp_path):
    async with open_shop(tmp_path) as shop:
        there = Ref("telegram:v", "1")
        assert isinstance(await shop.do(Rewrote(sender(), there, "x")), Refused)
        await shop.do(Wrote(sender(), "1", "cost", shop.now, refs=(there,)))
        assert isinstance(await shop.do(Rewrote(sender("w"), there, "x")), Refused)
        await shop.say("cost", "w")
        assert isinstance(await shop.do(Rewrote(sender("w"), there, "x")), Refused)
        assert isinstance(await shop.do(Rewrote(sender("w"), Ref("telegram:w", "9"), "x")), Refused)
        assert (await shop.messages())[0].text == "cost"


async def test_what_the_channel_knows_is_remembered_and_nonsense_is_not(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost", name="Ivo", zone="Asia/Tokyo", page="https://example.com/a")
        await shop.say("time", name="", zone="Mars/Base", page="https://example.com/b")
        known = await shop.conversation()
        assert (known.name, known.zone, known.page) == ("Ivo", "Asia/Tokyo", "https://example.com/b")


async def test_the_channels_language_is_the_first_guess(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost", language="ru-RU")
        await shop.say("cost", "w", language="de")
        assert (await shop.conversation()).locale == "ru"
        assert (await shop.conversation("w")).locale == "en"


async def test_a_sticker_in_the_middle_of_things_is_no_reason_to_call_a_person(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost")
        await shop.do(Wrote(sender(), "s", "", shop.now, attachments=(Attachment("sticker", "x"),)))
        assert (await shop.last()).text.startswith("Sorry, I did not understand")


async def test_a_desk_that_does_not_escalate_on_feedback_counts_a_miss(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(escalation=Escalation(feedback=False))
        await shop.say("cost")
        await shop.press("unhelped:cost")
        assert "did not understand" in (await shop.last()).text
        await shop.press("unhelped:cost")
        assert "What would you like?" in (await shop.last()).text


async def test_a_phone_callback_outlives_a_block_and_a_chat_does_not(tmp_path):
    async with open_shop(tmp_path) as shop:
        for who in ("v", "w"):
            await shop.say("call me", who, channel="telegram")
            await shop.press((await buttons(shop, who))[0], who, channel="telegram")
        await shop.press("phone", channel="telegram")
        await shop.say("29123456", channel="telegram")
        for who in ("v", "w"):
            await shop.do(Blocked(sender(who, "telegram"), blocked=True))
        assert [(await shop.ticket(each)).open for each in (1, 2)] == [True, False]
        assert {subject for _, subject in await shop.alarms()} == {"1"}
        await shop.do(Blocked(sender("w", "telegram"), blocked=False))
        assert not (await shop.conversation("w")).blocked


async def test_a_customer_without_tickets_blocks_in_silence(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost", channel="telegram")
        await shop.do(Blocked(sender(channel="telegram"), blocked=True))
        assert await shop.notes() == []
        assert (await shop.conversation()).blocked


async def test_the_question_on_a_card_is_no_small_talk(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        for text in ("time", "hello", "person"):
            await shop.say(text)
        (ticket,) = await shop.tickets()
        assert (ticket.brief.question, ticket.brief.intent, ticket.skill) == ("time", "time", "delivery")


async def test_a_talk_with_a_person_settles_what_was_before(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("status")
        await shop.say("123")
        await shop.say("person")
        await shop.do(Accept("anna", 1))
        await shop.do(Close("anna", 1))
        await shop.say("status")
        assert (await shop.last()).text == "Which order?"


async def test_what_the_operator_left_open_is_not_forgotten(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("call me")
        await shop.press((await buttons(shop))[0])
        await online(shop, "anna")
        await shop.say("cost")
        await shop.say("person")
        await shop.do(Accept("anna", 2))
        await shop.do(Close("anna", 2))
        conversation = await shop.conversation()
        assert (conversation.shown.mode.value, conversation.talk.intent) == ("scheduled", "cost")
        assert conversation.owner is Owner.BOT


async def test_a_press_reads_as_what_the_button_says(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost")
        said = await shop.press("time:x")
        assert isinstance(said, Refused)
        at = seq(await shop.press("intent:time"))
        pressed = (await shop.messages())[at - 1]
        assert (pressed.text, pressed.author.kind) == ("Time", AuthorKind.CUSTOMER)


async def test_who_presses_what_does_not_apply_any_more_is_told_so(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("person")
        await shop.press("wait")
        await shop.press("leave:1")
        await shop.press("leave:1")
        assert "nothing to cancel" in (await shop.last()).text


async def test_who_calls_a_person_again_while_waiting_is_told_the_state(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("cost")
        await shop.say("person")
        await shop.press("wait")
        await shop.press("handoff")
        assert "already in the queue" in (await shop.last()).text
        assert len(await shop.tickets()) == 1


async def test_without_a_group_there_are_no_orders_for_it(tmp_path):
    async with open_shop(tmp_path, venue=None) as shop:
        await online(shop, "anna")
        await shop.say("person")
        assert await shop.storage.outbox.destinations(shop.now) == []
