"""A small shop for tests: its desk by value, and the real service on SQLite."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bot.dialog.acts import Act, Done, Outcome, Pressed, Rang, Refused, Sender, Wrote
from bot.dialog.content import Content
from bot.dialog.conversation import Conversation
from bot.dialog.messages import Message
from bot.dialog.operator_acts import Declare, Take
from bot.dialog.records import Published
from bot.dialog.service import DialogService
from bot.dialog.tools import Tools
from bot.storage.storage import Storage
from bot.workspace.cities import city_of, zone_of
from bot.workspace.loading import matches
from bot.workspace.phones import read_phone, show_phone
from handoff.desk import CallbackRules, Desk, Operator, Routing, Skill
from handoff.hours import Hours, Interval, always
from handoff.operators import Presence
from handoff.ticket import Entry, Ticket
from intents.intent import Catalogue
from intents.ranking import Thresholds
from kb.render import plain
from kb.split import split
from tests.dialog.wares import FORMS, INTENTS, PHRASES, Shelf, Words, named

RIGA = "Europe/Riga"
TUESDAY_NOON = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)  # 12:00 in Riga
OFFICE = Hours(RIGA, ((Interval(9 * 60, 18 * 60),),) * 5 + ((), ()))

SKILLS = {
    "general": Skill("general", named("General"), always(RIGA)),
    "delivery": Skill("delivery", named("Delivery"), OFFICE),
    "workshop": Skill("workshop", named("Workshop"), always(RIGA)),
}
OPERATORS = {
    "anna": Operator("anna", named("Anna"), skills={"general": 1.0, "delivery": 1.0}, capacity=2, locales=("en",)),
    "olga": Operator("olga", named("Olga"), skills={"general": 0.5, "workshop": 1.0}, capacity=1),
}
TEAM = {
    **OPERATORS,
    "olga": replace(OPERATORS["olga"], role="supervisor", locales=("ru",), capacity=2),
    "ivan": Operator("ivan", named("Ivan"), skills={"delivery": 0.4, "general": 0.2}, locales=("en",)),
    "nina": Operator("nina", named("Nina"), skills={}),
}
DESK = Desk(
    RIGA,
    ("en", "ru"),
    SKILLS,
    OPERATORS,
    Routing(offer_timeout=timedelta(seconds=60), max_missed=2),
    callbacks=CallbackRules(horizon=timedelta(days=3)),
    country="LV",
)


def content(**changes: Any) -> Content:
    """The shop's content, with changes."""
    made = Content(
        version="1",
        desk=DESK,
        intents=Catalogue({each.id: each for each in INTENTS}, FORMS),
        ranker=Words(),
        thresholds=Thresholds(),
        library=Shelf(),
        phrases=PHRASES,
        plain=plain,
        split=split,
        phone=read_phone,
        matches=matches,
        city_of=city_of,
        zone_of=zone_of,
        show_phone=show_phone,
    )
    return replace(made, **changes)


def desk(**changes: Any) -> Content:
    """The content with another desk."""
    return content(desk=replace(DESK, **changes))


@dataclass
class Crowd:
    """An audience that remembers."""

    heard: list[Published] = field(default_factory=list)

    def publish(self, published: Published) -> None:
        self.heard.append(published)


