"""Sentences become features, and words are mended, as the classifier expects."""

import numpy as np
import pytest

from intents.features import ACROSS, SHARES, SOFT, USUAL, Rows, Vocabulary
from intents.fuzzy import Spelling

SENTENCES = (("сколько", "стоит", "доставка"), ("где", "мой", "заказ"), ())


def in_blocks(vocabulary: Vocabulary, rows: Rows) -> list[float]:
    """The squared length of the first row in each kind of feature."""
    kind = np.searchsorted(vocabulary.edges[1:3], rows.columns, "right")
    return [float((rows.values[kind == block] ** 2).sum()) for block in range(3)]


def test_each_kind_of_feature_has_its_share_of_a_sentences_length():
    vocabulary = Vocabulary.of(SENTENCES)
    rows = vocabulary.rows([("где", "мой", "мой", "заказ")])
    assert in_blocks(vocabulary, rows) == pytest.approx(SHARES)
    assert rows.lengths().tolist() == pytest.approx([1.0])


def test_words_are_known_by_beginnings_whole_by_concepts_and_by_pairs_of_near_ones_in_any_order():
    vocabulary = Vocabulary.of(SENTENCES)
    starts = {name for name in vocabulary.starts if name[0] not in " ="}
    concepts = {name for name in vocabulary.starts if name[0] == "="}
    assert {"скол", "стои", "дост", "где", "мой", "зака"} == starts
    assert {"=price", "=delivery", "=place", "=order"} == concepts
    assert {" сколько", " стоит", " доставка", " где", " мой", " заказ"} == {*vocabulary.starts} - starts - concepts
    assert {"скол стои", "дост стои", "дост скол", "где мой", "зака мой", "где зака"} == {*vocabulary.pairs}


def test_n_grams_are_known_wherever_they_stand_and_not_across_sentences():
    vocabulary = Vocabulary.of(SENTENCES)
    known = vocabulary.rows([("где",), ("зака",), ("аг",)]).known.tolist()
    assert known[0] == 1.0
    assert 0 < known[1] < 1  # its end stands nowhere
    assert known[2] < known[1]  # one sentence ends with а and the next begins with г


def test_a_repeated_word_weighs_more_but_not_twice_as_much():
    vocabulary = Vocabulary.of(SENTENCES)
    rows = vocabulary.rows([("где", "мой"), ("где", "где", "мой")])
    weighed = rows.matrix(vocabulary.width).toarray()[:, [vocabulary.starts["где"], vocabulary.starts["мой"]]]
    (once, other), (more, same) = weighed.tolist()
    assert once == pytest.approx(other)
    assert 1 < more / same < 2


def test_a_sentence_of_nothing_known_has_no_features_beside_others_that_have():
    rows = Vocabulary.of(SENTENCES).rows([("xyz",), ("где",), ()])
    assert rows.starts.tolist()[:2] == [0, 0]
    assert rows.known.tolist() == [0.0, 1.0, 0.0]
    assert rows.lengths().tolist() == pytest.approx([0.0, np.sqrt(SHARES[0] + SHARES[2]), 0.0])


def test_a_vocabulary_of_nothing_knows_nothing():
    rows = Vocabulary.of([()]).rows([("где",)])
    assert (len(rows), rows.columns.tolist(), rows.known.tolist()) == (1, [], [0.0])


def test_rows_restricted_to_what_others_have_are_those_of_a_vocabulary_that_knew_no_more():
    everything = Vocabulary.of(SENTENCES)
    seen = np.zeros(everything.width, bool)
    seen[everything.rows([SENTENCES[1]]).columns] = True
    asked = everything.rows([("сколько", "где", "мой")])
    apart = asked.restricted(seen, everything.edges)
    plain = everything.rows([("xx", "где", "мой")])
    assert apart.columns.tolist() == plain.columns.tolist()
    assert apart.values == pytest.approx(plain.values)
    assert 0 < apart.known[0] < asked.known[0]


def test_many_sentences_make_the_rows_that_each_makes_alone():
    vocabulary = Vocabulary.of(SENTENCES)
    asked = [("где", "заказ"), (), ("сколько", "где")]
    together = vocabulary.rows(asked).matrix(vocabulary.width).toarray()
    alone = [vocabulary.rows([each]).matrix(vocabulary.width).toarray()[0] for each in asked]
    assert together == pytest.approx(np.array(alone))


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("доствака", "доставка"),
        ("дотсавка", "доставка"),
        ("доставка", "доставка"),
        ("дост", "дост"),
        ("даствака", "даствака"),
        ("переучтаноква", "переустановка"),
        ("ценк", "цена"),
        ("цн", "цн"),
        ("цен", "цен"),
        ("1235", "1235"),
        ("жираф", "жираф"),
    ],
)
def test_an_unknown_word_of_four_letters_or_more_is_read_as_its_neighbour(written: str, read_as: str):
    assert Spelling(["доставка", "цена", "цену", "1235a", "переустановка"]).repaired(["а", written]) == ["а", read_as]


def test_a_short_word_alone_is_taken_as_it_stands():
    assert Spelling(["стоп", "доставка"]).repaired(["стол"]) == ["стол"]
    assert Spelling(["стоп", "доставка"]).repaired(["доствака"]) == ["доставка"]


def test_a_word_that_is_known_to_be_one_is_no_slip():
    spelling = Spelling(["packages", "the"], lambda word: word == "package")
    assert spelling.repaired(["the", "package", "packagess"]) == ["the", "package", "packages"]


def test_an_n_gram_across_two_words_weighs_less_than_one_within():
    vocabulary = Vocabulary.of([("ab", "cd")])
    rows = vocabulary.rows([("ab", "cd")])
    inside = rows.columns >= vocabulary.edges[2]
    across = (vocabulary.hashes[rows.columns[inside] - vocabulary.edges[2]] & np.uint64(1)).astype(bool)
    weights = rows.values[inside]
    assert weights[across].mean() / weights[~across].mean() == pytest.approx(ACROSS)


def test_a_word_of_any_talk_weighs_less_than_one_of_the_matter_in_every_language():
    for usual, other in (("have", "card"), ("есть", "чеки"), ("esmu", "kase")):
        vocabulary = Vocabulary.of([(usual, other)])
        assert weight(vocabulary, f" {usual}") / weight(vocabulary, f" {other}") == pytest.approx(USUAL)
        assert weight(vocabulary, usual) / weight(vocabulary, other) == pytest.approx(USUAL)


def test_a_word_of_any_talk_weighs_less_as_customers_type_it():
    vocabulary = Vocabulary.of([("kapec", "don", "t", "card")])
    weights = [weight(vocabulary, name) for name in (" kapec", " don", " t")]
    assert [each / weight(vocabulary, " card") for each in weights] == pytest.approx([USUAL] * 3)


def test_a_rare_n_gram_weighs_more_but_less_so_than_a_rare_word():
    vocabulary = Vocabulary.of([("card",), ("card",), ("file",)])
    words = weight(vocabulary, "file") / weight(vocabulary, "card")
    grams = vocabulary.idf[vocabulary.edges[2] :]
    assert grams.max() / grams.min() == pytest.approx(words**SOFT)


def weight(vocabulary: Vocabulary, name: str) -> float:
    return float(vocabulary.idf[vocabulary.starts[name]])
