"""Choose the thresholds for the precision that an admin asks for, from what became of the trials."""

from dataclasses import dataclass

import numpy as np

from intents.blend import Opinion
from intents.evidence import Shares
from intents.features import Integers
from intents.ranking import COMPARABLE, Thresholds
from intents.tuning import FEWEST, STRANGER

STRANGERS = 0.05  # of all texts; how many come that belong to no intent differs from desk to desk
KEPT = 0.97  # of our own texts that are ranked right, the share that passes as ours
WORTH_ASKING = 0.5  # how often a clarification must have the right title
CHOICES = 3  # titles in a clarification
USUAL = Thresholds(ours=0.2)  # of few sentences: it costs 1 answer in 100, and 2 of 3 strangers are not taken up
GRID = np.arange(0.05, 0.995, 0.01)


@dataclass(frozen=True, slots=True)
class Record:
    """What became of the trials.

    The opinion on each, its `truth` (STRANGER for a text whose intent was not learnt), and which of the examples it was
    (-1 for a stranger). `outside` is the class of what belongs to no intent.
    """

    opinion: Opinion
    truth: Integers
    example: Integers
    outside: int

    def thresholds(self, precision: float) -> Thresholds:
        """The lowest thresholds with which, by the trials, that share of the answers is right."""
        own = (self.truth != STRANGER) & (self.truth != self.outside)
        if own.sum() < FEWEST:
            return USUAL
        classes, scores = self._ranked()
        hits = classes == self.truth[:, None]
        ours = float(np.quantile(self.opinion.ours[own], 1 - KEPT))
        passing = self.opinion.ours >= ours
        weights = np.where(own, 1.0, STRANGERS / (1 - STRANGERS) * own.sum() / max((~own).sum(), 1))
        ahead = scores[:, 0] - scores[:, 1:2].sum(axis=1) >= Thresholds().gap
        ready = passing & ahead
        answer = _answering(scores[ready, 0], hits[ready, 0] * 1.0, weights[ready], precision)
        asking = passing & ~(ahead & (scores[:, 0] >= answer))
        comparable = scores >= scores[:, :1] * COMPARABLE
        shown = (hits & comparable)[:, :CHOICES].any(axis=1) * 1.0
        return Thresholds(answer, _clarifying(scores[asking, 0], shown[asking], weights[asking], answer), ours=ours)

    def _ranked(self) -> tuple[Integers, Shares]:
        """The intents of each trial and their scores, best first."""
        scores = np.where(self.opinion.classes == self.outside, -1.0, self.opinion.probabilities)
        order = np.argsort(-scores, axis=1, kind="stable")
        ranked = np.take_along_axis(scores, order, axis=1)
        return np.take_along_axis(self.opinion.classes, order, axis=1), np.maximum(ranked, 0)


def _answering(scores: Shares, right: Shares, weights: Shares, precision: float) -> float:
    """The lowest score from which on the answers are right often enough."""
    order = np.argsort(-scores, kind="stable")
    weight = weights[order]
    reached = np.cumsum(right[order] * weight) / np.cumsum(weight) >= precision
    reached[:-1] &= np.diff(scores[order]) < 0  # who scores alike is answered alike
    last = int(np.flatnonzero(reached)[-1]) if reached.any() else -1
    return float(np.clip(scores[order[last]], GRID[0], GRID[-1])) if last >= 0 else float(GRID[-1])


def _clarifying(scores: Shares, shown: Shares, weights: Shares, answer: float) -> float:
    """The score from which on asking back gains most, where a right title among those shown gains what none costs.

    All scores above it weigh in, so that a few that are right by luck change nothing.
    """
    lows = GRID[answer > GRID]
    gains = [((shown - WORTH_ASKING) * weights)[scores >= low].sum() for low in lows]
    return float(lows[np.argmax(gains)]) if len(lows) and max(gains) > 0 else answer
