"""The wait is told when there is a basis, from who is ahead and who is on duty, and rounded so that it stays true."""

from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.ahead import Ahead, ahead, mixed
from handoff.desk import Operator
from handoff.hypoexponential import longer_than
from handoff.operators import Presence, Standing
from handoff.pace import Pace
from handoff.wait import SHARE, Wait, expected, told

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
STEADY = Pace(200, 1000 * MINUTE)  # a ticket lasts five minutes, and nobody leaves


def on_duty(name: str, *skills: str, capacity: int = 1, presence: Presence = Presence.ONLINE) -> Standing:
    return Standing(Operator(name, {}, skills=dict.fromkeys(skills, 1.0), capacity=capacity), presence, capacity, NOW)


def last(skills: list[str], *team: Standing) -> Ahead:
    """Who is ahead of the last in a line for these skills."""
    return ahead(skills, team)[-1]


def test_with_one_skill_all_on_duty_serve_all_who_are_ahead():
    team = [on_duty("anna", "general", capacity=3), on_duty("olga", "general", capacity=2)]
    assert ahead(["general"] * 3, team) == [Ahead(5, 0), Ahead(5, 1), Ahead(5, 2)]


def test_only_who_is_online_with_the_skill_counts():
    away = on_duty("anna", "general", presence=Presence.PAUSED)
    level_of_none = Standing(Operator("ivan", {}, skills={"general": 0.0}), Presence.ONLINE, 0, NOW)
    none_wanted = on_duty("vera", "general", capacity=0)
    assert last(["general"], away, level_of_none, none_wanted, on_duty("olga", "billing")) == Ahead(0, 0)
    assert last(["general"], away, on_duty("olga", "general", capacity=2)) == Ahead(2, 0)


def test_an_operators_own_capacity_of_today_counts():
    anna = Standing(Operator("anna", {}, skills={"general": 1.0}, capacity=3), Presence.ONLINE, 1, NOW, capacity=1)
    assert last(["general"], anna) == Ahead(1, 0)


def test_those_ahead_for_another_skill_count_where_the_same_operators_serve_both():
    both = on_duty("anna", "delivery", "billing", capacity=2)
    assert last(["billing", "billing", "delivery"], both) == Ahead(2, 2)


def test_those_ahead_whom_others_serve_do_not_count():
    team = [on_duty("anna", "delivery"), on_duty("olga", "billing")]
    assert last(["billing", "billing", "delivery"], *team) == Ahead(1, 0)


def test_a_colleague_with_both_skills_serves_both_in_their_order():
    team = [on_duty("anna", "delivery"), on_duty("olga", "billing"), on_duty("both", "delivery", "billing")]
    mine = last(["billing", "delivery"] * 4, *team)
    turns = (mine.tickets + 1) / mine.capacity
    assert turns == pytest.approx(8 / 3, rel=0.15)  # nearly as if all three served all eight; without "both" it is 4


def test_a_colleague_who_is_taken_up_by_others_comes_too_late_to_count():
    team = [on_duty("many", "delivery", capacity=9), on_duty("both", "delivery", "billing")]
    assert last(["billing"] * 5 + ["delivery"], *team) == Ahead(9, 0)


def test_the_emptiest_colleague_is_taken_first_whoever_can_do_less():
    team = [on_duty("few", "delivery", "billing"), on_duty("many", "delivery", "repair", "sales")]
    assert last(["billing"] * 3 + ["delivery"], *team) == Ahead(1, 0)
    assert last(["billing"] * 3 + ["delivery"], *reversed(team)) == Ahead(1, 0)


def test_those_without_anybody_on_duty_take_nothing_from_others():
    assert last(["billing", "billing", "delivery"], on_duty("anna", "delivery")) == Ahead(1, 0)


@given(
    st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=12),
    st.lists(st.tuples(st.sets(st.sampled_from(["a", "b", "c"]), min_size=1), st.integers(1, 4)), max_size=5),
)
def test_nobody_has_fewer_ahead_than_are_in_their_own_line_nor_more_than_are_in_all(skills, operators):
    team = [on_duty(str(n), *able, capacity=capacity) for n, (able, capacity) in enumerate(operators)]
    found = ahead(skills, team)
    for number, skill in enumerate(skills, start=1):
        capacity = sum(each.takes for each in team if skill in each.operator.skills)
        mine = found[number - 1]
        assert mine.capacity <= capacity
        assert (mine.capacity == 0) == (capacity == 0)
        if capacity:  # no sooner than if all of them served this skill alone, no later than if they served everybody
            turns = (mine.tickets + 1) / mine.capacity
            own = skills[:number].count(skill)
            assert (own - 0.5) / capacity <= turns <= (number + 0.5) / min(capacity, mine.capacity)


