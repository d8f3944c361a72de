"""Limits: how much one customer, or one address, may send in a stretch of time."""

from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol


class Limit(Protocol):
    """At most `count` in any stretch of `per`."""

    @property
    def count(self) -> int:
        """How many."""
        ...

    @property
    def per(self) -> timedelta:
        """In what time."""
        ...


class Limiter:
    """Remembers when each subject acted, no longer than the longest limit looks back."""

    def __init__(self, limits: Sequence[Limit]) -> None:
        self._limits = [(limit.count, limit.per.total_seconds()) for limit in limits]
        self._longest = max((per for _, per in self._limits), default=0.0)
        self._times: dict[str, deque[float]] = {}

    @property
    def subjects(self) -> int:
        """How many are remembered."""
        return len(self._times)

    def wait(self, subject: str, now: datetime) -> float:
        """Seconds until the subject may act; 0 counts the act and lets it pass, anything else does not count it."""
        moment = now.timestamp()
        times = self._times.setdefault(subject, deque())
        while times and times[0] <= moment - self._longest:
            times.popleft()
        wait = max((self._until_free(times, count, per, moment) for count, per in self._limits), default=0.0)
        if wait <= 0:
            times.append(moment)
        return max(0.0, wait)

    @staticmethod
    def _until_free(times: deque[float], count: int, per: float, moment: float) -> float:
        """The `count`-th last act must be older than `per`."""
        return times[-count] + per - moment if len(times) >= count else 0.0

    def forget(self, now: datetime) -> None:
        """Drop the subjects who have been quiet longer than any limit looks back."""
        horizon = now.timestamp() - self._longest
        for subject in [who for who, times in self._times.items() if not times or times[-1] <= horizon]:
            del self._times[subject]
