"""Lines: who waits for what and who holds how much, counted by the store and brought up to this moment of the batch."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from handoff.desk import Routing
from handoff.queue import Line, OrderKey, in_line, order_key, ordered
from handoff.ticket import Ticket

if TYPE_CHECKING:
    from bot.dialog.ports import Transaction
    from bot.dialog.work import Work


class Lines:
    """What a batch asks of the whole desk without reading every ticket."""

    def __init__(self, work: "Work") -> None:
        self._work = work
        self._counted: Mapping[str, Line] | None = None  # as they were before this batch

    def loads(self, read: Mapping[str, int]) -> dict[str, int]:
        """How many tickets each operator holds, offers included; `read` is how many before this batch."""
        loads = dict(read)
        for before, now in self._work.changed():
            for ticket, step in ((before, -1), (now, 1)):
                if ticket and ticket.operator:
                    loads[ticket.operator] = loads.get(ticket.operator, 0) + step
        return loads

    async def all(self) -> dict[str, Line]:
        """How many stand in line for each skill for which anybody does."""
        if self._counted is None:
            self._counted = await self._work.tx.lines()
        lines = dict(self._counted)
        for before, now in self._work.changed():
            for ticket, step in ((before, -1), (now, 1)):
                if ticket and in_line(ticket):
                    line = lines.get(ticket.skill, Line())
                    waits, kept = step * ticket.waiting, step * (ticket.kept is not None)
                    offered = step * (not ticket.in_queue)
                    lines[ticket.skill] = Line(line.waiting + waits, line.offered + offered, line.kept + kept)
        return {skill: line for skill, line in lines.items() if line.length}

    def touched(self) -> set[str]:
        """The skills in whose lines this batch has moved anybody."""
        both = (ticket for pair in self._work.changed() for ticket in pair)
        return {each.skill for each in both if each and in_line(each)}

    async def of(self, skill: str) -> Line:
        """How many stand in line for the skill."""
        return (await self.all()).get(skill, Line())

    async def longer(self, skill: str, than: int) -> bool:
        """Whether more than so many stand in line for the skill."""

        def stands(ticket: Ticket | None) -> bool:
            return ticket is not None and in_line(ticket) and ticket.skill == skill

        joined = sum(stands(now) - stands(before) for before, now in self._work.changed())
        return joined > than or await self._work.tx.longer(skill, than - joined)

    async def held_by(self, operator: str) -> list[Ticket]:
        """What the operator holds, offers included, oldest first."""
        found = self._work.recall(await self._work.tx.held(operator))
        return [each for each in found if each.operator == operator]

    async def place(self, ticket: Ticket) -> int:
        """The ticket's place, from 1, among those in line for its skill."""
        routing, now = self._work.content.desk.routing, self._work.now
        key = order_key(ticket, routing, now)
        found = await self._work.tx.ahead(ticket.skill, now, routing.ageing, key)

        def counts(other: Ticket | None) -> bool:
            return (
                other is not None
                and in_line(other)
                and other.skill == ticket.skill
                and order_key(other, routing, now) <= key
            )

        return found + sum(counts(after) - counts(before) for before, after in self._work.changed())

    async def head(self, skills: Iterable[str], preferred: Iterable[str], limit: int) -> tuple[list[Ticket], bool]:
        """The first in the queue for one of the skills or who prefer one of the operators, and whether these are all.

        What this batch has brought into the queue stands among them at its own place.
        """
        work, wanted, liked = self._work, set(skills), set(preferred)
        routing, now = work.content.desk.routing, work.now
        left = sum(before is not None and before.in_queue and not after.in_queue for before, after in work.changed())
        read = await work.tx.head(wanted, liked, now, routing.ageing, limit + left)
        whole = len(read) < limit + left
        last = None if whole else order_key(read[-1], routing, now)
        found = [
            each
            for each in work.recall(read)
            if each.in_queue and (each.skill in wanted or (each.preferred and each.preferred.operator in liked))
        ]
        return _until(found, last, routing, now), whole


async def in_view(tx: "Transaction", routing: Routing, now: datetime, first: int) -> list[Ticket]:
    """All that operators hold and the `first` of each line, in the order of service."""
    read = [*await tx.firsts(await tx.lengths(), now, routing.ageing, first), *await tx.held()]
    return ordered({each.number: each for each in read}.values(), routing, now)


def _until(tickets: Iterable[Ticket], last: OrderKey | None, routing: Routing, now: datetime) -> list[Ticket]:
    """Those that stand no further back than the last one that was read; behind it others may come first."""
    return [each for each in tickets if last is None or order_key(each, routing, now) <= last]
