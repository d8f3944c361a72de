"""The law of a wait: the sum of n + 1 exponential steps with the rates cμ, cμ + θ, ..., cμ + nθ.

It is how long a customer with n others ahead waits while c operators each finish μ tickets per unit of time and each
who waits leaves at the rate θ. With V that sum, e^(-θV) has the beta distribution B(cμ/θ, n + 1): its moments are
those of the product of the steps' (A. Rényi, On the theory of order statistics, 1953). So V is longer than t with the
probability that a negative binomial number of departures is at most n; for θ = 0 that is Erlang's distribution.

`rate` is cμ > 0, `leaving` is θ >= 0, both per unit of time; `ahead` is n >= 0.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from math import exp, expm1, log

CLOSE = 1e-4  # of a quantile, relative


def mean(ahead: int, rate: float, leaving: float) -> float:
    """The expected wait in units of time."""
    return sum(1 / (rate + i * leaving) for i in range(ahead + 1))


def variance(ahead: int, rate: float, leaving: float) -> float:
    """The variance of the wait."""
    return sum((rate + i * leaving) ** -2 for i in range(ahead + 1))


def longer_than(time: float, rate: float, leaving: float) -> Iterator[float]:
    """The probabilities that the wait is longer than `time` > 0 with 0, 1, 2, ... ahead, without end."""
    steady = -expm1(-leaving * time) / leaving if leaving else time
    term, total = -rate * time, 0.0  # the term's logarithm: e^(-cμt) alone may be too small for a float
    i = 0
    while True:
        total += exp(term)
        yield min(total, 1.0)
        term += log((rate + i * leaving) * steady / (i + 1))
        i += 1


@lru_cache(4096)
def quantile(share: float, ahead: int, rate: float, leaving: float) -> float:
    """The time within which the wait ends with the probability `share` (0 < share < 1), to one part in 10,000."""
    low, high = 0.0, mean(ahead, rate, leaving)
    while _over(high, ahead, rate, leaving) > 1 - share:
        low, high = high, 2 * high
    while high - low > CLOSE * high:
        middle = (low + high) / 2
        if _over(middle, ahead, rate, leaving) > 1 - share:
            low = middle
        else:
            high = middle
    return high


def _over(time: float, ahead: int, rate: float, leaving: float) -> float:
    return next(islice(longer_than(time, rate, leaving), ahead, None))
