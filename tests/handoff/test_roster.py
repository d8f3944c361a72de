"""The roster laid over the file: who really works here."""

from dataclasses import replace

import pytest

from handoff.desk import Desk, Operator, Routing, Skill
from handoff.hours import always
from handoff.roster import Member, Roster, manned

SKILLS = {each: Skill(each, {"en": each.title()}, always("UTC")) for each in ("general", "delivery")}
ANNA = Operator("anna", {"en": "Anna"}, 1001, {"general": 1.0, "delivery": 0.5}, 3, ("ru", "en"), "operator")
OLGA = Operator("olga", {"en": "Olga"}, 1002, {"general": 1.0}, 2, ("en",), "supervisor")
DESK = Desk("UTC", ("en", "ru"), SKILLS, {"anna": ANNA, "olga": OLGA}, Routing(strategy="longest_idle"))


def over(*members: Member, broadcast: bool = False) -> Desk:
    return manned(DESK, Roster({each.operator: each for each in members}, broadcast))


def test_an_empty_roster_changes_nothing():
    assert over() == DESK
    assert over(Member("anna")) == DESK


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"name": {"ru": "Аня"}}, {"name": {"ru": "Аня"}}),
        ({"telegram": 7}, {"telegram": 7}),
        ({"skills": {"general": 0.3}}, {"skills": {"general": 0.3, "delivery": 0.5}}),
        ({"skills": {"general": 0.0}}, {"skills": {"delivery": 0.5}}),
        ({"capacity": 9}, {"capacity": 9}),
        ({"locales": ("en",)}, {"locales": ("en",)}),
        ({"role": "supervisor"}, {"role": "supervisor"}),
    ],
)
def test_what_the_roster_says_goes_before_the_file_and_the_rest_stays(said, expected):
    desk = over(Member("anna", **said))
    assert desk.operators == {"anna": replace(ANNA, **expected), "olga": OLGA}


def test_who_was_removed_is_not_here():
    assert list(over(Member("anna", removed=True)).operators) == ["olga"]
    assert over(Member("anna", removed=True), Member("olga", removed=True)).operators == {}


def test_who_joined_works_here_with_what_the_invitation_says():
    maria = Member("maria", {"ru": "Мария"}, 7, {"delivery": 1.0}, 4, ("ru",), "supervisor", joined=True)
    assert over(maria).operators["maria"] == Operator(
        "maria", {"ru": "Мария"}, 7, {"delivery": 1.0}, 4, ("ru",), "supervisor"
    )
    assert list(over(maria).operators) == ["anna", "olga", "maria"]
    assert "maria" not in over(maria.gone()).operators


def test_who_joined_without_more_has_an_id_for_a_name_and_every_language():
    assert over(Member("maria", joined=True)).operators["maria"] == Operator(
        "maria", {"en": "maria"}, locales=("en", "ru")
    )


def test_what_the_desk_no_longer_has_is_passed_over():
    assert "ghost" not in over(Member("ghost", skills={"general": 1.0})).operators
    desk = over(Member("anna", skills={"returns": 1.0}))
    assert desk.operators["anna"].skills == ANNA.skills


def test_who_joined_and_is_in_the_file_later_is_one_person():
    desk = over(Member("olga", skills={"delivery": 1.0}, joined=True))
    assert desk.operators["olga"] == replace(OLGA, skills={"general": 1.0, "delivery": 1.0})


def test_an_account_that_an_invitation_gave_to_one_is_taken_from_the_other():
    desk = over(Member("anna", telegram=1002))
    assert (desk.operators["anna"].telegram, desk.operators["olga"].telegram) == (1002, None)
    freed = over(Member("anna", telegram=1002, removed=True))
    assert freed.operators["olga"].telegram == 1002


def test_the_switch_makes_every_ticket_everybody_s_until_it_is_off():
    assert over(broadcast=True).routing.strategy == "broadcast"
    assert over(broadcast=False).routing.strategy == "longest_idle"
