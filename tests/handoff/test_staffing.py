"""Staffing agrees with the published formulas, and with what they must agree on among themselves."""

from datetime import timedelta
from fractions import Fraction
from math import exp, inf

import pytest

from handoff.desk import ServiceLevel
from handoff.errors import OutOfRangeError
from handoff.staffing import (
    answered_within,
    answered_within_patience,
    erlang_a,
    erlang_b,
    erlang_c,
    operators_needed,
    speed_of_answer,
)

LOADS = [(10, 4.0, 0.5), (45, 10.0, 0.25), (1, 0.5, 1.0), (3, 2.0, 1.0)]  # capacity, arriving, handling


@pytest.mark.parametrize(
    ("capacity", "load", "waits"),
    [
        (1, 0.5, Fraction(1, 2)),
        (2, 1, Fraction(1, 3)),
        (3, 2, Fraction(4, 9)),
        (5, 4, Fraction(128, 231)),
        (10, 8, Fraction(4194304, 10250507)),
        (45, 40, 0.34070611),
    ],
)
def test_the_share_who_wait_is_erlangs(capacity: int, load: float, waits: Fraction | float):
    assert erlang_c(capacity, load) == pytest.approx(float(waits), rel=1e-8)


@pytest.mark.parametrize(("capacity", "load", "lost"), [(0, 3, 1), (1, 1, 0.5), (2, 1, 0.2), (2, 2, 0.4), (4, 0, 0)])
def test_the_share_lost_where_nobody_can_wait_is_erlangs(capacity: int, load: float, lost: float):
    assert erlang_b(capacity, load) == pytest.approx(lost)


def test_the_speed_of_answer_and_the_service_level_are_those_of_the_tables():
    minute = 60
    assert speed_of_answer(10, 4.0, 0.5) * minute == pytest.approx(24.550809, rel=1e-7)
    assert answered_within(0.5, 10, 4.0, 0.5) == pytest.approx(0.75181969, rel=1e-7)
    assert speed_of_answer(45, 10.0, 0.25) * minute == pytest.approx(16.353893, rel=1e-7)


def test_at_no_time_at_all_those_are_answered_who_need_not_wait():
    assert answered_within(0, 10, 4.0, 0.5) == pytest.approx(1 - erlang_c(10, 8))
    assert answered_within_patience(0, 8, 4.0, 0.5, 0.2) == pytest.approx(1 - erlang_a(8, 4.0, 0.5, 0.2).waits)


def test_without_capacity_enough_everybody_waits_and_the_wait_has_no_end():
    assert erlang_c(4, 4) == erlang_c(4, 9) == 1
    assert speed_of_answer(4, 4, 1) == inf
    assert answered_within(1e9, 4, 4, 1) == 0


@pytest.mark.parametrize(
    ("rates", "waits", "leaves", "seconds"),
    [
        ((2, 2.0, 1.0, 0.5), 0.65907747, 0.22728169, 27.273802),
        ((8, 4.0, 0.5, 0.2), 0.64759543, 0.10859865, 32.579595),
    ],
)
def test_who_waits_and_who_leaves_is_as_in_the_tables(
    rates: tuple[int, float, float, float], waits: float, leaves: float, seconds: float
):
    found = erlang_a(*rates)
    assert (found.waits, found.leaves) == pytest.approx((waits, leaves), rel=1e-7)
    assert found.mean_wait * 60 == pytest.approx(seconds, rel=1e-7)


@pytest.mark.parametrize(("capacity", "arriving", "handling"), LOADS)
def test_endless_patience_is_the_queue_that_nobody_leaves(capacity: int, arriving: float, handling: float):
    patient = erlang_a(capacity, arriving, handling, 1e-7)
    assert patient.waits == pytest.approx(erlang_c(capacity, arriving / handling), rel=1e-4)
    assert patient.mean_wait == pytest.approx(speed_of_answer(capacity, arriving, handling), rel=1e-4)
    for within in (0.1, 1.0, 5.0):
        level = answered_within_patience(within, capacity, arriving, handling, 1e-7)
        assert level == pytest.approx(answered_within(within, capacity, arriving, handling), rel=1e-4)


