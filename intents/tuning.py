"""Fit the blend to trials: sentences put to matchers that had not seen them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from intents.blend import Blend, familiarity, log_odds
from intents.evidence import Evidence, Flags, Shares
from intents.features import Integers

STRANGER = -1  # the truth about a text that belongs to none of the intents that were learnt
FEWEST = 40  # trials; below this a fit says more about chance than about the texts
_SPREAD = (0.7, 1.5, 1.5)  # how far from the usual weights a catalogue may well be
_CAUTION = 0.3  # ridge on the direction of familiarity: what tells our intents apart says less about strangers

Loss = Callable[[Any], tuple[float, Any]]


@dataclass(frozen=True, slots=True)
class Trials:
    """Evidence for sentences that the classifier had not seen.

    `truth` is the class of each, or STRANGER; `outside` is the class of what belongs to no intent.
    """

    evidence: Evidence
    truth: Integers
    outside: int

    @property
    def own(self) -> Flags:
        """Which of them belong to an intent."""
        own: Flags = (self.truth != STRANGER) & (self.truth != self.outside)
        return own

    @property
    def enough(self) -> bool:
        """Whether a fit on them would mean anything."""
        return int(self.own.sum()) >= FEWEST


def fitted(trials: Trials) -> Blend:
    """The blend under which the trials are most probable; the usual one where there are too few."""
    if not trials.enough:
        return Blend()
    weights = _weights(trials)
    total = trials.evidence.features @ np.array(weights)
    return Blend(weights, _odds(trials, total), _familiarity(trials, total))


def _weights(trials: Trials) -> tuple[float, float, float]:
    """Conditional logit over the candidates, drawn to the usual weights; no evidence ever counts against."""
    found = trials.evidence.classes == trials.truth[:, None]
    met = found.any(axis=1)
    features, right = trials.evidence.features[met], found[met].argmax(axis=1)
    usual, spread = np.array(Blend().weights), np.array(_SPREAD)
    every = np.arange(len(features))

    def loss(weights: Any) -> tuple[float, Any]:
        total = features @ weights
        total -= total.max(axis=1, keepdims=True)
        shares = np.exp(total)
        shares /= shares.sum(axis=1, keepdims=True)
        away = (weights - usual) / spread
        slope = (features * shares[:, :, None]).sum(axis=(0, 1)) - features[every, right].sum(axis=0)
        surprise = -np.log(np.maximum(shares[every, right], 1e-12)).sum()
        return float(surprise + (away**2).sum() / 2), slope + away / spread

    first, second, third = _least(loss, usual, [(0.1, None), (0.0, None), (0.0, None)])
    return first, second, third


def _odds(trials: Trials, total: Shares) -> tuple[float, float]:
    """Platt's scaling of the best intent's log-odds, where the text belongs to one."""
    odds = np.where(trials.evidence.classes == trials.outside, -np.inf, log_odds(total))[trials.own]
    best = odds.argmax(axis=1)
    right = np.take_along_axis(trials.evidence.classes[trials.own], best[:, None], axis=1)[:, 0]
    slope, offset = _regression(odds.max(axis=1)[:, None], right == trials.truth[trials.own], ridge=0.0, slopes=[1.0])
    return slope, offset


def _familiarity(trials: Trials, total: Shares) -> tuple[float, float, float]:
    features = familiarity(total, trials.evidence, trials.evidence.classes == trials.outside)[:, :2]
    own = trials.own
    if own.all():
        return Blend().familiarity
    mean, spread = features.mean(axis=0), np.maximum(features.std(axis=0), 1e-6)
    *direction, _ = _regression((features - mean) / spread, own, ridge=_CAUTION, slopes=[0.0, 0.0])
    along = np.array(direction) / spread
    slope, offset = _regression((features @ along)[:, None], own, ridge=0.0, slopes=[1.0])
    best, known = (slope * along).tolist()
    return best, known, offset


def _regression(rows: Any, right: Any, *, ridge: float, slopes: Sequence[float]) -> tuple[float, ...]:
    """Logistic regression without negative slopes: the slopes, then the offset. Both sides weigh by their number."""
    signs = np.where(right, 1.0, -1.0)

    def loss(point: Any) -> tuple[float, Any]:
        agreement = signs * (rows @ point[:-1] + point[-1])
        pull = -signs / (1 + np.exp(np.clip(agreement, -60, 60)))
        slope = (rows * pull[:, None]).mean(axis=0) + 2 * ridge * point[:-1]
        cost = np.logaddexp(0, -agreement).mean() + ridge * (point[:-1] ** 2).sum()
        cost += _TINY * ((point[:-1] - 1) ** 2).sum()
        return float(cost), np.append(slope + 2 * _TINY * (point[:-1] - 1), pull.mean())

    return _least(loss, [*slopes, 0.0], [(0.0, None)] * len(slopes) + [(None, None)])


_TINY = 1e-3  # keeps a perfect separation from growing without end


def _least(loss: Loss, start: Any, bounds: Sequence[tuple[float | None, float | None]]) -> tuple[float, ...]:
    from scipy.optimize import minimize  # only training needs it

    return tuple(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x.tolist())
