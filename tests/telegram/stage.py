"""The stage of Telegram's tests: a real store and service, the real client library, and the emulated Bot API."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from bot.dialog.acts import Act, Done, Outcome, Rang
from bot.dialog.content import Content, Served
from bot.dialog.messages import Ref
from bot.dialog.operator_acts import Declare
from bot.dialog.records import Changes
from bot.dialog.service import DialogService
from bot.dialog.tools import Tools
from bot.storage.files import Files
from bot.storage.storage import Storage
from bot.telegram.client import make_bot
from bot.telegram.pacing import Pace, Paces
from bot.telegram.room import Hook, TelegramRoom
from bot.telegram.surroundings import Ports, Surroundings
from bot.telegram.tempo import Tempo
from handoff.operators import Presence
from tests.bot_api import BotApi, Group, Person
from tests.patience import PATIENCE

FAST = Pace(0.0, 1)
TEMPO = Tempo(Paces(FAST, FAST, FAST), poll=5, settle=0.1, lease=30, unfit=0.3, again=0.005, board=0)
GROUP = -1001234567890


class Clock:
    """The machine's clock, and how far a test has moved it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class Scripted:
    """A service that records what it is told to do, and does nothing but end the inbox rows."""

    storage: Storage
    acts: list[Act] = field(default_factory=list)
    rows: list[tuple[int, ...]] = field(default_factory=list)
    outcome: Callable[[Act], Outcome | Awaitable[Outcome]] = lambda _act: Done()

    async def do(self, act: Act, *, inbox: int | Sequence[int] | None = None) -> Outcome:
        rows = () if inbox is None else (inbox,) if isinstance(inbox, int) else tuple(inbox)
        outcome = self.outcome(act)
        result = await outcome if isinstance(outcome, Awaitable) else outcome
        async with self.storage.work.begin() as tx:
            await tx.save(Changes(inbox_done=list(rows)))
        self.acts.append(act)
        self.rows.append(rows)
        return result


@dataclass
class Stage:
    """One running room, with a group of operators and the people in it."""

    api: BotApi
    storage: Storage
    service: Any
    served: Served
    clock: Clock
    room: TelegramRoom
    group: Group
    tasks: asyncio.TaskGroup
    files: Files

    @property
    def content(self) -> Content:
        """What is served now."""
        return self.served.content

    def operator(self, name: str) -> Person:
        """An operator of the desk, with their own account."""
        telegram = self.content.desk.operators[name].telegram
        if telegram not in self._people:
            self._people[telegram] = self.api.person(name.title(), telegram, "ru")
            self.group.admits(self._people[telegram])
        return self._people[telegram]

    def __post_init__(self) -> None:
        self._people: dict[int, Person] = {}

    async def online(self, *names: str) -> None:
        """Operators come to work."""
        for name in names:
            await self.service.do(Declare(name, Presence.ONLINE))

    async def talk(self, customer: Person, operator: Person, text: str = "позовите оператора") -> int:
        """The customer calls a person and the operator accepts; returns the topic."""
        customer.says(text)
        await self.api.until(
            lambda: self.group.topics and any("accept:" in str(m) for m in self.group.shows(self.last))
        )
        await operator.presses("accept", to=self.group).answered()
        await self.until(lambda: self.group.topics[-1].name.startswith("🟢"))
        await self.until(lambda: any(name in "".join(customer.reads()) for name in ("Анна", "Anna")))
        await self.settled()
        return self.last

    async def talking(self) -> tuple[Person, Person, int]:
        """Boris and Anna talk; returns both and the topic."""
        boris, anna = self.api.person("Boris", language="ru"), self.operator("anna")
        await self.online("anna")
        return boris, anna, await self.talk(boris, anna)

    async def wait_in_queue(self, customer: Person) -> int:
        """The customer calls a person while nobody is there, and waits; returns the topic."""
        topics = len(self.group.topics)
        customer.says("позовите оператора")
        await self.until(lambda: customer.finds("wait"))
        await customer.presses("wait").answered()
        await self.until(lambda: len(self.group.topics) > topics and self.group.shows(self.last))
        return self.last

    @property
    def last(self) -> int:
        """The newest topic."""
        return self.group.topics[-1].id if self.group.topics else 0

    @property
    def acts(self) -> list[Act]:
        """What a scripted service was told to do."""
        return list(self.service.acts)

    async def told(self, count: int) -> list[Act]:
        """Wait until that many acts were handed in."""
        await self.until(lambda: len(self.service.acts) >= count)
        return self.acts

    async def handled(self) -> None:
        """Wait until every update has been handled."""

        async def pending() -> bool:
            return bool(self.api.updates.waiting) or bool(await self.storage.inbox.pending("telegram"))

        async with asyncio.timeout(PATIENCE):
            while await pending():
                await self.api.until(lambda: True)
                await asyncio.sleep(0.01)

    async def settled(self) -> None:
        """Wait until everything that can be sent has been sent."""
        async with asyncio.timeout(PATIENCE):
            while await self.storage.outbox.destinations(self.clock()):
                await self.api.until(lambda: True)
                await asyncio.sleep(0.01)

    async def ring(self) -> None:
        """Move the clock to the next alarm and ring it."""
        due = await self.storage.alarms.next_due()
        assert due is not None
        self.clock.ahead += max(timedelta(), due - self.clock())
        for alarm in await self.storage.alarms.due(self.clock()):
            await self.service.do(Rang(alarm.kind, alarm.subject))

    async def until(self, condition: Callable[[], object], seconds: float = PATIENCE) -> None:
        await self.api.until(condition, seconds)