@pytest.mark.parametrize("capacity", [0, 2, 8, 30])
def test_who_is_not_answered_in_the_end_has_left(capacity: int):
    whole = answered_within_patience(1000.0, capacity, 4.0, 0.5, 0.2)
    assert whole == pytest.approx(1 - erlang_a(capacity, 4.0, 0.5, 0.2).leaves, abs=1e-9)


def test_one_place_and_equal_patience_have_a_level_that_can_be_worked_out_by_hand():
    # λ = μ = θ = 1, one place: n customers with the probability e^-1/n!, as in a room without a queue. With j ahead
    # the steps to one's own turn, had they not left, come at 2, ..., j + 2: the last of j + 1 in e^(-T)'s law.
    within = 0.7
    by_hand = exp(-1) * (
        1
        + sum(
            1 / factorial(n) / (n + 1) * (1 - sum_of_two_up(within, n))  # n ahead or in service
            for n in range(1, 25)
        )
    )
    assert answered_within_patience(within, 1, 1.0, 1.0, 1.0) == pytest.approx(by_hand, rel=1e-9)


def factorial(n: int) -> int:
    return 1 if n == 0 else n * factorial(n - 1)


def sum_of_two_up(time: float, steps: int) -> float:
    """P(sum of exponentials with the rates 2, 3, ..., steps + 1 > time), by partial fractions."""
    rates = range(2, steps + 2)
    total = 0.0
    for mine in rates:
        weight = 1.0
        for other in rates:
            if other != mine:
                weight *= other / (other - mine)
        total += weight * exp(-mine * time)
    return total


def test_a_load_beyond_all_floats_is_still_a_number():
    drowned = erlang_a(10, 100.0, 1.0, 0.01)
    assert drowned.waits == pytest.approx(1)
    assert drowned.leaves == pytest.approx(0.9)  # ninety of a hundred find no place, sooner or later


@pytest.mark.parametrize(("load", "operators"), [(5, 8), (10, 14), (20, 24), (50, 56), (100, 107)])
def test_operators_for_eighty_in_twenty_are_those_of_the_tables(load: int, operators: int):
    handle_time = timedelta(minutes=3)
    target = ServiceLevel(0.8, timedelta(seconds=20))
    assert operators_needed(load * 20, handle_time, target) == operators


def test_operators_who_talk_to_several_at_once_are_fewer():
    target = ServiceLevel(0.8, timedelta(seconds=20))
    assert operators_needed(200, timedelta(minutes=3), target, 3) == 5  # fourteen capacity


def test_operators_for_customers_who_leave_are_fewer_and_the_fewest():
    target = ServiceLevel(0.8, timedelta(seconds=20))
    found = operators_needed(400, timedelta(minutes=3), target, patience=timedelta(minutes=2))
    levels = [answered_within_patience(20 / 3600, n, 400, 20, 30) for n in (found - 1, found)]
    assert levels[0] < 0.8 <= levels[1]
    assert found < operators_needed(400, timedelta(minutes=3), target)


def test_nobody_is_needed_when_nobody_comes():
    assert operators_needed(0, timedelta(minutes=3), ServiceLevel()) == 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda: erlang_b(-1, 1), "capacity is -1"),
        (lambda: erlang_b(1, -0.5), "load is -0.5"),
        (lambda: speed_of_answer(2, 0, 1), "arriving is 0"),
        (lambda: answered_within(1, 2, 1, 0), "handling is 0"),
        (lambda: answered_within(-1, 2, 1, 1), "within is -1"),
        (lambda: answered_within_patience(-1, 2, 1, 1, 1), "within is -1"),
        (lambda: erlang_a(2, 1, 1, 0), "leaving is 0"),
        (lambda: erlang_a(-1, 1, 1, 1), "capacity is -1"),
        (lambda: operators_needed(1, timedelta(0), ServiceLevel()), "handle_time is 0"),
        (lambda: operators_needed(1, timedelta(1), ServiceLevel(), 0), "concurrency is 0"),
        (lambda: operators_needed(-1, timedelta(1), ServiceLevel()), "arriving is -1"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(wrong, told: str):
    with pytest.raises(OutOfRangeError, match=told):
        wrong()
