"""Sentences as directions around what all of them have in common."""

import numpy as np
import pytest

from intents.meaning import Meaning
from intents.vectors import Vectors
from tests.static_model import save


@pytest.fixture
def vectors(tmp_path):
    return Vectors.load(save(tmp_path / "static"))


def test_meaning_is_seen_from_what_all_sentences_have_in_common(vectors):
    sentences = [["where", "parcel"], ["where", "refund"], []]
    meaning = Meaning.of(vectors, sentences)
    rows = meaning.matrix(sentences)
    assert vectors.of(sentences[0]) @ vectors.of(sentences[1]) > 0
    assert rows[0] @ rows[1] == pytest.approx(-1)  # the common "where" is gone
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 0])
    assert (meaning.row(["where", "refund"]) == rows[1]).all()


def test_a_sentence_exactly_in_the_centre_has_no_direction(vectors):
    assert not Meaning.of(vectors, [["refund"]]).row(["refund"]).any()


@pytest.mark.parametrize("sentences", [[], [[]], [["qwerty"]]])
def test_where_nothing_is_known_there_is_no_centre(vectors, sentences):
    meaning = Meaning.of(vectors, sentences)
    assert not meaning.matrix(sentences).any()
    assert (meaning.row(["refund"]) == vectors.of(["refund"])).all()
