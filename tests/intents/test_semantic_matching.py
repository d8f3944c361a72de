"""With word vectors, words are known by what they mean."""

from pathlib import Path

import pytest

from intents import training
from intents.cascade import Matcher
from intents.intent import Catalogue, Intent
from intents.training import train
from intents.vectors import Vectors
from tests.static_model import save

SHOP = Catalogue(
    {
        name: Intent(name, {"en": name}, examples={"en": tuple(f"{opening} {word}" for opening in OPENINGS)})
        for name, word in (("status", "parcel"), ("money", "refund"))
        for OPENINGS in [("where", "about my", "the", "one more", "this", "a", "that", "our")]
    }
)


@pytest.fixture(scope="module")
def vectors(tmp_path_factory: pytest.TempPathFactory) -> Vectors:
    return Vectors.load(save(tmp_path_factory.mktemp("models") / "static"))


def best(matcher: Matcher, text: str) -> tuple[str, float]:
    first = matcher.rank(text, "en").candidates[0]
    return first.intent, first.score


@pytest.mark.parametrize("dual_below", [0, 4000])
def test_a_word_that_no_example_has_is_understood(vectors: Vectors, monkeypatch: pytest.MonkeyPatch, dual_below: int):
    monkeypatch.setattr("intents.classifier.DUAL_BELOW", dual_below)
    intent, score = best(train(SHOP, ["en"], None, vectors), "bundle")
    assert intent == "status"
    assert score > 0.6


def test_without_vectors_it_is_a_guess():
    ranking = train(SHOP, ["en"], None).rank("bundle", "en")
    assert ranking.best < 0.6


def test_a_batch_means_what_its_texts_mean_alone(vectors: Vectors):
    matcher = train(SHOP, ["en"], None, vectors)
    texts = ["bundle", "my refund", "where"]
    many = matcher.rank_many([(text, "en") for text in texts])
    assert [each.best for each in many] == pytest.approx([best(matcher, text)[1] for text in texts], abs=1e-5)


def test_a_model_is_kept_for_these_vectors_and_none(vectors: Vectors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    first = best(train(SHOP, ["en"], tmp_path, vectors), "bundle")
    plain = best(train(SHOP, ["en"], tmp_path), "bundle")
    assert len([*tmp_path.iterdir()]) == 2
    monkeypatch.setattr(training, "learn", None)  # training again would fail
    assert best(train(SHOP, ["en"], tmp_path, vectors), "bundle") == first
    assert best(train(SHOP, ["en"], tmp_path), "bundle") == plain
