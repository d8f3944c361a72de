"""Staffing: how a queue behaves in the long run, and how many operators a target needs.

`capacity` is how many tickets are served at once: of one operator, or of a team the sum (chat concurrency). Customers
come at random (Poisson); handle times and patience are taken as exponential. `load` is the offered load in erlangs:
arrivals per unit of time × mean handle time. Rates and times are in one unit of the caller's choice.

    arriving  λ > 0    customers per unit of time
    handling  μ > 0    1 / mean handle time
    leaving   θ > 0    1 / mean patience
    capacity    c >= 0

Whatever is out of these ranges raises OutOfRangeError.
"""

from dataclasses import dataclass
from datetime import timedelta
from math import exp, inf

from handoff.desk import ServiceLevel
from handoff.errors import OutOfRangeError
from handoff.hypoexponential import longer_than

NEGLIGIBLE = 1e-15
HOUR = timedelta(hours=1)


def erlang_b(capacity: int, load: float) -> float:
    """The probability (0-1) that the capacity is used up when nobody can wait; `load` >= 0.

    B(0) = 1, B(k) = aB(k-1) / (k + aB(k-1)): A. K. Erlang's loss formula (1917) as a recursion.
    """
    _at_least(0, capacity=capacity, load=load)
    blocked = 1.0
    for k in range(1, capacity + 1):
        blocked = load * blocked / (k + load * blocked)
    return blocked


def erlang_c(capacity: int, load: float) -> float:
    """The probability (0-1) that a customer has to wait, when everybody waits as long as it takes; `load` >= 0.

    C = cB / (c - a(1 - B)): Erlang's delay formula (1917). With a load of the capacity or more the queue grows
    without end and everybody waits: 1.
    """
    blocked = erlang_b(capacity, load)
    return capacity * blocked / (capacity - load * (1 - blocked)) if load < capacity else 1.0


def speed_of_answer(capacity: int, arriving: float, handling: float) -> float:
    """The average speed of answer (ASA) over all customers, when nobody leaves; infinite when overloaded.

    C / (cμ - λ): the mean wait of M/M/c (Gross and Harris, Fundamentals of Queueing Theory).
    """
    _above_zero(arriving=arriving, handling=handling)
    spare = capacity * handling - arriving
    return erlang_c(capacity, arriving / handling) / spare if spare > 0 else inf


def answered_within(within: float, capacity: int, arriving: float, handling: float) -> float:
    """The service level: the share (0-1) of all customers answered `within` that time (>= 0), when nobody leaves.

    1 - C·e^(-(cμ - λ)T), as of `speed_of_answer`; 0 when overloaded.
    """
    _above_zero(arriving=arriving, handling=handling)
    _at_least(0, within=within)
    spare = capacity * handling - arriving
    return 1 - erlang_c(capacity, arriving / handling) * exp(-spare * within) if spare > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Patience:
    """The queue of customers who leave it when their patience ends.

    `waits` and `leaves` are shares (0-1) of all customers; `mean_wait` is over all of them, answered or gone.
    """

    waits: float
    leaves: float
    mean_wait: float


def erlang_a(capacity: int, arriving: float, handling: float, leaving: float) -> Patience:
    """What becomes of customers of whom each waits 1/`leaving` on average before giving up.

    C. Palm's chain (1957), M/M/c+M: n customers, up with λ, down with min(n, c)μ + (n - c)⁺θ. P(ab) = θ·Lq/λ and
    E[W] = Lq/λ, with Lq the mean number who wait.
    """
    states = _chain(capacity, arriving, handling, leaving)
    waits = sum(states[capacity:])
    length = sum(ahead * probability for ahead, probability in enumerate(states[capacity:]))
    return Patience(waits, leaving * length / arriving, length / arriving)


def answered_within_patience(within: float, capacity: int, arriving: float, handling: float, leaving: float) -> float:
    """The service level: the share (0-1) of all customers answered `within` that time (>= 0); who leaves, is not.

    Palm's chain again: with j ahead of them, a customer's turn comes within T and before they leave with the
    probability cμ / (cμ + (j + 1)θ) · P(V <= T), V the wait of one whose steps have the rates cμ + θ, ...,
    cμ + (j + 1)θ (a wait that was not given up is the shorter one).
    """
    _at_least(0, within=within)
    states = _chain(capacity, arriving, handling, leaving)
    served = sum(states[:capacity])
    if not within or not capacity:
        return served
    rate = capacity * handling
    late = longer_than(within, rate + leaving, leaving)
    for ahead, (probability, longer) in enumerate(zip(states[capacity:], late, strict=False), start=1):
        served += probability * rate / (rate + ahead * leaving) * (1 - longer)
    return served


def operators_needed(
    arriving: float,
    handle_time: timedelta,
    target: ServiceLevel,
    concurrency: int = 1,
    patience: timedelta | None = None,
) -> int:
    """The fewest operators, each with a capacity of `concurrency` (>= 1), who reach the service level.

    `arriving` (>= 0) is customers an hour; `handle_time` (> 0) is of one ticket, as long as it lasts beside the
    operator's others. `patience` (> 0) is its mean; without one nobody leaves (Erlang C, else Erlang A).
    """
    _at_least(1, concurrency=concurrency)
    if not arriving:
        return 0
    _above_zero(handle_time=handle_time.total_seconds())
    handling, within = HOUR / handle_time, target.within / HOUR
    leaving = HOUR / patience if patience else None
    operators = 1
    while _level(within, operators * concurrency, arriving, handling, leaving) < target.target:
        operators += 1
    return operators


def _level(within: float, capacity: int, arriving: float, handling: float, leaving: float | None) -> float:
    if leaving is None:
        return answered_within(within, capacity, arriving, handling)
    return answered_within_patience(within, capacity, arriving, handling, leaving)


def _chain(capacity: int, arriving: float, handling: float, leaving: float) -> list[float]:
    """The probabilities of 0, 1, 2, ... customers, up to where they are negligible."""
    _above_zero(arriving=arriving, handling=handling, leaving=leaving)
    _at_least(0, capacity=capacity)

    def departing(customers: int) -> float:
        return min(customers, capacity) * handling + max(customers - capacity, 0) * leaving

    likeliest = int(arriving / handling)
    if likeliest >= capacity:
        likeliest = capacity + int(max(arriving - capacity * handling, 0) / leaving)
    below = [1.0]  # relative to the likeliest, so that no load is too great for a float
    for n in range(likeliest, 0, -1):
        below.append(below[-1] * departing(n) / arriving)
    above = [1.0]
    while above[-1] > NEGLIGIBLE:
        above.append(above[-1] * arriving / departing(likeliest + len(above)))
    weights = [*reversed(below), *above[1:]]
    total = sum(weights)
    return [each / total for each in weights]


def _at_least(least: float, **given: float) -> None:
    for name, value in given.items():
        if value < least:
            raise OutOfRangeError(name, value, f">= {least:g}")


def _above_zero(**given: float) -> None:
    for name, value in given.items():
        if value <= 0:
            raise OutOfRangeError(name, value, "> 0")
