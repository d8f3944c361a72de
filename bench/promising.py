"""A year of callbacks through the real service on SQLite: customers who book, move and travel, a process that is killed
and started again, a clock that jumps. What is promised and what became of it is read from the event log alone."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

from bot.dialog.acts import Pressed, Rang, Sender, Swept, Wrote
from bot.dialog.content import Content
from bot.dialog.operator_acts import Accept, Close, Declare
from bot.dialog.service import DialogService
from bot.dialog.work import Tools
from bot.storage.storage import Storage
from bot.workspace.cities import city_of, zone_of
from bot.workspace.phones import read_phone, show_phone
from bot.workspace.phrases import load_phrases
from handoff.desk import CallbackRules, Desk, Operator, Skill
from handoff.events import Entry, Result
from handoff.hours import Hours, Interval
from handoff.operators import Presence
from handoff.ticket import Kind, Offered
from intents.intent import Action, Catalogue, Intent
from intents.ranking import Candidate, Ranking, Thresholds
from kb.article import Article, Hit
from kb.render import plain
from kb.split import split

RIGA = "Europe/Riga"
START = datetime(2026, 1, 5, tzinfo=UTC)
HOURS = Hours(RIGA, ((Interval(0, 24 * 60),),) * 7)  # the nights on which the clock changes too
TEAM = {f"o{n}": Operator(f"o{n}", {}, skills={"general": 1.0}, capacity=50) for n in range(4)}
ZONES = (RIGA, RIGA, "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca")
RESULTS = (
    *(Result.RESOLVED,) * 14,
    *(Result.NO_ANSWER,) * 3,
    Result.BUSY,
    Result.ASKED_LATER,
    Result.DECLINED,
)
CLOCK_JUMP = timedelta(minutes=20)
DOWN = timedelta(hours=2)
MOVES, GIVES_UP = 0.15, 0.05  # of those who book
TOGETHER = 25  # customers who book at the same time, so that a year goes by in minutes


class _Asks:
    """Whatever is said is a wish to be called back."""

    def rank(self, _text: str, _locale: str, *, explain: bool = False) -> Ranking:  # noqa: ARG002 - as the port calls it
        return Ranking((Candidate("call", 1.0),))

    def rank_many(self, queries: Sequence[tuple[str, str]]) -> Sequence[Ranking]:
        return [self.rank(*each) for each in queries]


class _Nothing:
    """No article."""

    def get(self, _id: str, _locale: str) -> Article | None:
        return None

    def search(self, _query: str, _locale: str, _audience: str = "customers", _limit: int = 3) -> Sequence[Hit]:
        return ()


def content() -> Content:
    """A desk around the clock that has seats for a crowd."""
    rules = CallbackRules(per_slot=4 * TOGETHER, window=(0, 24 * 60), horizon=timedelta(days=2))
    desk = Desk(RIGA, ("en",), {"general": Skill("general", {"en": "General"}, HOURS)}, TEAM, callbacks=rules)
    return Content(
        version="1",
        desk=desk,
        intents=Catalogue({"call": Intent("call", {"en": "Call"}, action=Action.CALLBACK)}, {}),
        ranker=_Asks(),
        thresholds=Thresholds(),
        library=_Nothing(),
        phrases=load_phrases(None),
        plain=plain,
        split=split,
        phone=read_phone,
        matches=lambda _pattern, _text: False,
        city_of=city_of,
        zone_of=zone_of,
        show_phone=show_phone,
    )


@dataclass
class Year:
    """What a run has shown: `faults` are promises that were not as they should be, each said in a line."""

    callbacks: int = 0
    promises: int = 0
    restarts: int = 0
    jumps: int = 0
    rung: int = 0
    latest: timedelta = timedelta(0)  # after its due time, or after the restart that found it due
    faults: list[str] = field(default_factory=list)


class Simulation:
    """One run: a clock that only we move, and a service that is made anew at each restart."""

    def __init__(self, storage: Storage, callbacks: int, days: int, restarts: int, seed: int) -> None:
        self._storage, self._random = storage, Random(seed)
        self._content = content()
        self._callbacks, self._span = callbacks, timedelta(days=days)
        self._plan = self._planned(restarts)
        self._keys = count(1)
        self.now = START
        self.year = Year()
        self._away: list[tuple[datetime, datetime]] = []  # while nobody rang

    def _planned(self, restarts: int) -> Iterator[tuple[datetime, str, int]]:
        """When what happens, in order."""
        crowds = range(-(-self._callbacks // TOGETHER))
        moments = [(START + self._random.random() * self._span, "book", n) for n in crowds]
        moments += [(START + self._random.random() * self._span, "restart", n) for n in range(restarts)]
        moments += [(START + self._random.random() * self._span, "jump", n) for n in range(restarts)]
        return iter(sorted(moments))

    async def go(self) -> Year:
        """Until the year is over and everything that was promised in it has come due."""
        async with self._serving():
            for who in TEAM:
                await self._service.do(Declare(who, Presence.ONLINE))
        nearest = next(self._plan, None)
        while nearest is not None:
            async with self._serving():
                await self._service.do(Swept())
                while nearest is not None:
                    moment, what, number = nearest
                    await self._ring(until=moment)
                    self.now = max(self.now, moment)
                    nearest = next(self._plan, None)
                    if what == "restart":
                        break
                    await (self._crowd(number) if what == "book" else self._jump())
            down = self._random.random() * DOWN if nearest is not None else timedelta(0)
            self.year.restarts += nearest is not None
            self._away.append((self.now, self.now + down))
            self.now += down
        async with self._serving():
            await self._ring(until=self.now + timedelta(days=10))
        await self._judge()
        return self.year

    @asynccontextmanager
    async def _serving(self) -> AsyncIterator[None]:
        """A process from its start to its kill."""
        tools = Tools(lambda: "", lambda _desk, _skill: None)
        self._service = DialogService(self._storage.work, lambda: self._content, lambda: self.now, tools)
        running = asyncio.create_task(self._service.run())  # noqa: TID251 - killed below, as a process is
        try:
            yield
        finally:
            running.cancel()

    async def _ring(self, until: datetime) -> None:
        """Every alarm up to then, each at its time; what is offered is taken and done."""
        while due := await self._storage.alarms.due(max(until, self.now)):
            self.now = max(self.now, due[0].due)
            together = [each for each in due if each.due <= self.now]
            await asyncio.gather(*(self._service.do(Rang(each.kind, each.subject)) for each in together))
            self.year.rung += len(together)
            if any(each.kind == "callback" for each in together):
                await self._work()

    async def _work(self) -> None:
        async with self._storage.work.read() as tx:
            offered = [
                (each.number, each.state.operator)
                for each in await tx.open_tickets()
                if isinstance(each.state, Offered)
            ]
        await asyncio.gather(*(self._service.do(Accept(who, number)) for number, who in offered))
        results = [self._random.choice(RESULTS) for _ in offered]
        closes = [Close(who, number, result=result) for (number, who), result in zip(offered, results, strict=True)]
        await asyncio.gather(*map(self._service.do, closes))

    async def _jump(self) -> None:
        """The machine's clock is set, forward or back; what is due by the new time rings."""
        self.year.jumps += 1
        jump = self._random.uniform(-1, 1) * CLOCK_JUMP
        if jump > timedelta(0):
            self._away.append((self.now, self.now + jump))
        self.now += jump
        await self._ring(until=self.now)

    async def _crowd(self, number: int) -> None:
        first = number * TOGETHER
        await asyncio.gather(*map(self._book, range(first, min(first + TOGETHER, self._callbacks))))

    async def _book(self, number: int) -> None:
        """Some move it, some give it up, some are elsewhere by then."""
        zone = self._random.choice(ZONES)
        who = Sender("widget", f"v{number}", conversation=f"v{number}", zone=zone)
        await self._service.do(Wrote(who, self._key(), "call me", self.now))
        await self._choose(who)
        fate = self._random.random()
        if fate < MOVES:
            elsewhere = self._random.choice(ZONES)
            who = Sender("widget", f"v{number}", conversation=f"v{number}", zone=elsewhere)
            await self._service.do(Pressed(who, self._key(), "move"))
            await self._choose(who)
        elif fate < MOVES + GIVES_UP:
            await self._service.do(Pressed(who, self._key(), "unbook"))

    async def _choose(self, who: Sender) -> None:
        async with self._storage.work.read() as tx:
            messages = await tx.messages(who.address)
        slots = [each.id for each in messages[-1].buttons if each.id.startswith("slot:")]
        if slots:
            await self._service.do(Pressed(who, self._key(), self._random.choice(slots[:: len(slots) // 5 or 1])))

    def _key(self) -> str:
        return f"k{next(self._keys)}"

    # what became of it

    async def _judge(self) -> None:
        logs: dict[int, list[Entry]] = {}
        for entry in await self._storage.figures.callbacks(START):
            logs.setdefault(entry.ticket, []).append(entry)
        self.year.callbacks = len(logs)
        for number, log in logs.items():
            self._judge_one(number, log)
        async with self._storage.work.read() as tx:
            left = [each for each in await tx.scheduled() if each.kind is Kind.CALLBACK]
        self.year.faults += [f"#{each.number} is scheduled still" for each in left]

    def _judge_one(self, number: int, log: Sequence[Entry]) -> None:
        """Each due time is followed by one Came in time, or by a move or a close before it."""
        due: datetime | None = None
        for entry in log:
            if entry.event == "Came":
                self._judge_coming(number, entry, due)
                due = None
            elif "due" in entry.detail:
                self.year.promises += 1
                due = datetime.fromisoformat(entry.detail["due"])
            elif entry.after == "closed":
                due = None
        if due is not None:
            self.year.faults.append(f"#{number} promised for {due} never came")

    def _judge_coming(self, number: int, entry: Entry, due: datetime | None) -> None:
        if due is None:
            self.year.faults.append(f"#{number} came twice, or without a promise, at {entry.at}")
            return
        late = entry.at - max(due, self._heard(due))
        self.year.latest = max(self.year.latest, late)
        if entry.at < due or late > timedelta(seconds=1):
            self.year.faults.append(f"#{number} promised for {due} came at {entry.at}")

    def _heard(self, due: datetime) -> datetime:
        """When somebody could ring for it: at once, unless nobody was there."""
        return max((until for since, until in self._away if since <= due <= until), default=due)


async def simulate(folder: Path, callbacks: int, days: int = 365, restarts: int = 200, seed: int = 1) -> Year:
    """A year (or so many days of one) in a new database in the folder."""
    async with Storage.open(f"sqlite+aiosqlite:///{folder}/year.db") as storage:
        await storage.upgrade()
        return await Simulation(storage, callbacks, days, restarts, seed).go()
