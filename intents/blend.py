"""From evidence to calibrated probabilities: which intent it is, and whether it is any of ours."""

from dataclasses import dataclass

import numpy as np

from intents.evidence import Evidence, Flags, Shares
from intents.features import Integers

# What a small catalogue starts from, and a large one hardly remembers; found by cross-validation on public sets.
_USUAL = (2.1, 1.5, 2.0)  # how much the classifier, the contents and the likeness count
_CAREFUL = (0.7, -0.3)  # slope and offset of the odds where little is known about little content
_FAMILIAR = (0.9, 3.0, -4.5)  # of the best evidence, of the known share, and the offset


@dataclass(frozen=True, slots=True)
class Opinion:
    """Of each text its `classes`, most probable first, the probability of each, and that it is any of ours."""

    classes: Integers
    probabilities: Shares
    ours: Shares


@dataclass(frozen=True, slots=True)
class Blend:
    """Weights of the evidence and two calibrations, fitted on sentences that the matcher had not seen.

    The weighted evidence of the candidates competes by a softmax (a conditional logit, McFadden 1974); its log-odds are
    calibrated by Platt's scaling on texts that belong to an intent. Whether a text belongs to any is told by a logistic
    regression of the best evidence and the known share of the text, fitted on such texts and on others.
    """

    weights: tuple[float, float, float] = _USUAL
    odds: tuple[float, float] = _CAREFUL
    familiarity: tuple[float, float, float] = _FAMILIAR

    def opinion(self, evidence: Evidence, outside: int | None) -> Opinion:
        """Probabilities for every text. `outside` is the class of what belongs to no intent, if there is one."""
        total = evidence.features @ np.array(self.weights)
        slope, offset = self.odds
        probabilities = 1 / (1 + np.exp(-(slope * log_odds(total) + offset)))
        foreign = evidence.classes == (-1 if outside is None else outside)
        ours = _logistic(familiarity(total, evidence, foreign) @ np.array(self.familiarity))
        ours = ours * (1 - np.where(foreign, probabilities, 0).sum(axis=1))
        every, order = np.arange(len(total))[:, None], np.argsort(-probabilities, axis=1, kind="stable")
        return Opinion(evidence.classes[every, order], probabilities[every, order], ours)


def log_odds(total: Shares) -> Shares:
    """Of each candidate against all others of its text, by their weighted evidence."""
    powers = np.exp(total - total.max(axis=1, keepdims=True))
    rivals = np.maximum(powers.sum(axis=1, keepdims=True) - powers, _TINY)
    odds = np.log(np.maximum(powers, _TINY)) - np.log(rivals)
    bounded: Shares = np.minimum(np.maximum(odds, -_ALONE), _ALONE)  # not np.clip, which is slow for little
    return bounded


_TINY = 1e-12  # a share that is as good as none
_ALONE = 20.0  # log-odds that are as good as certain


def familiarity(total: Shares, evidence: Evidence, foreign: Flags) -> Shares:
    """The best evidence for an intent of ours, the known share, and 1: what tells whether a text is ours."""
    best = np.where(foreign, -np.inf, total).max(axis=1)
    return np.stack([np.maximum(best, -_FAR), evidence.known, np.ones(len(best))], axis=1)


_FAR = 60.0  # evidence against everything that is as good as none for it


def _logistic(odds: Shares) -> Shares:
    return 1 / (1 + np.exp(-odds))
