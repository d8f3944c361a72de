"""Patterns of authors know every alphabet and cannot run away."""

from time import perf_counter

import pytest

from intents.patterns import PatternError, PatternSet, compiled


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"\bтрек[- ]?номер\b", "мой Трек-номер какой", True),
        (r"\bтрек[- ]?номер\b", "трекномер", True),
        (r"\bтрек[- ]?номер\b", "трекномера", False),
        (r"\bтрек[- ]?номер\b", "мультитрек номер", False),
        (r"трек\b.*\bномер", "трек, скажите номер", True),
        (r"трек\b.*\bномер", "трек номер", True),
        (r"трек\b.*\bномер", "трекер номер", False),
        (r"мой\b \bзаказ", "где мой заказ", True),
        (r"мой\b[- ]\bзаказ", "где мой-заказ", True),
        (r"\w+@\w+", "почта иван@пример", True),
        (r"^\W+$", "!?", True),
        (r"^\W+$", "да", False),
        (r"заказ \d+", "заказ 15", True),
        (r"ещё", "еще раз", True),
        (r"[а-я\]]{3}\b", "да]", True),
        (r"\bpasūtījums\b", "PASŪTĪJUMS!", True),
        (r"pas[ūu]t\p{L}*", "pasutijums", True),
        ("dāvanu KARTĒ", "davanu kartē", True),
        (r"\p{L}+-\d", "аб-1", True),
        (r"a\.b", "axb", False),
        ("ТРЕК", "трек", True),
    ],
)
def test_a_pattern_finds_what_its_author_meant(pattern: str, text: str, found: bool):
    assert (PatternSet([(pattern, "it")]).matching(text.casefold().replace("ё", "е")) == ("it",)) is found


@pytest.mark.parametrize("pattern", ["(", "[a", r"(?=a)", r"(a)\1", "a{2000}"])
def test_what_re2_does_not_know_is_refused_with_the_reason(pattern: str):
    with pytest.raises(PatternError, match="does not compile") as caught:
        compiled(pattern)
    assert caught.value.pattern == pattern


def test_a_compiled_pattern_can_judge_a_whole_answer():
    order = compiled(r"(?i)^(?:SP[- ]?)?[0-9]{6}$")
    assert order.fullmatch("sp-104237")
    assert not order.fullmatch("104237 please")


def test_intents_are_named_once_and_in_file_order():
    patterns = PatternSet([("курьер", "late"), ("заказ", "order"), ("мой заказ", "order"), ("заказ", "late")])
    assert patterns.matching("где мой заказ") == ("order", "late")


def test_without_patterns_nothing_matches():
    assert PatternSet([]).matching("что угодно") == ()


def test_a_hostile_text_costs_no_more_than_its_length():
    started = perf_counter()
    PatternSet([("(a+)+$", "x"), ("(a|aa)*b", "y")]).matching("a" * 4000 + "!")
    assert perf_counter() - started < 1
