"""Strategies: who of several that may have a ticket is asked first."""

from collections.abc import Callable, Mapping

from handoff.eligibility import Candidate, Need

# Of a candidate and how many tickets they get in this round: the lowest goes first; what remains equal goes to the
# longest idle. All of them read only what is stored, so that a restart changes no turn.
Strategy = Callable[[Candidate, int], tuple[float, ...]]

BROADCAST = "broadcast"  # asks nobody first: all are shown the ticket, and the first who takes it has it


def longest_idle(_candidate: Candidate, given: int) -> tuple[float, ...]:
    """Who has got a ticket in this round is idle no more."""
    return (given,)


def fewest_active(candidate: Candidate, given: int) -> tuple[float, ...]:
    """Who has the fewest tickets, offers included."""
    return (candidate.standing.load + given,)


def round_robin(candidate: Candidate, given: int) -> tuple[float, ...]:
    """In turn: whose last ticket is longest ago, whatever became of it; first who never had one."""
    turn = candidate.standing.had_turn
    return given, turn.timestamp() if turn else 0.0


def best_skill(candidate: Candidate, given: int) -> tuple[float, ...]:
    """Who knows it best."""
    return -candidate.level, given


STRATEGIES: Mapping[str, Strategy] = {
    "longest_idle": longest_idle,
    "fewest_active": fewest_active,
    "round_robin": round_robin,
    "best_skill": best_skill,
}


def worth(candidate: Candidate, need: Need, *, together: bool) -> float:
    """What comes before any strategy: the customer's language, then the skill itself rather than a fallback.

    When several tickets are given out `together`, the level counts next, so that the sum of skill is the greatest.
    """
    speaks = need.locale in candidate.standing.operator.locales
    return 4.0 * speaks + 2.0 * candidate.skilled + (candidate.level if together else 0.0)
