"""Phone numbers as people write them."""

import pytest

from bot.workspace.phones import read_phone, show_phone


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("29 123 456", "LV", "+37129123456"),
        ("+371 29123456", None, "+37129123456"),
        ("00 371 29123456", "LV", "+37129123456"),
        ("29123456", None, None),
        ("123", "LV", None),
        ("call me", "LV", None),
        ("", "LV", None),
    ],
)
def test_a_number_is_read_as_e164_or_not_at_all(text, country, number):
    assert read_phone(text, country) == number


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+37129123456", "+371 29 123 456"),
        ("+442079460958", "+44 20 7946 0958"),
        ("+12025550123", "+1 202-555-0123"),
        ("+79161234567", "+7 916 123-45-67"),
    ],
)
def test_a_number_is_shown_in_the_groups_of_its_country(number, shown):
    assert show_phone(number) == shown