class Shop:
    """The real service and the real store, a clock that is set by hand, and shorthands for what people do."""

    def __init__(self, storage: Storage, store: Any = None, venue: str | None = "group:") -> None:
        self.storage = storage
        self.content = content()
        self.now = TUESDAY_NOON
        self.seen: set[tuple[int, int]] = set()  # tickets by number and version, as the truths have looked at them
        self._ids = count(1)
        self._keys = count(1)
        self._store = store or storage.work
        self._tools = Tools(lambda: f"c{next(self._ids)}", lambda _desk, skill: venue and f"{venue}{skill}")
        self._running: asyncio.Task[None] | None = None

    def open(self, tasks: asyncio.TaskGroup) -> None:
        """A service that knows only what is stored; the one before it is gone."""
        self.close()
        self.service = DialogService(self._store, lambda: self.content, lambda: self.now, self._tools)
        self._running = tasks.create_task(self.service.run())
        self._tasks = tasks

    def close(self) -> None:
        if self._running is not None:
            self._running.cancel()

    def restart(self) -> None:
        self.open(self._tasks)

    async def do(self, act: Act, **how: Any) -> Outcome:
        return await self.service.do(act, **how)

    async def all(self, acts: Sequence[Act]) -> list[Outcome]:
        """At once, so that they make one batch."""
        return list(await asyncio.gather(*map(self.service.do, acts)))

    def key(self) -> str:
        return f"k{next(self._keys)}"

    def wrote(self, text: str, who: str = "v", **how: Any) -> Wrote:
        return Wrote(sender(who, **how), self.key(), text, self.now)

    async def say(self, text: str, who: str = "v", **how: Any) -> Outcome:
        return await self.do(self.wrote(text, who, **how))

    async def press(self, button: str, who: str = "v", **how: Any) -> Outcome:
        return await self.do(Pressed(sender(who, **how), self.key(), button))

    async def ring(self, kind: str, subject: object) -> Outcome:
        return await self.do(Rang(kind, str(subject)))

    async def move(self, by: timedelta) -> None:
        """Time passes, and every alarm rings when it is due."""
        until = self.now + by
        while due := await self.storage.alarms.due(until):
            self.now = max(self.now, due[0].due)
            await self.ring(due[0].kind, due[0].subject)
        self.now = until

    async def messages(self, who: str = "v") -> list[Message]:
        async with self.storage.work.read() as tx:
            return await tx.messages(who)

    async def last(self, who: str = "v") -> Message:
        return (await self.messages(who))[-1]

    async def conversation(self, who: str = "v") -> Conversation:
        async with self.storage.work.read() as tx:
            return (await tx.conversations_by_id([who]))[0]

    async def tickets(self, who: str = "v") -> list[Ticket]:
        async with self.storage.work.read() as tx:
            return await tx.tickets_of([who])

    async def ticket(self, number: int) -> Ticket:
        async with self.storage.work.read() as tx:
            found = await tx.ticket(number)
        assert found is not None
        return found

    async def log(self, number: int) -> list[Entry]:
        async with self.storage.work.read() as tx:
            return await tx.log(number)

    async def notes(self, who: str = "v") -> list[str]:
        async with self.storage.work.read() as tx:
            return [text for _, _, text in await tx.notes(who)]

    async def alarms(self) -> dict[tuple[str, str], datetime]:
        found = await self.storage.alarms.due(self.now + timedelta(days=999), 9999)
        return {(each.kind, each.subject): each.due for each in found}

    async def orders(self, destination: str) -> list[object]:
        return [each.order for each in await self.storage.outbox.head(destination, self.now, 999)]

    def read(self) -> Any:
        return self.storage.work.read()


def sender(who: str = "v", channel: str = "widget", **how: Any) -> Sender:
    return Sender(channel, who, conversation=who, **how)


async def buttons(shop: Shop, who: str = "v") -> list[str]:
    """What stands under the last message, by id."""
    return [each.id for each in (await shop.last(who)).buttons]


async def online(shop: Shop, *operators: str) -> None:
    for each in operators:
        await shop.do(Declare(each, Presence.ONLINE))


async def talking(
    shop: Shop, who: str = "v", number: int = 1, operator: str = "anna", *, channel: str = "widget"
) -> None:
    """The operator and the customer talk about a ticket."""
    await online(shop, operator)
    await shop.say("person", who, channel=channel)
    assert await shop.do(Take(operator, number)) == Done()


async def refused(shop: Shop, act: Act, *, code: str = "unsupported") -> str:
    """What is said to an act that is refused."""
    outcome = await shop.do(act)
    assert isinstance(outcome, Refused), outcome
    assert outcome.code == code
    return outcome.text


def seq(outcome: Outcome) -> int:
    assert isinstance(outcome, Done), outcome
    assert outcome.seq is not None
    return outcome.seq


@asynccontextmanager
async def open_shop(
    folder: Path, *, wrap: Any = None, venue: str | None = "group:", empty: Path | None = None
) -> AsyncIterator[Shop]:
    """A shop on a new database in the folder; `wrap` may put something between the service and the store.

    `empty` is a file to begin with, which saves the time to make the schema.
    """
    database = folder / "shop.db"
    if empty is not None:
        shutil.copy(empty, database)
    async with Storage.open(f"sqlite+aiosqlite:///{database}") as storage:
        if empty is None:
            await storage.upgrade()
        shop = Shop(storage, wrap(storage.work) if wrap else None, venue)
        async with asyncio.TaskGroup() as tasks:
            shop.open(tasks)
            try:
                yield shop
            finally:
                shop.close()


async def empty_database(path: Path) -> Path:
    """A file with the schema and nothing else."""
    async with Storage.open(f"sqlite+aiosqlite:///{path}") as storage:
        await storage.upgrade()
    return path
