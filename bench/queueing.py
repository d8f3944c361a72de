"""The queue against theory, by simulation of the real routing: python bench/queueing.py [--runs N] [--customers N].

Each figure stands beside its bar; the exit status is 1 when one is missed. What the formulas say comes from
`handoff.staffing`, which its tests hold to published values.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from math import inf, sqrt
from statistics import fmean, stdev

from scipy.stats import t as student
from simulating import UNAGED, Customer, Run, Setting, run, team_of

from handoff.desk import Widen
from handoff.staffing import erlang_a, erlang_c, speed_of_answer
from handoff.wait import SHARE

MINUTE = 60.0
WARM_UP = 1000  # customers at the beginning of a run that find the desk too empty

CLOSE = 0.02  # to theory, relative
LITTLE = 0.001
BETTER = 0.6  # squared error of the estimate to that of the mean of the last waits
POINTS = 0.05  # between the share that a range states and the share that it holds for
FAIR = 0.998
WIDENED = 1.3  # handle times
RARE_HANDLE = 240.0  # seconds


@dataclass(frozen=True, slots=True)
class Figure:
    """Something measured, what it should be, and whether it is."""

    what: str
    measured: str
    bar: str
    met: bool


Look = Callable[[Sequence[Run]], Iterator[Figure]]


def settled(customers: Sequence[Customer]) -> Sequence[Customer]:
    """Those who came when the desk was no more empty from the beginning."""
    return customers[WARM_UP:]


def desk(operators: int, arriving: float, handling: float, leaving: float = 0.0) -> Setting:
    """One skill; rates are per minute, as in the tables."""
    rates = {"general": arriving / MINUTE}, handling / MINUTE, leaving / MINUTE
    return Setting(team_of(operators, "general"), *rates)


def by_theory(rates: tuple[int, float, float], runs: Sequence[Run]) -> Iterator[Figure]:
    """Erlang C, Little's law, and the estimate."""
    operators, arriving, handling = rates
    waits = erlang_c(operators, arriving / handling)
    shares = [fmean(each.waited > 0 for each in settled(run.customers)) for run in runs]
    yield within("share who wait", fmean(shares), waits, CLOSE)
    yield in_interval("mean wait, s", runs, speed_of_answer(operators, arriving, handling) * MINUTE)
    yield from common(runs)


def by_theory_of_patience(rates: tuple[int, float, float, float], runs: Sequence[Run]) -> Iterator[Figure]:
    """Erlang A, Little's law, and the estimate."""
    theory = erlang_a(*rates)
    left = fmean(fmean(each.left for each in settled(run.customers)) for run in runs)
    yield within("share who leave", left, theory.leaves, CLOSE)
    yield in_interval("mean wait, s", runs, theory.mean_wait * MINUTE)
    yield from common(runs)


def common(runs: Sequence[Run]) -> Iterator[Figure]:
    """What holds in every setting."""
    yield little(runs)
    yield conserved(runs)
    yield from estimates(runs)


def within(what: str, measured: float, theory: float, bar: float) -> Figure:
    """A relative deviation."""
    off = measured / theory - 1
    return Figure(what, f"{measured:.4f}, {off:+.2%}", f"{theory:.4f} ± {bar:.0%}", abs(off) <= bar)


def in_interval(what: str, runs: Sequence[Run], theory: float) -> Figure:
    """Theory lies in the 95 % interval of the runs' means."""
    means = [fmean(each.waited for each in settled(run.customers)) for run in runs]
    half = float(student.ppf(0.975, len(means) - 1)) * stdev(means) / sqrt(len(means))
    middle = fmean(means)
    return Figure(what, f"{middle:.2f} ± {half:.2f}", f"{theory:.2f} within", abs(middle - theory) <= half)


def little(runs: Sequence[Run]) -> Figure:
    """How many wait on average is arrivals × mean wait, when the waits are those of the event log."""
    worst = max(abs(sum(each.waited for each in run.customers) / run.queue_seconds - 1) for run in runs)
    return Figure("Little's law, off by", f"{worst:.4%}", f"{LITTLE:.1%}", worst <= LITTLE)


def conserved(runs: Sequence[Run]) -> Figure:
    """Nobody waits for whom somebody is free."""
    missed = sum(run.unconserved for run in runs)
    return Figure("looks that found work undone", str(missed), "0", missed == 0)


