"""The thresholds keep the precision that was asked for."""

import numpy as np
import pytest

from intents.blend import Opinion
from intents.ranking import Candidate, Ranking, Thresholds
from intents.thresholds import KEPT, USUAL, Record
from intents.tuning import STRANGER

OUTSIDE = 3


def record(
    best: list[float], right: list[bool], ours: list[float] | None = None, truth: list[int] | None = None
) -> Record:
    """Texts whose best intent has that score and is class 0; the others share what is left."""
    scores = np.array([(score, (1 - score) / 2, (1 - score) / 4, 0.0) for score in best])
    meant = truth if truth is not None else [0 if each else 9 for each in right]
    opinion = Opinion(np.tile([0, 1, 2, OUTSIDE], (len(best), 1)), scores, np.array(ours or [0.9] * len(best)))
    return Record(opinion, np.array(meant), np.arange(len(best)), OUTSIDE)


def graded() -> Record:
    """Of each score s from 0.40 to 0.99, a share s of the texts is right."""
    scores = [at / 100 for at in range(40, 100) for _ in range(100)]
    return record(scores, [number % 100 < score * 100 for number, score in enumerate(scores)])


@pytest.mark.parametrize("precision", [0.8, 0.9, 0.95])
def test_the_answers_are_as_often_right_as_was_asked_for(precision: float):
    answer = graded().thresholds(precision).answer
    above = [at / 100 for at in range(40, 100) if at / 100 >= answer]
    assert np.mean(above) == pytest.approx(precision, abs=0.01)


def test_a_stricter_admin_gets_fewer_answers():
    limits = [graded().thresholds(precision).answer for precision in (0.7, 0.85, 0.97)]
    assert limits == sorted(set(limits))


def test_a_precision_out_of_reach_leaves_only_what_is_certain():
    assert record([0.9] * 60, [False] * 60).thresholds(0.9).answer > 0.98


def test_it_is_asked_back_where_the_right_title_is_likely_to_be_shown():
    low, high = [0.3] * 100, [0.5] * 100
    limits = record(low + high, [False] * 100 + [at < 60 for at in range(100)]).thresholds(0.95)
    assert 0.3 < limits.clarify <= 0.5 < limits.answer


def test_one_that_is_right_by_luck_does_not_lower_the_bar_for_asking_back():
    poor, fair = [0.3] * 100, [0.5] * 100
    limits = record([0.06, *poor, *fair], [True] + [False] * 100 + [at < 60 for at in range(100)]).thresholds(0.95)
    assert 0.3 < limits.clarify <= 0.5


def test_a_title_that_would_not_be_shown_does_not_count_as_asked_back():
    wrong = record([0.5] * 100, [], truth=[2] * 100)  # of a quarter of the best score
    near = record([0.5] * 100, [], truth=[1] * 100)  # of half of it
    assert near.thresholds(0.95).clarify < 0.5 < wrong.thresholds(0.95).clarify


def test_asked_about_is_what_is_not_far_less_likely_than_the_best():
    limits = Thresholds(clarify=0.3)

    def asked(*scores: float) -> int:
        return len(limits.likely(Ranking(tuple(Candidate(str(at), each) for at, each in enumerate(scores)), "blend")))

    assert (asked(0.45, 0.15, 0.1), asked(0.3, 0.29), asked(0.29, 0.28), asked()) == (2, 2, 0, 0)


def test_nearly_all_of_our_own_texts_pass_as_ours():
    ours = [at / 100 for at in range(100)]
    limits = record([0.9] * 100, [True] * 100, ours).thresholds(0.9)
    assert sum(each >= limits.ours for each in ours) / 100 == pytest.approx(KEPT, abs=0.011)


def test_strangers_that_score_high_raise_the_threshold():
    own = [at / 100 for at in range(50, 100)] * 4
    alone = record(own, [True] * 200)
    beside = record([*own, *[0.7] * 100], [], truth=[0] * 200 + [STRANGER] * 100)
    assert beside.thresholds(0.97).answer > alone.thresholds(0.97).answer


def test_with_few_trials_the_usual_thresholds_serve():
    assert record([0.9] * 39, [True] * 39).thresholds(0.9) == USUAL


def test_sure_is_who_is_ours_likely_enough_and_far_enough_ahead():
    limits = Thresholds(answer=0.6, gap=0.1, ours=0.5)

    def sure(ours: float, *scores: float) -> bool:
        return limits.sure(
            Ranking(tuple(Candidate(str(at), score) for at, score in enumerate(scores)), "blend", ours=ours)
        )

    assert sure(0.5, 0.6)
    assert sure(0.9, 0.7, 0.5)
    assert not sure(0.4, 0.9)
    assert not sure(0.9, 0.5)
    assert not sure(0.9, 0.65, 0.6)
