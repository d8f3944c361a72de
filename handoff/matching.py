"""Matching: many tickets and many operators brought together, each ticket with the most skill that all can have."""

import heapq
from collections.abc import Mapping, Sequence
from math import inf

from handoff.eligibility import Candidate
from handoff.strategies import Strategy

_Line = list[tuple[tuple[float, ...], int, Candidate]]

TINY = 1e-9  # worths that differ by less are the same; sums of floats are never quite equal


class Matching:
    """Tickets are placed one after another; who once has a place keeps one, and the sum of worth is always greatest.

    That is the Hungarian method (Kuhn 1955, with the potentials of Edmonds and Karp 1972) on needs instead of
    tickets: tickets of one need can be exchanged, so a path through ten needs is searched where there are a thousand
    tickets. `may_have` holds the candidates of each need, which goes by a number here, with what each is worth.
    """

    def __init__(self, may_have: Mapping[int, Sequence[tuple[Candidate, float]]], strategy: Strategy) -> None:
        self._strategy = strategy
        self._worth: dict[int, dict[str, float]] = {}
        self._needs_of: dict[str, list[int]] = {}
        self._line: dict[int, _Line] = {}  # heaps of who may have it next
        self.room: dict[str, int] = {}
        for need, found in may_have.items():
            self._worth[need] = {each.standing.operator.id: worth for each, worth in found}
            for each, _ in found:
                self.room[each.standing.operator.id] = each.standing.free
                self._needs_of.setdefault(each.standing.operator.id, []).append(need)
            self._line[need] = self._in_line(need, [each for each, _ in found])
        self._hopeless: set[int] = set()
        self._given = dict.fromkeys(self.room, 0)
        self._has: dict[str, dict[int, list[int]]] = {who: {} for who in self.room}
        # What one more ticket of the need can still add at most, kept so that no step below adds more than it.
        self._potential = {need: max(worths.values(), default=-inf) for need, worths in self._worth.items()}
        # need -> other -> (gain, who): the most there is in `who` giving up one of the other for one of the need
        self._swaps: dict[int, dict[int, tuple[float, str]]] = {need: {} for need in self._worth}

    def _in_line(self, need: int, found: list[Candidate]) -> _Line:
        """The candidates in the order in which they are asked, apart from what this round gives them."""
        found.sort(key=lambda each: (each.standing.idle_since, each.standing.operator.id))
        line = [(self._rank(need, each, 0), at, each) for at, each in enumerate(found)]
        heapq.heapify(line)
        return line

    def _rank(self, need: int, candidate: Candidate, given: int) -> tuple[float, ...]:
        who = candidate.standing.operator.id
        return -self._worth[need][who], candidate.passes, *self._strategy(candidate, given)

    def place(self, ticket: int, need: int) -> bool:
        """Find a place for the ticket, others changing theirs where that is better; False when there is none."""
        if need in self._hopeless:
            return False
        end, before = self._search(need)
        if end is None:
            self._hopeless |= {need, *before}  # no way leads from these to room, nor will one in this round
            return False
        who, each = self._next(end) or "", end
        self.room[who] -= 1
        self._given[who] += 1
        while each != need:
            other, gives = before[each]
            self._put(who, each, self._take(gives, each))
            who, each = gives, other
        self._put(who, need, ticket)
        return True

    @property
    def holders(self) -> dict[int, str]:
        """Who has which ticket."""
        return {number: who for who, has in self._has.items() for numbers in has.values() for number in numbers}

    def _search(self, need: int) -> tuple[int | None, dict[int, tuple[int, str]]]:
        """The need at which the best path from `need` comes to room, and how it came there (Dijkstra)."""
        potential, loss, before = self._potential, {need: 0.0}, dict[int, tuple[int, str]]()
        ahead, least, end = dict(loss), inf, None
        while ahead:
            here = min(ahead, key=ahead.__getitem__)
            lost = ahead.pop(here) + potential[here]
            who = self._next(here)
            if who is not None and lost - self._worth[here][who] < least - TINY:
                least, end = lost - self._worth[here][who], here
            for other, (gain, gives) in self._swaps[here].items():
                there = lost - gain - potential[other]
                if there < least - TINY and there < loss.get(other, inf) - TINY:
                    loss[other] = ahead[other] = there
                    before[other] = here, gives
            ahead = {each: behind for each, behind in ahead.items() if behind < least - TINY}
        if end is not None:
            for each, lost in loss.items():
                potential[each] -= max(0.0, least - lost)
        return end, before

    def _next(self, need: int) -> str | None:
        """Who is to be asked first of those with room; who was given something meanwhile goes back in line."""
        line = self._line[need]
        while line:
            rank, at, candidate = line[0]
            who = candidate.standing.operator.id
            if not self.room[who]:
                heapq.heappop(line)
            elif (now := self._rank(need, candidate, self._given[who])) > rank:
                heapq.heapreplace(line, (now, at, candidate))
            else:
                return who
        return None

    def _put(self, who: str, need: int, number: int) -> None:
        numbers = self._has[who].setdefault(need, [])
        numbers.append(number)
        if len(numbers) == 1:
            for other in self._needs_of[who]:
                gain = self._worth[other][who] - self._worth[need][who]
                if other != need and gain > self._swaps[other].get(need, (-inf, ""))[0]:
                    self._swaps[other][need] = gain, who

    def _take(self, who: str, need: int) -> int:
        number = self._has[who][need].pop()
        if not self._has[who][need]:
            del self._has[who][need]
            for other in self._needs_of[who]:
                if self._swaps[other].get(need, (0.0, ""))[1] == who:
                    self._find_swap(other, need)
        return number

    def _find_swap(self, need: int, other: int) -> None:
        """Who else could give up one of the other for one of the need."""
        mine, theirs = self._worth[need], self._worth[other]
        gains = [(mine[who] - theirs[who], who) for who in mine if other in self._has[who]]
        if gains:
            self._swaps[need][other] = max(gains)
        else:
            del self._swaps[need][other]
