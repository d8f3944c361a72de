"""Limits: so many acts in any stretch of time, and no memory of those who have long been quiet."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.limits import Limiter
from bot.settings import Limit
from tests.web.memory import NOW
from tests.web.stage import TYPICAL

PAUSES = st.lists(st.sampled_from([0.0, 0.3, 1.0, 2.5, 5.0, 40.0]), max_size=120)


@given(PAUSES)
def test_no_stretch_of_time_ever_has_more_than_its_limit(pauses):
    limiter, now, passed = Limiter(TYPICAL), NOW, []
    for pause in pauses:
        now += timedelta(seconds=pause)
        if not limiter.wait("who", now):
            passed.append(now)
    for limit in TYPICAL:
        for at in passed:
            assert sum(at - limit.per < other <= at for other in passed) <= limit.count


@given(PAUSES)
def test_whoever_waits_as_told_may_go_on(pauses):
    limiter, now = Limiter(TYPICAL), NOW
    for pause in pauses:
        now += timedelta(seconds=pause)
        if wait := limiter.wait("who", now):
            now += timedelta(seconds=wait, microseconds=1)
            assert limiter.wait("who", now) == 0


def test_subjects_are_counted_apart():
    limiter = Limiter((Limit(1, timedelta(seconds=5)),))
    assert limiter.wait("a", NOW) == 0
    assert limiter.wait("b", NOW) == 0
    assert limiter.wait("a", NOW) == 5


def test_without_a_limit_everything_passes():
    limiter = Limiter(())
    assert all(limiter.wait("a", NOW) == 0 for _ in range(100))


def test_forgetting_changes_nothing_for_those_who_are_still_counted():
    limiter = Limiter((Limit(1, timedelta(seconds=5)),))
    limiter.wait("quiet", NOW)
    later = NOW + timedelta(seconds=5)
    limiter.wait("busy", later)
    limiter.forget(later)
    assert limiter.subjects == 1
    assert limiter.wait("busy", later) == 5
