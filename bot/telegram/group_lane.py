"""The lane of a group: everything that goes there, one order after another, the most urgent first."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.dialog.limits import Limiter
from bot.dialog.orders import Outgoing, RelayMessage
from bot.telegram.client import venue
from bot.telegram.pacing import Pacer, Watch
from bot.telegram.ranks import LEAVE, Rank
from bot.telegram.saturation import Saturation
from bot.telegram.surroundings import Surroundings
from bot.telegram.traffic import Strand, Waiting, next_of, posts, strands, superseded

LOOK = 500  # orders; what is behind them waits until it comes near


@dataclass(frozen=True, slots=True)
class Load:
    """What waits for a group: orders, and about how many seconds the last of them will wait."""

    orders: int = 0
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """What goes next. The first of `rows` must; the others may go in the same post. `leave` is for the pacer."""

    rows: Sequence[Outgoing]
    leave: int
    conversation: str
    rank: Rank


class GroupLane:
    """Chooses, and remembers what it takes to choose well. After a restart all waits as if it had just come."""

    def __init__(self, around: Surroundings, chat: int, pacer: Pacer, watch: Watch) -> None:
        self._around, self._chat, self._pacer, self._watch = around, chat, pacer, watch
        self._saturation = Saturation(around, chat)
        self._limiter = Limiter(around.limits)
        self._known: dict[int, Waiting] = {}
        self._opened: set[int] = set()
        self._served: dict[str, float] = {}
        self._in_a_row = 0
        self.load = Load()
        self.news = asyncio.Event()

    async def choose(self) -> Choice | None:
        """The next order; None when there is none, or the group must wait. What has become needless is dropped."""
        waiting = await self._look()
        await self._saturation.judge(self.load.delay)
        found = next_of(strands(waiting), self._watch.now(), self._served, self._in_a_row)
        return self._choice(*found) if found else None

    async def _look(self) -> list[Waiting]:
        self.news.clear()
        outbox, now = self._around.ports.outbox, self._around.clock()
        rows = await outbox.head(venue(self._chat), now, LOOK)
        homes = await self._homes([row for row in rows if row.id not in self._known])
        waiting = [self._waiting(row, homes) for row in rows]
        if needless := superseded(waiting):
            await outbox.sent([each.row.id for each in needless])
            waiting = [each for each in waiting if each not in needless]
        self._remember(waiting)
        self.load = Load(len(waiting), posts([each.row for each in waiting]) * self._pacer.every(self._chat))
        return waiting

    def served(self, choice: Choice) -> None:
        """It had its turn."""
        self._served[choice.conversation] = self._watch.now()
        self._in_a_row = self._in_a_row + 1 if choice.rank < Rank.WORDS else 0

    def opened(self, card: Outgoing) -> None:
        """The topic of this card is there; the rest of it gives way to what is more urgent."""
        self._opened.add(card.id)

    def _waiting(self, row: Outgoing, homes: Mapping[int, str]) -> Waiting:
        known = self._known.get(row.id)
        if known is None:
            conversation = homes[row.id]
            excess = isinstance(row.order, RelayMessage) and self._is_excess(conversation)
            return Waiting(row, conversation, self._watch.now(), excess)
        return Waiting(row, known.conversation, known.since, known.excess, row.id in self._opened)

    def _is_excess(self, conversation: str) -> bool:
        return self._limiter.wait(conversation, self._around.clock()) > 0

    async def _homes(self, rows: Sequence[Outgoing]) -> dict[int, str]:
        """The conversation of each: an order names it, or its ticket, or neither."""
        named = {row.id: str(getattr(row.order, "conversation", "")) for row in rows}
        numbers = {row.id: getattr(row.order, "ticket", None) for row in rows if not named[row.id]}
        wanted = {number for number in numbers.values() if number is not None}
        if wanted:
            async with self._around.ports.store.read() as tx:
                _, tickets = await tx.with_tickets(wanted)
            known = {each.number: each.conversation for each in tickets}
            named |= {row: known.get(number, "") for row, number in numbers.items() if number is not None}
        return named

    def _remember(self, waiting: Sequence[Waiting]) -> None:
        self._known = {each.row.id: each for each in waiting}
        self._opened &= self._known.keys()
        oldest = min((each.since for each in waiting), default=self._watch.now())
        self._served = {name: at for name, at in self._served.items() if at >= oldest}
        self._limiter.forget(self._around.clock())

    def _choice(self, strand: Strand, leave: int) -> Choice:
        head = strand.head
        full = not self._pacer.holds(self._chat, self.load.orders, LEAVE[Rank.WORDS])
        rows = strand.run if full else [head.row]
        return Choice(rows, leave, head.conversation, strand.rank)
