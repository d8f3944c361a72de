"""Each strategy asks first whom its name promises; the customer's language and the skill itself come before any."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handoff.desk import Desk, Operator, Routing, Skill, Widen
from handoff.hours import always
from handoff.operators import Presence, Standing
from handoff.routing import Assignment, Showing, assign, showings, work_conserved
from handoff.ticket import Active, Kind, Ticket

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SKILLS = {
    "general": Skill("general", {}, always("UTC")),
    "delivery": Skill("delivery", {}, always("UTC"), fallback=("general",)),
}


def desk(strategy: str, *widen: Widen) -> Desk:
    return Desk("UTC", ("en", "lv"), SKILLS, {}, Routing(strategy=strategy, widen=widen))


def standing(name: str, level: float = 1.0, *, load: int = 0, idle: int = 0, turn: int | None = None) -> Standing:
    """Idle for so many minutes, and with a turn so many minutes ago."""
    had_turn = None if turn is None else NOW - turn * MINUTE
    who = Operator(name, {}, skills={"general": level}, capacity=3, locales=("en",))
    return Standing(who, Presence.ONLINE, load, NOW - idle * MINUTE, had_turn=had_turn)


def ticket(number: int = 1, skill: str = "general", asked: datetime = NOW, locale: str = "en") -> Ticket:
    return Ticket(number, f"c{number}", Kind.CHAT, skill, asked, locale=locale)


def first(strategy: str, *team: Standing) -> str:
    (made,) = assign([ticket()], team, desk(strategy), NOW)
    return made.operator


def test_the_longest_idle_is_asked_first():
    assert first("longest_idle", standing("anna", idle=5), standing("olga", 0.5, load=2, idle=9, turn=1)) == "olga"


def test_who_has_the_fewest_tickets_is_asked_first():
    assert first("fewest_active", standing("anna", load=2, idle=9), standing("olga", 0.5, load=1)) == "olga"


def test_in_turn_whose_last_ticket_is_longest_ago_is_asked_first():
    assert first("round_robin", standing("anna", idle=9, turn=1), standing("olga", load=2, turn=2)) == "olga"


def test_in_turn_who_never_had_a_ticket_is_asked_before_all():
    assert first("round_robin", standing("anna", idle=9, turn=60), standing("olga")) == "olga"


def test_who_knows_it_best_is_asked_first():
    assert first("best_skill", standing("anna", 0.8, idle=9), standing("olga", 0.9, load=2)) == "olga"


@pytest.mark.parametrize("strategy", ["longest_idle", "fewest_active", "round_robin", "best_skill"])
def test_ties_go_to_the_longest_idle_and_then_by_name(strategy: str):
    assert first(strategy, standing("anna", idle=3), standing("olga", idle=4)) == "olga"
    assert first(strategy, standing("olga"), standing("anna")) == "anna"


@pytest.mark.parametrize("strategy", ["longest_idle", "fewest_active", "round_robin"])
def test_several_at_once_go_round(strategy: str):
    team = [standing("anna"), standing("olga"), standing("ivan")]
    made = assign([ticket(number) for number in range(1, 7)], team, desk(strategy), NOW)
    assert [each.operator for each in made] == ["anna", "ivan", "olga"] * 2


@pytest.mark.parametrize("strategy", ["longest_idle", "fewest_active", "round_robin", "best_skill"])
def test_who_speaks_the_language_goes_before_one_who_does_not(strategy: str):
    latvian = standing("olga", 0.1, load=2, turn=0)
    latvian = replace(latvian, operator=replace(latvian.operator, locales=("lv",)))
    made = assign([ticket(locale="lv")], [standing("anna", idle=99), latvian], desk(strategy), NOW)
    assert made == [Assignment(1, "olga")]
    made = assign([ticket(locale="ru")], [standing("anna", idle=99), latvian], desk(strategy), NOW)
    assert made == [Assignment(1, "anna")]


def test_who_has_the_skill_itself_goes_before_one_who_helps_out():
    mine = standing("olga", load=2)
    mine = replace(mine, operator=replace(mine.operator, skills={"delivery": 0.1}))
    helped = desk("longest_idle", Widen(timedelta(0), fallback=True))
    assert assign([ticket(1, "delivery")], [standing("anna", idle=99), mine], helped, NOW) == [Assignment(1, "olga")]


def test_several_tickets_go_where_the_skill_is_greatest_in_all():
    anna, olga = standing("anna", 0.9), standing("olga", 0.8)
    anna = replace(anna, load=2, operator=replace(anna.operator, skills={"general": 0.9, "delivery": 0.8}))
    olga = replace(olga, load=2, operator=replace(olga.operator, skills={"general": 0.8, "delivery": 0.1}))
    made = assign([ticket(1), ticket(2, "delivery")], [anna, olga], desk("longest_idle"), NOW)
    assert made == [Assignment(1, "olga"), Assignment(2, "anna")]


def test_a_broadcast_is_shown_to_all_who_may_have_it_and_offered_to_nobody():
    team = [standing("olga"), standing("anna"), standing("full", load=3)]
    rules = desk("broadcast")
    assert assign([ticket()], team, rules, NOW) == []
    assert showings([ticket()], team, rules, NOW) == [Showing(1, ("anna", "olga"))]
    assert not work_conserved([ticket()], team, rules, NOW)


def test_a_broadcast_is_shown_later_to_those_who_could_not_have_it_before():
    team = [standing("olga"), standing("anna"), standing("full", load=3)]
    shown, rules = replace(ticket(), shown=("anna", "olga")), desk("broadcast")
    assert showings([shown], team, rules, NOW) == []
    assert work_conserved([shown], team, rules, NOW)
    assert showings([shown], [*team[:2], replace(team[2], load=2)], rules, NOW) == [Showing(1, ("full",))]


def test_only_what_waits_is_shown():
    assert showings([replace(ticket(), state=Active("anna"))], [standing("anna")], desk("broadcast"), NOW) == []


def test_nothing_is_shown_where_offers_are_made():
    assert showings([ticket()], [standing("anna")], desk("longest_idle"), NOW) == []
