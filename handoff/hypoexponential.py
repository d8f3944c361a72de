"""The law of a wait: the sum of n + 1 exponential steps with the rates cμ, cμ + θ, ..., cμ + nθ.

It is how long a customer with n others ahead waits while c operators each finish μ tickets per unit of time and each
who waits leaves at the rate θ. With V that sum, e^(-θV) has the beta distribution B(cμ/θ, n + 1): its moments are
those of the product of the steps' (A. Rényi, On the theory of order statistics, 1953). So V is longer than t with the
probability that a negative binomial number of departures is at most n; for θ = 0 that is Erlang's distribution.

`rate` is cμ > 0, `leaving` is θ >= 0, both per unit of time; `ahead` is n >= 0.
"""

from collections.abc import Iterator
from math import exp, expm1, log


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
