"""A desk in simulated time: customers come and leave, operators serve, and the real routing decides who gets whom.

Everything random is drawn here, from a seed. What becomes of a ticket is decided by `handoff`: `assign`, `transition`,
`ordered`, and the estimate by `paces`, `ahead` and `expected`. Times are seconds since the beginning of the run.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import chain, count
from random import Random

from handoff.ahead import ahead
from handoff.desk import Desk, Operator, Routing, Skill
from handoff.hours import always
from handoff.operators import Presence, Standing
from handoff.pace import SECOND, Paces, paces
from handoff.queue import ordered
from handoff.routing import assign, work_conserved
from handoff.ticket import (
    Entry,
    Kind,
    Reason,
    Ticket,
    TicketEvent,
    WasAccepted,
    WasClosed,
    WasOffered,
    opened,
    transition,
)
from handoff.wait import Wait, expected

START = datetime(2026, 1, 5, tzinfo=UTC)
DEADLINE = timedelta(seconds=60)
REMEMBERED = 200  # closed tickets that the pace is learnt from
RELEARN = 1800.0  # seconds between two looks at the pace
LAST = 20  # waits whose mean is the other estimate
UNAGED = Routing(ageing=timedelta(0))  # first come, first served
EACH = 4  # of so many who come, one is told an estimate if they have to wait
LOOK = 997  # events between two looks at whether somebody waits although somebody could serve


@dataclass(frozen=True, slots=True)
class Setting:
    """A desk and its customers; rates are per second. `shifts` says from when on how many operators are online."""

    team: Sequence[Operator]
    arriving: Mapping[str, float]  # skill -> rate
    handling: float
    leaving: float = 0.0
    routing: Routing = UNAGED
    fallback: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shifts: Sequence[tuple[float, int]] = ()

    def desk(self) -> Desk:
        """As `desk.yaml` would say it."""
        skills = {each: Skill(each, {}, always("UTC"), fallback=self.fallback.get(each, ())) for each in self.arriving}
        return Desk("UTC", ("en",), skills, {each.id: each for each in self.team}, routing=self.routing)


def team_of(size: int, *skills: str, capacity: int = 1, name: str = "o") -> list[Operator]:
    """So many operators with these skills."""
    return [Operator(f"{name}{n}", {}, skills=dict.fromkeys(skills, 1.0), capacity=capacity) for n in range(size)]


@dataclass(slots=True)
class Customer:
    """What became of one of them.

    `waited` is the time in the queue as the event log tells it, answered or gone; `turn` is when an operator was free
    for them, also if they had left by then. `last_waits` is the mean of the last 20 waits when they came.
    """

    number: int
    skill: str
    asked: float
    waited: float = 0.0
    left: bool = False
    turn: float = 0.0
    wait: Wait | None = None
    last_waits: float | None = None


@dataclass(slots=True)
class Run:
    """What a run has shown."""

    customers: list[Customer]
    seconds: float
    queue_seconds: float  # the integral of how many waited, taken at every event
    given: Mapping[str, int]  # operator -> tickets
    unconserved: int  # looks that found somebody waiting for nothing


def run(setting: Setting, customers: int, seed: int) -> Run:
    """Let so many customers come, and go on until the last of them is gone."""
    floor = _Floor(setting, customers, Random(seed))
    floor.go()
    return Run(list(floor.customers.values()), floor.time, floor.queue_seconds, floor.given, floor.unconserved)


class _Floor:
    """The simulation: a clock, a heap of what is to come, and the desk as it stands."""

    def __init__(self, setting: Setting, customers: int, random: Random) -> None:
        self._setting, self._random, self._expected = setting, random, customers
        self._desk = setting.desk()
        self._heap: list[tuple[float, int, str, object]] = []
        self._order = count()
        self.time, self.now = 0.0, START
        self.customers: dict[int, Customer] = {}
        self._waiting: dict[int, Ticket] = {}
        self._active: dict[int, Ticket] = {}
        self._logs: dict[int, list[Entry]] = {}
        self._team = {each.id: Standing(each, Presence.ONLINE, 0, START) for each in setting.team}
        self._paces, self._learnt = Paces(), -RELEARN
        self._closed: deque[list[Entry]] = deque(maxlen=REMEMBERED)
        self._last: deque[float] = deque(maxlen=LAST)
        self._gone: list[Customer] = []  # who left before their turn
        self.queue_seconds = 0.0
        self.given = dict.fromkeys(self._team, 0)
        self.unconserved = 0
        for skill in setting.arriving:
            self._plan_arrival(skill)
        for since, online in setting.shifts:
            self._at(since, "shift", online)

    def go(self) -> None:
        """Until nothing is to come."""
        steps = {
            "arrival": self._arrive,
            "close": self._close,
            "leave": self._leave,
            "shift": self._shift,
            "widen": _nothing,
        }
        for event in count(1):
            if not self._heap or (len(self.customers) == self._expected and not self._waiting and not self._active):
                break
            time, _, kind, subject = heappop(self._heap)
            self.queue_seconds += len(self._waiting) * (time - self.time)
            self.time, self.now = time, START + timedelta(seconds=time)
            steps[kind](subject)
            self._serve()
            if kind == "arrival" and len(self.customers) % EACH == 0 and len(self.customers) in self._waiting:
                self._estimate(self.customers[len(self.customers)])
            if event % LOOK == 0:
                conserved = work_conserved(self._line(), list(self._team.values()), self._desk, self.now)
                self.unconserved += not conserved

    # what happens

    def _arrive(self, skill: str) -> None:
        if len(self.customers) == self._expected:
            return
        number = len(self.customers) + 1
        self.customers[number] = Customer(number, skill, self.time)
        ticket = Ticket(number, "", Kind.CHAT, skill, self.now)
        self._waiting[number] = ticket
        self._logs[number] = [opened(ticket, self.now)]
        self._plan_arrival(skill)
        if self._setting.leaving:
            self._at(self.time + self._random.expovariate(self._setting.leaving), "leave", number)
        for step in self._setting.routing.widen:
            self._at(self.time + step.after.total_seconds(), "widen", None)

    def _close(self, number: int) -> None:
        ticket = self._active.pop(number)
        assert ticket.operator is not None
        self._move(ticket, WasClosed(Reason.RESOLVED), ticket.operator)
        self._load(ticket.operator, -1)

    def _leave(self, number: int) -> None:
        ticket = self._waiting.pop(number, None)
        if ticket is not None:
            self._move(ticket, WasClosed(Reason.ABANDONED), "customer")
            customer = self.customers[number]
            customer.left = True
            self._gone.append(customer)

    def _shift(self, online: int) -> None:
        """The first so many operators take tickets; the others finish what they have."""
        for n, each in enumerate(self._team):
            presence = Presence.ONLINE if n < online else Presence.PAUSED
            self._team[each] = replace(self._team[each], presence=presence)

    # what follows

    def _serve(self) -> None:
        room = any(each.load < each.operator.capacity for each in self._team.values())
        if self._waiting and room:  # without room there is nothing to assign
            for each in assign(list(self._waiting.values()), list(self._team.values()), self._desk, self.now):
                self._accept(self._waiting.pop(each.ticket), each.operator)
        if self._gone:
            self._turns_of_the_gone()

    def _accept(self, ticket: Ticket, operator: str) -> None:
        ticket = self._move(ticket, WasOffered(operator, self.now + DEADLINE), "bot")
        self._active[ticket.number] = self._move(ticket, WasAccepted(operator), operator)
        self._load(operator, 1)
        self.given[operator] += 1
        self._at(self.time + self._random.expovariate(self._setting.handling), "close", ticket.number)
        customer = self.customers[ticket.number]
        customer.turn = self.time
        self._last.append(customer.waited)
        if self._gone:
            self._pass(ticket.number)

    def _pass(self, number: int) -> None:
        """Whoever had come before this one would have had their turn; true of one skill, first come, first served."""
        for each in [gone for gone in self._gone if gone.number < number]:
            each.turn = self.time
            self._gone.remove(each)

    def _turns_of_the_gone(self) -> None:
        room = any(each.room and each.presence is Presence.ONLINE for each in self._team.values())
        if not self._waiting and room:
            for each in self._gone:
                each.turn = self.time
            self._gone.clear()

    def _estimate(self, customer: Customer) -> None:
        if self.time >= self._learnt + RELEARN:
            self._paces, self._learnt = paces(chain.from_iterable(self._closed)), self.time
        line = self._line()
        place = [each.number for each in line].index(customer.number)
        before = ahead((each.skill for each in line), self._team.values())[place]
        customer.wait = expected(before, self._paces.of(customer.skill))
        if len(self._last) == LAST:
            customer.last_waits = sum(self._last) / LAST

    def _line(self) -> list[Ticket]:
        return ordered(self._waiting.values(), self._desk.routing, self.now)

    def _move(self, ticket: Ticket, event: TicketEvent, actor: str) -> Ticket:
        after, entry = transition(ticket, event, self.now, actor)
        log = self._logs[ticket.number]
        log.append(entry)
        if entry.before in ("queued", "offered"):
            self.customers[ticket.number].waited = (entry.at - log[0].at) / SECOND
        if not after.open:
            self._closed.append(self._logs.pop(ticket.number))
        return after

    def _load(self, operator: str, change: int) -> None:
        it = self._team[operator]
        self._team[operator] = Standing(it.operator, it.presence, it.load + change, self.now)

    def _plan_arrival(self, skill: str) -> None:
        self._at(self.time + self._random.expovariate(self._setting.arriving[skill]), "arrival", skill)

    def _at(self, time: float, kind: str, subject: object) -> None:
        heappush(self._heap, (time, next(self._order), kind, subject))


def _nothing(_subject: object) -> None:
    """A widening is due: the desk is looked at anew."""
