"""Figures of matching, checked by hand."""

import pytest

from intents.evaluate import catalogue_of, evaluate, examine
from intents.ranking import Thresholds

TRAIN = [
    ("where is my parcel", "order_status"),
    ("track my order", "order_status"),
    ("order status please", "order_status"),
    ("i want my money back", "RefundWanted"),
    ("how to return an item", "RefundWanted"),
    ("refund", "RefundWanted"),
    ("when do you open", "hours"),
    ("opening hours", "hours"),
    ("are you open on sunday", "hours"),
]
TEST = [
    ("refund", "RefundWanted"),
    ("opening hours", "hours"),
    ("where is my parcel", "hours"),
    ("track my order", "order_status"),
]


def test_accuracy_f1_and_the_decision_are_counted():
    ticks = iter(range(1000))
    figures = evaluate(TRAIN, TEST, clock=lambda: float(next(ticks)))
    assert figures.accuracy == 0.75
    assert figures.macro_f1 == pytest.approx((1 + 2 / 3 + 2 / 3) / 3)
    assert (figures.answer_precision, figures.answer_coverage) == (0.75, 1.0)
    assert figures.ece == pytest.approx(0.25)
    assert (figures.train_s, figures.p50_us, figures.p99_us) == (1.0, 1e6, 1e6)
    assert (figures.n_train, figures.n_test) == (9, 4)
    assert (figures.oos_auroc, figures.oos_fpr95, figures.oos_rejected) == (None, None, None)


def test_foreign_texts_are_told_from_ours():
    figures = evaluate(TRAIN, TEST, ["xylophone", "😀"])
    assert (figures.oos_auroc, figures.oos_fpr95, figures.oos_rejected) == (1.0, 0.0, 1.0)


def test_a_foreign_text_that_scores_as_ours_is_a_coin_toss():
    figures = evaluate(TRAIN, TEST, ["refund"])
    assert (figures.oos_auroc, figures.oos_fpr95, figures.oos_rejected) == (0.5, 1.0, 0.0)


def test_answering_nothing_is_never_wrong():
    figures = evaluate(TRAIN, TEST, thresholds=Thresholds(answer=1.1))
    assert (figures.answer_precision, figures.answer_coverage) == (1.0, 0.0)


def test_a_text_without_any_candidate_is_a_miss():
    assert evaluate(TRAIN, [("😀", "hours")]).accuracy == 0.0


def test_what_a_label_says_in_words_is_a_title():
    titles = [intent.title["en"] for intent in catalogue_of(TRAIN).intents.values()]
    assert titles == ["order status", "Refund Wanted", "hours"]


def test_every_sentence_is_there_as_it_was_judged():
    found = examine(TRAIN, TEST, ["xylophone"])
    assert [(each.text, each.intent, each.right) for each in found.judged] == [
        ("refund", "RefundWanted", True),
        ("opening hours", "hours", True),
        ("where is my parcel", "hours", False),
        ("track my order", "order_status", True),
        ("xylophone", None, True),
    ]
