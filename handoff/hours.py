"""Hours: when a skill is open, from a weekly plan on a wall clock to instants."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from handoff.errors import ImpossibleIntervalError

DAY = 24 * 60  # minutes on the wall clock, whatever the night did to it
INSTANTS = 4_096  # that are remembered: the same few days are asked about again and again
Span = tuple[datetime, datetime]  # UTC, the end excluded


@dataclass(frozen=True, slots=True)
class Interval:
    """Open from minute `start` of the day until minute `end`, excluded; an end above 1440 is on the next day.

    Raises ImpossibleIntervalError unless 0 <= start < 1440 and start < end <= start + 1440.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < DAY and self.start < self.end <= self.start + DAY):
            raise ImpossibleIntervalError(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Hours:
    """A weekly plan with exceptions, in one IANA zone.

    `week` has seven entries, Monday first. `holidays` are closed days; `dates` are single days with intervals of
    their own and win over holidays. An interval belongs, past midnight too, to the day on which it begins.
    """

    zone: str
    week: tuple[tuple[Interval, ...], ...]
    dates: Mapping[date, tuple[Interval, ...]] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()

    def on(self, day: date) -> tuple[Interval, ...]:
        """The intervals that begin on this day."""
        if day in self.dates:
            return self.dates[day]
        return () if day in self.holidays else self.week[day.weekday()]


def daily(zone: str, interval: Interval) -> Hours:
    """The same interval every day of the year."""
    return Hours(zone, ((interval,),) * 7)


def always(zone: str) -> Hours:
    """Never closed."""
    return daily(zone, Interval(0, DAY))


@lru_cache(INSTANTS)
def instant(zone: str, day: date, minute: int, *, last: bool = False) -> datetime:
    """The UTC instant at which the zone's wall clock shows `minute` minutes after the midnight of `day`.

    A reading that the clock skips is the first instant after the gap; one that it shows twice is the first of the
    two, or the second with `last`.
    """
    return _instant(datetime.combine(day, time(), ZoneInfo(zone)) + timedelta(minutes=minute), last=last)


def _instant(wall: datetime, *, last: bool) -> datetime:
    early, late = wall.replace(fold=0).astimezone(UTC), wall.replace(fold=1).astimezone(UTC)
    if early > late:  # PEP 495: inside a gap fold=1 is the earlier instant
        return _clock_change(wall.tzinfo, late, early)
    return late if last else early


@lru_cache(INSTANTS)
def _closing(zone: str, day: date, minute: int) -> datetime:
    """The end of the last moment at which the wall clock shows less than `minute` minutes after the midnight.

    So what ends where the repeated hour begins ends once, before it; what ends within it ends the second time.
    """
    wall = datetime.combine(day, time(), ZoneInfo(zone)) + timedelta(minutes=minute)
    just_before = _instant(wall - timedelta.resolution, last=True) + timedelta.resolution
    return min(just_before, _instant(wall, last=True))


def _clock_change(zone: tzinfo | None, before: datetime, after: datetime) -> datetime:
    """The first second in (before, after] with the offset of `after`."""
    offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            after = middle
        else:
            before = middle
    return after


def open_intervals(hours: Hours, start: datetime, end: datetime) -> Iterator[Span]:
    """The open times between two instants, in order: UTC, touching ones merged, clipped to [start, end)."""
    merged: Span | None = None
    for opens, closes in _spans(hours, start, end):
        clipped = max(opens, start.astimezone(UTC)), min(closes, end.astimezone(UTC))
        if clipped[0] >= clipped[1]:
            continue
        if merged is None:
            merged = clipped
        elif clipped[0] <= merged[1]:
            merged = merged[0], max(merged[1], clipped[1])
        else:
            yield merged
            merged = clipped
    if merged is not None:
        yield merged


def _spans(hours: Hours, start: datetime, end: datetime) -> Iterator[Span]:
    """Every interval of the days around, ordered by opening, since a later wall time never opens earlier.

    Two days before: one that an interval may run into, one that a clock set back may repeat; the day after likewise.
    """
    zone = ZoneInfo(hours.zone)
    day = start.astimezone(zone).date() - timedelta(days=2)
    until = end.astimezone(zone).date() + timedelta(days=1)
    while day <= until:
        for interval in sorted(hours.on(day), key=lambda each: each.start):
            yield instant(hours.zone, day, interval.start), _closing(hours.zone, day, interval.end)
        day += timedelta(days=1)


def is_open(hours: Hours, at: datetime) -> bool:
    """Whether the instant lies in open hours; the opening minute does, the closing minute does not."""
    return any(True for _ in open_intervals(hours, at, at + timedelta.resolution))


def next_open(hours: Hours, at: datetime, horizon_days: int = 366) -> datetime | None:
    """The first open instant at or after `at` (`at` itself when open), in UTC; None when none comes that soon."""
    first = next(open_intervals(hours, at, at + timedelta(days=horizon_days)), None)
    return first[0] if first else None


def next_close(hours: Hours, at: datetime, horizon_days: int = 366) -> datetime | None:
    """The first closed instant at or after `at` (`at` itself when closed), in UTC; None when none comes that soon."""
    at = at.astimezone(UTC)
    end = at + timedelta(days=horizon_days)
    opens, closes = next(open_intervals(hours, at, end), (end, end))
    if opens > at:
        return at
    return closes if closes < end else None


def open_seconds_between(hours: Hours, start: datetime, end: datetime) -> float:
    """Seconds of open time between two instants; none when the end is not after the start."""
    return sum((closes - opens).total_seconds() for opens, closes in open_intervals(hours, start, end))
