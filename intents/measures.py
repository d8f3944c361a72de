"""Figures of judged sentences: how often right, how sure, how honest."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from intents.judging import Judged, Outcome

BINS = 10
POINTS = 200


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured; shares are 0 to 1. Figures about sentences that are none of ours are None without such.

    `answer_*`: of the decision to answer; `clarified`: the share that is asked back; `oos_rejected`: the share of
    foreign sentences not answered; `oos_fpr95`: foreign ones that pass when 95 % of our own do; `ece`: expected
    calibration error in ten bins. `n` and `n_oos` count our sentences and the foreign ones.
    """

    accuracy: float
    macro_f1: float
    answer_precision: float
    answer_coverage: float
    clarified: float
    oos_auroc: float | None
    oos_fpr95: float | None
    oos_rejected: float | None
    ece: float
    n: int
    n_oos: int


def measure(judged: Iterable[Judged]) -> Measures | None:
    """The figures; None when none of the sentences is ours."""
    every = list(judged)
    own = [each for each in every if each.intent is not None]
    alien = [each for each in every if each.intent is None]
    if not own:
        return None
    answered = [each for each in own if each.answered]
    ours, others = (np.array([each.ours for each in part]) for part in (own, alien))
    return Measures(
        accuracy=_share(each.right for each in own),
        macro_f1=_macro_f1(own),
        answer_precision=_share(each.right for each in answered) if answered else 1.0,
        answer_coverage=len(answered) / len(own),
        clarified=_share(each.outcome is Outcome.CLARIFIED for each in own),
        oos_auroc=_auroc(ours, others) if alien else None,
        oos_fpr95=float((others >= np.quantile(ours, 0.05)).mean()) if alien else None,
        oos_rejected=_share(each.right for each in alien) if alien else None,
        ece=sum(bin_.share * abs(bin_.score - bin_.right) for bin_ in reliability(own)),
        n=len(own),
        n_oos=len(alien),
    )


@dataclass(frozen=True, slots=True)
class Point:
    """If the bot answered from `threshold` on: the share of our sentences answered, and of these the share right."""

    threshold: float
    coverage: float
    precision: float


def curve(judged: Iterable[Judged], gap: float) -> list[Point]:
    """Coverage against precision, the strictest threshold first; `gap` holds as it does for the bot."""
    able = [each for each in judged if each.intent is not None]
    sure = sorted((each for each in able if each.got is not None and each.ahead >= gap), key=lambda each: -each.score)
    points, right = [], 0
    for count, each in enumerate(sure, 1):
        right += each.right
        if count == len(sure) or sure[count].score < each.score:  # one threshold lets all of one score pass
            points.append(Point(each.score, count / len(able), right / count))
    return _thinned(points)


@dataclass(frozen=True, slots=True)
class Bin:
    """The sentences whose best score lies here: their share of all, their mean score, and the share that is right."""

    share: float
    score: float
    right: float
    count: int


def reliability(judged: Iterable[Judged]) -> list[Bin]:
    """Our sentences in ten bins of equal width by score, empty bins left out."""
    own = [each for each in judged if each.intent is not None]
    bins: dict[int, list[Judged]] = {}
    for each in own:
        bins.setdefault(min(int(each.score * BINS), BINS - 1), []).append(each)
    return [
        Bin(len(kept) / len(own), float(_scores(kept).mean()), _share(each.right for each in kept), len(kept))
        for _, kept in sorted(bins.items())
    ]


def _thinned(points: Sequence[Point]) -> list[Point]:
    step = max(1, len(points) // POINTS)
    return [point for at, point in enumerate(points) if at % step == 0 or at == len(points) - 1]


def _scores(judged: Sequence[Judged]) -> Any:
    return np.array([each.score for each in judged])


def _share(truths: Iterable[bool]) -> float:
    return float(np.mean(list(truths)))


def _macro_f1(own: Sequence[Judged]) -> float:
    """Over the intents that occur; the mean of what each gets."""
    wanted = Counter(each.intent for each in own)
    got = Counter(each.got for each in own)
    hits = Counter(each.intent for each in own if each.right)
    return float(np.mean([2 * hits[intent] / (wanted[intent] + got[intent]) for intent in wanted]))


def _auroc(own: Any, alien: Any) -> float:
    """The chance that a text of ours scores above a foreign one; a tie counts half."""
    ordered = np.sort(alien)
    below = np.searchsorted(ordered, own, "left") + np.searchsorted(ordered, own, "right")
    return float(below.mean() / 2 / len(alien))
