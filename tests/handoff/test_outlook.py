"""Who stands where in line can be told how long it takes, from how long the lines are."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from handoff.ahead import mixed
from handoff.desk import Operator, Routing, Widen
from handoff.eligibility import lowest_level
from handoff.operators import Presence, Standing
from handoff.outlook import Outlook
from handoff.pace import Pace, Paces
from handoff.queue import Line
from handoff.wait import Wait

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PACES = Paces({"general": Pace(200, 1000 * MINUTE), "delivery": Pace(200, 2000 * MINUTE)})


def team(**skills: tuple[str, ...]) -> list[Standing]:
    return [
        Standing(Operator(name, {}, skills=dict.fromkeys(able, 1.0), capacity=1), Presence.ONLINE, 1, NOW)
        for name, able in skills.items()
    ]


def mean(wait: Wait | None) -> float | None:
    return wait and wait.mean / MINUTE


def test_each_place_takes_one_ticket_longer():
    outlook = Outlook({"general": Line(3)}, team(anna=("general",)), PACES)
    assert [mean(outlook.wait("general", place)) for place in (1, 2, 3)] == [5, 10, 15]
    assert mean(outlook.newcomers("general")) == 20


def test_each_skill_has_a_pace_of_its_own():
    outlook = Outlook({"delivery": Line(1)}, team(anna=("delivery",)), PACES)
    assert mean(outlook.wait("delivery", 1)) == 10


def test_those_who_have_an_offer_stand_in_line_and_take_no_turn():
    outlook = Outlook({"general": Line(waiting=2, offered=2)}, team(anna=("general",)), PACES)
    assert [mean(outlook.wait("general", place)) for place in (3, 4)] == [5, 10]
    assert mean(outlook.wait("general", 2)) == 5  # came before one of them by its priority
    assert mean(outlook.newcomers("general")) == 15


def test_places_that_are_kept_have_their_turn_if_they_are_before_one_and_shorten_no_wait_if_they_are_behind():
    outlook = Outlook({"general": Line(waiting=2, offered=1, kept=2)}, team(anna=("general",)), PACES)
    assert [mean(outlook.wait("general", place)) for place in (2, 3, 5)] == [5, 10, 20]
    assert mean(outlook.newcomers("general")) == 25


def test_a_place_that_nobody_has_has_no_wait():
    outlook = Outlook({"general": Line(3)}, team(anna=("general",)), PACES)
    assert outlook.wait("general", 4) is None
    assert outlook.wait("delivery", 1) is None


def test_lines_that_share_operators_wait_for_each_other_and_others_do_not():
    lines = {"general": Line(2), "delivery": Line(2)}
    shared = Outlook(lines, team(anna=("general", "delivery")), PACES)
    assert mean(shared.wait("general", 2)) == pytest.approx(20)
    assert mean(shared.newcomers("general")) == pytest.approx(25)
    apart = Outlook(lines, team(anna=("general",), olga=("delivery",)), PACES)
    assert mean(apart.wait("general", 2)) == 10


def test_a_long_line_is_looked_at_in_few_parts_and_told_nearly_as_if_one_by_one(monkeypatch):
    lines = {"general": Line(3000), "delivery": Line(700)}
    here = team(anna=("general",), olga=("general", "delivery"))
    assert len(mixed({skill: line.waiting for skill, line in lines.items()})) < 250
    quick = Outlook(lines, here, PACES)
    monkeypatch.setattr("handoff.ahead.FINE", 10_000)
    exact = Outlook(lines, here, PACES)
    for skill, place in product(lines, range(1, 701)):
        assert mean(quick.wait(skill, place)) == pytest.approx(mean(exact.wait(skill, place)), rel=0.05)
    assert mean(quick.newcomers("general")) == pytest.approx(mean(exact.newcomers("general")), rel=0.05)


def test_without_anybody_on_duty_or_a_pace_there_is_no_outlook():
    assert Outlook({"general": Line(1)}, [], PACES).wait("general", 1) is None
    assert Outlook({"general": Line(1)}, [], PACES).newcomers("general") is None
    assert Outlook({"general": Line(1)}, team(anna=("general",)), Paces()).wait("general", 1) is None


def test_who_knows_less_than_is_ever_asked_for_does_not_count():
    lines, here = {"general": Line(1)}, team(anna=("general",), olga=("general",))
    novice = replace(here[1], operator=replace(here[1].operator, skills={"general": 0.4}))
    rules = Routing(widen=(Widen(MINUTE, min_level=0.8), Widen(2 * MINUTE, min_level=0.5), Widen(3 * MINUTE)))
    assert mean(Outlook(lines, [here[0], novice], PACES, lowest_level(rules)).wait("general", 1)) == 5
    assert mean(Outlook(lines, [here[0], novice], PACES, lowest_level(rules)).newcomers("general")) == 10
    assert mean(Outlook(lines, [here[0], novice], PACES).wait("general", 1)) == 2.5
