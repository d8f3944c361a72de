"""A callback is promised only for a time at which the promise can be kept, and tried until it is kept or given up."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.callbacks import after_result, asked_later, by_day, kept_on_time, next_attempt, slots
from handoff.desk import CallbackRules
from handoff.hours import Hours, Interval, always, daily, next_open, open_seconds_between
from handoff.ticket import Active, Kind, Reason, Result, Scheduled, Ticket, WasClosed, WasScheduled, transition

RIGA = "Europe/Riga"
OFFICE = Hours(RIGA, ((Interval(540, 1080),),) * 5 + ((), ()))
NEVER = Hours(RIGA, ((),) * 7)
RULES = CallbackRules()
HALF_HOUR = timedelta(minutes=30)


def riga(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(RIGA)).astimezone(UTC)


NOW = riga("2026-05-04T10:00")  # a Monday


def offered(hours: Hours = OFFICE, rules: CallbackRules = RULES, now: datetime = NOW, zone: str = RIGA) -> list[str]:
    """The slots as the customer's wall clock reads them."""
    found = slots(hours, rules, now, {}, zone)
    return [f"{start.astimezone(ZoneInfo(zone)):%m-%d %H:%M}" for start in found]


def test_slots_begin_after_the_lead_and_end_with_the_hours():
    one_day = replace(RULES, horizon=timedelta(hours=20))
    assert offered(rules=one_day)[0] == "05-04 10:30"
    assert offered(rules=one_day)[-1] == "05-04 17:30"
    assert len(offered(rules=one_day)) == 15


def test_the_last_slot_is_no_later_than_the_horizon():
    assert offered(rules=replace(RULES, horizon=timedelta(hours=24)))[-1] == "05-05 10:00"
    assert offered(rules=replace(RULES, horizon=timedelta(hours=24, minutes=-1)))[-1] == "05-05 09:30"


def test_slots_lie_on_the_grid_of_the_desk_even_when_the_hours_do_not():
    odd = daily(RIGA, Interval(9 * 60 + 10, 11 * 60))
    one_day = replace(RULES, horizon=timedelta(hours=24))
    assert offered(odd, one_day) == ["05-04 10:30", "05-05 09:30", "05-05 10:00"]
    assert offered(odd, replace(one_day, slot=timedelta(minutes=45))) == ["05-05 09:45"]


def test_the_grid_begins_anew_at_each_midnight():
    nights = daily(RIGA, Interval(22 * 60, 26 * 60))
    rules = CallbackRules(slot=timedelta(minutes=50), window=(0, 1440), horizon=timedelta(hours=17))
    # 26 x 50 minutes are 21:40, so the grid of the day reads 22:30, 23:20 and ends; the next day's is 00:00, 00:50
    assert offered(nights, rules) == ["05-04 22:30", "05-04 23:20", "05-05 00:00", "05-05 00:50"]


def test_sold_seats_are_not_offered_again():
    first, second = slots(OFFICE, RULES, NOW, {}, RIGA)[:2]
    assert slots(OFFICE, RULES, NOW, {first: 2, second: 1}, RIGA)[0] == second
    assert slots(OFFICE, replace(RULES, per_slot=1), NOW, {first: 1}, RIGA)[0] == second


def test_the_customer_is_called_within_the_window_of_their_own_day():
    there = offered(zone="America/New_York", rules=replace(RULES, horizon=timedelta(days=1)))
    assert (there[0], there[-1]) == ("05-04 09:00", "05-04 10:30")  # 16:00 to 18:00 in Riga
    assert offered(zone="Pacific/Gambier") == []


def test_a_window_that_crosses_midnight_is_one_window():
    owls = CallbackRules(window=(22 * 60, 2 * 60), horizon=timedelta(hours=18))
    assert offered(always(RIGA), owls)[0] == "05-04 22:00"
    assert offered(always(RIGA), owls)[-1] == "05-05 01:30"


def test_a_slot_is_never_broken_by_closing_or_by_the_end_of_the_window():
    lunch = Hours(RIGA, ((Interval(600, 795), Interval(825, 900)),) * 7)
    one_day = replace(RULES, horizon=timedelta(hours=8))
    assert offered(lunch, one_day)[-3:] == ["05-04 12:30", "05-04 14:00", "05-04 14:30"]
    assert offered(lunch, replace(one_day, window=(540, 890)))[-1] == "05-04 14:00"


def test_a_desk_that_never_opens_promises_nothing():
    assert offered(NEVER) == []


def test_a_time_that_the_spring_night_skips_is_not_sold_twice():
    rules = CallbackRules(window=(0, 1440), horizon=timedelta(hours=6))
    night = offered(always(RIGA), rules, riga("2026-03-29T01:00"))
    assert night[:6] == ["03-29 01:30", "03-29 02:00", "03-29 02:30", "03-29 04:00", "03-29 04:30", "03-29 05:00"]


def test_an_hour_that_the_autumn_night_repeats_is_sold_once():
    rules = CallbackRules(window=(0, 1440), horizon=timedelta(hours=5))
    night = slots(always(RIGA), rules, riga("2026-10-25T02:00"), {}, RIGA)
    assert [f"{start:%H:%M}" for start in night] == [
        "23:30",
        "00:00",
        "00:30",
        "02:00",
        "02:30",
        "03:00",
        "03:30",
        "04:00",
    ]
    late = slots(always(RIGA), rules, datetime(2026, 10, 25, 0, 45, tzinfo=UTC), {}, RIGA)
    assert late[0] == datetime(2026, 10, 25, 2, tzinfo=UTC)  # from inside the second of the two


