"""Routing: which waiting ticket is offered to whom, or shown to whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handoff.desk import Desk
from handoff.eligibility import Need, OnDuty, need_of, reach
from handoff.matching import Matching
from handoff.operators import Standing
from handoff.queue import ordered
from handoff.strategies import BROADCAST, STRATEGIES, worth
from handoff.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Assignment:
    """The ticket is to be offered to the operator."""

    ticket: int
    operator: str


@dataclass(frozen=True, slots=True)
class Showing:
    """The ticket is to be shown to the operators, who may take it."""

    ticket: int
    operators: tuple[str, ...]


def assign(waiting: Sequence[Ticket], team: Sequence[Standing], desk: Desk, now: datetime) -> list[Assignment]:
    """Offers for as many waiting tickets as the team can take, in the queue's order; none where tickets are shown.

    The number served is the greatest possible, a ticket is never left out for one that stands behind it, and of all
    ways to serve those, one with the greatest sum of worth is chosen; of equals the strategy's. A lone ticket is the
    strategy's alone. Tickets that do not wait are ignored.
    """
    if desk.routing.strategy == BROADCAST:
        return []
    on_duty = OnDuty(team, desk)
    needs: dict[Need, int] = {}
    line = [
        (each.number, needs.setdefault(need_of(each, desk.routing, now), len(needs)))
        for each in ordered(waiting, desk.routing, now)
        if each.waiting
    ]
    found = {number: on_duty.candidates(need) for need, number in needs.items()}
    line = [(ticket, need) for ticket, need in line if found[need]]
    together = len(line) > 1
    may_have = {
        number: [(each, worth(each, need, together=together)) for each in found[number]]
        for need, number in needs.items()
    }
    matching = Matching(may_have, STRATEGIES[desk.routing.strategy])
    room = sum(matching.room.values())
    served: list[int] = []
    for ticket, need in line:
        if len(served) == room:
            break
        if matching.place(ticket, need):
            served.append(ticket)
    holders = matching.holders
    return [Assignment(number, holders[number]) for number in served]


def still_open(made: Iterable[Assignment], waiting: Iterable[Ticket], team: Iterable[Standing], desk: Desk) -> set[str]:
    """The skills of which one ticket more might be served after these assignments.

    That is so if somebody has room left for it, or has room for what a colleague who can help was given instead.
    """
    skills = {each.number: each.skill for each in waiting}
    given: dict[str, set[str]] = {}
    loads: dict[str, int] = {}
    for each in made:
        given.setdefault(each.operator, set()).add(skills[each.ticket])
        loads[each.operator] = loads.get(each.operator, 0) + 1
    known = {each.operator.id: each for each in team}
    left = [replace(each, load=each.load + loads.get(who, 0)) for who, each in known.items()]
    found, before = reach(left, desk), set[str]()
    while found != before:
        before = found
        found = before | reach((known[who] for who, has in given.items() if has & before), desk)
    return found


def showings(waiting: Iterable[Ticket], team: Sequence[Standing], desk: Desk, now: datetime) -> list[Showing]:
    """To whom waiting tickets are to be shown who could not take them before; none unless the desk broadcasts."""
    if desk.routing.strategy != BROADCAST:
        return []
    on_duty = OnDuty(team, desk)
    found: list[Showing] = []
    for ticket in ordered(waiting, desk.routing, now):
        if ticket.waiting:
            able = (each.standing.operator.id for each in on_duty.candidates(need_of(ticket, desk.routing, now)))
            new = tuple(sorted(who for who in able if who not in ticket.shown))
            found += [Showing(ticket.number, new)] if new else []
    return found


def left_out(waiting: Iterable[Ticket], team: Sequence[Standing], desk: Desk, now: datetime) -> set[str]:
    """Who has room, and may have none of these tickets."""
    on_duty = OnDuty(team, desk)
    needs = {need_of(each, desk.routing, now) for each in waiting if each.waiting}
    able = {each.standing.operator.id for need in needs for each in on_duty.candidates(need)}
    return {each.operator.id for each in team if each.free} - able


def work_conserved(waiting: Sequence[Ticket], team: Sequence[Standing], desk: Desk, now: datetime) -> bool:
    """No ticket waits that could be offered to somebody now, or shown to somebody who has not seen it."""
    if desk.routing.strategy == BROADCAST:
        return not showings(waiting, team, desk, now)
    on_duty = OnDuty(team, desk)
    return not any(on_duty.candidates(need_of(each, desk.routing, now)) for each in waiting if each.waiting)
