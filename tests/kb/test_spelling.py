"""An unknown word stands for the known one that is most like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.spelling import ALIKE, Spelling

WORDS = st.text(alphabet="абвг", min_size=1, max_size=12)


def likeness(one: str, two: str) -> float:
    """Dice's coefficient of the pairs of letters."""
    pairs, others = ({f" {word}"[at : at + 2] for at in range(len(word))} for word in (one, two))
    return 2 * len(pairs & others) / (len(pairs) + len(others))


@given(st.sets(WORDS, max_size=30), WORDS.filter(lambda word: len(word) >= 4))
def test_no_known_word_is_more_like_it_and_every_one_that_is_alike_is_found(known: set[str], word: str):
    best = max((likeness(word, other) for other in known), default=0.0)
    nearest = Spelling(known).nearest(word)
    assert (nearest is None) == (best < ALIKE)
    assert nearest is None or likeness(word, nearest) == best


@pytest.mark.parametrize("word", ["дом", "2024", "жираф"])
def test_short_words_numbers_and_strange_words_stand_for_none(word: str):
    assert Spelling(["дам", "2025", "велосипед"]).nearest(word) is None