def always_open(content: Content) -> Content:
    """The sample with every skill open around the clock, so that a test does not depend on its hour."""
    desk = content.desk
    hours = desk.skills[desk.default_skill].hours
    skills = {name: replace(skill, hours=hours) for name, skill in desk.skills.items()}
    return replace(content, desk=replace(desk, skills=skills))


@contextlib.asynccontextmanager
async def stage(
    content: Content, folder: Path, *, scripted: bool = False, run: bool = True, hook: Hook | None = None, **more: Any
) -> AsyncIterator[Stage]:
    """A stage; `more` are other fields of the tempo, `api` to bring one's own emulator, `clock` one's own time.

    `venue` says where the operators of a skill sit, else all are in one group; `limits` are for customers. `bridge` and
    `calendar` are the dialog's tools.
    """
    async with contextlib.AsyncExitStack() as closing:
        api = more.pop("api", None) or await closing.enter_async_context(BotApi())
        storage = await closing.enter_async_context(Storage.open(f"sqlite+aiosqlite:///{folder}/frontline.db"))
        await storage.upgrade()
        clock, numbers, served = more.pop("clock", None) or Clock(), count(1), Served(always_open(content))
        venue = more.pop("venue", lambda desk, skill: f"telegram:{desk.skills[skill].chat or GROUP}")
        given = {name: more.pop(name) for name in ("bridge", "calendar") if name in more}
        tools = Tools(lambda: f"conversation-{next(numbers)}", venue, **given)
        service = Scripted(storage) if scripted else DialogService(storage.work, served, clock, tools)
        files = Files(folder / "files")
        ports = Ports(storage.work, storage.inbox, storage.outbox, storage.topics, storage.leases, storage.keep, files)
        bot = make_bot(more.pop("token", api.token), api.url)
        around = Surroundings(bot, ports, service, served, clock, more.pop("group", GROUP), more.pop("limits", ()))
        room = TelegramRoom(around, more.pop("holder", "this"), hook, replace(TEMPO, **more))
        group = Group(api, api.chats[GROUP]) if GROUP in api.chats else api.group("Desk", GROUP)
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(service.run()) if isinstance(service, DialogService) else None
            if isinstance(service, DialogService):
                service.attend(served)
                service.attend(room)
            if run:
                room.run(tasks)
            try:
                yield Stage(api, storage, service, served, clock, room, group, tasks, files)
            finally:
                await room.close()
                if running is not None:
                    running.cancel()


def recorded_late(s: Stage) -> tuple[asyncio.Event, asyncio.Event]:
    """That something was sent is recorded when the second event is set; the first tells that it was sent."""
    sent, begun, ends = s.storage.outbox.sent, asyncio.Event(), asyncio.Event()

    async def late(rows: Sequence[int], refs: Sequence[tuple[Ref, str, int]] = ()) -> None:
        begun.set()
        await ends.wait()
        await sent(rows, refs)

    s.storage.outbox.sent = late
    return begun, ends
