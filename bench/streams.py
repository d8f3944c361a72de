"""Chats and callbacks in one queue at 95 % load, through the real routing: python bench/streams.py [--customers N].

Chats come at random; callbacks come in bursts, on the half hour, as they are promised. The exit status is 1 when one of
the two is starved: waits more than twice as long as the other, or is overtaken by who asked later.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from random import Random
from statistics import fmean

from handoff.desk import Desk, Operator, Skill
from handoff.hours import always
from handoff.operators import Presence, Standing
from handoff.routing import assign
from handoff.ticket import Kind, Ticket

START = datetime(2026, 1, 5, tzinfo=UTC)
HANDLING = 300.0  # seconds, on the average
SLOT = 1800
OPERATORS = 10
LOAD = 0.95
PROMISED = 0.3  # of all tickets are callbacks


@dataclass(frozen=True, slots=True)
class Served:
    """A ticket and when an operator got it, in seconds."""

    ticket: Ticket
    asked: float
    waited: float


def simulate(customers: int, seed: int = 1) -> list[Served]:
    """So many tickets, in the order in which they were served."""
    random = Random(seed)
    team = {f"o{n}": Operator(f"o{n}", {}, skills={"general": 1.0}, capacity=1) for n in range(OPERATORS)}
    desk = Desk("UTC", ("en",), {"general": Skill("general", {}, always("UTC"))}, team)
    idle = dict.fromkeys(team, START)
    busy: list[tuple[float, str]] = []
    waiting: list[Ticket] = []
    served: list[Served] = []
    coming = sorted(_arrivals(customers, random))
    while len(served) < customers:
        time = min(coming[0][0] if coming else float("inf"), busy[0][0] if busy else float("inf"))
        now = START + timedelta(seconds=time)
        while busy and busy[0][0] <= time:
            idle[heappop(busy)[1]] = now
        while coming and coming[0][0] <= time:
            _, number, kind = coming.pop(0)
            waiting.append(Ticket(number, f"c{number}", Kind(kind), "general", now))
        standing = [Standing(team[who], Presence.ONLINE, 0, since) for who, since in idle.items()]
        given = {each.ticket: each.operator for each in assign(waiting, standing, desk, now)}
        for ticket in [each for each in waiting if each.number in given]:
            asked = (ticket.asked - START).total_seconds()
            served.append(Served(ticket, asked, time - asked))
            del idle[given[ticket.number]]
            heappush(busy, (time + random.expovariate(1 / HANDLING), given[ticket.number]))
        waiting = [each for each in waiting if each.number not in given]
    return served


def _arrivals(customers: int, random: Random) -> Iterator[tuple[float, int, str]]:
    """When each comes: chats at random, callbacks at the beginning of a slot."""
    rate = LOAD * OPERATORS / HANDLING
    time = 0.0
    for number in range(customers):
        time += random.expovariate(rate)
        promised = random.random() < PROMISED
        yield (time // SLOT * SLOT + SLOT if promised else time), number, "callback" if promised else "chat"


def overtaken(served: Sequence[Served]) -> int:
    """How many were served after somebody who had asked later."""
    latest, found = 0.0, 0
    for each in served:
        found += each.asked < latest
        latest = max(latest, each.asked)
    return found


def waits(served: Sequence[Served], kind: Kind) -> list[float]:
    """The waits of one stream, in order of length."""
    return sorted(each.waited for each in served if each.ticket.kind is kind)


def main() -> int:
    """Print both streams beside each other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=20_000)
    served = simulate(parser.parse_args().customers)
    means = []
    for kind in (Kind.CHAT, Kind.CALLBACK):
        found = waits(served, kind)
        means.append(fmean(found))
        p99 = found[int(0.99 * len(found))]
        print(f"{kind.value:9} {len(found):6,}  mean wait {means[-1]:6.0f} s  p99 {p99:6.0f} s")
    print(f"overtaken by who asked later: {overtaken(served)}")
    return 1 if max(means) > 2 * min(means) or overtaken(served) else 0


if __name__ == "__main__":
    sys.exit(main())
