"""The pace: how fast tickets have been handled lately, and how fast customers have left the queue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handoff.events import Entry

LIMIT = timedelta(hours=2)  # of a stay; what lasts longer was over night or forgotten, and tells nothing of the pace
BASIS = 10  # fewer handled tickets say too little
SECOND = timedelta(seconds=1)

_WITH_OPERATOR = ("offered", "active", "on_hold")
_ENGAGED = ("active", "on_hold")
_IN_LINE = ("queued", "offered")


@dataclass(frozen=True, slots=True)
class Pace:
    """Sums over recent tickets; a rate is a number of ends over the time in which they could have come.

    `handled` tickets were finished by operators and had taken them up for `busy` in all, offers included; of that,
    `offered` went by between offers and their answers. `left` customers gave up in `waited`, which is the time in the
    queue of all, answered or gone.
    """

    handled: int = 0
    busy: timedelta = timedelta(0)
    offered: timedelta = timedelta(0)
    left: int = 0
    waited: timedelta = timedelta(0)

    @property
    def known(self) -> bool:
        """Whether there is a basis to estimate from."""
        return self.handled >= BASIS and self.busy > timedelta(0)

    @property
    def handling(self) -> float:
        """The handling rate μ: of each that is with an operator, in a second; only of a pace that is known."""
        return self.handled / (self.busy / SECOND)

    @property
    def leaving(self) -> float:
        """The leaving rate θ: of each who waits, in a second; 0 when nobody has waited."""
        return self.left / (self.waited / SECOND) if self.waited else 0.0

    @property
    def answering(self) -> timedelta:
        """How long offers last on the way to an answer, for each ticket; only of a pace that is known."""
        return self.offered / self.handled

    def __add__(self, other: "Pace") -> "Pace":
        return Pace(
            self.handled + other.handled,
            self.busy + other.busy,
            self.offered + other.offered,
            self.left + other.left,
            self.waited + other.waited,
        )


@dataclass(frozen=True, slots=True)
class Paces:
    """The recent pace of each skill, and of the whole team for a skill that has too few tickets to tell."""

    by_skill: Mapping[str, Pace] = field(default_factory=dict)

    def of(self, skill: str) -> Pace | None:
        """The skill's own pace, else the team's; None when even that has no basis."""
        own = self.by_skill.get(skill, Pace())
        if own.known:
            return own
        team = sum(self.by_skill.values(), Pace())
        return team if team.known else None


def paces(log: Iterable[Entry]) -> Paces:
    """The pace that the event log of some recently closed tickets tells; the entries of each ticket are in order.

    A ticket counts for the skill that it needs last. A stay longer than LIMIT counts as LIMIT without an end, as is
    right for an observation that was cut off (a censored one).
    """
    found: dict[str, Pace] = {}
    tickets: dict[int, list[Entry]] = {}
    for entry in log:
        tickets.setdefault(entry.ticket, []).append(entry)
    for entries in tickets.values():
        skill = next((each.detail["skill"] for each in reversed(entries) if "skill" in each.detail), "")
        found[skill] = found.get(skill, Pace()) + _pace(entries)
    return Paces(found)


@dataclass(slots=True)
class _Stay:
    """How long a ticket has been in one of some states, up to LIMIT."""

    states: tuple[str, ...]
    lasted: timedelta = timedelta(0)

    def add(self, state: str, lasted: timedelta) -> None:
        if state in self.states:
            self.lasted = min(self.lasted + lasted, LIMIT)

    @property
    def cut(self) -> bool:
        return self.lasted == LIMIT


def _pace(entries: list[Entry]) -> Pace:
    """Of one ticket."""
    handled = left = 0
    busy, offered, waited = _Stay(_WITH_OPERATOR), _Stay(("offered",)), _Stay(_IN_LINE)
    since: datetime | None = None
    for entry in entries:
        if since is not None:
            for stay in (busy, offered, waited):
                stay.add(entry.before, entry.at - since)
        since = entry.at
        if entry.before in _ENGAGED and entry.after in ("closed", "scheduled"):
            handled += not busy.cut
        if entry.before in _IN_LINE and entry.after == "closed":
            left += not waited.cut
    return Pace(handled, busy.lasted, offered.lasted, left, waited.lasted)
