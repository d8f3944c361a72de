"""Each example is put to a matcher that has not seen it."""

from pathlib import Path

import pytest

from intents import training
from intents.held_out import cross_validate
from intents.intent import Catalogue, Intent

WORDS = ("alpha", "bravo", "carbon", "delta", "echo", "foxtrot")


def catalogue(**more: object) -> Catalogue:
    """Intents whose sentences share one word, so that each tells of the others."""
    intents = {
        word: Intent(word, {"en": word}, examples={"en": tuple(f"{word} {letter * 3}" for letter in "abcdefg")})
        for word in WORDS
    }
    return Catalogue(intents | more.pop("intents", {}), **more)


def test_every_example_is_asked_once_in_file_order_and_as_it_was_written():
    found = cross_validate(catalogue(), ["en"])
    assert [(each.text, each.intent) for each in found] == [
        (f"{word} {letter * 3}", word) for word in WORDS for letter in "abcdefg"
    ]
    right = [each.ranking.candidates[0].intent == each.intent for each in found]
    assert sum(right) == len(found)


def test_an_example_like_no_other_of_its_intent_is_not_known_to_belong_there():
    odd = {"odd": Intent("odd", {"en": "Odd"}, examples={"en": ("alpha xyz", "qqq", "www", "zzz", "yyy")})}
    [found] = [each for each in cross_validate(catalogue(intents=odd), ["en"]) if each.text == "alpha xyz"]
    assert found.ranking.candidates[0].intent == "alpha"


def test_out_of_scope_sentences_are_asked_too_and_belong_to_no_intent():
    known = catalogue(out_of_scope={"en": ("what a rainy day", "tell me a joke"), "de": ("Wetter",)})
    assert [each.text for each in cross_validate(known, ["en"]) if each.intent is None] == [
        "what a rainy day",
        "tell me a joke",
    ]


def test_what_is_said_twice_is_asked_once():
    twice = {"alpha": Intent("alpha", {"en": "Alpha"}, examples={"en": ("alpha one", "Alpha, one!", "alpha two")})}
    found = [each.text for each in cross_validate(catalogue(intents=twice), ["en"]) if each.intent == "alpha"]
    assert found == ["alpha one", "alpha two"]


def test_with_too_little_to_learn_from_nothing_is_asked():
    assert cross_validate(Catalogue({"a": Intent("a", {"en": "A"}, examples={"en": ("one", "two")})}), ["en"]) == ()


def test_of_many_sentences_one_fold_is_asked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("intents.trials.MANY", 10)
    assert len(cross_validate(catalogue(), ["en"])) == 2 * len(WORDS)


def test_a_model_that_was_kept_answers_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    first = cross_validate(catalogue(), ["en"], tmp_path)
    monkeypatch.setattr(training, "learn", None)  # training again would fail
    assert cross_validate(catalogue(), ["en"], tmp_path) == first
