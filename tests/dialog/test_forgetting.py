"""Forgetting: a customer is erased on request or by age, whatever they were in the middle of, and may come again."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from bot.bridge import Bridge
from bot.dialog.acts import Done, Erased, Expire, Forget, Present, Read, Refused, Sender, Wrote
from bot.dialog.buttons import slot_id
from bot.dialog.messages import Ref
from bot.dialog.operator_acts import Accept, Close, Merge, Say
from bot.dialog.orders import RemoveTopic, SettleOffer
from bot.dialog.retention import SETTLED, retire
from bot.dialog.topics import Topic, TopicState
from handoff.desk import Retention
from handoff.ticket import Closed, Offered, Reason
from tests.dialog.shop import OPERATORS, TEAM, Shop, desk, empty_database, online, open_shop, refused, sender, talking
from tests.dialog.test_joining import join

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
KEPT = Retention().messages
EMPTY: list[Path] = []
GONE = Refused("unauthorized", "This conversation was erased. Begin anew.")


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Shop]:
    """A shop with a way into Telegram, on a database whose schema need not be made anew each time."""
    async with open_shop(folder, empty=EMPTY[-1]) as shop:
        shop._tools = replace(shop._tools, bridge=Bridge("secret", "shop_bot"))
        shop.restart()
        yield shop


@pytest.fixture(scope="module", autouse=True)
def _made(tmp_path_factory: pytest.TempPathFactory) -> None:
    EMPTY.append(asyncio.run(empty_database(tmp_path_factory.mktemp("empty") / "empty.db")))


async def forget(shop: Shop, who: str = "v") -> Mapping[str, int]:
    outcome = await shop.do(Forget(who))
    assert isinstance(outcome, Erased)
    return outcome.counts


async def forgotten(shop: Shop, *who: str) -> set[str]:
    async with shop.read() as tx:
        gone = await tx.forgotten(who)
        assert not {each.id for each in await tx.conversations_by_id(who)} & gone, "nobody else finds it"
    return gone


async def settled(shop: Shop, who: str = "v", number: int = 1) -> None:
    """A talk with an operator that is over."""
    await talking(shop, who, number)
    await shop.do(Say("anna", who, shop.key(), "here you are"))
    await shop.do(Close("anna", number))


async def retired(shop: Shop) -> None:
    await retire(shop.storage.people, shop.service, shop.now, KEPT)


async def test_a_talk_is_cancelled_and_whoever_waits_for_its_operator_is_served_at_once(tmp_path):
    async with opened(tmp_path) as shop:
        shop.content = desk(operators={"olga": OPERATORS["olga"]})
        await online(shop, "olga")
        await shop.say("person")
        await shop.do(Accept("olga", 1))
        await shop.say("person", "w")
        counts = await forget(shop)
        assert (counts["conversation"], counts["message"]) == (1, 3)
        ticket = await shop.ticket(1)
        assert (ticket.state, ticket.brief.question) == (Closed(Reason.CANCELLED), "")
        assert [(each.event, each.actor) for each in await shop.log(1)][-1] == ("WasClosed", "customer")
        assert isinstance((await shop.ticket(2)).state, Offered)
        assert await forgotten(shop, "v", "w") == {"v"}


async def test_a_promised_callback_gives_its_seat_back_and_nothing_rings(tmp_path):
    async with opened(tmp_path) as shop:
        await shop.say("call me")
        await shop.press(slot_id(shop.now + HOUR))
        await shop.press("phone")
        await shop.say("29123456")
        assert await shop.alarms()
        await forget(shop)
        assert await shop.alarms() == {}
        async with shop.read() as tx:
            assert await tx.seats("general", shop.now, shop.now + DAY) == []
        assert (await shop.ticket(1)).phone is None


async def test_whoever_was_merged_or_joined_is_one_person(tmp_path):
    async with opened(tmp_path) as shop:
        shop.content = desk(operators=TEAM)
        await shop.say("hello", "maria", channel="telegram")
        await shop.say("person", "w")
        await shop.press("wait", "w")
        await talking(shop, number=2)
        await join(shop)
        await shop.do(Merge("anna", 1, 2))
        await shop.say("hello", "other")
        for who in ("v", "w", "maria"):
            async with shop.read() as tx:
                person = await tx.person(who)
            assert person.conversations == ("maria", "v", "w")
            assert (person.tickets, person.venues) == ((1, 2), ("telegram:maria",))
        await forget(shop, "w")
        assert await forgotten(shop, "v", "w", "maria", "other") == {"v", "w", "maria"}


async def test_one_chat_that_took_two_visits_of_the_site_along_is_one_person(tmp_path):
    async with opened(tmp_path) as shop:
        for who in ("v", "w"):
            await shop.say("hello", who)
            await join(shop, who)
        async with shop.read() as tx:
            assert (await tx.person("v")).conversations == ("v", "w")
            assert await tx.person("w") == await tx.person("v")


async def test_a_visitor_is_turned_away_whatever_their_page_does_and_begins_anew_without_the_token(tmp_path):
    async with opened(tmp_path) as shop:
        await shop.say("hello")
        await forget(shop)
        assert await shop.say("hello") == GONE
        assert isinstance(await shop.press("handoff"), Refused)
        assert await shop.all([shop.wrote("hello"), shop.wrote("hello", "new")]) == [GONE, Done(1)]
        assert await shop.do(Read(sender(), 2)) == Done()
        assert isinstance(await shop.do(Present("v")), Refused)
        assert await shop.messages() == []


async def test_a_telegram_account_that_writes_again_is_a_new_customer(tmp_path):
    async with opened(tmp_path) as shop:
        there = Sender("telegram", "1001", "Maria")
        await shop.do(Wrote(there, shop.key(), "hello", shop.now))
        (person,) = await shop.storage.people.named("telegram:1001")
        await forget(shop, *person.conversations)
        assert await shop.storage.people.named("telegram:1001") == []
        assert await shop.do(Wrote(there, shop.key(), "hello", shop.now)) == Done(1)
        (again,) = await shop.storage.people.named("telegram:1001")
        assert again.conversations != person.conversations


async def test_what_operators_still_have_on_their_screens_is_refused(tmp_path):
    async with opened(tmp_path) as shop:
        await talking(shop)
        await forget(shop)
        await refused(shop, Say("anna", "v", "k", "hello?"), code="not_found")
        await refused(shop, Close("anna", 1), code="not_found")
        await refused(shop, Say("anna", "nobody", "k", "hello?"), code="not_found")


async def test_the_topics_are_ordered_to_be_deleted_and_no_order_shows_anything_any_more(tmp_path):
    async with opened(tmp_path) as shop:
        await talking(shop, "v", channel="telegram")
        await shop.storage.topics.put(Topic("v", -100, 7, TopicState.CLOSED, "Maria"))
        await shop.storage.topics.put(Topic("v", -200, 8, TopicState.GONE, "Maria"))
        assert await shop.orders("telegram:v")
        assert await shop.orders("group:general")
        await forget(shop)
        assert await shop.orders("telegram:v") == []
        assert await shop.orders("group:general") == [SettleOffer(1, "anna", "accepted")], (
            "what hides is still to be done"
        )
        assert (await shop.orders("telegram:-100"), await shop.orders("telegram:-200")) == ([RemoveTopic(7)], [])
        assert await shop.storage.topics.find("v", -100) is None


async def test_again_it_takes_what_has_come_since_and_nothing_else(tmp_path):
    async with opened(tmp_path) as shop:
        await settled(shop)
        await forget(shop)
        assert await forget(shop) == {}
        await shop.storage.outbox.sent([], [(Ref("telegram:1001", "5"), "v", 1)])
        await shop.storage.topics.put(Topic("v", -100, 7, TopicState.OPEN, "Maria"))
        await retire(shop.storage.people, shop.service, shop.now + 2 * SETTLED, KEPT)
        assert await shop.storage.people.leftovers(shop.now - SETTLED) == ["v"], "it was forgotten long ago"
        await retired(shop)
        assert await shop.storage.people.leftovers(shop.now - SETTLED) == []
        assert await shop.orders("telegram:-100") == [RemoveTopic(7)]


async def test_whoever_has_been_silent_for_as_long_as_messages_are_kept_is_forgotten(tmp_path):
    async with opened(tmp_path) as shop:
        await settled(shop)
        shop.now += KEPT
        await retired(shop)
        assert await forgotten(shop, "v") == set(), "not a moment too soon"
        shop.now += timedelta(seconds=1)
        await retired(shop)
        assert await forgotten(shop, "v") == {"v"}


async def test_of_whoever_is_still_about_only_what_is_older_goes(tmp_path):
    async with opened(tmp_path) as shop:
        await shop.say("repair")
        for answer in ("City", "It squeaks", "29123456"):
            await shop.say(answer)
        await shop.press("wait")
        await online(shop, "olga")
        await shop.do(Accept("olga", 1))
        await shop.do(Close("olga", 1))
        before = len(await shop.messages())
        shop.now += KEPT - HOUR
        await shop.say("cost")
        shop.now += 2 * HOUR
        await retired(shop)
        assert [each.seq for each in await shop.messages()] == [before + 1, before + 2]
        assert await forgotten(shop, "v") == set()
        ticket = await shop.ticket(1)
        assert (ticket.phone, ticket.brief.form, ticket.brief.why) == (None, {}, "always")
        await retired(shop)
        assert await shop.say("time") == Done(before + 3)


@pytest.mark.parametrize("wanted", ["person", "callback"])
async def test_nobody_is_touched_of_whom_anything_is_open_in_any_of_their_conversations(tmp_path, wanted):
    async with opened(tmp_path) as shop:
        await shop.say("hello", "maria", channel="telegram")
        await join_after(shop, wanted)
        shop.now += 2 * KEPT
        assert await shop.storage.people.outdated(shop.now - KEPT, "", 9) == ["maria"]
        await retired(shop)
        assert await forgotten(shop, "v", "maria") == set()
        assert len(await shop.messages("maria")) == 2


async def join_after(shop: Shop, wanted: str) -> None:
    await shop.say("hello")
    await join(shop)
    await shop.say("person" if wanted == "person" else "call me")
    await shop.press("wait" if wanted == "person" else slot_id(shop.now + HOUR))


async def test_a_person_is_kept_as_long_as_anything_was_said_in_one_of_their_conversations(tmp_path):
    async with opened(tmp_path) as shop:
        await shop.say("hello", "maria", channel="telegram")
        await shop.say("hello")
        await join(shop)
        shop.now += KEPT
        await shop.say("cost")
        shop.now += DAY
        await retired(shop)
        assert await forgotten(shop, "v", "maria") == set()
        assert (await shop.messages("maria"), len(await shop.messages())) == ([], 2)
        shop.now += KEPT
        await retired(shop)
        assert await forgotten(shop, "v", "maria") == {"v", "maria"}


async def test_what_an_operator_said_late_keeps_a_talk_from_growing_old(tmp_path):
    async with opened(tmp_path) as shop:
        await talking(shop)
        shop.now += KEPT
        await shop.do(Say("anna", "v", shop.key(), "at last"))
        await shop.do(Close("anna", 1))
        shop.now += DAY
        await retired(shop)
        assert await forgotten(shop, "v") == set()
        assert "at last" in [each.text for each in await shop.messages()]


async def test_many_are_looked_through_page_by_page(tmp_path, monkeypatch):
    monkeypatch.setattr("bot.dialog.retention.PAGE", 2)
    async with opened(tmp_path) as shop:
        for who in "abcde":
            await shop.say("hello", who)
        shop.now += KEPT + DAY
        await shop.do(Forget("c"))
        await retired(shop)
        assert await forgotten(shop, *"abcde") == {*"abcde"}
        assert await shop.do(Expire("a", shop.now)) == Done(), "forgotten already"


async def test_several_are_erased_together_and_what_is_on_its_way_to_any_of_them_is_read_once(tmp_path):
    read: list[str] = []

    def note(_connection, _cursor, statement, *_):
        read.extend(each for each in ("outbox", "inbox") if f"FROM {each}" in statement.replace("\n", ""))

    async with opened(tmp_path) as shop:
        for who in "abcde":
            await shop.say("hello", who)
        shop.now += KEPT + DAY
        await shop.say("cost", "c")
        event.listen(Engine, "before_cursor_execute", note)
        await retired(shop)
        event.remove(Engine, "before_cursor_execute", note)
        assert sorted(read) == ["inbox", "outbox"]
        assert await forgotten(shop, *"abcde") == {*"abde"}
        assert [each.text for each in await shop.messages("c")][:1] == ["cost"]
