"""Measure matching on sentences with known intents."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from intents.cascade import Matcher
from intents.codes import Code
from intents.errors import Fault, FaultsError
from intents.intent import Catalogue, Intent
from intents.ranking import Ranking, Thresholds
from intents.training import train

Pair = tuple[str, str]
BINS = 10
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


def read_pairs(file: Path) -> list[Pair]:
    """`text<TAB>intent` a line, further columns and empty lines ignored. Raises FaultsError, OSError."""
    pairs: list[Pair] = []
    for number, row in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not row.strip():
            continue
        text, *rest = row.split("\t")
        if not rest:
            fault = Fault(
                str(file), number, "there is no tab in this line; write text<TAB>intent", code=Code.WRONG_VALUE
            )
            raise FaultsError([fault])
        pairs.append((text, rest[0]))
    return pairs


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
    """Train on the first pairs, measure on the second and on texts that belong to no intent. Blocks; minutes, maybe."""
    start = clock()
    matcher = train(catalogue_of(train_pairs), [_LOCALE], None)
    train_s = clock() - start
    rankings, times = _timed(matcher, [text for text, _ in test_pairs], clock)
    wanted = [label for _, label in test_pairs]
    right = np.array([_first(ranking) == label for ranking, label in zip(rankings, wanted, strict=True)])
    scores = np.array([ranking.best for ranking in rankings])
    ours = np.array([ranking.ours for ranking in rankings])
    limits = thresholds or matcher.thresholds(PRECISION)
    answered = np.array([limits.sure(ranking) for ranking in rankings])
    others = [matcher.rank(text, _LOCALE) for text in foreign]
    alien = np.array([ranking.ours for ranking in others])
    return Figures(
        accuracy=float(right.mean()),
        macro_f1=_macro_f1(wanted, [_first(ranking) for ranking in rankings]),
        answer_precision=float(right[answered].mean()) if answered.any() else 1.0,
        answer_coverage=float(answered.mean()),
        oos_auroc=_auroc(ours, alien) if others else None,
        oos_fpr95=float((alien >= np.quantile(ours, 0.05)).mean()) if others else None,
        oos_rejected=float(np.mean([not limits.sure(ranking) for ranking in others])) if others else None,
        ece=_calibration_error(scores, right),
        train_s=train_s,
        p50_us=float(np.quantile(times, 0.5)) * 1e6,
        p99_us=float(np.quantile(times, 0.99)) * 1e6,
        n_train=len(train_pairs),
        n_test=len(test_pairs),
    )


def _timed(matcher: Matcher, texts: Sequence[str], clock: Callable[[], float]) -> tuple[list[Ranking], Any]:
    rankings: list[Ranking] = []
    moments = [clock()]
    for text in texts:
        rankings.append(matcher.rank(text, _LOCALE))
        moments.append(clock())
    return rankings, np.diff(moments)


def _first(ranking: Ranking) -> str:
    return ranking.candidates[0].intent if ranking.candidates else ""


def _macro_f1(wanted: Sequence[str], got: Sequence[str]) -> float:
    scores = []
    for label in set(wanted):
        hits = sum(one == two == label for one, two in zip(wanted, got, strict=True))
        scores.append(2 * hits / (wanted.count(label) + got.count(label)))
    return float(np.mean(scores))


def _auroc(own: Any, alien: Any) -> float:
    """The chance that a text of ours scores above a foreign one; a tie counts half."""
    above = (own[:, None] > alien[None, :]).mean()
    return float(above + 0.5 * (own[:, None] == alien[None, :]).mean())


def _calibration_error(scores: Any, right: Any) -> float:
    error = 0.0
    for low, high in pairwise(np.linspace(0, 1, BINS + 1)):
        inside = (scores >= low) & ((scores < high) | (high == 1))
        if inside.any():
            error += float(inside.mean()) * abs(float(scores[inside].mean()) - float(right[inside].mean()))
    return error
