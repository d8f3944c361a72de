"""Passing on and assigning, where a dialogue cannot tell it: who is told in which group, the log, the rights."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.dialog.acts import Done
from bot.dialog.operator_acts import Accept, Assign, Close, Merge, Take, Transfer
from bot.dialog.orders import Announce, Introduce, RefreshTopic, SettleOffer, ShowOffer, TellOperator
from handoff.ticket import Active, Preferred, Queued
from tests.dialog.shop import OPERATORS, TEAM, TUESDAY_NOON, desk, online, open_shop, refused, talking


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
        assert TellOperator("ivan", line, about="v") in await shop.orders("group:general")
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
        assert "закрыто" in await refused(shop, Assign("olga", 1, "anna")), "in the words of who reads it"
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
        line = "#1 is {} now, by decision of Olga."
        assert told == [
            TellOperator("anna", line.format("with Ivan"), about="v"),
            TellOperator("ivan", line.format("yours"), about="v"),
        ]
        entry = (await shop.log(1))[-1]
        assert (entry.event, entry.actor, entry.operator) == ("WasAssigned", "olga", "ivan")
        await shop.do(Assign("olga", 1, "olga"))
        told = [each for each in await shop.orders("group:general") if isinstance(each, TellOperator)][2:]
        assert [each.operator for each in told] == ["ivan"], "who decides needs no telling"


async def test_of_an_offer_that_a_supervisor_overrules_it_is_said_who_has_it_now(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await online(shop, "anna")
        await shop.say("person")
        await online(shop, "ivan", "olga")
        await shop.do(Assign("olga", 1, "ivan"))
        assert SettleOffer(1, "anna", "taken", "ivan") in await shop.orders("group:general")
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


async def test_a_refusal_is_in_the_language_that_is_read_now_and_only_that_one(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await online(shop, "olga")
        read = (Take("olga", 9, locale="en"), Take("olga", 9))
        english, first = await asyncio.gather(*(refused(shop, each, code="not_found") for each in read))
        assert (english, first) == ("There is no ticket #9.", "Обращения №9 нет.")
