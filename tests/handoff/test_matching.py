"""Many tickets and many operators: as good as the best there is, by another method than ours."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from handoff.desk import Desk, Operator, Routing, Skill, Widen
from handoff.eligibility import candidates
from handoff.hours import always
from handoff.operators import Presence, Standing
from handoff.routing import Assignment, assign
from handoff.ticket import Kind, Ticket

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)
NEVER = -1e6
INSTANCES = 300


class Shift:
    """A team and those who wait, at random: levels, capacities, loads, who let what pass, levels that sink."""

    def __init__(self, random: Random) -> None:
        skills = [f"skill{number}" for number in range(random.randint(1, 5))]
        known = {
            each: Skill(each, {}, always("UTC"), fallback=(skills[0],) if each != skills[0] else ()) for each in skills
        }
        steps = (Widen(0 * SECOND, 0.3), Widen(60 * SECOND, 0.1), Widen(120 * SECOND, fallback=True))
        self.desk = Desk("UTC", ("en",), known, {}, Routing(widen=steps[: random.randint(0, 3)], ageing=30 * SECOND))
        self.team = [self._operator(random, f"o{number}", skills) for number in range(random.randint(1, 8))]
        self.waiting = [self._ticket(random, number, skills) for number in range(1, random.randint(3, 25))]
        found = {each.number: candidates(each, self.team, self.desk, NOW) for each in self.waiting}
        self.levels = {one: {each.standing.operator.id: each.level for each in those} for one, those in found.items()}
        self.skilled = {
            one: {each.standing.operator.id for each in those if each.skilled} for one, those in found.items()
        }
        self.places = [each.operator.id for each in self.team for _ in range(each.free)]

    @staticmethod
    def _operator(random: Random, name: str, skills: list[str]) -> Standing:
        mine = random.sample(skills, random.randint(1, min(3, len(skills))))
        who = Operator(name, {}, skills={each: round(random.uniform(0.05, 1), 2) for each in mine}, capacity=4)
        presence = Presence.ONLINE if random.random() < 0.9 else Presence.PAUSED
        return Standing(who, presence, random.randint(0, 4), NOW - random.randint(0, 999) * SECOND)

    def _ticket(self, random: Random, number: int, skills: list[str]) -> Ticket:
        names = [each.operator.id for each in self.team]
        passed = tuple(random.choice(names) for _ in range(2)) if random.random() < 0.3 else ()
        asked = NOW - random.randint(0, 150) * SECOND
        return Ticket(number, f"c{number}", Kind.CHAT, random.choice(skills), asked, passed=passed)

    def worth(self, ticket: int, operator: str) -> float:
        """The skill itself before a fallback, then the level."""
        return self.levels[ticket][operator] + 2 * (operator in self.skilled[ticket])

    def greatest(self, tickets: list[int]) -> float:
        """The greatest sum of worth with which just these can be served."""
        worth = [
            [self.worth(one, place) if place in self.levels[one] else NEVER for place in self.places] for one in tickets
        ]
        return float(np.array(worth)[linear_sum_assignment(worth, maximize=True)].sum())

    def most(self) -> int:
        """How many can be served at once."""
        able = [[place in self.levels[each.number] for place in self.places] for each in self.waiting]
        return int(np.array(able)[linear_sum_assignment(able, maximize=True)].sum()) if self.places else 0

    def level_of(self, made: list[Assignment]) -> float:
        return sum(self.worth(each.ticket, each.operator) for each in made)


@pytest.mark.parametrize("seed", range(3))
def test_the_most_are_served_and_with_the_greatest_skill(seed: int):
    random, together = Random(seed), 0
    for _ in range(INSTANCES):
        shift = Shift(random)
        made = assign(shift.waiting, shift.team, shift.desk, NOW)
        assert len(made) == shift.most()
        if sum(map(bool, shift.levels.values())) > 1 and made:
            together += 1
            assert shift.level_of(made) == pytest.approx(shift.greatest([each.ticket for each in made]))
    assert together > INSTANCES / 2


def test_tickets_that_each_few_can_have_are_no_other_matter():
    """Who let what pass makes each ticket's need its own."""
    team = [
        Standing(Operator(f"o{number}", {}, skills={"a": 0.1 * number}, capacity=2), Presence.ONLINE, 0, NOW)
        for number in range(1, 10)
    ]
    desk = Desk("UTC", ("en",), {"a": Skill("a", {}, always("UTC"))}, {})
    ticket = Ticket(0, "c", Kind.CHAT, "a", NOW)
    waiting = [
        replace(ticket, number=number, passed=(f"o{number % 9 + 1}", f"o{number % 7 + 1}")) for number in range(18)
    ]
    made = assign(waiting, team, desk, NOW)
    assert len(made) == 18
    assert all(each.operator not in waiting[each.ticket].passed for each in made)
