"""Passing on, barring and merging, where a dialogue cannot tell it: who is told in which group, the log, the rights."""

from dataclasses import replace
from datetime import timedelta

from bot.dialog.acts import Done, Refused
from bot.dialog.operator_acts import Accept, Assign, Bar, Close, Merge, Note, Take, Transfer
from bot.dialog.orders import Announce, Introduce, RefreshTopic, SettleOffer, ShowOffer, TellOperator
from handoff.desk import Operator
from handoff.ticket import Active, Closed, Preferred, Queued, Reason
from tests.dialog.shop import OPERATORS, TUESDAY_NOON, desk, online, open_shop
from tests.dialog.wares import named

TEAM = {
    **OPERATORS,
    "olga": replace(OPERATORS["olga"], role="supervisor", locales=("ru",), capacity=2),
    "ivan": Operator("ivan", named("Ivan"), skills={"delivery": 0.4, "general": 0.2}, locales=("en",)),
    "nina": Operator("nina", named("Nina"), skills={}),
}


async def talking(shop, who="v", number=1, operator="anna"):
    """The operator and the customer talk about a ticket."""
    await online(shop, operator)
    await shop.say("person", who)
    assert await shop.do(Take(operator, number)) == Done()


async def refused(shop, act, *, code="unsupported"):
    outcome = await shop.do(act)
    assert isinstance(outcome, Refused), outcome
    assert outcome.code == code
    return outcome.text


