"""Hours keep their word at midnight, on holidays and on the nights when the clock changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.errors import ImpossibleIntervalError
from handoff.hours import (
    Hours,
    Interval,
    always,
    daily,
    instant,
    is_open,
    next_close,
    next_open,
    open_intervals,
    open_seconds_between,
)

RIGA = "Europe/Riga"
NEVER = Hours(RIGA, ((),) * 7)
OFFICE = Hours(
    RIGA,
    ((Interval(540, 1080),),) * 5 + ((Interval(600, 840),), ()),
    dates={date(2026, 12, 24): (Interval(540, 780),), date(2026, 12, 31): ()},
    holidays=frozenset({date(2026, 12, 24), date(2026, 12, 25)}),
)


def at(text: str, zone: str = RIGA, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2026-05-04T08:59:59.999999", False),
        ("2026-05-04T09:00", True),
        ("2026-05-04T17:59:59.999999", True),
        ("2026-05-04T18:00", False),
        ("2026-05-09T13:59", True),  # Saturday
        ("2026-05-10T12:00", False),  # Sunday
        ("2026-12-25T12:00", False),  # a holiday
        ("2026-12-24T12:59", True),  # a holiday that has a date of its own
        ("2026-12-24T13:00", False),
        ("2026-12-31T12:00", False),  # a date with nothing
    ],
)
def test_the_door_is_open_from_the_opening_minute_to_the_closing_one(when: str, expected: bool):
    assert is_open(OFFICE, at(when)) is expected


def test_the_next_opening_is_now_when_open_and_else_the_first_after_weekend_and_holidays():
    assert next_open(OFFICE, at("2026-05-04T10:00")) == at("2026-05-04T10:00")
    assert next_open(OFFICE, at("2026-05-09T14:00")) == at("2026-05-11T09:00")
    assert next_open(OFFICE, at("2026-12-24T13:00")) == at("2026-12-26T10:00")


def test_answers_are_in_utc_whatever_zone_the_question_came_in():
    asked = datetime(2026, 5, 4, 10, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert next_open(OFFICE, asked).tzinfo is UTC
    assert next_close(OFFICE, asked).tzinfo is UTC
    assert [each.tzinfo for span in open_intervals(OFFICE, asked, asked + timedelta(days=1)) for each in span] == [
        UTC
    ] * 2


def test_the_next_closing_is_now_when_closed_and_else_the_end_of_the_open_time():
    assert next_close(OFFICE, at("2026-05-04T10:00")) == at("2026-05-04T18:00")
    assert next_close(OFFICE, at("2026-05-04T20:00")) == at("2026-05-04T20:00")
    assert next_close(NEVER, at("2026-05-04T20:00")) == at("2026-05-04T20:00")


def test_what_never_opens_or_never_closes_has_no_such_time():
    assert next_open(NEVER, at("2026-05-04T20:00")) is None
    assert next_close(always(RIGA), at("2026-05-04T20:00")) is None
    assert next_open(OFFICE, at("2026-05-09T14:00"), horizon_days=1) is None


def test_round_the_clock_is_one_interval_through_both_clock_changes():
    year = at("2026-01-01T00:00"), at("2027-01-01T00:00")
    assert list(open_intervals(always(RIGA), *year)) == [year]


def test_an_interval_past_midnight_belongs_to_the_day_on_which_it_begins():
    friday_night = Hours(
        RIGA,
        ((), (), (), (), (Interval(22 * 60, 26 * 60),), (), ()),
        dates={date(2026, 5, 15): ()},
        holidays=frozenset({date(2026, 5, 9)}),
    )
    assert is_open(friday_night, at("2026-05-09T01:59"))  # on a holiday, but Friday's
    assert not is_open(friday_night, at("2026-05-09T02:00"))
    assert not is_open(friday_night, at("2026-05-16T01:00"))  # the Friday was an exception
    assert not is_open(friday_night, at("2026-05-08T01:00"))  # Friday's own small hours are Thursday's


def test_intervals_that_touch_or_overlap_at_midnight_are_one():
    late = Hours(RIGA, ((Interval(1200, 1440), Interval(0, 120), Interval(1380, 1500)),) + ((Interval(60, 180),),) * 6)
    found = list(open_intervals(late, at("2026-05-04T12:00"), at("2026-05-05T12:00")))
    assert found == [(at("2026-05-04T20:00"), at("2026-05-05T03:00"))]


def test_an_interval_ending_at_24_00_closes_at_midnight():
    evening = daily(RIGA, Interval(1200, 1440))
    assert next_close(evening, at("2026-05-04T23:59")) == at("2026-05-05T00:00")
    assert not is_open(evening, at("2026-05-05T00:00"))


def test_an_opening_in_the_spring_gap_waits_for_the_first_minute_that_exists():
    assert instant(RIGA, date(2026, 3, 29), 3 * 60 + 30) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    early = daily(RIGA, Interval(210, 300))
    assert open_seconds_between(early, at("2026-03-29T00:00"), at("2026-03-30T00:00")) == 3600


def test_an_interval_inside_the_gap_does_not_happen():
    lost = daily(RIGA, Interval(180, 240))
    assert list(open_intervals(lost, at("2026-03-29T00:00"), at("2026-03-30T00:00"))) == []


def test_in_autumn_the_first_of_two_readings_opens_and_the_second_closes():
    assert instant(RIGA, date(2026, 10, 25), 210) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert instant(RIGA, date(2026, 10, 25), 210, last=True) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    night = daily(RIGA, Interval(195, 210))
    assert open_seconds_between(night, at("2026-10-25T00:00"), at("2026-10-26T00:00")) == 75 * 60


def test_what_ends_where_the_repeated_hour_begins_ends_once_and_before_it():
    before = daily(RIGA, Interval(120, 180))
    assert open_seconds_between(before, at("2026-10-25T00:00"), at("2026-10-26T00:00")) == 3600
    after = daily(RIGA, Interval(240, 300))
    assert open_seconds_between(after, at("2026-10-25T00:00"), at("2026-10-26T00:00")) == 3600


def test_a_midnight_that_does_not_exist_opens_an_hour_later():
    paulo = "America/Sao_Paulo"  # 2018-11-04: 00:00 became 01:00
    assert next_open(daily(paulo, Interval(0, 600)), at("2018-11-03T12:00", paulo)) == at("2018-11-04T01:00", paulo)


def test_a_day_that_has_begun_stays_open_when_the_clock_goes_back_to_the_evening_before():
    newfoundland = "America/St_Johns"  # 2010-11-07: 00:01 became 23:01 of the day before
    again = at("2010-11-06T23:30", newfoundland, fold=1)
    assert is_open(daily(newfoundland, Interval(0, 600)), again)
    assert not is_open(daily(newfoundland, Interval(2, 600)), again)


def test_a_whole_day_that_a_zone_skipped_does_not_open():
    apia = "Pacific/Apia"  # 2011-12-30 was never there
    hours = daily(apia, Interval(600, 660))
    assert open_seconds_between(hours, at("2011-12-29T00:00", apia), at("2012-01-01T00:00", apia)) == 2 * 3600


@pytest.mark.parametrize(("start", "end"), [(-1, 60), (1440, 1500), (600, 600), (600, 540), (600, 2041)])
def test_an_interval_that_no_day_has_is_refused_with_the_remedy(start: int, end: int):
    with pytest.raises(ImpossibleIntervalError, match="at most 24 hours on"):
        Interval(start, end)


def test_backwards_there_is_no_open_time():
    assert open_seconds_between(always(RIGA), at("2026-05-05T00:00"), at("2026-05-04T00:00")) == 0


ZONES = st.sampled_from(
    [
        *("UTC", RIGA, "America/New_York", "America/Sao_Paulo", "Atlantic/Azores", "Australia/Lord_Howe"),
        *("Asia/Kathmandu", "Africa/Casablanca", "Pacific/Apia", "Pacific/Kiritimati", "America/St_Johns"),
    ]
)
INTERVALS = st.builds(lambda start, length: Interval(start, start + length), st.integers(0, 1439), st.integers(1, 1440))
DAYS = st.lists(INTERVALS, max_size=3).map(tuple)
NEAR = st.dates(date(2011, 12, 20), date(2026, 12, 31))


@st.composite
def plans(draw: st.DrawFn) -> tuple[Hours, datetime]:
    day = draw(NEAR)
    around = st.integers(-3, 3).map(lambda days: day + timedelta(days=days))
    hours = Hours(
        draw(ZONES),
        draw(st.tuples(*[DAYS] * 7)),
        draw(st.dictionaries(around, DAYS, max_size=2)),
        draw(st.frozensets(around, max_size=2)),
    )
    moment = datetime.combine(day, draw(st.times()), UTC)
    return hours, moment


@given(plans(), st.timedeltas(timedelta(0), timedelta(days=4)))
def test_open_times_are_in_order_apart_clipped_and_open_exactly_inside(plan: tuple[Hours, datetime], length: timedelta):
    hours, start = plan
    end = start + length
    found = list(open_intervals(hours, start, end))
    edges = [edge for span in found for edge in span]
    assert edges == sorted(set(edges))
    assert all(start <= edge <= end for edge in edges)
    for opens, closes in found:
        assert is_open(hours, opens)
        assert is_open(hours, closes - timedelta.resolution)
        assert closes == end or not is_open(hours, closes)
        assert opens == start or not is_open(hours, opens - timedelta.resolution)


@given(plans(), st.timedeltas(timedelta(0), timedelta(days=2)), st.timedeltas(timedelta(0), timedelta(days=2)))
def test_open_seconds_add_up(plan: tuple[Hours, datetime], first: timedelta, second: timedelta):
    hours, start = plan
    middle, end = start + first, start + first + second
    parts = open_seconds_between(hours, start, middle) + open_seconds_between(hours, middle, end)
    assert parts == pytest.approx(open_seconds_between(hours, start, end))


@given(plans())
def test_the_next_opening_and_closing_are_the_nearest(plan: tuple[Hours, datetime]):
    hours, now = plan
    opens, closes = next_open(hours, now), next_close(hours, now)
    if opens is not None:
        assert is_open(hours, opens)
        assert open_seconds_between(hours, now, opens) == 0
    if closes is not None:
        assert not is_open(hours, closes)
        assert open_seconds_between(hours, now, closes) == (closes - now).total_seconds()


@given(ZONES, NEAR, st.integers(0, 2880), st.booleans())
def test_a_reading_that_exists_is_shown_at_its_instant_and_one_that_does_not_is_never_passed_over(
    zone: str, day: date, minute: int, last: bool
):
    found = instant(zone, day, minute, last=last)
    wall = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
    shown = found.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    before = (found - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert shown == wall or before < wall < shown


@given(plans(), st.sampled_from(["UTC", "Asia/Kathmandu"]))
def test_where_the_clock_never_changes_open_means_that_the_wall_clock_reads_within_an_interval(
    plan: tuple[Hours, datetime], zone: str
):
    hours, moment = replace(plan[0], zone=zone), plan[1]
    wall = moment.astimezone(ZoneInfo(zone))
    minute = wall.hour * 60 + wall.minute
    today, yesterday = hours.on(wall.date()), hours.on(wall.date() - timedelta(days=1))
    expected = any(each.start <= minute < each.end for each in today)
    expected |= any(each.start <= minute + 1440 < each.end for each in yesterday)
    assert is_open(hours, moment) is expected
