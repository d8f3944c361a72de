"""From raw evidence to the probability that a candidate is what the customer meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

TINY = 1e-6


def log_odds(probability: float) -> float:
    """The logit of a probability, finite at both ends."""
    clipped = min(max(probability, TINY), 1 - TINY)
    return log(clipped / (1 - clipped))


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic blend of the classifier's log-odds and of the likeness (0..1) to the nearest example.

    Platt's scaling with a second input; fitted on candidates of sentences that the classifier had not seen.
    """

    odds: float
    likeness: float
    bias: float

    def score(self, probability: float, likeness: float) -> float:
        """The calibrated probability; rises with both inputs."""
        evidence = self.odds * log_odds(probability) + self.likeness * likeness + self.bias
        return 1 / (1 + exp(-evidence))


@dataclass(frozen=True, slots=True)
class Trial:
    """One candidate for one sentence held out of training, and whether it was right."""

    odds: float
    likeness: float
    right: bool


UNFITTED = Calibration(odds=1.5, likeness=1.0, bias=-0.5)  # careful: of little content little is known
FEWEST = 40  # trials; below this a fit says more about chance than about the texts


def enough(trials: Sequence[Trial]) -> bool:
    """Whether a fit on these trials would mean anything."""
    return len(trials) >= FEWEST and any(trial.right for trial in trials) and not all(trial.right for trial in trials)
