"""The thesaurus tells what everyday words stand for, in every language alike."""

from pathlib import Path

import pytest

import intents.thesaurus
from intents.strict_yaml import read
from intents.text import fold, words_of
from intents.thesaurus import concepts

WRITTEN = read(Path(intents.thesaurus.__file__).with_suffix(".yaml")).data
ENTRIES = [
    (concept, locale, entry)
    for concept, languages in WRITTEN.items()
    for locale, entries in languages.items()
    for entry in entries.split()
]


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("delivery shipping доставку курьером piegāde kurjers", "delivery"),
        ("price cost стоимость цена cena maksāt", "price"),
        ("refund reimbursement возврат atmaksa", "refund"),
        ("appointment запись pieraksts", "appointment"),
    ],
)
def test_words_of_one_meaning_share_a_concept_in_every_language(words: str, concept: str):
    assert all(concept in concepts(word) for word in words_of(fold(words)))


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("bank", "bankomāts"), ("card", "car"), ("план", "планшет"), ("цена", "центр"), ("рубль", "рубашка"),
        ("почта", "почти"), ("summa", "summer"), ("maiņa", "main"), ("termiņš", "terminal"), ("quit", "quite"),
        ("закон", "закончить"), ("дети", "детали"), ("мало", "мальчик"), ("счёт", "счётчик"), ("ātri", "atradu"),
    ],
)  # fmt: skip # a table
def test_words_that_only_begin_alike_stand_for_different_things(word: str, other: str):
    (one,), (two,) = words_of(fold(word)), words_of(fold(other))
    assert not {*concepts(one)} & {*concepts(two)}


def test_a_word_of_several_meanings_stands_for_each():
    assert {"refund", "return"} <= {*concepts("возврат")}


def test_nothing_is_known_of_a_word_that_is_no_everyday_one():
    assert concepts("xyzzy") == concepts("") == ()


def test_every_entry_is_one_word_and_stands_once_with_its_concept():
    assert all(len(words_of(fold(entry))) == 1 for _, _, entry in ENTRIES)
    assert sorted({*ENTRIES}) == sorted(ENTRIES)


def test_every_entry_leads_to_its_concept():
    """No longer beginning and no whole word elsewhere takes it away."""
    lost = [(concept, entry) for concept, _, entry in ENTRIES if concept not in concepts(*words_of(fold(entry)))]
    assert lost == []


def test_every_concept_has_words_in_each_language():
    assert [concept for concept, languages in WRITTEN.items() if set(languages) != {"en", "ru", "lv"}] == []
