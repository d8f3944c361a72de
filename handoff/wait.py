"""The wait: how long a customer in the queue is going to wait, as an honest range, or nothing without a basis."""

from dataclasses import dataclass
from datetime import timedelta
from math import ceil, floor, sqrt

from handoff.ahead import Ahead
from handoff.hypoexponential import mean, quantile, variance
from handoff.pace import Pace

SHARE = 0.8  # of the customers who wait on are answered within the range; as many before it as after it
MINUTE = timedelta(minutes=1)
STEPS = ((10, 1), (60, 5), (120, 10))  # up to so many minutes, a range is told in whole multiples of so many


@dataclass(frozen=True, slots=True)
class Wait:
    """The wait until an operator answers: its mean, and a range that holds for SHARE of those who wait so long."""

    mean: timedelta
    low: timedelta
    high: timedelta


def expected(ahead: Ahead, pace: Pace | None) -> Wait | None:
    """The wait of a customer who cannot be served at once; None without a basis: no pace, or nobody on duty.

    The mean is the sum of 1 / (cμ + iθ) over i = 0..n, for n tickets ahead and a capacity of c (W. Whitt, Predicting
    Queueing Delays, 1999), and the time that an offer takes. The range has the quantiles of that sum, and its ends are
    pulled apart as a pace from few tickets is uncertain: of k handled tickets its relative error is 1/√k.
    """
    if pace is None or not pace.known or not ahead.capacity:
        return None
    law = ahead.tickets, ahead.capacity * pace.handling, pace.leaving
    middle = mean(*law)
    apart = sqrt(1 + middle**2 / variance(*law) / pace.handled)
    low, high = (middle * (quantile(share, *law) / middle) ** apart for share in ((1 - SHARE) / 2, (1 + SHARE) / 2))
    return Wait(*(pace.answering + timedelta(seconds=each) for each in (middle, low, high)))


def told(wait: Wait) -> tuple[int, int]:
    """The range as one tells it, in minutes, low < high; 0 stands for "at once" and never comes alone.

    It is rounded outwards, so that it promises no more than `wait`: to whole minutes up to ten of them, then to
    fives and tens, and to whole hours above two.
    """
    high = max(1, ceil(wait.high / MINUTE))
    step = next((step for limit, step in STEPS if high <= limit), 60)
    low = floor(wait.low / MINUTE / step) * step
    return low, max(ceil(high / step) * step, low + step)
