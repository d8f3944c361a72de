"""Measure matching on sentences with known intents."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from time import perf_counter

import numpy as np

from intents.cascade import Matcher
from intents.held_out import HeldOut
from intents.intent import Catalogue, Intent
from intents.judging import Judged, judge
from intents.measures import measure
from intents.plain_files import Pair, read_pairs
from intents.ranking import Thresholds
from intents.training import train
from intents.vectors import Vectors

__all__ = ["Examination", "Figures", "Pair", "catalogue_of", "evaluate", "examine", "read_pairs"]

PRECISION = 0.95
_LOCALE = "en"
_JOINT = re.compile(r"[_\-.]+|(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; shares are 0 to 1. Figures about texts that belong to no intent are None without such texts.

    `answer_*`: of the decision to answer under the thresholds; `oos_rejected`: the share of foreign texts not answered;
    `oos_fpr95`: foreign texts that pass when 95 % of our own do; `ece`: expected calibration error in ten bins.
    """

    accuracy: float
    macro_f1: float
    answer_precision: float
    answer_coverage: float
    oos_auroc: float | None
    oos_fpr95: float | None
    oos_rejected: float | None
    ece: float
    train_s: float
    p50_us: float
    p99_us: float
    n_train: int
    n_test: int


@dataclass(frozen=True, slots=True)
class Examination:
    """The figures, the thresholds under which they hold, and every sentence as it was judged."""

    figures: Figures
    limits: Thresholds
    judged: tuple[Judged, ...]


def catalogue_of(pairs: Sequence[Pair]) -> Catalogue:
    """Sentences as a catalogue; what a label says in words serves as its title."""
    examples: dict[str, list[str]] = {}
    for text, label in pairs:
        examples.setdefault(label, []).append(text)
    return Catalogue(
        {
            label: Intent(label, {_LOCALE: _JOINT.sub(" ", label)}, examples={_LOCALE: tuple(texts)})
            for label, texts in examples.items()
        }
    )


def evaluate(
    train_pairs: Sequence[Pair],
    test_pairs: Sequence[Pair],
    foreign: Sequence[str] = (),
    thresholds: Thresholds | None = None,
    clock: Callable[[], float] = perf_counter,
) -> Figures:
    """The figures alone, see `examine`."""
    return examine(train_pairs, test_pairs, foreign, limits=thresholds or PRECISION, clock=clock).figures


def examine(
    train_pairs: Sequence[Pair],
    test_pairs: Sequence[Pair],
    foreign: Sequence[str] = (),
    *,
    limits: Thresholds | float = PRECISION,
    vectors: Vectors | None = None,
    clock: Callable[[], float] = perf_counter,
) -> Examination:
    """Train on the first pairs, measure on the second and on texts that belong to no intent. Blocks; minutes, maybe.

    `limits` are the thresholds, or the precision for which training chooses them. `clock` tells seconds.
    """
    start = clock()
    matcher = train(catalogue_of(train_pairs), [_LOCALE], None, vectors)
    train_s = clock() - start
    limits = matcher.thresholds(limits) if isinstance(limits, float) else limits
    held, times = _asked(matcher, test_pairs, clock)
    held += [HeldOut(text, _LOCALE, None, matcher.rank(text, _LOCALE)) for text in foreign]
    judged = judge(held, limits)
    found = measure(judged)
    assert found is not None, "there is something to test"
    figures = Figures(
        accuracy=found.accuracy,
        macro_f1=found.macro_f1,
        answer_precision=found.answer_precision,
        answer_coverage=found.answer_coverage,
        oos_auroc=found.oos_auroc,
        oos_fpr95=found.oos_fpr95,
        oos_rejected=found.oos_rejected,
        ece=found.ece,
        train_s=train_s,
        p50_us=float(np.quantile(times, 0.5)) * 1e6,
        p99_us=float(np.quantile(times, 0.99)) * 1e6,
        n_train=len(train_pairs),
        n_test=len(test_pairs),
    )
    return Examination(figures, limits, judged)


def _asked(
    matcher: Matcher, pairs: Sequence[Pair], clock: Callable[[], float]
) -> tuple[list[HeldOut], Sequence[float]]:
    """Each text asked alone, and the seconds that it took."""
    held: list[HeldOut] = []
    moments = [clock()]
    for text, label in pairs:
        held.append(HeldOut(text, _LOCALE, label, matcher.rank(text, _LOCALE)))
        moments.append(clock())
    return held, [after - before for before, after in pairwise(moments)]
