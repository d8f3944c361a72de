"""The desk's defaults: what a short desk.yaml means."""

import pytest

from handoff.desk import Desk, Skill, titled
from handoff.hours import always

DESK = Desk("UTC", ("lv", "en"), {each: Skill(each, {}, always("UTC")) for each in ("general", "delivery")}, {})


def test_the_first_skill_and_the_first_locale_are_the_defaults():
    assert DESK.default_skill == "general"
    assert DESK.default_locale == "lv"


def test_a_title_is_told_in_the_locale_else_in_the_first_it_has():
    title = {"ru": "Доставка", "en": "Delivery"}
    assert titled(title, "en") == "Delivery"
    assert titled(title, "lv") == "Доставка"
    assert titled({}, "lv") == ""


@pytest.mark.parametrize(("language", "locale"), [("en-GB", "en"), ("LV_lv", "lv"), ("de", "lv"), ("", "lv")])
def test_a_language_tag_becomes_a_locale_of_the_desk_else_the_first(language, locale):
    assert DESK.locale_of(language) == locale
