"""Routing gives each ticket to somebody who can help, and as many tickets as can be helped."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.desk import Desk, Operator, Skill
from handoff.eligibility import candidates
from handoff.hours import always
from handoff.operators import Presence, Standing
from handoff.queue import ordered
from handoff.routing import Assignment, assign, still_open, work_conserved
from handoff.ticket import Active, Kind, Priority, Ticket

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
SKILLS = ("delivery", "general", "billing")
DESK = Desk("UTC", ("en",), {each: Skill(each, {}, always("UTC")) for each in SKILLS}, {})


def operator(
    name: str, skills: dict[str, float], room: int = 1, idle: int = 0, presence: Presence = Presence.ONLINE
) -> Standing:
    who = Operator(name, {}, skills=skills, capacity=room)
    return Standing(who, presence, 0, NOW - timedelta(seconds=idle))


def ticket(number: int, skill: str = "general", passed: tuple[str, ...] = ()) -> Ticket:
    return Ticket(number, f"c{number}", Kind.CHAT, skill, NOW - timedelta(seconds=60 - number), passed=passed)


def may_have(of: Ticket, team: list[Standing], desk: Desk = DESK) -> list[str]:
    return sorted(each.standing.operator.id for each in candidates(of, team, desk, NOW))


def pairs(waiting: list[Ticket], team: list[Standing]) -> list[tuple[int, str]]:
    return [(each.ticket, each.operator) for each in assign(waiting, team, DESK, NOW)]


ANNA = operator("anna", {"delivery": 1.0, "general": 0.6}, idle=10)
OLGA = operator("olga", {"general": 1.0}, idle=20)


@pytest.mark.parametrize(
    ("capacity", "override", "load", "room"), [(3, None, 1, 2), (3, 5, 1, 4), (3, 0, 0, 0), (3, 1, 2, 0)]
)
def test_room_is_capacity_less_load_and_never_less_than_none(capacity: int, override: int | None, load: int, room: int):
    who = Operator("anna", {}, capacity=capacity)
    assert Standing(who, Presence.ONLINE, load, NOW, capacity=override).room == room


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (ANNA, True),
        (replace(ANNA, presence=Presence.PAUSED), False),
        (replace(ANNA, presence=Presence.OFFLINE), False),
        (replace(ANNA, load=1), False),
        (replace(ANNA, wraps_up=True), False),
        (operator("ivan", {"delivery": 1.0}), False),
        (operator("ivan", {"general": 0.0}), False),
        (operator("ivan", {"general": 0.5}), True),
    ],
)
def test_who_is_online_with_room_and_the_skill_may_be_offered_a_ticket(standing: Standing, expected: bool):
    assert bool(may_have(ticket(1), [standing])) is expected


def test_who_let_a_ticket_pass_is_not_asked_again_while_another_is_on_duty_even_without_room():
    busy = replace(OLGA, load=1)
    assert may_have(ticket(1, passed=("anna",)), [ANNA, OLGA]) == ["olga"]
    assert may_have(ticket(1, passed=("anna",)), [ANNA, busy]) == []


def test_when_all_on_duty_let_it_pass_it_comes_round_first_to_those_who_passed_fewer_times():
    passed = ("olga", "anna", "olga")
    assert pairs([ticket(1, passed=passed)], [OLGA, ANNA]) == [(1, "anna")]
    assert pairs([ticket(1, passed=("anna", "olga", "anna"))], [OLGA, ANNA]) == [(1, "olga")]
    away = replace(ANNA, presence=Presence.OFFLINE)
    assert may_have(ticket(1, passed=("olga",)), [OLGA, away]) == ["olga"]


def test_the_operator_who_is_idle_longest_gets_the_ticket():
    assert pairs([ticket(1)], [ANNA, OLGA]) == [(1, "olga")]


def test_who_got_one_is_idle_no_more_so_that_several_tickets_are_spread():
    team = [operator("anna", {"general": 1.0}, 2, idle=10), operator("olga", {"general": 1.0}, 2, idle=20)]
    assert pairs([ticket(1), ticket(2), ticket(3), ticket(4), ticket(5)], team) == [
        (1, "olga"),
        (2, "anna"),
        (3, "olga"),
        (4, "anna"),
    ]


def test_the_queue_is_served_in_its_order():
    urgent = replace(ticket(3), priority=Priority.URGENT)
    assert pairs([ticket(1), ticket(2), urgent], [ANNA, OLGA]) == [(3, "olga"), (1, "anna")]


def test_only_those_who_wait_are_offered():
    assert pairs([replace(ticket(1), state=Active("anna"))], [OLGA]) == []


def test_nobody_is_left_waiting_whom_a_colleagues_change_could_serve():
    anna = replace(ANNA, idle_since=NOW - timedelta(hours=1))  # the greedy choice for 1, but the only one for 2
    assert pairs([ticket(1), ticket(2, "delivery")], [anna, OLGA]) == [(1, "olga"), (2, "anna")]


def test_one_whom_nobody_can_help_does_not_end_the_search_for_others():
    anna = replace(ANNA, idle_since=NOW - timedelta(hours=1))
    waiting = [ticket(1), replace(ticket(2), skill="billing"), ticket(3, "delivery")]
    assert pairs(waiting, [anna, OLGA]) == [(1, "olga"), (3, "anna")]


def test_a_ticket_is_handed_on_through_several_colleagues():
    team = [
        operator("a", {"billing": 1, "general": 1}, idle=30),
        operator("b", {"general": 1, "delivery": 1}, idle=20),
        operator("c", {"delivery": 1}, idle=10),
    ]
    waiting = [ticket(1), ticket(2, "delivery"), ticket(3, "billing")]
    assert pairs(waiting, team) == [(1, "b"), (2, "c"), (3, "a")]


def test_who_asked_first_is_never_left_out_for_one_behind():
    passed = ticket(1, "delivery")
    assert pairs([passed, ticket(2, "delivery"), ticket(3)], [ANNA]) == [(1, "anna")]


def test_one_whom_nobody_can_help_does_not_hold_up_the_others():
    assert pairs([ticket(1, "billing"), ticket(2)], [OLGA]) == [(2, "olga")]


def test_nobody_gives_up_a_ticket_that_no_colleague_has_room_for():
    team = [
        operator("a", {"billing": 1, "general": 1}, room=2, idle=30),
        operator("b", {"general": 1}, idle=20),
        operator("c", {"delivery": 1}, idle=10),
    ]
    waiting = [ticket(1), ticket(2), ticket(3), ticket(4, "billing"), ticket(5, "billing"), ticket(6, "delivery")]
    assert pairs(waiting, team) == [(1, "a"), (2, "b"), (3, "a"), (6, "c")]


def test_who_is_offline_or_full_does_not_count_as_room():
    assert pairs([ticket(1)], [replace(OLGA, presence=Presence.OFFLINE), replace(ANNA, load=1)]) == []


def test_work_is_conserved_only_when_nobody_waits_who_could_be_served():
    assert work_conserved([ticket(1, "billing")], [ANNA, OLGA], DESK, NOW)
    assert work_conserved([replace(ticket(1), state=Active("anna"))], [OLGA], DESK, NOW)
    assert work_conserved([ticket(1)], [replace(OLGA, load=1)], DESK, NOW)
    assert not work_conserved([ticket(1, "billing"), ticket(2)], [OLGA], DESK, NOW)


def test_what_might_still_be_served_is_what_somebody_has_room_for_or_can_make_room_for():
    team = [
        operator("a", {"billing": 1, "general": 1}, idle=30),
        operator("b", {"general": 1, "delivery": 1}, idle=20),
        operator("c", {"delivery": 1}, idle=10),
    ]
    waiting = [ticket(1), ticket(2, "delivery")]
    assert still_open([], waiting, team, DESK) == {"billing", "general", "delivery"}
    assert still_open([Assignment(1, "b")], waiting, [*team[1:]], DESK) == {"delivery"}
    assert still_open([Assignment(2, "b")], waiting, [*team[1:]], DESK) == {"general", "delivery"}
    full = [Assignment(1, "a"), Assignment(2, "b")]
    assert still_open(full, waiting, team[:2], DESK) == set()
    assert still_open(full, waiting, team, DESK) == {"general", "delivery", "billing"}


NAMES = ("anna", "olga", "ivan", "juris")
LEVELS = st.sampled_from([0.0, 0.5, 1.0])
TEAMS = st.lists(
    st.builds(
        operator,
        st.sampled_from(NAMES),
        st.dictionaries(st.sampled_from(SKILLS), LEVELS),
        st.integers(0, 2),
        st.integers(0, 5),
        st.sampled_from([Presence.ONLINE, Presence.ONLINE, Presence.PAUSED]),
    ),
    max_size=4,
    unique_by=lambda standing: standing.operator.id,
)
TICKETS = st.lists(
    st.builds(
        ticket,
        st.integers(1, 50),
        st.sampled_from(SKILLS),
        st.lists(st.sampled_from(NAMES), max_size=3).map(tuple),
    ),
    max_size=6,
    unique_by=lambda each: each.number,
)


def can_all_be_served(tickets: list[Ticket], team: list[Standing], room: dict[str, int]) -> bool:
    """By trying everything."""
    if not tickets:
        return True
    for who in may_have(tickets[0], team):
        if room[who] and can_all_be_served(tickets[1:], team, {**room, who: room[who] - 1}):
            return True
    return False


@given(TICKETS, TEAMS)
def test_the_most_are_served_and_of_those_the_first_in_the_order(waiting: list[Ticket], team: list[Standing]):
    room = {each.operator.id: each.room for each in team}
    best: list[Ticket] = []
    for each in ordered(waiting, DESK.routing, NOW):
        if can_all_be_served([*best, each], team, room):
            best.append(each)
    assert [each.ticket for each in assign(waiting, team, DESK, NOW)] == [each.number for each in best]


@given(TICKETS, TEAMS)
def test_each_is_offered_once_to_an_eligible_operator_within_room_and_then_work_is_conserved(
    waiting: list[Ticket], team: list[Standing]
):
    made = assign(waiting, team, DESK, NOW)
    assert len({each.ticket for each in made}) == len(made)
    might = {each.number: may_have(each, team) for each in waiting}
    assert all(each.operator in might[each.ticket] for each in made)
    given_to = {each.operator.id: sum(one.operator == each.operator.id for one in made) for each in team}
    assert all(given_to[each.operator.id] <= each.room for each in team)
    left = [each for each in waiting if each.number not in {one.ticket for one in made}]
    after = [replace(each, load=each.load + given_to[each.operator.id]) for each in team]
    assert work_conserved(left, after, DESK, NOW)


@given(TICKETS, TEAMS, st.randoms())
def test_the_same_moment_is_always_decided_the_same_way(waiting: list[Ticket], team: list[Standing], random):
    shuffled, mixed = list(waiting), list(team)
    random.shuffle(shuffled)
    random.shuffle(mixed)
    assert assign(shuffled, mixed, DESK, NOW) == assign(waiting, team, DESK, NOW)


def test_a_thousand_waiting_and_two_hundred_operators_are_decided():
    skills = [f"skill{number}" for number in range(8)]
    team = [
        operator(f"o{number}", {skills[number % 8]: 1, skills[number % 3]: 1}, room=3, idle=number % 17)
        for number in range(200)
    ]
    waiting = [ticket(number, skills[number % 7], (f"o{number % 200}", f"o{number % 13}")) for number in range(1, 1001)]
    made = assign(waiting, team, DESK, NOW)
    assert made[0] == Assignment(1, made[0].operator)
    assert len(made) > 500
