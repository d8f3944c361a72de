"""A greeting is not the matter."""

import pytest

from intents.cascade import Matcher
from intents.courtesy import beyond_greeting


@pytest.mark.parametrize(
    ("said", "matter"),
    [
        ("здравствуйте где заказ", "где заказ"),
        ("добрый день как вернуть товар", "как вернуть товар"),
        ("hello good morning where is it", "where is it"),
        ("hello сколько стоит", "сколько стоит"),
        ("labdien cik maksa", "cik maksa"),
        ("good", "good"),
        ("hello", "hello"),
        ("labdien labdien", "labdien labdien"),
        ("скажите привет", "скажите привет"),
        ("", ""),
    ],
)
def test_greetings_before_a_matter_are_passed_over(said: str, matter: str):
    assert [*beyond_greeting(said.split())] == matter.split()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Здравствуйте, во сколько обойдётся доставка?", "cost"),
        ("hello, во сколько обойдётся доставка?", "cost"),
        ("привет! how do i return the item", "refund"),
        ("labdien, gde moj zakaz", "status"),
        ("приветик", "hello"),
    ],
)
def test_who_greets_and_asks_is_answered(matcher: Matcher, text: str, meant: str):
    assert matcher.rank(text, "ru").candidates[0].intent == meant
