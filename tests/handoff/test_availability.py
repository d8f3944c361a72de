"""Can a person come now? What the customer is told is true."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handoff.availability import Availability, Busy, Free, Full, NobodyOnDuty, Shut, availability
from handoff.desk import Desk, Operator, QueueRules, Skill
from handoff.hours import Hours, Interval, always, daily
from handoff.operators import Presence, Standing
from handoff.queue import Line

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
OPEN = Skill("general", {}, always("UTC"), queue=QueueRules(max_waiting=2))
SHUT = replace(OPEN, hours=daily("UTC", Interval(660, 720)))
NEVER = replace(OPEN, hours=Hours("UTC", ((),) * 7))
BOUNDLESS = replace(OPEN, queue=QueueRules())
ANNA = Standing(Operator("anna", {}, skills={"general": 1.0}, capacity=2), Presence.ONLINE, 1, NOW)
BUSY = replace(ANNA, load=2)
PAUSED = replace(ANNA, presence=Presence.PAUSED)
PLUMBER = replace(ANNA, operator=Operator("ivan", {}, skills={"billing": 1.0}))


@pytest.mark.parametrize(
    ("skill", "team", "line", "expected"),
    [
        (OPEN, [ANNA], Line(), Free()),
        (OPEN, [ANNA], Line(0, 1), Free()),  # the offer has its own place already
        (OPEN, [BUSY, ANNA], Line(), Free()),
        (OPEN, [BUSY], Line(), Busy(1)),
        (OPEN, [replace(ANNA, wraps_up=True)], Line(), Busy(1)),
        (OPEN, [BUSY], Line(0, 1), Busy(2)),
        (OPEN, [ANNA], Line(1), Busy(2)),
        (OPEN, [BUSY], Line(1, 1), Full()),
        (BOUNDLESS, [BUSY], Line(1, 1), Busy(3)),
        (OPEN, [PAUSED, PLUMBER], Line(), NobodyOnDuty()),
        (OPEN, [], Line(), NobodyOnDuty()),
        (SHUT, [ANNA], Line(), Shut(NOW + timedelta(hours=1))),
        (NEVER, [ANNA], Line(), Shut(None)),
    ],
)
def test_the_answer_is_what_is_true_now(skill: Skill, team: list[Standing], line: Line, expected: Availability):
    desk = Desk("UTC", ("en",), {"general": skill}, {})
    assert availability("general", desk, team, line, NOW) == expected


@pytest.mark.parametrize(
    ("expected", "found"), [(None, Busy(1)), (timedelta(minutes=15), Busy(1)), (timedelta(minutes=16), Full())]
)
def test_who_would_wait_longer_than_the_desk_allows_finds_it_full(expected: timedelta | None, found: Availability):
    quick = replace(OPEN, queue=QueueRules(max_wait=timedelta(minutes=15)))
    desk = Desk("UTC", ("en",), {"general": quick}, {})
    assert availability("general", desk, [BUSY], Line(), NOW, expected) == found
    assert availability("general", desk, [ANNA], Line(), NOW, expected) == Free()
    endless = Desk("UTC", ("en",), {"general": BOUNDLESS}, {})
    assert availability("general", endless, [BUSY], Line(), NOW, expected) == Busy(1)
