"""Promises: what was promised to customers who want to be called back, and which promises were kept on time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby

from handoff.callbacks import kept_on_time
from handoff.events import Entry


class Outcome(StrEnum):
    """What became of a promise. `open`: its time has not passed; `withdrawn`: it was changed before that.

    `kept`: an operator had the ticket within the slot; `late`: had it after; `missed`: never had it.
    """

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    KEPT = "kept"
    LATE = "late"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Promise:
    """That an operator has the ticket at `due`, or at least before `by`; `taken` is when one first had it."""

    ticket: int
    skill: str
    due: datetime
    by: datetime
    outcome: Outcome = Outcome.OPEN
    taken: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """How the promises of a skill were kept: `share` of those that were to be kept, None when there were none."""

    skill: str
    kept: int
    late: int
    missed: int
    withdrawn: int
    open: int

    @property
    def promised(self) -> int:
        """All of them."""
        return self.kept + self.late + self.missed + self.withdrawn + self.open

    @property
    def share(self) -> float | None:
        """Between 0 and 1."""
        due = self.kept + self.late + self.missed
        return self.kept / due if due else None


def promises(log: Iterable[Entry], slot: timedelta, now: datetime) -> list[Promise]:
    """Every promise in the event logs of callbacks, which may be mixed; each log is in order.

    A call that has to be repeated is a promise of its own. `slot` is the time to keep one where the log does not say.
    """
    ordered = sorted(log, key=lambda entry: entry.ticket)
    return [each for _, entries in groupby(ordered, lambda entry: entry.ticket) for each in _of(entries, slot, now)]


def by_skill(found: Iterable[Promise]) -> Sequence[Kept]:
    """The figure of each skill that promised anything, by name."""
    ordered = sorted(found, key=lambda promise: promise.skill)
    return [_counted(skill, list(each)) for skill, each in groupby(ordered, lambda promise: promise.skill)]


def _counted(skill: str, found: Sequence[Promise]) -> Kept:
    def so_many(outcome: Outcome) -> int:
        return sum(each.outcome is outcome for each in found)

    return Kept(
        skill,
        so_many(Outcome.KEPT),
        so_many(Outcome.LATE),
        so_many(Outcome.MISSED),
        so_many(Outcome.WITHDRAWN),
        so_many(Outcome.OPEN),
    )


def _of(entries: Iterable[Entry], slot: timedelta, now: datetime) -> Iterator[Promise]:
    """The promises of one ticket."""
    promise: Promise | None = None
    skill = ""
    for entry in entries:
        skill = entry.detail.get("skill", skill)
        if promise is not None:
            promise = _after(replace(promise, skill=skill), entry)
        if "due" in entry.detail:
            if promise is not None:
                yield promise
            due = datetime.fromisoformat(entry.detail["due"])
            promise = Promise(entry.ticket, skill, due, due + slot)
    if promise is not None:
        yield _over(promise, now)


def _after(promise: Promise, entry: Entry) -> Promise:
    """The promise after one row more of the log."""
    if promise.outcome is not Outcome.OPEN:
        return promise
    if "by" in entry.detail:
        return replace(promise, by=datetime.fromisoformat(entry.detail["by"]))
    if entry.after == "active" or entry.reason == "merged":  # the talk that went on kept it
        kept = kept_on_time(promise.due, entry.at, promise.by - promise.due)
        return replace(promise, outcome=Outcome.KEPT if kept else Outcome.LATE, taken=entry.at)
    if "due" in entry.detail or entry.after == "closed":
        return _over(promise, entry.at, otherwise=Outcome.WITHDRAWN)
    return promise


def _over(promise: Promise, now: datetime, otherwise: Outcome = Outcome.OPEN) -> Promise:
    """Nobody has had the ticket until now."""
    if promise.outcome is not Outcome.OPEN:
        return promise
    return replace(promise, outcome=Outcome.MISSED if promise.by <= now else otherwise)
