"""Training is deterministic, and done once for the same content."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from intents import cache, training
from intents.calibration import UNFITTED, Calibration, Trial, enough
from intents.classifier import fit, fit_calibration
from intents.exact import OUTSIDE, Example
from intents.intent import Catalogue, Intent
from intents.training import examples_of, learn, train

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
    assert (back.vocabulary, back.calibration, back.linear.labels) == (
        model.vocabulary,
        model.calibration,
        model.linear.labels,
    )
    assert np.array_equal(back.linear.weights, model.linear.weights)
    assert np.array_equal(back.linear.biases, model.linear.biases)


def test_titles_are_examples_too_and_undeclared_locales_are_not():
    intent = Intent("a", {"ru": "Цена", "de": "Preis"}, examples={"ru": ("Почём?", "почем"), "de": ("wie viel",)})
    catalogue = Catalogue({"a": intent}, out_of_scope={"ru": ("погода", "...")})
    assert examples_of(catalogue, ("ru",)) == (
        Example(("почем",), "a", "ru"),
        Example(("цена",), "a", "ru"),
        Example(("погода",), OUTSIDE, "ru"),
    )


def test_a_small_and_a_large_catalogue_are_fitted_to_the_same_optimum(monkeypatch: pytest.MonkeyPatch, shop: Catalogue):
    examples = examples_of(shop, LOCALES)
    small = learn(examples)
    monkeypatch.setattr("intents.classifier.DUAL_BELOW", 0)
    large = learn(examples)
    assert np.abs(small.linear.weights - large.linear.weights).max() < 0.02


def test_two_classes_are_told_apart_and_one_needs_no_telling():
    rows = np.array([[1.0, 0.0], [0.0, 1.0]])
    two = fit(_sparse(rows), ["x", "y"])
    columns = np.array([1], np.int32)
    odds = two.logits(columns, np.array([1.0], np.float32))
    assert two.labels[int(odds.argmax())] == "y"
    assert fit(_sparse(rows), ["x", "x"]).logits(columns, np.array([1.0], np.float32)).tolist() == [0.0]


def _sparse(rows: np.ndarray) -> object:
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - only here

    return csr_matrix(rows, dtype=np.float32)


def test_with_too_little_to_learn_from_the_usual_calibration_serves():
    catalogue = Catalogue({"a": Intent("a", {"ru": "Цена"}, examples={"ru": ("почём",)})})
    assert learn(examples_of(catalogue, ("ru",))).calibration == UNFITTED


def test_a_calibration_needs_trials_of_both_kinds():
    right, wrong = Trial(2.0, 0.9, right=True), Trial(-2.0, 0.3, right=False)
    assert enough([right, wrong] * 20)
    assert not enough([right, wrong])
    assert not enough([right] * 40)
    assert not enough([wrong] * 40)


def test_likeness_never_counts_against_a_candidate():
    odd = [Trial(float(at % 7), at / 60, right=at < 30) for at in range(60)]
    assert fit_calibration(odd).likeness == 0.0


def test_scores_rise_with_the_evidence_and_are_finite_at_the_ends():
    calibration = Calibration(odds=1.5, likeness=1.0, bias=0.0)
    scores = [calibration.score(p, s) for p, s in [(0.0, 0.0), (0.1, 0.0), (0.5, 0.0), (0.5, 1.0), (1.0, 1.0)]]
    assert all(lower < higher for lower, higher in pairwise(scores))
    assert 0 < scores[0] < 0.01
    assert 0.99 < scores[-1] < 1


def test_nine_in_ten_of_what_is_scored_nine_tenths_are_right():
    trials = [
        Trial(odds, 0.5, right=number % 10 < share)
        for odds, share in [(-3.0, 1), (0.0, 5), (3.0, 9)]
        for number in range(100)
    ]
    calibration = fit_calibration(trials)
    scores = [calibration.score(1 / (1 + np.exp(-odds)), 0.5) for odds in (-3.0, 0.0, 3.0)]
    assert scores == pytest.approx([0.1, 0.5, 0.9], abs=0.02)
