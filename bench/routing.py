"""Routing, as it is at its hardest: many meet many, and one is freed where ten thousand wait.

- joint: one assignment of 1,000 waiting tickets to 200 operators with 10 skills: its time, and its total skill as a
  share of the optimum that scipy finds for the same tickets.
- fairness: Jain's index of the tickets served by each of 20 operators, longest idle first, over a simulated run.
- floor: an operator closes a ticket while 10,000 wait and while 40 do, through the real service on SQLite: the CPU of
  the whole batch. `judgement` is that of the event loop's thread: the dialog, the floor, the routing. `statements` is
  that of the driver's `execute` and `executemany`, `commit` that of its `commit`. `rows` is what remains: SQLAlchemy,
  rows fetched and made into tickets, the way to the database's thread and back. `outside SQL` is judgement and rows.

CPU time is measured, not the clock's, since a shared machine has others to serve.
"""

import argparse
import asyncio
import gc
import heapq
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Self

import numpy as np
from scipy.optimize import linear_sum_assignment

from bot.dialog.conversation import Conversation, Mode, Owner, Shown
from bot.dialog.operator_acts import Accept, Close, Declare
from bot.dialog.records import Changes
from bot.dialog.service import DialogService
from bot.dialog.work import Tools
from bot.storage import sqlite
from bot.storage.storage import Storage
from bot.workspace.loading import load
from handoff.desk import Desk, Operator, Routing, Skill, Widen
from handoff.eligibility import candidates
from handoff.hours import always
from handoff.operators import Presence, Standing
from handoff.routing import assign
from handoff.ticket import Kind, Priority, Ticket, opened

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SKILLS = [f"skill{number}" for number in range(10)]
NEVER = -1e6


def desk(operators: int, random: Random, **routing: Any) -> Desk:
    skills = {each: Skill(each, {"en": each}, always("UTC")) for each in SKILLS}
    team = {}
    for number in range(operators):
        levels = {each: round(random.uniform(0.1, 1), 2) for each in random.sample(SKILLS, 3)}
        team[f"o{number}"] = Operator(f"o{number}", {"en": "O"}, None, levels, random.randint(1, 5), ("en",))
    return Desk("UTC", ("en",), skills, team, Routing(**routing))


def tickets(number: int, random: Random) -> list[Ticket]:
    return [
        Ticket(
            each,
            f"c{each}",
            Kind.CHAT,
            random.choice(SKILLS),
            NOW - random.randint(0, 600) * SECOND,
            priority=random.choice([*Priority]),
        )
        for each in range(1, number + 1)
    ]


def joint(rounds: int) -> None:
    random, times, shares = Random(1), list[float](), list[float]()
    steps = (Widen(0 * SECOND, min_level=0.3), Widen(120 * SECOND, min_level=0.1))
    for _ in range(rounds):
        rules = desk(200, random, widen=steps)
        team = [Standing(each, Presence.ONLINE, 0, NOW) for each in rules.operators.values()]
        waiting = tickets(1000, random)
        gc.collect()  # what the comparison below leaves behind is not the assignment's to clear away
        began = time.process_time()
        made = assign(waiting, team, rules, NOW)
        times.append(time.process_time() - began)
        shares.append(_share(made, waiting, team, rules))
    print(f"joint: 1000 x 200, 10 skills: {_ms(times)} (bar: 20 ms), served {len(made)}")
    print(f"joint: total skill {min(shares):.4f} of the optimum at least (bar: 0.97)")


def _share(made: list[Any], waiting: list[Ticket], team: list[Standing], rules: Desk) -> float:
    known = {each.number: each for each in waiting}
    places = [each.operator.id for each in team for _ in range(each.free)]
    levels = []
    for each in made:
        may_have = candidates(known[each.ticket], team, rules, NOW)
        levels.append({found.standing.operator.id: found.level for found in may_have})
    table = np.array([[each.get(place, NEVER) for place in places] for each in levels])
    best = table[linear_sum_assignment(table, maximize=True)].sum()
    return float(sum(level[each.operator] for level, each in zip(levels, made, strict=True)) / best)


class Shift:
    """Operators with equal skill, and customers who come and are served at random."""

    def __init__(self, operators: int, random: Random) -> None:
        self.random, self.rules = random, Desk("UTC", ("en",), {"a": Skill("a", {}, always("UTC"))}, {})
        team = [Operator(f"o{number}", {}, skills={"a": 1.0}) for number in range(operators)]
        self.team = {each.id: Standing(each, Presence.ONLINE, 0, NOW) for each in team}
        self.served = dict.fromkeys(self.team, 0)
        self.waiting: list[Ticket] = []
        self.ends: list[tuple[float, str]] = []

    def comes(self, number: int, at: float) -> None:
        while self.ends and self.ends[0][0] < at:
            ended, who = heapq.heappop(self.ends)
            standing = self.team[who]
            self.team[who] = replace(standing, load=standing.load - 1, idle_since=NOW + ended * SECOND)
            self.serve(ended)
        self.waiting.append(Ticket(number, "c", Kind.CHAT, "a", NOW + at * SECOND))
        self.serve(at)

    def serve(self, at: float) -> None:
        now = NOW + at * SECOND
        for each in assign(self.waiting, list(self.team.values()), self.rules, now):
            standing = self.team[each.operator]
            self.team[each.operator] = replace(standing, load=standing.load + 1, idle_since=now)
            self.served[each.operator] += 1
            heapq.heappush(self.ends, (at + self.random.expovariate(1.0), each.operator))
            self.waiting = [waits for waits in self.waiting if waits.number != each.ticket]


