"""The service level: which share of those who should have been answered in time was."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from handoff.events import Entry
from handoff.request import Kind

_ENDS = {"active", "closed", "scheduled"}  # of a wait


@dataclass(frozen=True, slots=True)
class Answered:
    """Of `judged` customers, so many were answered `within` the time."""

    within: int = 0
    judged: int = 0

    @property
    def share(self) -> float | None:
        """Of all these, the share answered in time (0-1); None when there were none."""
        return self.within / self.judged if self.judged else None

    def __add__(self, other: "Answered") -> "Answered":
        return Answered(self.within + other.within, self.judged + other.judged)


@dataclass(slots=True)
class _Waiting:
    skill: str
    since: datetime


def service_levels(log: Iterable[Entry], within: Callable[[str], timedelta], now: datetime) -> dict[str, Answered]:
    """By skill, how those who asked in this part of the log were served; `within` is the time that a skill aims at.

    A wait ends when an operator has the ticket. Who still waits is judged once the time is over, and so is who left:
    whoever leaves sooner counts neither way. A ticket that is passed on is judged by the skill that it was asked for.
    The entries of each ticket are in order. Callbacks and messages, which nobody waits for at the screen, do not count.
    """
    waiting: dict[int, _Waiting] = {}
    found: dict[str, Answered] = {}

    def judge(number: int, until: datetime, *, answered: bool) -> None:
        one = waiting.pop(number)
        good = until - one.since <= within(one.skill)
        if answered or not good:
            found[one.skill] = found.get(one.skill, Answered()) + Answered(int(answered and good), 1)

    for entry in log:
        if entry.event == "Asked" and entry.detail["kind"] == Kind.CHAT:
            waiting[entry.ticket] = _Waiting(entry.detail["skill"], entry.at)
        elif entry.ticket in waiting and entry.after in _ENDS:
            judge(entry.ticket, entry.at, answered=entry.after == "active")
    for number in tuple(waiting):
        judge(number, now, answered=False)
    return found
