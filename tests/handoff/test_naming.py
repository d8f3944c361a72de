"""People are found by what others call them."""

import pytest

from handoff.desk import Desk, Operator, Skill
from handoff.hours import always
from handoff.naming import (
    levels_named,
    nearest_operator,
    nearest_skill,
    operator_first,
    operator_named,
    skill_named,
    told_apart,
)

ANNA = Operator("anna", {"ru": "Анна", "en": "Anna"})
OLGA = Operator("olga", {"ru": "Ольга Петрова", "en": "Olga Petrova"})
ALENA = Operator("alena", {"ru": "Алёна"})
FIRST_PETER = Operator("peter", {"en": "Peter"})
OTHER_PETER = Operator("p2", {"en": "Peter"})
TWIN = Operator("twin", {"en": "Twin"})
OTHER_TWIN = Operator("twin2", {"en": "twin "})
TEAM = (ANNA, OLGA, ALENA, FIRST_PETER, OTHER_PETER, OTHER_TWIN, TWIN)
DELIVERY = Skill("delivery", {"ru": "Доставка", "en": "Delivery"}, always("UTC"))
GENERAL = Skill("general", {"ru": "Общие вопросы", "en": "General"}, always("UTC"))
DESK = Desk("UTC", ("en",), {each.id: each for each in (DELIVERY, GENERAL)}, {each.id: each for each in TEAM})


@pytest.mark.parametrize("words", ["@anna", "anna", "@Anna", "АННА", " анна ", "Anna"])
def test_an_operator_is_named_by_id_or_by_name_in_any_language(words):
    assert operator_named(DESK, words) is ANNA


def test_a_name_of_two_words_and_one_with_another_yo_are_known():
    assert operator_named(DESK, "ольга  петрова") is OLGA
    assert operator_named(DESK, "Алена") is ALENA


def test_nobody_is_meant_by_a_strange_word_or_by_none():
    assert operator_named(DESK, "boris") is None
    assert operator_named(DESK, "") is None


def test_an_id_goes_before_a_name_and_a_name_of_two_people_means_neither():
    assert operator_named(DESK, "peter") is FIRST_PETER
    assert operator_named(DESK, "twin") is TWIN
    twins = {"a": Operator("a", {"en": "Ann"}), "b": Operator("b", {"en": "Ann"})}
    assert operator_named(Desk("UTC", ("en",), DESK.skills, twins), "ann") is None


def test_words_may_begin_with_a_name_and_go_on():
    assert operator_first(DESK, "@anna  please, the  courier") == (ANNA, "please, the  courier")
    assert operator_first(DESK, "Ольга Петрова он просит вас") == (OLGA, "он просит вас")
    assert operator_first(DESK, "olga") == (OLGA, "")
    assert operator_first(DESK, "please, anna") == (None, "please, anna")


@pytest.mark.parametrize(("words", "expected"), [("@ana", ANNA), ("Аня", ANNA), ("olgа", OLGA), ("zzz", None)])
def test_whoever_is_named_nearly_is_suggested(words, expected):
    assert nearest_operator(DESK, words) is expected


def test_a_skill_is_named_by_id_or_title_and_suggested_when_nearly_named():
    assert skill_named(DESK, "общие вопросы") is GENERAL
    assert skill_named(DESK, "delivery") is DELIVERY
    assert skill_named(DESK, "billing") is None
    assert nearest_skill(DESK, "доставки") is DELIVERY
    assert nearest_skill(DESK, "qqq") is None


@pytest.mark.parametrize(
    ("words", "whom", "changes"),
    [
        ("@anna +delivery -general", "@anna", "+delivery -general"),
        ("Ольга Петрова -delivery", "Ольга Петрова", "-delivery"),
        ("anna-maria", "anna-maria", ""),
        (" +delivery", "", "+delivery"),
    ],
)
def test_a_command_names_somebody_before_it_says_what_changes(words, whom, changes):
    assert told_apart(words) == (whom, changes)


@pytest.mark.parametrize(
    ("words", "levels"),
    [
        ("", {}),
        ("+delivery -general", {"delivery": 1.0, "general": 0.0}),
        ("+delivery=0.5, +general=0,25", {"delivery": 0.5, "general": 0.25}),
        ("−Общие вопросы +after-sales = 1", {"Общие вопросы": 0.0, "after-sales": 1.0}),
        ("+delivery=7", {"delivery": 7.0}),
        ("delivery", None),
        ("delivery +general", None),
        ("+delivery=much", None),
        ("+delivery=nan", None),
        ("-delivery=0.5", None),
    ],
)
def test_skills_are_given_and_taken_with_signs(words, levels):
    assert levels_named(words) == levels
