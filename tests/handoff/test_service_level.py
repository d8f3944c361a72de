"""The service level: who counts, and as what."""

from datetime import UTC, datetime, timedelta

import pytest

from handoff.events import Entry
from handoff.service_level import Answered, service_levels

START = datetime(2026, 5, 4, 9, tzinfo=UTC)


def asked(ticket=1, second=0, kind="chat", skill="general"):
    return entry(ticket, second, "queued", {"kind": kind, "skill": skill}, "Asked")


def entry(ticket, second, after, detail=None, event="WasAccepted"):
    return Entry(ticket, START + timedelta(seconds=second), "anna", event, "", after, "", None, detail or {})


def levels(*log, now=3600):
    found = service_levels(log, lambda _: timedelta(seconds=60), START + timedelta(seconds=now))
    return found.get("general", Answered())


@pytest.mark.parametrize(
    ("log", "now", "found"),
    [
        ([asked(), entry(1, 60, "active")], 3600, Answered(1, 1)),
        ([asked(), entry(1, 61, "active")], 3600, Answered(0, 1)),
        ([asked(), entry(1, 61, "closed")], 3600, Answered(0, 1)),
        ([asked(), entry(1, 10, "closed")], 3600, Answered(0, 0)),
        ([asked(), entry(1, 10, "scheduled")], 3600, Answered(0, 0)),
        ([asked()], 60, Answered(0, 0)),
        ([asked()], 61, Answered(0, 1)),
        ([asked(), entry(1, 5, "offered"), entry(1, 9, "active"), entry(1, 999, "active")], 3600, Answered(1, 1)),
        ([asked(kind="message")], 3600, Answered(0, 0)),
        ([asked(skill="other"), entry(1, 10, "active")], 3600, Answered(0, 0)),
        ([entry(7, 10, "active")], 3600, Answered(0, 0)),
        ([asked(1), asked(2), entry(1, 10, "active"), entry(2, 99, "active")], 3600, Answered(1, 2)),
    ],
    ids=[
        "in time",
        "late",
        "left after the time",
        "left before it",
        "chose a callback",
        "still in time",
        "still waits",
        "only the first answer",
        "a message",
        "another skill",
        "asked before",
        "two",
    ],
)
def test_who_should_have_been_answered_is_judged_once(log, now, found):
    assert levels(*log, now=now) == found


def test_the_share_is_of_those_who_were_judged():
    assert Answered(3, 4).share == 0.75
    assert Answered().share is None
