"""Whatever customers, operators, the clock and restarts do, in whatever order: the desk stays true."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialog.acts import Act, Blocked, Pressed, Swept
from bot.dialog.content import Content
from bot.dialog.operator_acts import Accept, Assign, Bar, Close, Declare, Decline, Hold, Merge, Say, Take, Transfer
from handoff.desk import Operator, Routing, Widen
from handoff.operators import Presence
from handoff.strategies import STRATEGIES
from handoff.ticket import Reason, Result
from tests.dialog.shop import OPERATORS, SKILLS, Shop, desk, empty_database, open_shop, sender
from tests.dialog.truths import Owners, check
from tests.dialog.wares import MEANINGS

CUSTOMERS = "abcde"
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
STEPS = 60
RINGS = 300  # more in one step would be a bell without end
TEXTS = [*MEANINGS, "29123456", "123", "gibberish"]
VERBS = [
    "",
    "slot",
    "leave",
    "hold",
    "ready",
    "rejoin",
    "unbook",
    "skill",
    "rate",
    "comment",
    "phone",
    "message",
    "move",
    "form",
    "choice",
]
CLOCKS = [timedelta(seconds=30), timedelta(seconds=61), timedelta(minutes=31), timedelta(hours=7)]


SKILLED = {**SKILLS, "delivery": replace(SKILLS["delivery"], fallback=("general", "workshop"))}
PEOPLE = {
    **OPERATORS,
    "olga": replace(OPERATORS["olga"], role="supervisor"),
    "maris": Operator("maris", {"lv": "Māris"}, skills={"delivery": 0.3, "workshop": 0.8}, capacity=1, locales=("ru",)),
}
WIDENINGS = [
    (),
    (Widen(MINUTE, 0.6), Widen(2 * MINUTE, 0.2)),
    (Widen(0 * MINUTE, 0.4), Widen(2 * MINUTE, fallback=True)),
]


def some_desk(random: Random) -> Content:
    """Other rules, and sometimes one person less, as an admin may save them at any time."""
    routing = Routing(
        strategy=random.choice([*STRATEGIES, "broadcast"]),
        widen=random.choice(WIDENINGS),
        wrap_up=random.choice([0, 45]) * SECOND,
        ageing=random.choice([0, 2]) * MINUTE,
    )
    people = {who: each for who, each in PEOPLE.items() if who != "maris" or random.random() < 0.7}
    return desk(routing=routing, skills=SKILLED, operators=people)


class Day:
    """People who do whatever comes to mind."""

    def __init__(self, shop: Shop, random: Random) -> None:
        self.shop, self.random = shop, random
        self.customers: list[Callable[[], Awaitable[Act]]] = [self.wants, self.wrote, self.pressed, self.waits]
        self.operators = [self.comes, self.goes, self.accepts, self.takes, self.acts, self.closes, self.says]
        self.operators += [self.passes_on, self.merges, self.accepts, self.closes]

    async def something(self) -> Act:
        who = self.random.choices([self.customers, self.operators, [self.rarely]], [10, 10, 1])[0]
        return await self.random.choice(who)()

    @property
    def customer(self) -> str:
        return self.random.choice(CUSTOMERS)

    @property
    def operator(self) -> str:
        return self.random.choice([*self.shop.content.desk.operators])

    async def wrote(self) -> Act:
        return self.shop.wrote(self.random.choice(TEXTS), self.customer)

    async def wants(self) -> Act:
        return self.shop.wrote(self.random.choice(["person", "person", "call me", "message"]), self.customer)

    async def pressed(self) -> Act:
        """Any button of a verb that was ever shown; a newer one rather than an older one."""
        who, verb = self.customer, self.random.choice(VERBS)
        shown = [each.id for said in await self.shop.messages(who) for each in said.buttons if each.id.startswith(verb)]
        button = self.random.choice(shown[-8:]) if shown else "helped:cost"
        return Pressed(sender(who), self.shop.key(), button)

    async def waits(self) -> Act:
        return Pressed(sender(self.customer), self.shop.key(), "wait")

    async def comes(self) -> Act:
        return Declare(self.operator, Presence.ONLINE)

    async def goes(self) -> Act:
        away = self.random.choice([Presence.PAUSED, Presence.OFFLINE])
        until = self.shop.now + timedelta(minutes=5) if self.random.random() < 0.3 else None
        return Declare(self.operator, away, until if away is Presence.PAUSED else None)

    async def accepts(self) -> Act:
        who = self.operator
        return Accept(who, await self.number(who))

    async def takes(self) -> Act:
        return Take(self.operator, await self.number(None))

    async def acts(self) -> Act:
        who, kind = self.operator, self.random.choice([Decline, Hold])
        return kind(who, await self.number(who))

    async def closes(self) -> Act:
        who = self.operator
        return Close(who, await self.number(who), Reason.RESOLVED, self.random.choice([*Result]))

    async def says(self) -> Act:
        return Say(self.operator, self.customer, self.shop.key(), "Hello")

    async def passes_on(self) -> Act:
        who, to = self.operator, self.operator
        if who == "olga" and self.random.random() < 0.5:
            return Assign(who, await self.number(self.random.choice([None, to])), to)
        return Transfer(who, await self.number(who), self.random.choice([None, *self.shop.content.desk.skills]), to)

    async def merges(self) -> Act:
        who = self.operator
        return Merge(who, await self.number(self.random.choice([None, who])), await self.number(who))

    async def rarely(self) -> Act:
        if self.random.random() < 0.3:
            self.shop.content = some_desk(self.random)
            return Swept()
        yes = self.random.random() < 0.5
        some = [Swept(), Blocked(sender(self.customer), blocked=yes), Bar(self.operator, self.customer, on=yes)]
        return self.random.choice(some)

    async def number(self, of: str | None) -> int:
        """A ticket that this operator (or nobody) has, if there is one."""
        async with self.shop.read() as tx:
            found = [each.number for each in await tx.open_tickets() if each.operator == of]
        return self.random.choice(found or [self.random.randint(1, 9)])


async def play(folder: Path, empty: Path, seed: int) -> None:
    random = Random(seed)
    async with open_shop(folder, empty=empty) as shop:
        shop.content = some_desk(random)
        day, standing = Day(shop, random), await check(shop, CUSTOMERS, {})
        for _ in range(STEPS):
            match random.choices(["act", "batch", "clock", "restart"], [12, 3, 3, 1])[0]:
                case "act":
                    await shop.do(await day.something())
                case "batch":
                    await shop.all([await day.something() for _ in range(3)])
                    standing = {}  # the owner may have changed to and fro
                case "clock":
                    standing = await wait(shop, random.choice(CLOCKS), standing)
                case _:
                    shop.restart()
            standing = await check(shop, CUSTOMERS, standing)


async def wait(shop: Shop, by: timedelta, standing: Owners) -> Owners:
    until, rings = shop.now + by, 0
    while due := await shop.storage.alarms.due(until):
        shop.now, rings = max(shop.now, due[0].due), rings + 1
        assert rings < RINGS, "a bell that never ends"
        await shop.ring(due[0].kind, due[0].subject)
        standing = await check(shop, CUSTOMERS, standing)
    shop.now = until
    return standing


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return asyncio.run(empty_database(tmp_path_factory.mktemp("desk") / "empty.db"))


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])
@given(seed=st.integers(0, 2**32))
def test_the_desk_stays_true_whatever_happens(tmp_path_factory, empty, seed):
    asyncio.run(play(tmp_path_factory.mktemp("day"), empty, seed))
