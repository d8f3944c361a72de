"""Hours keep their word in every zone of the world, on every night from 2024 to 2030 on which its clock changes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo, available_timezones

from handoff.callbacks import slots
from handoff.desk import CallbackRules
from handoff.hours import Hours, Interval, daily, instant, is_open, next_close, next_open, open_seconds_between

FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
DAY, MINUTE, QUARTER = timedelta(days=1), timedelta(minutes=1), timedelta(minutes=15)
AROUND = timedelta(hours=30)
ZONES = sorted(available_timezones())


@dataclass(frozen=True)
class Change:
    """At `at` the clock of the zone jumps; `before` and `after` are its readings at that instant, by either offset."""

    zone: str
    at: datetime

    @property
    def before(self) -> datetime:
        info = ZoneInfo(self.zone)
        return (self.at - MINUTE).astimezone(info).replace(tzinfo=None) + MINUTE

    @property
    def after(self) -> datetime:
        return self.at.astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)


@cache
def changes() -> Sequence[Change]:
    """Every change of every zone; zones whose clocks agree for all these years count once."""
    days = [FIRST + number * DAY for number in range((LAST - FIRST).days + 1)]
    alike: dict[tuple[timedelta | None, ...], str] = {}
    for name in ZONES:
        zone = ZoneInfo(name)
        alike.setdefault(tuple(each.astimezone(zone).utcoffset() for each in days), name)
    return [
        Change(name, _bisect(ZoneInfo(name), days[at], days[at + 1]))
        for offsets, name in alike.items()
        for at, (one, other) in enumerate(pairwise(offsets))
        if one != other
    ]


def _bisect(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    later = high.astimezone(zone).utcoffset()
    while high - low > MINUTE:
        middle = low + (high - low) // 2 // MINUTE * MINUTE
        low, high = (low, middle) if middle.astimezone(zone).utcoffset() == later else (middle, high)
    return high


def readings(change: Change) -> list[tuple[datetime, datetime]]:
    """Each quarter of an hour around the change (and the change itself), with what the wall clock reads then."""
    zone = ZoneInfo(change.zone)
    first = change.at - AROUND
    moments = sorted({first + number * QUARTER for number in range(2 * AROUND // QUARTER)} | {change.at})
    return [(each, each.astimezone(zone).replace(tzinfo=None)) for each in moments]


def plans(change: Change, random: Random) -> Iterator[tuple[date, Interval]]:
    """Intervals that begin or end near the change, within it, or go over it, on quarters of the wall clock."""
    for _ in range(12):
        near = random.choice([change.before, change.after]) + random.randint(-12, 12) * QUARTER
        begins = near if random.random() < 0.5 else near - random.randint(1, 95) * QUARTER
        start = (begins.hour * 60 + begins.minute) // 15 * 15
        yield begins.date(), Interval(start, start + 15 * random.randint(1, 96))


def test_the_world_has_as_many_clock_changes_as_we_know_of():
    assert len(ZONES) > 400
    assert len(changes()) > 400
    assert {"Europe/Riga", "America/New_York", "Australia/Lord_Howe"} <= set(ZONES)
    in_europe = {each.at for each in changes() if each.before.hour - each.after.hour == -1}
    assert datetime(2026, 3, 29, 1, tzinfo=UTC) in in_europe


def test_open_is_from_the_first_reading_of_the_opening_to_the_last_of_the_closing_at_every_change_of_the_world():
    """Looked up minute by minute on the wall clock, without any of the arithmetic under test."""
    random = Random(7)
    for change in changes():
        walls = readings(change)
        for day, interval in plans(change, random):
            hours = Hours(change.zone, ((),) * 7, dates={day: (interval,)})
            midnight = datetime.combine(day, time())
            opens, closes = midnight + interval.start * MINUTE, midnight + interval.end * MINUTE
            reached = [wall >= opens for _, wall in walls]
            still = [wall < closes for _, wall in walls]
            first = reached.index(True) if True in reached else len(walls)
            last = len(still) - 1 - still[::-1].index(True) if True in still else -1
            for at in {0, first - 1, first, last, last + 1, random.randrange(len(walls)), len(walls) - 1}:
                if 0 <= at < len(walls):
                    moment = walls[at][0]
                    assert is_open(hours, moment) is (first <= at <= last), (change, day, interval, moment)


def test_an_opening_a_closing_and_the_open_time_between_agree_at_every_change_of_the_world():
    random = Random(8)
    for change in changes():
        start = random.randrange(96) * 15
        hours = daily(change.zone, Interval(start, start + 15 * random.randint(1, 95)))
        moment = change.at + timedelta(minutes=random.randint(-1500, 1500))
        opens = next_open(hours, moment, horizon_days=4)
        assert opens is not None
        assert is_open(hours, opens)
        assert open_seconds_between(hours, moment, opens) == 0
        closes = next_close(hours, opens, horizon_days=4)
        assert closes is not None
        assert not is_open(hours, closes)
        assert open_seconds_between(hours, opens, closes) == (closes - opens).total_seconds()


def test_what_can_be_promised_around_every_change_of_the_world_is_open_once_and_not_rude():
    random = Random(9)
    rules = CallbackRules(horizon=timedelta(days=1), window=(0, 24 * 60))
    for change in changes():
        there = random.choice(ZONES)
        hours = daily(change.zone, Interval(0, 24 * 60))
        found = slots(hours, rules, change.at - timedelta(hours=random.randint(1, 12)), {}, there)
        assert found == sorted(set(found))
        walls = [each.astimezone(ZoneInfo(change.zone)).replace(tzinfo=None) for each in found]
        assert len(set(walls)) == len(walls), change  # an hour that comes twice is sold once
        assert all(wall.minute % 30 == 0 for wall in walls), change


def test_nine_in_the_morning_is_nine_on_the_wall_in_every_zone():
    for zone in ZONES:
        for day in (date(2024, 2, 29), date(2026, 7, 1), date(2030, 12, 31)):
            shown = instant(zone, day, 9 * 60).astimezone(ZoneInfo(zone))
            assert (shown.date(), shown.hour, shown.minute) == (day, 9, 0), zone
