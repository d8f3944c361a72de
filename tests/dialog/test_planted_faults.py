"""The property test is not for show: each of these faults, planted in the real code, is found by it."""

import asyncio
from pathlib import Path

import pytest

from bot.dialog import alarms, floor
from handoff import operators, ticket
from handoff.operators import Standing
from handoff.routing import assign
from tests.dialog import test_whole_desk
from tests.dialog.shop import empty_database

DAYS = (22, 9, 5, 4, 1, 0, *range(23, 53))  # one at least must go wrong; those that are known to do so come first


def without_the_last(waiting, team, desk, now):
    """An assignment that skips the last operator."""
    return assign(waiting, team[:-1], desk, now)


def by_number(waiting, routing, now):
    """An order by number instead of priority and asking time."""
    return sorted(waiting, key=lambda each: -each.number)


def one_too_many(standing: Standing) -> int:
    """A capacity that is off by one."""
    return max(0, standing.takes - standing.load + 1)


def nobodys(ticket: int, holder: str, actor: str) -> None:
    """A claim that does not look whose offer it is."""


async def forgotten(work, subject):
    """A lapse, or a widening, that does nothing: the ticket is lost to everybody."""


FAULTS = {
    "an assignment skips the last operator": (floor, "assign", without_the_last),
    "the queue is served by number": ("handoff.routing", "ordered", by_number),
    "a capacity is off by one": (operators.Standing, "room", property(one_too_many)),
    "a claim does not look whose offer it is": (ticket, "_must_hold", nobodys),
    "a lapsed offer is forgotten": (alarms._OF_TICKETS, "offer", forgotten),
    "a widening is forgotten": (alarms._OTHERS, "look", forgotten),
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return asyncio.run(empty_database(tmp_path_factory.mktemp("desk") / "empty.db"))


def goes_wrong(folder: Path, empty: Path, seed: int) -> bool:
    found = []
    try:
        asyncio.run(test_whole_desk.play(folder, empty, seed))
    except* AssertionError as errors:
        found = [errors]
    return bool(found)


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(tmp_path_factory, empty, monkeypatch, fault):
    where, name, instead = FAULTS[fault]
    if isinstance(where, dict):
        monkeypatch.setitem(where, name, instead)
    elif isinstance(where, str):
        monkeypatch.setattr(f"{where}.{name}", instead)
    else:
        monkeypatch.setattr(where, name, instead)
    assert any(goes_wrong(tmp_path_factory.mktemp("day"), empty, seed) for seed in DAYS)