async def test_another_group_gets_the_card_before_the_note_and_the_old_one_learns_where_it_went(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await talking(shop)
        before, there = len(await shop.orders("group:general")), len(await shop.orders("group:workshop"))
        await shop.do(Transfer("anna", 1, "workshop", note="The chain squeaks"))
        line = "Anna passes #1 on: Workshop.\nThe chain squeaks"
        assert (await shop.orders("group:general"))[before:] == [Announce("v", line), RefreshTopic(1)]
        new = (await shop.orders("group:workshop"))[there:]
        last = (await shop.conversation()).last_seq
        assert new == [Introduce(1, last), Announce("v", line)]
        await shop.say("hello?")
        assert len(await shop.orders("group:general")) == before + 2, "the old topic hears no more"


async def test_within_a_group_the_line_stands_in_the_same_topic(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await talking(shop)
        await online(shop, "ivan")
        before = len(await shop.orders("group:general"))
        await shop.do(Transfer("anna", 1, "general"))
        assert (await shop.orders("group:general"))[before:-1] == [
            RefreshTopic(1),
            Announce("v", "Anna passes #1 on: General."),
        ]


async def test_the_note_is_kept_under_the_name_of_who_wrote_it(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await talking(shop)
        await shop.do(Transfer("anna", 1, "workshop", note="The chain squeaks"))
        async with shop.read() as tx:
            notes = [(operator, text) for _, operator, text in await tx.notes("v")]
        assert notes == [("", "Anna passes #1 on: Workshop."), ("anna", "The chain squeaks")]


async def test_a_ticket_passed_on_keeps_its_time_and_prefers_the_colleague_for_a_while(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await talking(shop)
        await online(shop, "ivan")
        shop.now += timedelta(minutes=9)
        await shop.do(Transfer("anna", 1, to="ivan"))
        passed = await shop.ticket(1)
        assert (passed.asked, passed.passed, passed.skill) == (TUESDAY_NOON, ("anna",), "general")
        assert passed.preferred == Preferred("ivan", shop.now + shop.content.desk.routing.preferred_wait)
        last = (await shop.log(1))[-2]
        assert (last.event, last.actor, last.operator, last.detail) == (
            "WasTransferred",
            "anna",
            "anna",
            {"skill": "general", "to": "ivan"},
        )


async def test_a_colleague_without_room_learns_that_something_waits_for_them(tmp_path):
    async with open_shop(tmp_path) as shop:
        team = {**TEAM, "ivan": replace(TEAM["ivan"], capacity=1)}
        shop.content = desk(operators=team)
        await talking(shop)
        await talking(shop, "w", 2, "ivan")
        await online(shop, "anna")
        await shop.do(Transfer("anna", 1, to="ivan"))
        assert (await shop.ticket(1)).state == Queued()
        line = "#1 waits for you: Anna is passing it on. Close one of yours to get it."
        assert TellOperator("ivan", line) in await shop.orders("group:general")
        await shop.do(Close("ivan", 2))
        assert (await shop.ticket(1)).operator == "ivan"
        await shop.do(Accept("ivan", 1))
        await shop.do(Transfer("ivan", 1, to="anna"))
        told = [each for each in await shop.orders("group:general") if isinstance(each, TellOperator)]
        assert len(told) == 1, "who has room is offered it"


async def test_a_skill_that_nobody_else_has_is_no_place_to_send_a_customer(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators={**OPERATORS, "nina": TEAM["nina"]})
        await talking(shop, operator="olga")
        await online(shop, "nina")
        said = await refused(shop, Transfer("olga", 1, "workshop"))
        assert said == "Workshop: nobody else has this skill."
        await shop.do(Close("olga", 1))
        await shop.say("person")
        await shop.do(Take("olga", 2))
        said = await refused(shop, Transfer("olga", 2, "general"))
        assert said == "General: nobody else is here now.", "Anna is away, and it would come back at once"
        assert await shop.do(Transfer("olga", 2, "delivery")) == Done(), "Olga cannot help there, Anna will"


async def test_a_colleague_who_has_no_skill_cannot_be_asked(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await talking(shop)
        await online(shop, "nina")
        assert "no skill" in await refused(shop, Transfer("anna", 1, to="nina"))


async def test_a_colleague_gets_it_for_the_skill_that_is_named_if_they_have_it(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await talking(shop)
        await online(shop, "ivan")
        await shop.do(Transfer("anna", 1, "delivery", "ivan"))
        assert (await shop.ticket(1)).skill == "delivery"
        await shop.do(Accept("ivan", 1))
        await online(shop, "olga")
        await shop.do(Transfer("ivan", 1, "delivery", "olga"))
        assert (await shop.ticket(1)).skill == "workshop", "what Olga knows best"


async def test_what_is_closed_is_neither_passed_on_nor_given_nor_merged(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await talking(shop)
        await talking(shop, "w", 2)
        await online(shop, "olga")
        await shop.do(Close("anna", 1))
        assert "closed" in await refused(shop, Transfer("anna", 1, "workshop"), code="unauthorized")
        assert "closed" in await refused(shop, Assign("olga", 1, "anna"))
        assert "closed" in await refused(shop, Merge("anna", 2, 1))
        assert "closed" in await refused(shop, Merge("anna", 1, 2))


async def test_both_who_had_it_and_who_gets_it_are_told_what_the_supervisor_decided(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await talking(shop)
        await online(shop, "olga", "ivan")
        assert await shop.do(Assign("olga", 1, "ivan")) == Done()
        assert (await shop.ticket(1)).state == Active("ivan")
        told = [each for each in await shop.orders("group:general") if isinstance(each, TellOperator)]
        line = "#1 is with Ivan now, by decision of Olga."
        assert told == [TellOperator("anna", line), TellOperator("ivan", line)]
        entry = (await shop.log(1))[-1]
        assert (entry.event, entry.actor, entry.operator) == ("WasAssigned", "olga", "ivan")
        await shop.do(Assign("olga", 1, "olga"))
        told = [each for each in await shop.orders("group:general") if isinstance(each, TellOperator)][2:]
        assert [each.operator for each in told] == ["ivan"], "who decides needs no telling"


async def test_an_offer_that_a_supervisor_overrules_is_withdrawn_and_who_had_it_is_not_said_to_have_accepted(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await online(shop, "anna")
        await shop.say("person")
        await online(shop, "ivan", "olga")
        await shop.do(Assign("olga", 1, "ivan"))
        assert SettleOffer(1, "anna", "withdrawn") in await shop.orders("group:general")
        told = [each for each in await shop.orders("group:general") if isinstance(each, TellOperator)]
        assert [each.operator for each in told] == ["ivan"]


async def test_who_is_offered_it_may_be_given_it_though_it_fills_the_last_place(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators={**TEAM, "anna": replace(TEAM["anna"], capacity=1)})
        await online(shop, "anna", "olga")
        await shop.say("person")
        assert ShowOffer in {type(each) for each in await shop.orders("group:general")}
        assert await shop.do(Assign("olga", 1, "anna")) == Done()
        assert SettleOffer(1, "anna", "accepted") in await shop.orders("group:general")


async def test_who_left_the_team_loses_what_a_supervisor_gives_to_another(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await talking(shop)
        await online(shop, "olga", "ivan")
        shop.content = desk(operators={who: each for who, each in TEAM.items() if who != "anna"})
        assert await shop.do(Assign("olga", 1, "ivan")) == Done()
        assert (await shop.ticket(1)).state == Active("ivan")


async def test_blocking_frees_who_talked_and_is_logged_with_who_did_it(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await talking(shop)
        await shop.say("call me")
        await online(shop, "ivan")
        before = (await shop.conversation()).last_seq
        assert await shop.do(Bar("ivan", "v")) == Done()
        assert (await shop.ticket(1)).state == Closed(Reason.CUSTOMER_BLOCKED)
        assert [(each.event, each.actor) for each in await shop.log(1)][-1] == ("WasClosed", "ivan")
        assert Announce("v", "Ivan has blocked the customer. They are heard no more.") in await shop.orders(
            "group:general"
        )
        assert [each.text for each in (await shop.messages())[before:]] == [shop.content.phrases.say("en", "barred")]
        kept = len(await shop.orders("group:general"))
        await shop.say("you there!")
        assert (await shop.last()).text == "you there!", "kept"
        assert len(await shop.orders("group:general")) == kept, "and not relayed"


async def test_who_loses_a_talk_by_a_block_has_been_idle_since_then(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await talking(shop)
        await online(shop, "ivan")
        shop.now += timedelta(minutes=9)
        await shop.do(Bar("ivan", "v"))
        async with shop.read() as tx:
            idle = {each.operator: each.idle_since for each in await tx.duties()}
        assert (idle["anna"], idle["ivan"]) == (shop.now, TUESDAY_NOON)


async def test_what_was_asked_before_a_block_is_not_waited_for_after_it(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await online(shop, "anna")
        await shop.say("message")
        await shop.do(Bar("anna", "v"))
        await shop.do(Bar("anna", "v", on=False))
        await shop.say("cost")
        assert (await shop.last()).text == "It costs 3"


async def test_what_is_known_of_a_merged_ticket_reaches_the_other_topic(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await shop.say("repair", "w")
        await shop.press("choice:kind:0", "w")
        await shop.say("It squeaks", "w")
        await shop.press("form:skip", "w")
        await shop.press("wait", "w")
        await shop.do(Note("anna", "w", "Regular customer"))
        await online(shop, "olga", "anna")
        assert await shop.do(Transfer("olga", 1, "general")) == Done()
        await talking(shop, number=2)
        assert await shop.do(Merge("anna", 1, 2)) == Done()
        assert (await shop.ticket(1)).state == Closed(Reason.MERGED)
        said = [each.text for each in await shop.orders("group:general") if isinstance(each, Announce)][-1]
        assert said.split("\n")[0] == "Anna has merged #1 of the same person into #2. What is known from there:"
        assert {"repair", "kind: City", "trouble: It squeaks", "Anna: Regular customer", "— It squeaks"} <= {
            *said.split("\n")
        }
        assert "passes" not in said, "what we noted ourselves is no news"
        assert said in await shop.notes()
        away = "Anna has merged #1 into #2: the talk goes on there."
        assert Announce("w", away) in await shop.orders("group:general")
        assert away in await shop.notes("w")


async def test_a_callback_that_is_merged_is_given_up_and_its_number_handed_on(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await shop.say("call me", "w")
        await shop.press(next(each.id for each in (await shop.last("w")).buttons if each.id.startswith("slot:")), "w")
        await shop.press("phone", "w")
        await shop.say("29123456", "w")
        await talking(shop, number=2)
        assert await shop.do(Merge("anna", 1, 2)) == Done()
        assert "+37129123456" in (await shop.notes())[-1]
        async with shop.read() as tx:
            assert await tx.seats("general", shop.now, shop.now + timedelta(days=9)) == []
        assert not {subject for _, subject in await shop.alarms() if subject == "1"}


async def test_a_waiting_ticket_is_merged_only_by_who_holds_the_other(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await shop.say("person", "w")
        await shop.press("wait", "w")
        await talking(shop, number=2)
        await online(shop, "ivan")
        await refused(shop, Merge("ivan", 1, 2), code="unauthorized")
        assert await shop.do(Merge("anna", 1, 2)) == Done()


async def test_a_supervisor_may_merge_what_others_wait_for(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await shop.say("person", "w")
        await shop.press("wait", "w")
        await shop.say("person")
        await shop.press("wait")
        assert await shop.do(Merge("olga", 1, 2)) == Done()
        assert (await shop.ticket(2)).state == Queued()