def estimates(runs: Sequence[Run]) -> Iterator[Figure]:
    """The estimate against the mean of the last 20 waits, and the range against the share that it states."""
    told = [each for run in runs for each in settled(run.customers) if each.wait and each.last_waits is not None]
    ours = fmean((each.wait.mean.total_seconds() - turn(each)) ** 2 for each in told if each.wait)
    last = fmean((each.last_waits - turn(each)) ** 2 for each in told if each.last_waits is not None)
    yield Figure("squared error to that of the last 20", f"{ours / last:.2f}", f"{BETTER}", ours <= BETTER * last)
    held = fmean(holds(each) for each in told)
    yield Figure("range holds for", f"{held:.1%}", f"{SHARE:.0%} ± {POINTS:.0%}", abs(held - SHARE) <= POINTS)


def turn(customer: Customer) -> float:
    """How long it took until it was the customer's turn, answered or gone."""
    return customer.turn - customer.asked


def holds(customer: Customer) -> bool:
    """The range, before it is rounded outwards."""
    wait = customer.wait
    return wait is not None and wait.low.total_seconds() <= turn(customer) <= wait.high.total_seconds()


def jain(given: Sequence[float]) -> float:
    """R. Jain's fairness index (1984): 1 when all have got the same."""
    return sum(given) ** 2 / len(given) / sum(each**2 for each in given)


def fairness(runs: Sequence[Run]) -> Iterator[Figure]:
    """Of the tickets that each operator got."""
    worst = min(jain([*run.given.values()]) for run in runs)
    yield Figure("fairness of longest_idle", f"{worst:.5f}", f"{FAIR}", worst >= FAIR)


def rare(widened: bool) -> Setting:
    """One operator for a rare skill, who would be 68.5 % busy alone, beside twenty who are 75 % busy."""
    widen = (Widen(timedelta(seconds=RARE_HANDLE), fallback=True),) if widened else ()
    handling = 1 / RARE_HANDLE
    return Setting(
        [*team_of(20, "common"), *team_of(1, "rare", name="r")],
        {"common": 15 * handling, "rare": 0.685 * handling},
        handling,
        routing=replace(UNAGED, widen=widen),
        fallback={"rare": ("common",)},
    )


def widening(bar: float, runs: Sequence[Run]) -> Iterator[Figure]:
    """The 99th percentile of the rare skill's wait, in handle times."""
    waits = sorted(each.waited for run in runs for each in settled(run.customers) if each.skill == "rare")
    slowest = waits[int(0.99 * len(waits))] / RARE_HANDLE
    yield Figure("p99 of its wait, in handle times", f"{slowest:.2f}", f"{bar:.1f}", slowest <= bar)


def shifting() -> Setting:
    """Another number of operators online each hour, for a load that all of them can just bear."""
    online = (8, 12, 7, 10)
    hours = [(hour * 3600.0, online[hour % len(online)]) for hour in range(1000)]
    return replace(desk(12, 4.0, 0.5, 0.2), shifts=hours)


def report(title: str, look: Look, simulate: Callable[[], Sequence[Run]]) -> bool:
    """Simulate, look, and print; whether all bars are met."""
    begun = time.process_time()
    figures = list(look(simulate()))
    print(f"{title} ({time.process_time() - begun:.0f} s of the processor)")
    for each in figures:
        print(f"  {each.what:38}{each.measured:>22}   {each.bar:20}{'' if each.met else 'MISSED'}".rstrip(), flush=True)
    return all(each.met for each in figures)


def settings() -> Iterator[tuple[str, Setting, Look]]:
    """What is compared with theory, and how."""
    for rates in ((5, 4.0, 1.0), (10, 4.0, 0.5)):
        yield "Erlang C: {} operators, λ = {}, μ = {} a minute".format(*rates), desk(*rates), partial(by_theory, rates)
    for patient in ((2, 2.0, 1.0, 0.5), (8, 4.0, 0.5, 0.2)):
        title = "Erlang A: {} operators, λ = {}, μ = {}, θ = {} a minute".format(*patient)
        yield title, desk(*patient), partial(by_theory_of_patience, patient)


def main(runs: int, customers: int) -> bool:
    """All settings, one after another; whether all bars are met."""

    def simulate(setting: Setting, runs: int = 2) -> list[Run]:
        return [run(setting, customers + WARM_UP, seed) for seed in range(1, runs + 1)]

    met = True
    for title, setting, look in settings():
        met &= report(title, look, partial(simulate, setting, runs))
    met &= report("Staff that changes each hour: 8, 12, 7, 10 operators", estimates, partial(simulate, shifting()))
    met &= report("20 operators, 80 % busy", fairness, partial(simulate, desk(20, 4.0, 0.25)))
    met &= report("A rare skill, widened", partial(widening, WIDENED), partial(simulate, rare(widened=True)))
    return report("The same without", partial(widening, inf), partial(simulate, rare(widened=False))) and met


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--customers", type=int, default=40_000)
    sys.exit(0 if main(**vars(parser.parse_args())) else 1)
