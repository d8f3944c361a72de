"""Routing: which waiting ticket is offered to whom."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handoff.desk import Desk
from handoff.operators import Presence, Standing, candidates
from handoff.queue import ordered
from handoff.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Assignment:
    """The ticket is to be offered to the operator."""

    ticket: int
    operator: str


# Of a candidate, the ticket and how many tickets the candidate gets in this round: the lowest wins, ties go to who
# passed the ticket fewer times, then to the longest idle.
Strategy = Callable[[Standing, Ticket, int], float]


def longest_idle(_standing: Standing, _ticket: Ticket, given: int) -> float:
    """Who has got a ticket in this round is idle no more; the rest is the tie."""
    return given


STRATEGIES: Mapping[str, Strategy] = {"longest_idle": longest_idle}


def assign(waiting: Sequence[Ticket], team: Sequence[Standing], desk: Desk, now: datetime) -> list[Assignment]:
    """Offers for as many waiting tickets as the team can take, in the queue's order.

    The number served is the greatest possible, and a ticket is never left out for one that stands behind it. Tickets
    that do not wait are ignored. `desk.routing.strategy` must be one of STRATEGIES.
    """
    matching = _Matching(team, STRATEGIES[desk.routing.strategy])
    for ticket in ordered((each for each in waiting if each.waiting), desk.routing, now):
        if matching.room_left == 0:
            break
        matching.serve(ticket)
    return [Assignment(number, operator) for number, operator in matching.holder.items()]


def work_conserved(
    waiting: Sequence[Ticket],
    team: Sequence[Standing],
    desk: Desk,  # noqa: ARG001 - widening will ask the desk, and how long the ticket has waited
    now: datetime,  # noqa: ARG001 - the same
) -> bool:
    """No ticket waits for which somebody could be offered it now."""
    return not any(candidates(ticket, team) for ticket in waiting if ticket.waiting)


_Need = tuple[str, tuple[str, ...]]


def _need(ticket: Ticket) -> _Need:
    """What tells the candidates of two tickets apart."""
    return ticket.skill, ticket.passed


class _Matching:
    """Tickets to operators with room, growing by augmenting paths (Kuhn): who is once served stays served.

    `holder` maps ticket numbers to operators, in the order served.
    """

    def __init__(self, team: Sequence[Standing], strategy: Strategy) -> None:
        self._team, self._strategy = team, strategy
        self._room = {each.operator.id: each.room for each in team if each.presence is Presence.ONLINE}
        self._given: dict[str, dict[int, Ticket]] = {who: {} for who in self._room}
        self._candidates: dict[_Need, list[Standing]] = {}
        self._exhausted: set[str] = set()  # no path leads from them to room, nor ever will in this round
        self.room_left = sum(self._room.values())
        self.holder: dict[int, str] = {}

    def serve(self, ticket: Ticket) -> None:
        """Give the ticket to the best candidate; if all are full, let one hand a ticket on to a colleague."""
        free = [each for each in self._may_have(ticket) if self._room[each.operator.id]]
        if free:
            best = min(free, key=lambda each: self._strategy(each, ticket, len(self._given[each.operator.id])))
            self._hand_on(best.operator.id, {best.operator.id: ticket})
        else:
            self._search(ticket)

    def _may_have(self, ticket: Ticket) -> list[Standing]:
        need = _need(ticket)
        if need not in self._candidates:
            self._candidates[need] = candidates(ticket, self._team)
        return self._candidates[need]

    def _search(self, ticket: Ticket) -> None:
        """Breadth first over who could have the ticket, and who what those would hand on, to the nearest room."""
        gets: dict[str, Ticket] = {}
        seen: set[_Need] = set()
        frontier = deque([ticket])
        while frontier:
            moving = frontier.popleft()
            if _need(moving) in seen:
                continue
            seen.add(_need(moving))
            for each in self._may_have(moving):
                who = each.operator.id
                if who in gets or who in self._exhausted:
                    continue
                gets[who] = moving
                if self._room[who]:
                    self._hand_on(who, gets)
                    return
                frontier.extend(self._given[who].values())
        self._exhausted.update(gets)

    def _hand_on(self, who: str, gets: Mapping[str, Ticket]) -> None:
        """Fill a place of `who`; the ticket leaves a place to be filled in its turn, back to the ticket that waited."""
        self._room[who] -= 1
        self.room_left -= 1
        gives: str | None = who
        while gives is not None:
            who, ticket = gives, gets[gives]
            gives = self.holder.get(ticket.number)
            if gives is not None:
                del self._given[gives][ticket.number]
            self.holder[ticket.number] = who
            self._given[who][ticket.number] = ticket