def test_slots_are_shown_by_the_customers_days():
    evening, night = datetime(2026, 5, 4, 20, 30, tzinfo=UTC), datetime(2026, 5, 4, 21, 30, tzinfo=UTC)
    assert by_day([evening, night], RIGA) == {date(2026, 5, 4): [evening], date(2026, 5, 5): [night]}
    assert by_day([evening, night], "UTC") == {date(2026, 5, 4): [evening, night]}
    assert by_day([], RIGA) == {}


@given(
    st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1440)), max_size=2),
    st.sampled_from([RIGA, "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    st.sampled_from(["Pacific/Kiritimati", "America/New_York", "Africa/Casablanca"]),
    st.sampled_from([15, 30, 45, 60]),
    st.timedeltas(timedelta(0), timedelta(days=365)).map(datetime(2026, 1, 1, tzinfo=UTC).__add__),
)
def test_whatever_is_promised_can_be_kept(
    open_times: list[tuple[int, int]], zone: str, customer_zone: str, slot: int, now: datetime
):
    hours = Hours(zone, (tuple(Interval(start, start + length) for start, length in open_times),) * 7)
    rules = CallbackRules(slot=timedelta(minutes=slot), horizon=timedelta(days=3))
    found = slots(hours, rules, now, {}, customer_zone)
    assert found == sorted(set(found))
    for start in found:
        end = start + rules.slot
        assert now + rules.lead <= start <= now + rules.horizon
        assert open_seconds_between(hours, start, end) == slot * 60
        there, until = (each.astimezone(ZoneInfo(customer_zone)) for each in (start, end))
        assert there.hour >= 9
        assert (until.hour, until.minute) <= (21, 0)
        assert there.date() == until.date()
        here = start.astimezone(ZoneInfo(zone))
        changed = here.utcoffset() != (start - timedelta(hours=2)).astimezone(ZoneInfo(zone)).utcoffset()
        assert changed or (here.hour * 60 + here.minute) % slot == 0


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-05-04T10:00", "2026-05-04T10:30"),
        ("2026-05-04T17:29", "2026-05-04T17:59"),
        ("2026-05-04T17:30", "2026-05-05T09:00"),  # closed by then
        ("2026-05-08T17:45", "2026-05-11T09:00"),  # over the weekend
    ],
)
def test_the_next_attempt_comes_after_the_pause_within_the_hours(now: str, expected: str):
    assert next_attempt(OFFICE, RULES, riga(now), RIGA) == riga(expected)


def test_the_next_attempt_waits_for_the_customers_morning():
    assert next_attempt(OFFICE, RULES, NOW, "America/New_York") == riga("2026-05-04T16:00")


def test_there_is_no_next_attempt_where_hours_and_window_never_meet():
    assert next_attempt(NEVER, RULES, NOW, RIGA) is None
    assert next_attempt(OFFICE, RULES, NOW, "Pacific/Gambier") is None


def call(attempts: int = 0) -> Ticket:
    return Ticket(7, "c1", Kind.CALLBACK, "general", NOW, Active("anna"), attempts=attempts)


@pytest.mark.parametrize(
    ("result", "attempts", "reason"),
    [
        (Result.RESOLVED, 0, Reason.RESOLVED),
        (Result.DECLINED, 0, Reason.CANCELLED),
        (Result.WRONG_CONTACT, 0, Reason.NO_ANSWER),
        (Result.NO_ANSWER, 2, Reason.NO_ANSWER),
        (Result.BUSY, 2, Reason.NO_ANSWER),
    ],
)
def test_a_call_that_needs_no_other_closes_the_ticket_and_keeps_its_result(
    result: Result, attempts: int, reason: Reason
):
    assert after_result(call(attempts), result, RULES, OFFICE, NOW, RIGA) == WasClosed(reason, result)


@pytest.mark.parametrize(
    ("result", "attempts"),
    [(Result.NO_ANSWER, 0), (Result.BUSY, 1), (Result.ASKED_LATER, 0), (Result.ASKED_LATER, 99)],
)
def test_who_was_not_reached_or_asked_for_it_is_called_again(result: Result, attempts: int):
    again = WasScheduled(NOW + HALF_HOUR, attempted=True, result=result)
    assert after_result(call(attempts), result, RULES, OFFICE, NOW, RIGA) == again


@pytest.mark.parametrize("result", [Result.NO_ANSWER, Result.ASKED_LATER])
def test_a_call_for_which_there_is_no_time_left_expires(result: Result):
    assert after_result(call(), result, RULES, NEVER, NOW, RIGA) == WasClosed(Reason.EXPIRED, result)


def test_a_time_that_the_customer_named_is_taken():
    assert asked_later(NOW) == WasScheduled(NOW, attempted=True, result=Result.ASKED_LATER)


def test_a_customer_who_never_answers_is_called_three_times_in_all_inside_the_hours():
    ticket, now, made = call(), riga("2026-05-04T17:20"), []
    while ticket.open:
        made.append(now)
        event = after_result(ticket, Result.NO_ANSWER, RULES, OFFICE, now, RIGA)
        ticket, _ = transition(ticket, event, now, "anna")
        if isinstance(ticket.state, Scheduled):
            now = ticket.state.due
            assert next_open(OFFICE, now) == now
            ticket = replace(ticket, state=Active("anna"))
    assert made == [riga("2026-05-04T17:20"), riga("2026-05-04T17:50"), riga("2026-05-05T09:00")]
    assert ticket.attempts == 3


@pytest.mark.parametrize(
    ("called", "kept"),
    [
        (NOW, True),
        (NOW + HALF_HOUR - timedelta.resolution, True),
        (NOW + HALF_HOUR, False),
        (NOW - timedelta.resolution, False),
        (None, False),
    ],
)
def test_a_promise_is_kept_by_a_call_within_its_slot(called: datetime | None, kept: bool):
    assert kept_on_time(NOW, called, HALF_HOUR) is kept