def fairness(customers: int) -> None:
    random, at = Random(2), 0.0
    shift = Shift(20, random)
    for number in range(customers):
        at += random.expovariate(20 * 3 * 0.8)  # three at once each, busy for four fifths of the time
        shift.comes(number, at)
    served = shift.served.values()
    jain = sum(served) ** 2 / (len(served) * sum(each**2 for each in served))
    print(f"fairness: Jain's index {jain:.4f} over {sum(served)} tickets and 20 operators (bar: 0.998)")


class Spent:
    """The CPU time that the driver takes in the thread that runs it."""

    statements = 0.0
    commits = 0.0


class Cursor(sqlite3.Cursor):
    def execute(self, *given: Any) -> Self:
        began = time.thread_time()
        super().execute(*given)
        Spent.statements += time.thread_time() - began
        return self

    def executemany(self, *given: Any) -> Self:
        began = time.thread_time()
        super().executemany(*given)
        Spent.statements += time.thread_time() - began
        return self


class Connection(sqlite3.Connection):
    def cursor(self) -> Cursor:  # type: ignore[override] - SQLAlchemy asks for none of another kind
        return super().cursor(Cursor)

    def commit(self) -> None:
        began = time.thread_time()
        super().commit()
        Spent.commits += time.thread_time() - began


async def floor(folder: Path, waiting: int, operators: int, rounds: int) -> None:
    random, now = Random(3), [NOW]
    content = load(None, folder)
    rules = desk(operators, random, widen=(Widen(120 * SECOND, min_level=0.05),))
    content = replace(content, desk=rules)
    sqlite.CONNECT["factory"] = Connection
    async with Storage.open(f"sqlite+aiosqlite:///{folder}/{waiting}.db") as storage, asyncio.TaskGroup() as tasks:
        await storage.upgrade()
        room = sum(each.capacity for each in rules.operators.values())
        await _fill(storage, room + waiting + rounds // 2, random)  # in the middle of the run so many wait
        service = DialogService(
            storage.work, lambda: content, lambda: now[0], Tools(str, lambda _desk, _skill: "group")
        )
        running = tasks.create_task(service.run())
        for who in rules.operators:
            await service.do(Declare(who, Presence.ONLINE))
        await _accept_all(storage, service)
        gc.collect()
        gc.freeze()  # as the application does when it has started
        await _measure(storage, service, now, rounds, f"floor: {waiting} wait, {operators} operators")
        running.cancel()
    gc.unfreeze()


async def _fill(storage: Storage, waiting: int, random: Random) -> None:
    shown = Shown(mode=Mode.QUEUED, position=1, told=NOW)
    changes = Changes()
    for each in tickets(waiting, random):
        talk = Conversation(each.conversation, "widget", each.conversation, NOW, NOW, owner=Owner.OPERATOR, shown=shown)
        changes.conversations[talk.id] = (talk, True)
        changes.tickets[each.number] = (each, None)
        changes.entries.append(opened(each, NOW))
    async with storage.work.begin() as tx:
        await tx.save(changes)


async def _accept_all(storage: Storage, service: DialogService) -> None:
    for each in await _held(storage, "offered"):
        await service.do(Accept(each.operator or "", each.number))


async def _held(storage: Storage, state: str) -> list[Ticket]:
    """Read as few as can be: ten thousand tickets made and dropped would leave the next measurement a cold cache."""
    async with storage.work.read() as tx:
        return [each for each in await tx.held() if each.state_name == state]


async def _measure(storage: Storage, service: DialogService, now: list[datetime], rounds: int, what: str) -> None:
    names = ("outside SQL", "judgement", "rows", "statements", "commit")
    parts: dict[str, list[float]] = {each: [] for each in names}
    for _ in range(rounds):
        now[0] += SECOND
        held = (await _held(storage, "active"))[0]
        Spent.statements = Spent.commits = 0.0
        whole, loop = time.process_time(), time.thread_time()
        await service.do(Close(held.operator or "", held.number))
        whole, loop = time.process_time() - whole, time.thread_time() - loop
        rows = whole - loop - Spent.statements - Spent.commits
        for name, time_of in zip(parts, (loop + rows, loop, rows, Spent.statements, Spent.commits), strict=True):
            parts[name].append(time_of)
        await _accept_all(storage, service)
    told = [f"{name} {_ms(times)}" for name, times in parts.items()]
    print(f"{what}: {told[0]} (bar: 2 ms): {', '.join(told[1:])}")


def _ms(times: list[float]) -> str:
    ordered = sorted(times)
    return f"{statistics.median(ordered) * 1000:.2f} ms (p95 {ordered[int(len(ordered) * 0.95)] * 1000:.2f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", nargs="*", help="joint, fairness, floor; all of them without")
    parser.add_argument("--waiting", type=int, default=10_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        parts: dict[str, Callable[[], object]] = {
            "joint": lambda: joint(20),
            "fairness": lambda: fairness(20_000),
            "floor": lambda: [asyncio.run(floor(Path(folder), each, 20, 40)) for each in (wanted.waiting, 40)],
        }
        for name in wanted.part or parts:
            parts[name]()


if __name__ == "__main__":
    main()
