"""The service: batches, one transaction each, answered and published after the commit."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.dialog.acts import Done, Refused, Started
from bot.dialog.errors import ConflictError, StoreUnavailableError
from bot.dialog.messages import Author, AuthorKind
from bot.dialog.operator_acts import Accept, Declare, Note, Say
from bot.dialog.records import Published
from handoff.operators import Presence
from tests.dialog.shop import Crowd, content, online, open_shop, sender, seq
from tests.dialog.wares import Words


class Trouble:
    """A store that is the real one, except for what a test breaks: `fail` is raised before the next commits."""

    def __init__(self, store):
        self.store, self.fail, self.begun = store, [], []  # whether at the desk, for each that was begun
        self.read = store.read

    @asynccontextmanager
    async def begin(self, *, desk=False):
        self.begun.append(desk)
        async with self.store.begin(desk=desk) as tx:
            yield tx
            if self.fail:
                raise self.fail.pop(0)


class Deaf:
    def publish(self, published):
        raise ZeroDivisionError


async def test_what_comes_together_is_one_transaction(tmp_path):
    async with open_shop(tmp_path) as shop:
        outcomes = await shop.all([shop.wrote("cost", f"v{n}") for n in range(100)])
        assert outcomes == [Done(1)] * 100
        assert (shop.service.batches, shop.service.turns) == (1, 100)
        for n in range(100):
            assert [each.text for each in await shop.messages(f"v{n}")] == ["cost", "It costs 3"]


async def test_a_batch_has_its_limit(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.all([shop.wrote("hello", f"v{n}") for n in range(201)])
        assert shop.service.batches == 2


async def test_one_customers_messages_in_one_batch_are_one_talk(tmp_path):
    async with open_shop(tmp_path) as shop:
        outcomes = await shop.all([shop.wrote(text) for text in ("cost", "person", "stop", "time")])
        assert shop.service.batches == 1
        assert [seq(each) for each in outcomes] == [1, 3, 5, 7]
        assert [each.seq for each in await shop.messages()] == list(range(1, 9))


async def test_the_same_key_twice_in_one_batch_is_one_message(tmp_path):
    async with open_shop(tmp_path) as shop:
        act = shop.wrote("cost")
        assert await shop.all([act, act]) == [Done(1), Done(1, repeated=True)]
        assert await shop.do(act) == Done(1, repeated=True)
        assert len(await shop.messages()) == 2


async def test_a_poisonous_act_harms_no_other(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = content(ranker=Words(broken={"poison"}))
        outcomes = await shop.all([shop.wrote("poison" if n == 50 else "cost", f"v{n}") for n in range(100)])
        assert all(isinstance(each, Done) for each in outcomes)
        assert [(await shop.last(f"v{n}")).text for n in (49, 51)] == ["It costs 3"] * 2
        assert shop.service.turns == 100


async def test_an_operators_poisonous_act_is_told_to_its_actor_and_leaves_no_trace(tmp_path):
    async with open_shop(tmp_path, wrap=Trouble) as shop:
        await shop.say("cost")
        before = await shop.messages()
        shop.service._store.fail = [ZeroDivisionError("two"), ZeroDivisionError("alone")]
        acts = [Note("anna", "v", "one"), shop.wrote("time", "w")]
        one, other = await asyncio.gather(*map(shop.service.do, acts), return_exceptions=True)
        assert (type(one), other) == (ZeroDivisionError, Done(1))
        assert await shop.messages() == before
        assert await shop.notes() == []


async def test_who_was_overtaken_tries_again(tmp_path):
    async with open_shop(tmp_path, wrap=Trouble) as shop:
        shop.service._store.fail = [ConflictError("ticket 1")] * 4
        assert await shop.say("cost") == Done(1)
        assert len(await shop.messages()) == 2
        assert shop.service.batches == 1
        assert shop.service._store.begun == [False, True, True, True, True], "and waits in turn at the desk"


async def test_who_is_overtaken_for_ever_is_told(tmp_path):
    async with open_shop(tmp_path, wrap=Trouble) as shop:
        await shop.say("cost")
        shop.service._store.fail = [ConflictError("ticket 1")] * 5
        with pytest.raises(ConflictError):
            await shop.do(Note("anna", "v", "busy"))
        assert await shop.notes() == []


async def test_without_a_store_nothing_is_acknowledged_and_nobody_is_tried_alone(tmp_path):
    async with open_shop(tmp_path, wrap=Trouble) as shop:
        shop.service._store.fail = [StoreUnavailableError("disk full")]
        acts = [shop.wrote("cost", who) for who in ("v", "w")]
        outcomes = await asyncio.gather(*map(shop.service.do, acts), return_exceptions=True)
        assert [type(each) for each in outcomes] == [StoreUnavailableError] * 2
        assert shop.service._store.begun == [False]
        assert await shop.messages() == []
        assert await shop.all(acts) == [Done(1), Done(1)]


async def test_a_store_that_fails_while_words_are_salvaged_acknowledges_nothing(tmp_path):
    async with open_shop(tmp_path, wrap=Trouble) as shop:
        shop.content = content(ranker=Words(broken={"poison"}))
        act = shop.wrote("poison")
        shop.service._store.fail = [StoreUnavailableError("gone")]
        with pytest.raises(StoreUnavailableError):
            await shop.do(act)
        assert await shop.do(act) == Done(1)


async def test_it_is_published_once_stored_and_not_before(tmp_path):
    async with open_shop(tmp_path, wrap=Trouble) as shop:
        crowd = Crowd()
        shop.service.attend(crowd)
        await online(shop, "anna")
        crowd.heard.clear()
        shop.service._store.fail = [StoreUnavailableError("gone")]
        with pytest.raises(StoreUnavailableError):
            await shop.say("person")
        assert crowd.heard == []
        await shop.say("person", channel="telegram")
        (news,) = crowd.heard
        assert news.messages[0].text == "person"
        assert news.desk is True
        assert news.orders is True
        assert [who for who, _ in news.shown] == ["v"]


async def test_an_audience_that_fails_undoes_nothing(tmp_path):
    async with open_shop(tmp_path) as shop:
        crowd = Crowd()
        shop.service.attend(Deaf())
        shop.service.attend(crowd)
        await shop.do(Declare("anna", Presence.ONLINE))
        assert await shop.say("person") == Done(1)
        assert len(crowd.heard) == 2
        assert len(await shop.tickets()) == 1


async def test_typing_is_told_and_kept_nowhere(tmp_path):
    async with open_shop(tmp_path) as shop:
        crowd = Crowd()
        shop.service.attend(crowd)
        author = Author(AuthorKind.OPERATOR, "Anna")
        shop.service.typing("v", author)
        assert crowd.heard == [Published(typing=(("v", author),))]
        assert shop.service.batches == 0


async def test_an_inbox_row_ends_with_its_act(tmp_path):
    async with open_shop(tmp_path) as shop:
        inbox = shop.storage.inbox
        await inbox.put("telegram", [("1", {}), ("2", {}), ("3", {})], shop.now)
        one, two, three = [row.id for row in await inbox.pending("telegram")]
        await shop.do(shop.wrote("cost"), inbox=one)
        await shop.do(shop.wrote("time"), inbox=[two, three])
        assert await inbox.pending("telegram") == []


async def test_an_act_that_is_refused_ends_its_row_too(tmp_path):
    async with open_shop(tmp_path) as shop:
        inbox = shop.storage.inbox
        await inbox.put("telegram", [("1", {})], shop.now)
        (row,) = await inbox.pending("telegram")
        assert isinstance(await shop.do(Accept("anna", 99), inbox=row.id), Refused)
        assert await inbox.pending("telegram") == []


async def test_an_act_from_the_inbox_that_breaks_stays_there_to_be_tried_again(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.content = content(ranker=Words(broken={"poison"}))
        await shop.storage.inbox.put("telegram", [("1", {})], shop.now)
        (row,) = await shop.storage.inbox.pending("telegram")
        with pytest.raises(ZeroDivisionError):
            await shop.do(shop.wrote("poison"), inbox=row.id)
        assert await shop.storage.inbox.pending("telegram") == [row]
        assert await shop.messages() == []


async def test_draining_waits_for_everything_that_was_handed_in(tmp_path):
    async with open_shop(tmp_path) as shop, asyncio.TaskGroup() as tasks:
        mine = [tasks.create_task(shop.say("cost", f"v{n}")) for n in range(3)]
        await asyncio.sleep(0)
        await shop.service.drain()
        assert len(await shop.messages("v2")) == 2
        await asyncio.sleep(0)
        assert all(each.done() for each in mine)


async def test_who_waits_no_more_is_not_missed(tmp_path):
    async with open_shop(tmp_path, wrap=Trouble) as shop:
        shop.content = content(ranker=Words(broken={"poison"}))
        async with asyncio.TaskGroup() as tasks:
            gone = [tasks.create_task(shop.say(text)) for text in ("cost", "time")]
            broken = tasks.create_task(shop.do(Say("nobody", "v", "k", "text")))
            await asyncio.sleep(0)
            for each in (*gone, broken):
                each.cancel()
        await shop.service.drain()
        shop.service._store.fail = [StoreUnavailableError("gone")]
        async with asyncio.TaskGroup() as tasks:
            gone = [tasks.create_task(shop.say("cost"))]
            await asyncio.sleep(0)
            gone[0].cancel()
        await shop.service.drain()
        assert [each.text for each in await shop.messages()] == ["cost", "It costs 3", "time", "It takes a day"]


async def test_a_customer_who_opens_the_chat_twice_is_greeted_once(tmp_path):
    async with open_shop(tmp_path) as shop:
        act = Started(sender(), "k")
        assert await shop.all([act, act]) == [Done(1), Done(1, repeated=True)]
        assert [each.text[:6] for each in await shop.messages()] == ["/start", "Hello!"]
