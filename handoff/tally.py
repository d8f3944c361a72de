"""The day in numbers, from the event log."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from handoff.events import Entry

_OPENED, _HAD = "Asked", ("WasAccepted", "WasTaken", "WasAssigned")


@dataclass(frozen=True, slots=True)
class Tally:
    """What happened to tickets in a span of the log.

    `closed` counts by reason, `answered` by the operator who took the ticket first. `wait` is the median time from
    asking to being taken, of the chats and messages that were asked and taken in the span; None without any.
    `asked_at` and `taken_at` are the moments of what is counted.
    """

    asked: int = 0
    answered: int = 0
    by_operator: tuple[tuple[str, int], ...] = ()
    closed: tuple[tuple[str, int], ...] = ()
    wait: timedelta | None = None
    asked_at: tuple[datetime, ...] = ()
    taken_at: tuple[datetime, ...] = ()


def tally(log: Iterable[Entry]) -> Tally:
    """Count the entries, which are in order."""
    asked: dict[int, datetime] = {}
    taken: dict[int, Entry] = {}
    closed: Counter[str] = Counter()
    opened: list[datetime] = []
    for entry in log:
        if entry.event == _OPENED:
            opened.append(entry.at)
            if entry.after == "queued":  # a callback waits for its time, not for us
                asked[entry.ticket] = entry.at
        elif entry.event in _HAD:
            taken.setdefault(entry.ticket, entry)
        if entry.after == "closed" and entry.before != "closed":
            closed[entry.reason] += 1
    waits = [(entry.at - asked[number]).total_seconds() for number, entry in taken.items() if number in asked]
    mine = Counter(entry.operator or "" for entry in taken.values())
    wait = timedelta(seconds=median(waits)) if waits else None
    moments = tuple(opened), tuple(entry.at for entry in taken.values())
    return Tally(len(opened), len(taken), _most(mine), _most(closed), wait, *moments)


def _most(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))
