"""The law of a wait agrees with what can be worked out otherwise: by hand, by Erlang's law, by drawing."""

from itertools import islice
from math import exp, factorial
from random import Random

import pytest

from handoff.hypoexponential import longer_than, mean, variance


def over(time: float, ahead: int, rate: float, leaving: float) -> float:
    return next(islice(longer_than(time, rate, leaving), ahead, None))


def test_the_mean_and_the_variance_are_those_of_the_steps():
    assert mean(2, 4.0, 2.0) == pytest.approx(1 / 4 + 1 / 6 + 1 / 8)
    assert variance(2, 4.0, 2.0) == pytest.approx(1 / 16 + 1 / 36 + 1 / 64)


def test_with_nobody_ahead_the_wait_is_one_exponential_step():
    assert over(0.3, 0, 4.0, 2.0) == pytest.approx(exp(-1.2))


def test_when_nobody_leaves_it_is_erlangs_law():
    by_hand = exp(-3) * sum(3**i / factorial(i) for i in range(5))
    assert over(1.5, 4, 2.0, 0.0) == pytest.approx(by_hand)


def test_two_different_steps_agree_with_their_partial_fractions():
    time, one, two = 0.8, 3.0, 5.0
    by_hand = (two * exp(-one * time) - one * exp(-two * time)) / (two - one)
    assert over(time, 1, one, two - one) == pytest.approx(by_hand)


@pytest.mark.parametrize("leaving", [0.0, 0.4])
@pytest.mark.parametrize("time", [1.0, 2.5, 5.0])
def test_as_many_of_drawn_waits_are_longer(leaving: float, time: float):
    random = Random(7)
    drawn = [sum(random.expovariate(2.0 + i * leaving) for i in range(6)) for _ in range(20_000)]
    assert sum(each > time for each in drawn) / len(drawn) == pytest.approx(over(time, 5, 2.0, leaving), abs=0.015)


def test_a_thousand_ahead_are_not_too_many():
    assert over(1000.0, 1000, 1.0, 0.0) == pytest.approx(0.5, abs=0.02)
    assert 0.99 < over(1.0, 1000, 900.0, 0.0) <= 1
