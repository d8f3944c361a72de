"""The invariants of docs/architecture.md, as far as the dialog keeps them; the test's number is the invariant's."""

import ast
import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

import bot.dialog
import handoff
from bot.dialog.acts import Act, Done, Refused
from bot.dialog.dispatch import HANDLERS
from bot.dialog.errors import StoreUnavailableError
from bot.dialog.messages import AuthorKind
from bot.dialog.operator_acts import Accept, Close, Declare, Decline, Say, Take
from bot.dialog.orders import ShowMessage
from bot.storage.storage import Storage
from handoff.operators import Presence
from tests.dialog.shop import online, open_shop


class Crashing:
    """A store whose process dies between the writing and the commit."""

    def __init__(self, store):
        self.store, self.read, self.crash = store, store.read, False

    @asynccontextmanager
    async def begin(self, *, desk=False):
        async with self.store.begin(desk=desk) as tx:
            yield tx
            if self.crash:
                raise StoreUnavailableError("killed")


async def everything(shop):
    async with shop.read() as tx:
        return (
            await shop.messages(),
            await tx.open_tickets(),
            await tx.duties(),
            await shop.alarms(),
            await shop.storage.outbox.destinations(shop.now),
            await tx.log(1),
        )


async def test_1_nothing_is_acknowledged_before_it_is_stored(tmp_path):
    async with open_shop(tmp_path, wrap=Crashing) as shop:
        act = shop.wrote("cost")
        shop._store.crash = True
        with pytest.raises(StoreUnavailableError):
            await shop.do(act)
        shop._store.crash = False
        assert await shop.do(act) == Done(1)
        async with Storage.open(f"sqlite+aiosqlite:///{tmp_path}/shop.db") as elsewhere, elsewhere.work.read() as tx:
            assert [each.text for each in await tx.messages("v")] == ["cost", "It costs 3"]
        assert await shop.do(act) == Done(1, repeated=True)


async def test_2_a_crash_leaves_all_or_none(tmp_path):
    async with open_shop(tmp_path, wrap=Crashing) as shop:
        await online(shop, "anna")
        before = await everything(shop)
        shop._store.crash = True
        with pytest.raises(StoreUnavailableError):
            await shop.say("person", channel="telegram")
        assert await everything(shop) == before
        shop._store.crash = False
        await shop.say("person", channel="telegram")
        after = await everything(shop)
        same = [one == other for one, other in zip(after, before, strict=True)]
        assert same == [False] * 6  # the operator has had a turn
        assert [each.event for each in after[-1]] == ["Asked", "WasOffered"]


async def test_3_orders_leave_in_the_order_of_the_talk(tmp_path):
    async with open_shop(tmp_path) as shop:
        await shop.all([shop.wrote(text, channel="telegram") for text in ("cost", "time", "hello")])
        await shop.say("person", channel="telegram")
        orders = await shop.orders("telegram:v")
        ours = [each.seq for each in await shop.messages() if each.author.kind is AuthorKind.BOT]
        assert orders == [ShowMessage("v", each) for each in ours]


async def test_4_the_bot_is_silent_from_the_call_to_the_close(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        called = (await shop.last()).seq
        for text in ("cost", "gibberish", "status"):
            await shop.say(text)
        await shop.do(Accept("anna", 1))
        await shop.do(Say("anna", "v", "s", "Hello"))
        for text in ("cost", "stop", "person", "call me"):
            await shop.say(text)
        kinds = [each.author.kind for each in (await shop.messages())[called:]]
        assert AuthorKind.BOT not in kinds
        assert kinds.count(AuthorKind.SYSTEM) == 1  # that Anna joined
        refusal = await shop.do(Say("olga", "v", "t", "Me too"))
        assert refusal == Refused("unauthorized", "The customer is talking with Anna.")


async def test_5_of_two_who_claim_a_ticket_one_wins_and_the_other_is_told_who(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna", "olga")
        await shop.say("person")
        there = shop.service
        async with asyncio.TaskGroup() as tasks:
            shop.open(tasks)  # the same store, another process
            running = tasks.create_task(there.run())
            outcomes = await asyncio.gather(there.do(Accept("anna", 1)), shop.do(Take("olga", 1)))
            running.cancel()
            shop.close()
        won, lost = sorted(outcomes, key=lambda each: isinstance(each, Refused))
        assert won == Done()
        holder = {"anna": "Anna", "olga": "Olga"}[(await shop.ticket(1)).operator or ""]
        assert lost == Refused("unauthorized", f"Ticket #1 is with {holder}.")


async def test_6_a_restart_forgets_no_due_time(tmp_path):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        await shop.say("person")
        await shop.say("call me", "w")
        await shop.press((await shop.last("w")).buttons[0].id, "w")
        shop.restart()
        await shop.move(timedelta(seconds=60))
        assert [each.event for each in await shop.log(1)][-2:] == ["OfferLapsed", "WasOffered"]
        shop.restart()
        await shop.move(timedelta(minutes=30))
        assert "Came" in [each.event for each in await shop.log(2)]


@pytest.mark.parametrize(
    "frees",
    [
        Close("anna", 1),
        Declare("olga", Presence.ONLINE),
        Declare("anna", Presence.OFFLINE),
        Decline("anna", 2),
    ],
    ids=["close", "come online", "go offline", "decline"],
)
async def test_7_whatever_frees_capacity_serves_who_waits(tmp_path, frees):
    async with open_shop(tmp_path) as shop:
        await online(shop, "anna")
        for who in "abc":
            await shop.say("person", who)
        await shop.do(Accept("anna", 1))
        assert [(await shop.ticket(each)).state_name for each in (1, 2, 3)] == ["active", "offered", "queued"]
        if isinstance(frees, Decline | Declare) and frees.operator == "anna":
            await online(shop, "olga")
            await shop.do(Accept("olga", 3))
            await shop.do(Close("olga", 3))
            assert await shop.do(frees) == Done()
            assert (await shop.ticket(2)).operator == "olga"
        else:
            assert await shop.do(frees) == Done()
            assert (await shop.ticket(3)).state_name == "offered"


async def test_8_all_that_is_stored_carries_the_time_that_was_given(tmp_path):
    async with open_shop(tmp_path) as shop:
        shop.now = datetime(2031, 7, 6, 5, 4, 3, tzinfo=UTC)
        await online(shop, "anna")
        await shop.say("person")
        assert {each.at for each in await shop.messages()} == {shop.now}
        assert {each.at for each in await shop.log(1)} == {shop.now}
        assert (await shop.ticket(1)).asked == shop.now


def test_8_nobody_in_the_dialog_or_the_handoff_looks_at_a_clock():
    for package in (bot.dialog, handoff):
        for path in Path(package.__file__).parent.glob("*.py"):
            calls = [each.func for each in ast.walk(ast.parse(path.read_text())) if isinstance(each, ast.Call)]
            named = {each.attr for each in calls if isinstance(each, ast.Attribute)}
            assert not named & {"now", "utcnow", "today", "time_ns", "monotonic"}, path


def test_every_act_has_a_handler():
    assert set(HANDLERS) == set(get_args(Act))
