"""Sentences become features, and words are mended, as the classifier expects."""

import numpy as np
import pytest

from intents.features import SHARES, Vocabulary
from intents.fuzzy import ALIKE, Spelling

SENTENCES = (("сколько", "стоит", "доставка"), ("где", "мой", "заказ"), ())


def test_each_kind_of_feature_has_its_share_of_a_sentences_length():
    vocabulary = Vocabulary.of(SENTENCES)
    columns, values = vocabulary.row(("где", "мой", "мой", "заказ"))
    ends = np.cumsum([len(block) for block in vocabulary.columns])
    lengths = [float((values[np.digitize(columns, ends) == block] ** 2).sum()) for block in range(3)]
    assert lengths == pytest.approx(SHARES)


def test_words_are_known_by_their_beginnings_and_pairs_of_near_words_in_any_order():
    columns = Vocabulary.of(SENTENCES).columns
    assert {"скол", "стои", "дост", "где", "мой", "зака"} == set(columns[0])
    assert {"скол стои", "дост стои", "дост скол", "где мой", "зака мой", "где зака"} == set(columns[1])
    assert {" м", "мой ", "й з"} <= set(columns[2])


def test_a_repeated_word_weighs_more_but_not_twice_as_much():
    vocabulary = Vocabulary.of(SENTENCES)
    (once, other), (more, same) = (vocabulary.row(words)[1][:2] for words in [("где", "мой"), ("где", "где", "мой")])
    assert once == pytest.approx(other)
    assert 1 < more / same < 2


def test_a_sentence_of_nothing_known_has_no_features():
    columns, values = Vocabulary.of(SENTENCES).row(("xyz",))
    assert (len(columns), len(values)) == (0, 0)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("доствака", "доставка"), ("дотсавка", "доставка"), ("доставка", "доставка"), ("дост", "дост"),
        ("ценк", "цена"), ("цн", "цн"), ("цен", "цен"), ("1235", "1235"), ("жираф", "жираф"),
    ],
)  # fmt: skip
def test_an_unknown_word_of_four_letters_or_more_is_read_as_its_neighbour(written: str, read_as: str):
    assert Spelling(["доставка", "цена", "цену", "1235a"]).repaired([written]) == [read_as]


def test_familiarity_is_the_share_of_letters_in_known_words():
    spelling = Spelling(["доставка", "цена"])
    assert [spelling.familiarity(words) for words in ([], ["цена"], ["цена", "abcd"], ["ценаа"])] == [0, 1, 0.5, ALIKE]
