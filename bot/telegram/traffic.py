"""Traffic: which of the orders that wait for a group goes next. Pure: the lane knows them, and when they came.

Orders keep their order where it matters, in strands. What is said in a conversation is one: the card, then the words
that follow it, notes between them. What an operator waits for is a strand for each ticket, and overtakes the words; it
needs only that the conversation has its topic. A title overtakes nothing of its conversation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Final

from bot.dialog.orders import (
    Introduce,
    Notice,
    Order,
    Outgoing,
    RefreshTopic,
    RelayMessage,
    SettleOffer,
    SettleTake,
    ShowBoard,
    ShowOffer,
    ShowTake,
)
from bot.telegram.ranks import LEAVE, Rank, rank_of

AGEING: Final = 60.0  # seconds after which an order gains a rank, up to that of words
PATIENCE: Final = 15.0  # seconds after which words have a claim to every other turn of the team's
IN_A_ROW: Final = {Rank.URGENT: 6, Rank.ANSWERS: 3, Rank.TEAM: 1}  # turns that may go before such a claim is met


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that waits `since`, and the conversation that it concerns, if any.

    `excess` are words of a customer who writes faster than the limits allow; `opened` tells of a card whose topic is
    there already.
    """

    row: Outgoing
    conversation: str
    since: float
    excess: bool = False
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Strand:
    """Orders of which the first must go first, and how soon it should."""

    orders: tuple[Waiting, ...]
    rank: Rank

    @property
    def head(self) -> Waiting:
        """What goes next of it."""
        return self.orders[0]

    @property
    def run(self) -> list[Outgoing]:
        """Words at its head that follow one another without anything between; one post may hold them.

        What has failed once goes alone, lest it take others with it.
        """
        rows = [each.row for each in self.orders]
        together = takewhile(lambda pair: _follow(*pair), pairwise(rows))
        return [rows[0], *(second for _, second in together)]


def _follow(first: Outgoing, second: Outgoing) -> bool:
    match first.order, second.order:
        case RelayMessage(conversation=one, seq=seq), RelayMessage(conversation=other, seq=following):
            return (one, seq + 1) == (other, following) and first.tries == second.tries == 0
        case _:
            return False


def superseded(orders: Sequence[Waiting]) -> list[Waiting]:
    """What a later order makes needless: an older title or notice, an offer that was over before it was shown."""
    later: set[object] = set()
    needless = []
    for each in reversed(orders):
        match each.row.order:
            case RefreshTopic(ticket=ticket, conversation=left):
                over = (RefreshTopic, ticket, left) in later
                later.add((RefreshTopic, ticket, left))
            case Notice(subject=subject):
                over = subject in later
                later.add(subject)
            case ShowBoard():
                over = ShowBoard in later
                later.add(ShowBoard)
            case ShowOffer(ticket=ticket, operator=operator):
                over = (ticket, operator) in later and _untouched(each.row)
            case ShowTake(ticket=ticket):
                over = (ticket, "") in later and _untouched(each.row)
            case order:
                over = False
                later.update(_settled(order))
        needless += [each] if over else []
    return needless


def _settled(order: Order) -> list[tuple[int, str]]:
    match order:
        case SettleOffer(ticket=ticket, operator=operator):
            return [(ticket, operator)]
        case SettleTake(ticket=ticket):
            return [(ticket, "")]
        case _:
            return []


def _untouched(row: Outgoing) -> bool:
    """Nothing of it can have been shown."""
    return row.begun is None and row.tries == 0


KEPT: Final = frozenset({Rank.WORDS, Rank.CARDS, Rank.NOTES})  # in their order, within a conversation


def strands(orders: Sequence[Waiting]) -> list[Strand]:
    """What can go now, each strand with its rank."""
    talks: dict[str, list[Waiting]] = {}
    others: dict[object, list[Waiting]] = {}
    for each in orders:
        if each.conversation and rank_of(each.row.order) in KEPT:
            talks.setdefault(each.conversation, []).append(each)
        else:
            others.setdefault(_subject(each), []).append(each)
    free, held = [], set()
    for those in others.values():
        head, talk = those[0], talks.get(those[0].conversation, [])
        if not _needs(head, talk):
            free.append(Strand(tuple(those), rank_of(head.row.order)))
        elif rank_of(head.row.order) is Rank.URGENT:
            held.add(head.conversation)
    return free + [Strand(tuple(talk), _urgency(talk, urged=name in held)) for name, talk in talks.items()]


def _subject(each: Waiting) -> object:
    order = each.row.order
    number = getattr(order, "ticket", None)
    return (type(order) is RefreshTopic, number) if number is not None else each.row.id


def _needs(each: Waiting, talk: Sequence[Waiting]) -> bool:
    """Whether something of the talk has to go before."""
    earlier = [other for other in talk if other.row.id < each.row.id]
    if isinstance(each.row.order, RefreshTopic):
        return bool(earlier)
    return any(isinstance(other.row.order, Introduce) and not other.opened for other in earlier)


def _urgency(talk: Sequence[Waiting], *, urged: bool) -> Rank:
    """The best rank that waits in it; but who writes too fast gives way to the other customers."""
    if urged:
        return Rank.URGENT
    if any(each.opened for each in talk):
        return Rank.TEAM
    if any(each.excess for each in talk):
        return Rank.CARDS
    return min(rank_of(each.row.order) for each in talk)


def next_of(
    found: Sequence[Strand], now: float, served: Mapping[str, float], in_a_row: int
) -> tuple[Strand, int] | None:
    """Who goes next, and how much of the burst it must leave: the best; of equals whoever has had no turn for longest.

    `served` tells when each conversation had its last turn, `in_a_row` how many turns none was for words or less.
    """
    if not found:
        return None
    best = min(found, key=lambda each: _place(each, now, served))
    patient = [each for each in found if each.rank >= Rank.WORDS and now - each.head.since >= PATIENCE]
    if best.rank < Rank.WORDS and patient and in_a_row >= IN_A_ROW[best.rank]:
        other = min(patient, key=lambda each: _place(each, now, served))
        return other, LEAVE[best.rank]
    return best, LEAVE[_aged(best, now)]


def _place(strand: Strand, now: float, served: Mapping[str, float]) -> tuple[Rank, float, int]:
    head = strand.head
    return _aged(strand, now), max(head.since, served.get(head.conversation, head.since)), head.row.id


def _aged(strand: Strand, now: float) -> Rank:
    gained = int((now - strand.head.since) / AGEING)
    return strand.rank if strand.rank < Rank.WORDS else Rank(max(Rank.WORDS, strand.rank - gained))


def posts(rows: Sequence[Outgoing]) -> int:
    """About how many posts these will cost: words that can be joined are one, a card comes with its topic."""
    cost, last = 0, dict[str, Outgoing]()
    for row in rows:
        talk = getattr(row.order, "conversation", "")
        if talk not in last or not _follow(last[talk], row):
            cost += 2 if isinstance(row.order, Introduce) else 1
        last[talk] = row
    return cost