def test_lines_of_which_only_the_length_is_known_are_mixed_evenly():
    assert mixed({"a": 4, "b": 2, "c": 0}) == [("a", 1), ("b", 1), ("a", 2), ("a", 3), ("b", 2), ("a", 4)]
    assert mixed({}) == []


@pytest.mark.parametrize("leaving", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("tickets", [0, 2, 9, 20])
def test_the_range_is_nearly_that_of_the_exact_law(tickets: int, leaving: float):
    pace = Pace(10**9, 10**9 * MINUTE, left=int(leaving * 1000), waited=1000 * MINUTE)
    wait = expected(Ahead(1, tickets), pace)
    assert wait is not None
    sooner, later = (
        next(islice(longer_than(end / MINUTE, 1.0, leaving), tickets, None)) for end in (wait.low, wait.high)
    )
    assert sooner - later == pytest.approx(SHARE, abs=0.03)
    assert later == pytest.approx((1 - SHARE) / 2, abs=0.02)


def test_the_mean_is_the_sum_of_the_steps_of_those_ahead():
    patient = expected(Ahead(5, 3), STEADY)
    assert patient is not None
    assert patient.mean == 4 * MINUTE  # five at once, each for five minutes
    leaving = Pace(200, 1000 * MINUTE, left=20, waited=100 * MINUTE)  # one of five leaves in a minute
    shorter = expected(Ahead(5, 3), leaving)
    assert shorter is not None
    assert shorter.mean / MINUTE == pytest.approx(1 + 1 / 1.2 + 1 / 1.4 + 1 / 1.6)


def test_the_time_that_offers_take_comes_on_top():
    slow = expected(Ahead(5, 3), Pace(200, 1000 * MINUTE, offered=100 * MINUTE))
    quick = expected(Ahead(5, 3), STEADY)
    assert slow is not None
    assert quick is not None
    assert [slow.mean - quick.mean, slow.low - quick.low, slow.high - quick.high] == [MINUTE / 2] * 3


def test_nobody_on_duty_is_no_basis_and_neither_are_few_tickets_nor_none():
    assert expected(Ahead(0, 0), STEADY) is None
    assert expected(Ahead(5, 3), Pace(9, 45 * MINUTE)) is None
    assert expected(Ahead(5, 3), None) is None
    assert expected(Ahead(5, 3), Pace(10, 50 * MINUTE)) is not None


def test_the_range_has_the_quantiles_of_the_wait_and_is_wider_when_less_is_known():
    sure = expected(Ahead(1, 0), Pace(10**9, 5 * 10**9 * MINUTE))
    assert sure is not None
    assert sure.low / MINUTE == pytest.approx(5 * 0.105361, rel=0.07)  # of one exponential step
    assert sure.high / MINUTE == pytest.approx(5 * 2.302585, rel=0.02)
    unsure = expected(Ahead(1, 0), Pace(10, 50 * MINUTE))
    assert unsure is not None
    assert unsure.low < sure.low
    assert unsure.high > sure.high


@pytest.mark.parametrize(
    ("low", "high", "minutes"),
    [
        (0.0, 0.2, (0, 1)),
        (0.3, 1.0, (0, 1)),
        (2.0, 2.0, (2, 3)),
        (3.1, 5.2, (3, 6)),
        (14.9, 15.0, (14, 15)),
        (14.9, 15.1, (14, 20)),
        (6.0, 66.0, (6, 70)),
        (31.0, 47.0, (30, 50)),
        (42.0, 66.0, (40, 70)),
        (55.0, 55.0, (55, 60)),
        (71.0, 119.0, (70, 120)),
        (71.0, 121.0, (60, 180)),
        (45.0, 121.0, (0, 180)),
        (130.0, 300.0, (120, 300)),
    ],
)
def test_it_is_told_in_round_minutes_that_take_the_range_in(low: float, high: float, minutes: tuple[int, int]):
    assert told(Wait(low * MINUTE, low * MINUTE, high * MINUTE)) == minutes


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_what_is_told_never_promises_more_than_the_range(one: float, other: float):
    wait = Wait(MINUTE, min(one, other) * MINUTE, max(one, other) * MINUTE)
    low, high = told(wait)
    assert 0 <= low < high
    assert low * MINUTE <= wait.low
    assert wait.high <= high * MINUTE
