"""Who may have a ticket: the level asked for sinks, fallbacks help, and whoever knows the customer goes first."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handoff.desk import Desk, Operator, Routing, Skill, Widen
from handoff.eligibility import candidates, next_change, reach
from handoff.hours import always
from handoff.operators import Presence, Standing
from handoff.ticket import Kind, Preferred, Ticket

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
SKILLS = {
    "general": Skill("general", {}, always("UTC")),
    "delivery": Skill("delivery", {}, always("UTC"), fallback=("returns", "general")),
    "returns": Skill("returns", {}, always("UTC")),
}
STEPS = (Widen(2 * MINUTE, min_level=0.5), Widen(5 * MINUTE, fallback=True))


def desk(*widen: Widen) -> Desk:
    return Desk("UTC", ("en",), SKILLS, {}, Routing(widen=widen))


def standing(name: str, room: int = 1, **skills: float) -> Standing:
    return Standing(Operator(name, {}, skills=skills, capacity=room), Presence.ONLINE, 0, NOW)


def ticket(skill: str = "delivery", waited: timedelta = timedelta(0), **more: object) -> Ticket:
    return Ticket(1, "c", Kind.CHAT, skill, NOW - waited, **more)


EXPERT, GOOD, WEAK = (standing(name, delivery=level) for name, level in [("expert", 1.0), ("good", 0.6), ("weak", 0.3)])
TEAM = [EXPERT, GOOD, WEAK, standing("helper", general=0.6, returns=0.7)]


def ids(of: Ticket, team: list[Standing], *widen: Widen) -> list[str]:
    return sorted(each.standing.operator.id for each in candidates(of, team, desk(*widen), NOW))


def test_without_widening_any_level_serves_and_nobody_helps_out():
    assert ids(ticket(), TEAM) == ["expert", "good", "weak"]
    assert ids(ticket(waited=timedelta(days=1)), TEAM) == ["expert", "good", "weak"]


@pytest.mark.parametrize(
    ("waited", "expected"),
    [
        (timedelta(0), ["expert"]),
        (2 * MINUTE - SECOND, ["expert"]),
        (2 * MINUTE, ["expert", "good"]),
        (5 * MINUTE - SECOND, ["expert", "good"]),
        (5 * MINUTE, ["expert", "good", "helper"]),
    ],
)
def test_the_search_grows_wider_the_longer_the_ticket_waits(waited: timedelta, expected: list[str]):
    assert ids(ticket(waited=waited), TEAM, *STEPS) == expected


def test_before_the_first_step_the_best_on_duty_are_asked_even_if_they_have_no_room():
    assert ids(ticket(), [replace(EXPERT, load=1), GOOD, WEAK], *STEPS) == []
    assert ids(ticket(), [replace(EXPERT, presence=Presence.PAUSED), GOOD, WEAK], *STEPS) == ["good"]


def test_before_the_first_step_the_next_best_is_asked_when_the_best_let_it_pass():
    assert ids(ticket(passed=("expert",)), TEAM, *STEPS) == ["good"]
    assert ids(ticket(passed=("expert", "good", "weak")), TEAM, *STEPS) == ["expert"]


def test_a_step_that_is_due_at_once_says_what_is_enough_from_the_beginning():
    assert ids(ticket(), TEAM, Widen(timedelta(0), min_level=0.5), *STEPS) == ["expert", "good"]


def test_the_lowest_level_of_the_steps_that_are_due_counts():
    steps = (Widen(MINUTE, min_level=0.2), Widen(2 * MINUTE, min_level=0.9))
    assert ids(ticket(waited=3 * MINUTE), TEAM, *steps) == ["expert", "good", "weak"]


def test_a_helper_is_measured_by_the_best_of_the_fallback_skills():
    widened = ticket(waited=5 * MINUTE)
    (helper,) = [each for each in candidates(widened, TEAM, desk(*STEPS), NOW) if not each.skilled]
    assert helper.level == 0.7
    assert ids(widened, [standing("helper", general=0.4, returns=0.3)], *STEPS) == []
    assert ids(widened, [standing("helper", general=0.1)], Widen(5 * MINUTE, fallback=True)) == ["helper"]


def test_who_has_too_little_of_the_skill_may_still_help_out_by_a_fallback():
    both = standing("both", delivery=0.1, general=0.9)
    assert ids(ticket(waited=2 * MINUTE), [both], *STEPS) == []
    assert ids(ticket(waited=5 * MINUTE), [both], *STEPS) == ["both"]


def test_a_skill_that_the_desk_has_no_more_is_helped_out_by_nobody():
    assert ids(ticket("gone", 5 * MINUTE), TEAM, *STEPS) == []


def test_who_knows_the_customer_is_asked_alone_until_the_deadline():
    prefers = ticket(preferred=Preferred("weak", NOW + SECOND))
    assert ids(prefers, TEAM, *STEPS) == ["weak"]
    assert ids(replace(prefers, preferred=Preferred("weak", NOW)), TEAM, *STEPS) == ["expert"]


def test_who_knows_the_customer_is_waited_for_while_they_have_no_room():
    assert ids(ticket(preferred=Preferred("weak", NOW + SECOND)), [EXPERT, replace(WEAK, load=1)]) == []


def test_everybody_is_asked_when_the_one_who_knows_the_customer_is_away_or_let_it_pass():
    prefers = ticket(preferred=Preferred("weak", NOW + SECOND))
    assert ids(prefers, [EXPERT, replace(WEAK, presence=Presence.OFFLINE)]) == ["expert"]
    assert ids(replace(prefers, passed=("weak",)), [EXPERT, WEAK]) == ["expert"]
    assert ids(replace(prefers, preferred=Preferred("stranger", NOW + SECOND)), [EXPERT, WEAK]) == ["expert", "weak"]


def test_a_ticket_that_all_let_pass_comes_round_only_after_a_while():
    passed = ticket(passed=("weak",), again=NOW + SECOND)
    assert ids(passed, [WEAK]) == []
    assert ids(replace(passed, again=NOW), [WEAK]) == ["weak"]
    assert ids(passed, [WEAK, EXPERT]) == ["expert"]


def test_time_alone_changes_something_at_the_next_step_the_deadline_and_when_it_comes_round():
    rules = Routing(widen=STEPS)
    assert next_change(ticket(), rules, NOW) == NOW + 2 * MINUTE
    assert next_change(ticket(waited=2 * MINUTE), rules, NOW) == NOW + 3 * MINUTE
    assert next_change(ticket(waited=5 * MINUTE), rules, NOW) is None
    assert next_change(ticket(preferred=Preferred("weak", NOW + SECOND)), rules, NOW) == NOW + SECOND
    assert next_change(ticket(passed=("weak",), again=NOW + MINUTE), rules, NOW) == NOW + MINUTE
    assert next_change(ticket(again=NOW + MINUTE), Routing(), NOW) is None


def test_whoever_is_free_reaches_their_skills_and_those_they_may_help_with_one_day():
    team = [standing("helper", general=0.4, returns=0.0), replace(EXPERT, load=1)]
    assert reach(team, desk()) == {"general"}
    assert reach(team, desk(*STEPS)) == {"general", "delivery"}
