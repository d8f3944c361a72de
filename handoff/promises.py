"""Promises of a wait: what customers in the queue were told, and whether it came true."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from handoff.events import Entry
from handoff.ticket import Ticket

PROMISED = "WaitPromised"
MINUTE = timedelta(minutes=1)


def promised(ticket: Ticket, minutes: tuple[int, int], now: datetime) -> Entry:
    """The row for the log: the customer was told a wait of so many minutes, from and to."""
    low, high = minutes
    state = ticket.state_name
    return Entry(ticket.number, now, "bot", PROMISED, state, state, detail={"low": str(low), "high": str(high)})


@dataclass(frozen=True, slots=True)
class Kept:
    """How many promises of a wait held (an operator came `within` the range), or not (`sooner`, `later`)."""

    within: int = 0
    sooner: int = 0
    later: int = 0

    @property
    def judged(self) -> int:
        """All of them."""
        return self.within + self.sooner + self.later

    @property
    def share(self) -> float | None:
        """Of all these, the share that held (0-1); None when there were none."""
        return self.within / self.judged if self.judged else None

    def __add__(self, other: "Kept") -> "Kept":
        return Kept(self.within + other.within, self.sooner + other.sooner, self.later + other.later)


def kept(log: Iterable[Entry]) -> Kept:
    """What the event log says of the promises in it; the entries of each ticket are in order.

    The wait ends when an operator has the ticket. Who leaves before that has waited too long if the range was over by
    then, and is not counted otherwise. Nor is a promise made for another skill than the one that is needed in the end.
    """
    found = Kept()
    open_: dict[int, list[Entry]] = {}
    for entry in log:
        told = open_.setdefault(entry.ticket, [])
        if entry.event == PROMISED:
            told.append(entry)
        elif "skill" in entry.detail:
            told.clear()
        elif entry.after == "active":
            found = sum((_judged(each, entry.at) for each in told), found)
            told.clear()
        elif entry.after == "closed":
            found += Kept(later=sum(_judged(each, entry.at) == Kept(later=1) for each in told))
            told.clear()
    return found


def _judged(promise: Entry, answered: datetime) -> Kept:
    waited = answered - promise.at
    if waited < int(promise.detail["low"]) * MINUTE:
        return Kept(sooner=1)
    return Kept(within=1) if waited <= int(promise.detail["high"]) * MINUTE else Kept(later=1)
