"""Figures of judged sentences, checked by hand."""

import pytest

from intents.changes import Change, Kind, changes
from intents.confusion import by_intent, overlaps
from intents.held_out import HeldOut
from intents.judging import Judged, Outcome, judge
from intents.measures import Point, curve, measure, reliability
from intents.ranking import Candidate, Ranking, Thresholds

LIMITS = Thresholds(answer=0.6, clarify=0.3, gap=0.1)


def asked(text, intent, *candidates, locale="en"):
    """A sentence that means `intent` and the candidates, as (intent, score), that it got."""
    ours = candidates[0][1] if candidates else 0.0
    ranking = Ranking(tuple(Candidate(*each) for each in candidates), "blend" if candidates else "none", ours=ours)
    return judge([HeldOut(text, locale, intent, ranking)], LIMITS)[0]


OURS = (
    asked("a", "cost", ("cost", 0.95)),
    asked("b", "cost", ("time", 0.85)),
    asked("c", "cost", ("time", 0.45), ("cost", 0.4)),
    asked("d", "time", ("time", 0.75), ("cost", 0.7)),
    asked("e", "hours"),
)
FOREIGN = (asked("f", None, ("cost", 0.65)), asked("g", None, ("time", 0.45)))


@pytest.mark.parametrize(
    ("candidates", "outcome"),
    [
        ([("cost", 0.6)], Outcome.ANSWERED),
        ([("cost", 0.9), ("time", 0.81)], Outcome.CLARIFIED),
        ([("cost", 0.3)], Outcome.CLARIFIED),
        ([("cost", 0.29)], Outcome.MISSED),
        ([], Outcome.MISSED),
    ],
)
def test_the_thresholds_decide_between_answer_question_and_miss(candidates, outcome):
    assert asked("x", "cost", *candidates).outcome is outcome


def test_a_sentence_of_nobody_is_right_when_it_is_not_answered():
    assert [each.right for each in FOREIGN] == [False, True]


def test_figures_of_our_sentences_and_of_foreign_ones():
    figures = measure((*OURS, *FOREIGN))
    assert (figures.n, figures.n_oos) == (5, 2)
    assert figures.accuracy == pytest.approx(2 / 5)
    assert figures.answer_coverage == pytest.approx(2 / 5)
    assert figures.answer_precision == pytest.approx(1 / 2)
    assert figures.clarified == pytest.approx(2 / 5)
    assert figures.macro_f1 == pytest.approx((2 * 1 / (3 + 1) + 2 * 1 / (1 + 3) + 0) / 3)
    assert figures.oos_rejected == pytest.approx(1 / 2)
    assert figures.oos_auroc == pytest.approx((2 + 2 + 1.5 - 0.5 + 0 + 1 + 0.5) / 10)
    assert figures.oos_fpr95 == 1.0
    assert figures.ece == pytest.approx((0.05 + 0.85 + 0.45 + 0.25 + 0) / 5)


def test_without_sentences_of_ours_there_is_no_figure():
    assert measure(FOREIGN) is None


def test_whoever_answers_nothing_is_never_wrong():
    assert measure([asked("e", "hours")]).answer_precision == 1.0


def test_the_curve_gives_what_each_threshold_would():
    assert curve(OURS, 0.1) == [Point(0.95, 0.2, 1.0), Point(0.85, 0.4, 0.5)]


def test_sentences_of_one_score_pass_a_threshold_together():
    same = [asked("a", "cost", ("cost", 0.8)), asked("b", "cost", ("time", 0.8))]
    assert curve(same, 0.1) == [Point(0.8, 1.0, 0.5)]


def test_a_long_curve_is_thinned_and_keeps_its_end():
    many = [asked(str(at), "cost", ("cost", 1 - at / 1000)) for at in range(900)]
    points = curve(many, 0.0)
    assert len(points) < 300
    assert points[-1].coverage == 1.0


def test_reliability_bins_hold_scores_and_the_share_that_is_right():
    bins = reliability(OURS)
    assert [each.count for each in bins] == [1, 1, 1, 1, 1]
    assert [each.right for each in bins] == [0, 0, 1, 0, 1]
    assert sum(each.share for each in bins) == pytest.approx(1)


def test_the_worst_intent_comes_first_with_its_surest_mistake_first():
    worst = by_intent((*OURS, *FOREIGN))
    assert [each.intent for each in worst] == ["hours", "cost", "time"]
    assert [each.text for each in worst[1].wrong] == ["b", "c"]
    assert (worst[1].recall, worst[1].precision, worst[1].support) == (pytest.approx(1 / 3), 1.0, 3)
    assert worst[0].precision is None


def test_overlaps_count_both_directions():
    back = asked("h", "time", ("cost", 0.5))
    (pair,) = overlaps((*OURS, back))
    assert (pair.intents, pair.count) == (("cost", "time"), 3)
    assert ([each.text for each in pair.there], [each.text for each in pair.back]) == (["b", "c"], ["h"])


def test_who_loses_more_sentences_comes_first_in_a_pair():
    (pair,) = overlaps([asked("x", "time", ("cost", 0.5))])
    assert pair.intents == ("time", "cost")


def kinds(before, after):
    return [change.kind for change in changes(before, after)]


RIGHT = asked("Where is it?", "cost", ("cost", 0.9))
DOUBTED = asked("where is it", "cost", ("cost", 0.5))
WRONG = asked("where is it", "cost", ("time", 0.5))
MISLED = asked("where is it", "cost", ("time", 0.9))


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (RIGHT, WRONG, [Kind.BROKEN]),
        (WRONG, RIGHT, [Kind.MENDED]),
        (RIGHT, DOUBTED, [Kind.DOUBTED]),
        (DOUBTED, RIGHT, [Kind.ASSURED]),
        (WRONG, MISLED, [Kind.MISLED]),
        (MISLED, WRONG, []),
        (RIGHT, RIGHT, []),
        (FOREIGN[1], FOREIGN[1], []),
    ],
)
def test_what_became_of_a_sentence(before, after, kind):
    assert kinds([before], [after]) == kind


def test_the_same_words_in_another_locale_are_another_sentence():
    there = Judged("Where is it?", "ru", "cost", "cost", 0.9, 0.9, 1.0, Outcome.ANSWERED)
    assert kinds([RIGHT], [there]) == [Kind.ADDED, Kind.REMOVED]


def test_bad_news_come_first_and_each_shows_the_sentence():
    found = changes([DOUBTED, FOREIGN[0]], [RIGHT, asked("new", "cost")])
    assert [(change.kind, change.shown.text) for change in found] == [
        (Kind.ASSURED, "Where is it?"),
        (Kind.ADDED, "new"),
        (Kind.REMOVED, "f"),
    ]
    assert isinstance(found[0], Change)
