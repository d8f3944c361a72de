"""Chats that come at random and callbacks that come in bursts share one queue, and neither starves the other."""

from statistics import fmean

import pytest

from bench.streams import Served, overtaken, simulate, waits
from handoff.ticket import Kind


@pytest.fixture(scope="module")
def served() -> list[Served]:
    return simulate(4000)


def test_at_a_load_of_95_percent_both_wait_alike(served: list[Served]):
    chats, callbacks = (waits(served, kind) for kind in (Kind.CHAT, Kind.CALLBACK))
    assert len(chats) + len(callbacks) == 4000
    assert max(fmean(chats), fmean(callbacks)) < 2 * min(fmean(chats), fmean(callbacks))
    assert max(chats[-1], callbacks[-1]) < 2 * min(chats[-1], callbacks[-1])


def test_nobody_is_overtaken_by_who_asked_later(served: list[Served]):
    assert overtaken(served) == 0
