"""Phone numbers as people write them."""

import pytest

from bot.workspace.phones import read_phone


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
