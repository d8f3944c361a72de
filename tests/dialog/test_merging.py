"""Barring and merging, where a dialogue cannot tell it: who is told in which group, the log, the rights."""

from datetime import timedelta

from bot.dialog.acts import Done
from bot.dialog.operator_acts import Bar, Merge, Note, Transfer
from bot.dialog.orders import Announce
from handoff.ticket import Closed, Queued, Reason
from tests.dialog.shop import TEAM, TUESDAY_NOON, desk, online, open_shop, refused, talking


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


async def test_words_that_come_with_the_merging_are_carried_over_too(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await shop.say("person", "w")
        await shop.press("wait", "w")
        await talking(shop, number=2)
        await shop.all([shop.wrote("It squeaks", "w"), Merge("anna", 1, 2)])
        assert (await shop.notes())[-1].endswith("— It squeaks")
