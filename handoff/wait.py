"""The wait: how long a customer in the queue is going to wait, as an honest range, or nothing without a basis."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil, floor, sqrt
from statistics import NormalDist

from handoff.ahead import Ahead
from handoff.hypoexponential import mean, variance
from handoff.pace import Pace

SHARE = 0.8  # of the customers who wait on are answered within the range; as many before it as after it
TAIL = NormalDist().inv_cdf((1 + SHARE) / 2)
MINUTE = timedelta(minutes=1)
HOUR = 60  # minutes
STEPS = ((15, 1), (60, 5), (120, 10))  # up to so many minutes, multiples of so many are told


@dataclass(frozen=True, slots=True)
class Wait:
    """The wait until an operator answers: its mean, and a range that holds for SHARE of those who wait so long."""

    mean: timedelta
    low: timedelta
    high: timedelta


def expected(ahead: Ahead, pace: Pace | None) -> Wait | None:
    """The wait of a customer who cannot be served at once; None without a basis: no pace, or nobody on duty.

    The mean is the sum of 1 / (cμ + iθ) over i = 0..n, for n tickets ahead and a capacity of c (W. Whitt, Predicting
    Queueing Delays, 1999), and the time that an offer takes. The range has the quantiles of the gamma distribution with
    that sum's mean and variance (E. B. Wilson and M. M. Hilferty, The Distribution of Chi-Square, 1931), to which is
    added what is not known of the pace: of k handled tickets its relative error is 1/√k. For up to
    twenty ahead, and customers who do not leave faster than they are served, the share is right within three points.
    """
    if pace is None or not pace.known or not ahead.capacity:
        return None
    law = ahead.tickets, ahead.capacity * pace.handling, pace.leaving
    middle = mean(*law)
    ninth = (variance(*law) / middle**2 + 1 / pace.handled) / 9
    low, high = (middle * (1 - ninth + tail * sqrt(ninth)) ** 3 for tail in (-TAIL, TAIL))
    return Wait(*(pace.answering + timedelta(seconds=each) for each in (middle, low, high)))


def told(wait: Wait) -> tuple[int, int]:
    """The range as one tells it, in minutes, low < high; a `low` of 0 stands for "at once".

    Each end is rounded outwards, so that no more is promised than `wait` says: to whole minutes up to a quarter of an
    hour, then to fives and tens; when the range ends after more than two hours, both ends are whole hours.
    """
    high = max(1, ceil(wait.high / MINUTE))
    high = ceil(high / _step(high)) * _step(high)
    low = floor(wait.low / MINUTE)
    step = HOUR if high > STEPS[-1][0] else _step(low)
    low = floor(low / step) * step
    return low, max(high, low + step)


def _step(minutes: int) -> int:
    return next((step for limit, step in STEPS if minutes <= limit), HOUR)
