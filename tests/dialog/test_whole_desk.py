"""Whatever customers, operators, the clock and restarts do, in whatever order: the desk stays true."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialog.acts import Accept, Act, Blocked, Close, Declare, Decline, Hold, Pressed, Say, Swept, Take
from handoff.operators import Presence
from handoff.ticket import Reason, Result
from tests.dialog.shop import MEANINGS, Shop, empty_database, open_shop, sender
from tests.dialog.truths import check

CUSTOMERS = "abcde"
TEXTS = [*MEANINGS, "29123456", "123", "gibberish"]
PRESENCES = [Presence.ONLINE, Presence.ONLINE, Presence.PAUSED, Presence.OFFLINE]
RESULTS = [*Result]
VERBS = ["slot", "slot", "leave", "unbook", "skill", "rate", "phone", "message", "move"]

customers, operators = st.sampled_from(CUSTOMERS), st.sampled_from(["anna", "olga"])
numbers = st.integers(0, 30)


async def pressed(shop: Shop, who: str, at: int, verb: str = "") -> Act:
    """Any button (of that verb) that was ever shown, the newest first."""
    shown = [each.id for message in await shop.messages(who) for each in message.buttons if each.id.startswith(verb)]
    button = shown[-1 - at % len(shown)] if shown else "helped:cost"
    return Pressed(sender(who), shop.key(), button)


async def held(shop: Shop, operator: str, at: int) -> int:
    """A ticket that the operator has to do with, if there is one."""
    async with shop.read() as tx:
        mine = [each.number for each in await tx.open_tickets() if each.operator == operator]
    return mine[at % len(mine)] if mine else at


async def waiting(shop: Shop, at: int) -> int:
    async with shop.read() as tx:
        found = [each.number for each in await tx.open_tickets() if each.operator is None]
    return found[at % len(found)] if found else at


Move = Callable[[Shop], object]


async def wrote(shop: Shop, who: str, text: str) -> Act:
    return shop.wrote(text, who)


async def closed(shop: Shop, who: str, at: int) -> Act:
    return Close(who, await held(shop, who, at), Reason.RESOLVED, RESULTS[at % len(RESULTS)])


async def by_operator(kind: Callable[[str, int], Act], shop: Shop, who: str, at: int) -> Act:
    return kind(who, await (waiting(shop, at) if kind is Take else held(shop, who, at)))


async def said(shop: Shop, who: str, customer: str) -> Act:
    return Say(who, customer, shop.key(), "Hello")


async def same(_shop: Shop, act: Act) -> Act:
    return act


moves = st.one_of(
    st.tuples(st.just(wrote), customers, st.sampled_from(TEXTS)),
    st.tuples(st.just(wrote), customers, st.sampled_from(["person", "call me", "message"])),
    st.tuples(st.just(pressed), customers, numbers),
    st.tuples(st.just(pressed), customers, st.integers(0, 3), st.sampled_from(VERBS)),
    st.tuples(st.just(pressed), customers, st.just(0), st.just("wait")),
    st.tuples(st.just(closed), operators, numbers),
    *(
        st.tuples(st.just(by_operator), st.just(kind), operators, numbers)
        for kind in (Accept, Accept, Decline, Take, Hold)
    ),
    st.tuples(st.just(said), operators, customers),
    st.tuples(st.just(same), st.builds(Declare, operators, st.sampled_from(PRESENCES))),
    st.tuples(st.just(same), st.builds(Declare, operators, st.just(Presence.ONLINE))),
    st.tuples(st.just(same), st.builds(lambda who, on: Blocked(sender(who), on), customers, st.booleans())),
    st.tuples(st.just(same), st.just(Swept())),
)
batches = st.lists(moves, min_size=1, max_size=3)
clocks = st.sampled_from([timedelta(seconds=30), timedelta(seconds=61), timedelta(minutes=31), timedelta(hours=7)])
days = st.lists(st.one_of(batches, batches, batches, clocks, st.just("restart")), min_size=10, max_size=40)


async def play(folder: Path, empty: Path, day: list[object]) -> None:
    async with open_shop(folder, empty=empty) as shop:
        standing = await check(shop, CUSTOMERS, {})
        for step in day:
            match step:
                case timedelta():
                    standing = await wait(shop, step, standing)
                case "restart":
                    shop.restart()
                case list():
                    await shop.all([await move(shop, *drawn) for move, *drawn in ordered(step)])
            alone = not isinstance(step, list) or len(step) == 1  # else the owner may have changed to and fro
            standing = await check(shop, CUSTOMERS, standing if alone else {})


def ordered(step):
    """`by_operator` takes its kind before the shop."""
    for move, *drawn in step:
        if move is by_operator:
            kind, *rest = drawn
            yield lambda shop, *more, kind=kind: by_operator(kind, shop, *more), *rest
        else:
            yield move, *drawn


async def wait(shop, by, standing):
    until, rings = shop.now + by, 0
    while (due := await shop.storage.alarms.due(until)) and rings < 200:
        shop.now = max(shop.now, due[0].due)
        await shop.ring(due[0].kind, due[0].subject)
        standing, rings = await check(shop, CUSTOMERS, standing), rings + 1
    assert rings < 200, "a bell that never ends"
    shop.now = until
    return standing


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return asyncio.run(empty_database(tmp_path_factory.mktemp("desk") / "empty.db"))


@settings(max_examples=20, deadline=None, suppress_health_check=[*HealthCheck])
@given(day=days)
def test_the_desk_stays_true_whatever_happens(tmp_path_factory, empty, day):
    asyncio.run(play(tmp_path_factory.mktemp("day"), empty, day))
