"""The language of a text, or honest doubt."""

import pytest

from intents.language import detect

DESK = ("ru", "en", "lv")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("привет", "ru"), ("сколько стоит доставка", "ru"), ("где мой iPhone 15 Pro", "ru"), ("ОПЕРАТОРА!!!", "ru"),
        ("сколько стоит shipping", "ru"), ("да", "ru"), ("hello, сколько стоит?", "ru"), ("ok, спасибо", "ru"),
        ("как вернуть shimano deore xt", "ru"), ("здравствуйте, shimano xt", "ru"),
        ("hello", "en"), ("where is my order 12345", "en"), ("can i return it", "en"), ("refund please", "en"),
        ("привет, how much is it", "en"), ("where is my заказ", "en"), ("do you sell velosipēds here", "en"),
        ("do you have kids bikes", "en"), ("talk to a human", "en"),
        ("labdien", "lv"), ("kur ir mans pasūtījums", "lv"), ("cik maksa piegade", "lv"), ("paldies", "lv"),
        ("cik maksa?", "lv"), ("cik maksa piegade uz rigu", "lv"), ("vai jus stradajat sestdien", "lv"),
        ("hello, kur ir veikals", "lv"), ("cik maksā доставка", "lv"), ("kapec neatnaca kurjers", "lv"),
        ("vēlos atgriezt preci", "lv"), ("gribu runāt ar cilvēku", "lv"), ("strādājat svētdien", "lv"),
    ],
)  # fmt: skip # a table
def test_a_clear_text_is_recognised(text: str, language: str):
    assert detect(text, DESK) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "no",
        "и",
        "12345",
        "SP-104237",
        "😀",
        "!?",
        "asdf qwer",
        "iPhone 15 Pro Max",
        "Riga",
        "DHL",
        "where is мой",
        "привет, return policy",
    ],
)
def test_an_unclear_text_has_no_language(text: str):
    assert detect(text, DESK) is None


def test_only_the_desks_locales_are_answers():
    assert detect("hello, where is my order", ("ru", "lv")) is None
    assert detect("привет", ("en", "lv")) is None


def test_other_locales_are_known_by_a_script_that_no_other_has():
    assert detect("γεια σας", ("en", "el")) == "el"
    assert detect("доброго дня", ("en", "uk")) == "uk"
    assert detect("доброго дня", ("ru", "uk")) is None
