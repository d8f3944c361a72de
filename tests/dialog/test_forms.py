"""How a form's answers are read."""

import pytest

from bot.dialog.forms import read
from intents.intent import Field, Option
from tests.dialog.shop import content
from tests.dialog.wares import named

SHOP = content()
CHOICE = Field("f", named("?"), "choice", options=(Option("city", named("City")), Option("road", named("Road"))))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("text", "  a word ", "a word"),
        ("text", "   ", None),
        ("order", "A-1", "A-1"),
        ("number", "12", "12"),
        ("number", "-1,5", "-1,5"),
        ("number", "+2.50", "+2.50"),
        ("number", "12 kg", None),
        ("number", "1.", None),
        ("phone", "29 123 456", "+37129123456"),
        ("phone", "+49 30 901820", "+4930901820"),
        ("phone", "12", None),
        ("email", "anna@example.com", "anna@example.com"),
        ("email", "anna@example", None),
        ("email", "anna example.com", None),
        ("email", "a@b@example.com", None),
        ("email", "anna@example..com", None),
    ],
)
def test_an_answer_fits_its_field_or_is_asked_again(kind, text, expected):
    assert read(Field("f", named("?"), kind), text, "en", SHOP) == expected


def test_a_pattern_must_match_the_whole_answer():
    field = Field("f", named("?"), "order", pattern="[0-9]{3}")
    assert read(field, "123", "en", SHOP) == "123"
    assert read(field, "1234", "en", SHOP) is None


@pytest.mark.parametrize("text", ["city", "CITY", "City", "city по-русски"])
def test_an_option_may_be_written_in_any_language(text):
    assert read(CHOICE, text, "ru", SHOP) == "City по-русски"


def test_what_is_no_option_is_no_answer():
    assert read(CHOICE, "boat", "en", SHOP) is None
