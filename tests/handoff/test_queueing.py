"""A simulated desk behaves as the theory of queues says; the bounds are wide, and the full figures are in bench/."""

from statistics import fmean

import pytest

from bench.simulating import Customer, Run, Setting, run, team_of
from handoff.staffing import erlang_a, erlang_c, speed_of_answer

MINUTE = 60.0
MANY = 6000


def simulated(operators: int, arriving: float, handling: float, leaving: float = 0.0) -> Run:
    """Rates are per minute."""
    rates = {"general": arriving / MINUTE}, handling / MINUTE, leaving / MINUTE
    return run(Setting(team_of(operators, "general"), *rates), MANY, seed=1)


@pytest.fixture(scope="module")
def patient() -> Run:
    return simulated(2, 1.0, 1.0)


@pytest.fixture(scope="module")
def leaving() -> Run:
    return simulated(8, 4.0, 0.5, 0.2)


def told(run: Run) -> list[Customer]:
    return [each for each in run.customers if each.wait and each.last_waits is not None]


def test_as_many_wait_as_erlang_says_and_as_long(patient: Run):
    assert fmean(each.waited > 0 for each in patient.customers) == pytest.approx(erlang_c(2, 1), rel=0.1)
    assert fmean(each.waited for each in patient.customers) / MINUTE == pytest.approx(
        speed_of_answer(2, 1.0, 1.0), rel=0.3
    )


def test_as_many_leave_as_erlang_says_and_after_as_long(leaving: Run):
    theory = erlang_a(8, 4.0, 0.5, 0.2)
    assert fmean(each.left for each in leaving.customers) == pytest.approx(theory.leaves, rel=0.15)
    assert fmean(each.waited for each in leaving.customers) / MINUTE == pytest.approx(theory.mean_wait, rel=0.15)


@pytest.mark.parametrize("which", ["patient", "leaving"])
def test_the_log_accounts_for_every_second_that_somebody_waited(which: str, request: pytest.FixtureRequest):
    shown: Run = request.getfixturevalue(which)
    assert sum(each.waited for each in shown.customers) == pytest.approx(shown.queue_seconds, rel=0.001)
    assert shown.unconserved == 0


@pytest.mark.parametrize("which", ["patient", "leaving"])
def test_the_estimate_is_better_than_the_last_waits_and_its_range_holds(which: str, request: pytest.FixtureRequest):
    customers = told(request.getfixturevalue(which))
    assert len(customers) > 400
    turns = [each.turn - each.asked for each in customers]
    ranges = [each.wait for each in customers if each.wait]
    ours = fmean((wait.mean.total_seconds() - turn) ** 2 for wait, turn in zip(ranges, turns, strict=True))
    last = fmean((each.last_waits - turn) ** 2 for each, turn in zip(customers, turns, strict=True) if each.last_waits)
    assert ours < 0.7 * last
    held = fmean(
        wait.low.total_seconds() <= turn <= wait.high.total_seconds() for wait, turn in zip(ranges, turns, strict=True)
    )
    assert 0.72 < held < 0.88


def test_the_longest_idle_share_the_work_evenly():
    shown = run(Setting(team_of(10, "general"), {"general": 8.0}, 1.0), MANY, seed=1)
    assert max(shown.given.values()) < 1.2 * min(shown.given.values())
