"""Training is deterministic, and done once for the same content."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from intents import cache, training
from intents.blend import Blend
from intents.cascade import Model
from intents.classifier import Learner
from intents.evidence import Evidence
from intents.exact import OUTSIDE, Example
from intents.intent import Catalogue, Intent
from intents.thresholds import USUAL
from intents.training import examples_of, learn, train
from intents.tuning import STRANGER, Trials, fitted

LOCALES = ("ru", "en", "lv")
TEXTS = ("где заказ мой", "delivery cost", "kad piegādās preci", "вернуть", "what a joke")


def rankings(catalogue: Catalogue, folder: Path | None) -> list[object]:
    return train(catalogue, LOCALES, folder).rank_many([(text, "ru") for text in TEXTS])


def test_training_twice_gives_the_same_answers(shop: Catalogue):
    assert rankings(shop, None) == rankings(shop, None)


def test_unchanged_content_is_trained_once(shop: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = tmp_path / "models"
    first = rankings(shop, folder)
    monkeypatch.setattr(training, "learn", None)  # training again would fail
    assert rankings(shop, folder) == first
    assert [path.suffix for path in folder.iterdir()] == [".npz"]


def test_changed_content_is_another_model(shop: Catalogue, tmp_path: Path):
    train(shop, LOCALES, tmp_path)
    more = replace(shop, out_of_scope={"ru": ("кто президент",)})
    train(more, LOCALES, tmp_path)
    train(shop, ("ru",), tmp_path)
    assert len([*tmp_path.iterdir()]) == 3


@pytest.mark.parametrize("harm", [b"", b"PK\x03\x04 nonsense", None])
def test_a_damaged_model_is_trained_again_and_mended(shop: Catalogue, tmp_path: Path, harm: bytes | None):
    whole = rankings(shop, tmp_path)
    [file] = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-500] if harm is None else harm)
    assert rankings(shop, tmp_path) == whole
    assert cache.load(file) is not None


def test_a_model_without_a_part_is_damaged(tmp_path: Path):
    with (tmp_path / "a.npz").open("wb") as file:
        np.savez(file, weights=np.zeros(3))
    assert cache.load(tmp_path / "a.npz") is None


def test_only_the_newest_models_are_kept(shop: Catalogue, tmp_path: Path):
    model = learn(examples_of(shop, ("ru",)))
    for number in range(cache.KEPT + 2):
        cache.save(tmp_path / f"{number}.npz", model)
    assert sorted(path.stem for path in tmp_path.iterdir()) == ["2", "3", "4", "5", "6"]


def test_a_model_comes_back_from_disk_as_it_was(shop: Catalogue, tmp_path: Path):
    model = learn(examples_of(shop, LOCALES))
    cache.save(tmp_path / "a.npz", model)
    back = cache.load(tmp_path / "a.npz")
    assert back is not None
    assert parts(back) == parts(model)


def parts(model: Model) -> list[object]:
    vocabulary, record = model.vocabulary, model.record
    arrays = (vocabulary.hashes, vocabulary.idf, model.linear.weights, model.linear.biases, record.truth)
    opinion = (record.example, record.opinion.classes, record.opinion.probabilities, record.opinion.ours)
    plain = (vocabulary.starts, vocabulary.pairs, vocabulary.unseen, model.linear.labels, model.blend, record.outside)
    return [*plain, *(each.tolist() for each in (*arrays, *opinion))]


def test_titles_are_examples_too_and_undeclared_locales_are_not():
    intent = Intent("a", {"ru": "Цена", "de": "Preis"}, examples={"ru": ("Почём?", "почем"), "de": ("wie viel",)})
    catalogue = Catalogue({"a": intent}, out_of_scope={"ru": ("погода", "...")})
    assert examples_of(catalogue, ("ru",)) == (
        Example(("почем",), "a", "ru"),
        Example(("цена",), "a", "ru", title=True),
        Example(("погода",), OUTSIDE, "ru"),
    )


def test_a_small_and_a_large_catalogue_are_fitted_to_the_same_optimum(monkeypatch: pytest.MonkeyPatch):
    vectors = np.random.default_rng(1).normal(size=(60, 9))
    rows = _sparse(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    classes = [at % 3 for at in range(60)]
    monkeypatch.setattr("intents.classifier.TOLERANCE", 1e-7)
    monkeypatch.setattr("intents.dual.ENOUGH", 1e-7)
    dual = Learner(rows, classes).linear("abc").weights
    monkeypatch.setattr("intents.classifier.DUAL_BELOW", 0)
    monkeypatch.setattr("intents.classifier.MARGIN", 1e-9)  # what a large set adds
    primal = Learner(rows, classes).linear("abc").weights
    assert np.abs(dual - primal).max() < 0.02


@pytest.mark.parametrize("dual_below", [0, 4000])
def test_what_was_not_taught_is_not_known(monkeypatch: pytest.MonkeyPatch, dual_below: int):
    monkeypatch.setattr("intents.classifier.DUAL_BELOW", dual_below)
    rows = _sparse(np.eye(6)[[0, 1, 2, 3, 0, 1]])
    learner = Learner(rows, [0, 1, 2, 2, 0, 1])
    taught = np.array([True, True, False, False, False, False])
    scores = learner.logits(~taught, taught, np.ones(4, np.float32))
    assert scores.argmax(axis=1).tolist()[2:] == [0, 1]
    assert np.isneginf(scores[:, 2]).all()
    assert scores[0, 0] == pytest.approx(scores[0, 1], abs=1e-3)  # nothing it has was taught


def test_two_classes_are_told_apart_and_one_needs_no_telling():
    rows = np.array([[1.0, 0.0], [0.0, 1.0]])
    two = Learner(_sparse(rows), [0, 1]).linear("ab")
    assert (rows @ two.weights + two.biases).argmax(axis=1).tolist() == [0, 1]
    one = Learner(_sparse(rows), [0, 0]).linear("a")
    assert (one.weights.tolist(), one.biases.tolist()) == ([[0.0], [0.0]], [0.0])


def _sparse(rows: np.ndarray) -> object:
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - only here

    return csr_matrix(rows, dtype=np.float32)


def test_who_has_taught_one_intent_does_not_find_everything_in_it():
    calls = ("I want to talk to a person", "call a human", "operator please", "can I speak to somebody", "real person")
    catalogue = Catalogue({"human": Intent("human", {"en": "A person"}, examples={"en": calls})}, {}, {})
    matcher = train(catalogue, ("en",), None)
    limits = matcher.thresholds(0.95)
    strange = ("can I drink tap water", "book a hotel", "can I pay by card", "throw away a sofa")
    assert not any(limits.familiar(matcher.rank(text, "en")) for text in strange)
    assert all(
        limits.sure(matcher.rank(text, "en")) for text in ("talk to operator", "a human please", "speak to a person")
    )


def test_with_too_little_to_learn_from_the_usual_blend_and_thresholds_serve():
    catalogue = Catalogue({"a": Intent("a", {"ru": "Цена"}, examples={"ru": ("почём",)})})
    model = learn(examples_of(catalogue, ("ru",)))
    assert model.blend == Blend()
    assert model.record.thresholds(0.99) == USUAL


def trials(features: list[tuple[float, float, float]], truth: list[int], known: float = 1.0) -> Trials:
    """Each text speaks so for class 0, and not at all for class 1; class 2 is what belongs to no intent."""
    candidates = [[each, (0.0, 0.0, 0.0), (-9.0, 0.0, 0.0)] for each in features]
    classes = np.tile([0, 1, 2], (len(features), 1))
    return Trials(Evidence(classes, np.array(candidates), np.full(len(features), known)), np.array(truth), 2)


def test_evidence_that_misleads_counts_for_nothing_and_never_against():
    blend = fitted(trials([(1.0, at % 2, 0.5) for at in range(400)], [at % 2 for at in range(400)]))
    assert blend.weights[1] == 0.0


def test_nine_in_ten_of_what_is_scored_nine_tenths_are_right():
    strengths = [(0.0, 5), (1.0, 7), (3.0, 9)]
    texts = [((z, 0.0, 0.0), int(at % 10 >= share)) for z, share in strengths for at in range(200)]
    known = trials([each for each, _ in texts], [truth for _, truth in texts])
    blend = fitted(known)
    opinion = blend.opinion(known.evidence, known.outside)
    sure = [opinion.probabilities[at * 200, 0] for at in range(3)]
    assert sure == pytest.approx([0.5, 0.7, 0.9], abs=0.05)


def test_strangers_are_told_by_weak_evidence_and_unknown_words():
    near = trials([(4.0, 0.8, 0.9)] * 50, [0] * 50)
    far = trials([(1.0, 0.1, 0.3)] * 50, [STRANGER] * 50, known=0.3)
    evidence = Evidence(
        *(
            np.concatenate([getattr(one.evidence, part) for one in (near, far)])
            for part in ("classes", "features", "known")
        )
    )
    both = Trials(evidence, np.concatenate([near.truth, far.truth]), 2)
    opinion = fitted(both).opinion(both.evidence, both.outside)
    assert opinion.ours[0] > 0.9
    assert opinion.ours[-1] < 0.1


def test_without_strangers_to_learn_from_the_usual_familiarity_serves():
    assert fitted(trials([(4.0, 0.8, 0.9)] * 50, [at % 2 for at in range(50)])).familiarity == Blend().familiarity


def test_a_text_that_is_more_like_what_is_out_of_scope_is_hardly_ours():
    classes = np.array([[0, 2]])
    alike = Evidence(classes, np.array([[(4.0, 0.9, 0.9), (6.0, 0.9, 0.9)]]), np.ones(1))
    known, unknown = (Blend().opinion(alike, outside).ours[0] for outside in (2, None))
    assert known < 0.3 < unknown


def test_what_is_left_of_a_row_is_stretched_to_its_old_length():
    learner = Learner(_sparse(np.eye(3)[[0, 1, 2, 0]]), [0, 1, 2, 0])
    taught, asked = np.array([True, True, True, False]), np.array([False, False, False, True])
    one, two, four = (learner.logits(asked, taught, np.array([each], np.float32)) for each in (1.0, 0.5, 0.25))
    assert np.abs(two - one).max() > 0.1
    assert four - two == pytest.approx(2 * (two - one), rel=1e-3, abs=1e-4)


def test_the_trials_have_strangers_which_are_no_example_of_what_was_learnt(shop: Catalogue):
    record = learn(examples_of(shop, LOCALES)).record
    strange = record.truth == STRANGER
    assert strange.any()
    assert (record.example[strange] == -1).all()
    assert (record.example[~strange] >= 0).all()


def test_a_title_is_always_learnt_and_never_asked(shop: Catalogue):
    asked = train(shop, LOCALES, None).held_out()
    assert ("где мой заказ", "ru") in asked
    assert ("директор", "ru") not in asked
