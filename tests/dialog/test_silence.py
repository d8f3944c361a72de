"""Silence and returning, where a dialogue cannot tell it: bells, other rules of the desk, what is gone meanwhile."""

from dataclasses import replace
from datetime import timedelta

from bot.dialog.acts import Done, SharedContact, Swept
from bot.dialog.buttons import slot_id
from bot.dialog.operator_acts import Accept, Bar, Close, Declare, Hold, Say, Take
from bot.dialog.orders import Announce, RefreshTopic
from handoff.desk import Inactivity
from handoff.operators import Presence
from handoff.ticket import Closed, Offered, Reason
from tests.dialog.shop import DESK, SKILLS, desk, online, open_shop, sender

MINUTE = timedelta(minutes=1)
WITHOUT_WORKSHOP = {each: SKILLS[each] for each in ("general", "delivery")}


async def asked(shop, who="v", number=1):
    """Anna has said something to the customer."""
    await online(shop, "anna")
    await shop.say("person", who)
    assert await shop.do(Take("anna", number)) == Done()
    await shop.do(Say("anna", who, shop.key(), "Which order?"))


def bells(alarms):
    return {kind for kind, _ in alarms if kind in ("silence", "gone")}


async def test_a_desk_that_does_not_warn_closes_without_a_question(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(inactivity=Inactivity(warn=timedelta(0)))
        await asked(shop)
        said = (await shop.conversation()).last_seq
        await shop.move(29 * MINUTE)
        assert (await shop.conversation()).last_seq == said
        await shop.move(MINUTE)
        assert (await shop.ticket(1)).state == Closed(Reason.NO_ANSWER)


async def test_whoever_had_the_silent_customer_learns_it_in_the_topic_before_it_closes(tmp_path):
    async with open_shop(tmp_path) as shop:
        await asked(shop)
        before = len(await shop.orders("group:general"))
        await shop.move(31 * MINUTE)
        line = "The customer has fallen silent: #1 is closed. If they write again, it goes on."
        assert (await shop.orders("group:general"))[before:] == [Announce("v", line), RefreshTopic(1)]
        entry = (await shop.log(1))[-1]
        assert (entry.event, entry.actor, entry.reason) == ("WasClosed", "clock", "no_answer")


async def test_no_bell_outlives_the_talk_it_was_set_for(tmp_path):
    async with open_shop(tmp_path) as shop:
        await asked(shop)
        assert bells(await shop.alarms()) == {"silence"}
        await shop.do(Close("anna", 1))
        assert bells(await shop.alarms()) == set()
        await asked(shop, number=2)
        await shop.move(26 * MINUTE)
        assert bells(await shop.alarms()) == {"gone"}
        await shop.do(Declare("anna", Presence.OFFLINE))
        await shop.move(MINUTE)
        assert bells(await shop.alarms()) == set()


async def test_no_bell_is_left_of_a_customer_who_was_blocked(tmp_path):
    async with open_shop(tmp_path) as shop:
        await asked(shop)
        await shop.do(Bar("anna", "v"))
        assert bells(await shop.alarms()) == set()


async def test_a_customer_who_answers_late_is_heard_though_nobody_has_them_any_more(tmp_path):
    async with open_shop(tmp_path) as shop:
        await asked(shop)
        await shop.move(25 * MINUTE)
        await shop.do(Declare("anna", Presence.OFFLINE))
        await shop.move(MINUTE)
        await shop.press("leave:1")
        await shop.press("here")
        assert [each.id for each in (await shop.last()).buttons][:3] == ["hold", "callback", "message"]


async def test_a_message_answered_at_leisure_is_never_taken_for_silence(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.say("message")
        await shop.say("Do you repair forks?")
        await online(shop, "anna")
        assert await shop.do(Accept("anna", 1)) == Done()
        await shop.do(Say("anna", "v", "s1", "Yes"))
        assert await shop.do(Hold("anna", 1)) == Done()
        assert bells(await shop.alarms()) == set()


async def test_who_left_while_their_skill_was_taken_away_leaves_nobody_behind(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "olga")
        await shop.say("person")
        await shop.press("skill:workshop")
        assert await shop.do(Accept("olga", 1)) == Done()
        shop.content = desk(
            skills=WITHOUT_WORKSHOP,
            operators={"anna": DESK.operators["anna"]},
        )
        await online(shop, "anna")
        await shop.do(Swept())
        ticket = await shop.ticket(1)
        assert (ticket.skill, isinstance(ticket.state, Offered)) == ("general", True)


async def test_with_two_requests_at_one_operator_the_customer_is_told_once_that_they_left(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("call me")
        await shop.press(slot_id(shop.now + 60 * MINUTE))
        await shop.press("phone")
        await shop.do(SharedContact(sender(), shop.key(), "+37129123456", own=True))
        await shop.move(60 * MINUTE)
        await shop.say("person")
        for number in (1, 2):
            assert await shop.do(Take("anna", number)) == Done()
        await online(shop, "olga")
        before = (await shop.conversation()).last_seq
        await shop.do(Declare("anna", Presence.OFFLINE))
        await shop.move(MINUTE)
        told = [each.text for each in (await shop.messages())[before:]]
        assert [text for text in told if "had to leave" in text] == [shop.content.phrases.say("en", "operator_left")]
        assert len(told) == 1


async def test_who_returns_goes_to_the_skill_of_before_unless_it_is_gone(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna", "olga")
        await shop.say("person")
        await shop.press("skill:workshop")
        await shop.do(Take("olga", 1))
        await shop.do(Close("olga", 1, Reason.NO_ANSWER))
        await shop.say("here I am")
        again = await shop.ticket(2)
        assert (again.skill, again.brief.question, again.brief.guessed) == ("workshop", "here I am", False)
        await shop.do(Take("olga", 2))
        await shop.do(Close("olga", 2, Reason.NO_ANSWER))
        shop.content = replace(shop.content, desk=replace(DESK, skills=WITHOUT_WORKSHOP))
        await shop.say("here I am")
        assert (await shop.ticket(3)).skill == "general"


async def test_nobody_is_preferred_for_what_they_cannot_do(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "olga", "anna")
        await shop.say("person")
        await shop.do(Take("olga", 1))
        await shop.do(Close("olga", 1))
        await shop.say("cost")
        await shop.say("person")
        again = await shop.ticket(2)
        assert (again.skill, again.preferred, again.operator) == ("delivery", None, "anna")
