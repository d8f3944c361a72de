"""Can a person come now? What the customer is told is true."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handoff.availability import Availability, Busy, Free, Full, NobodyOnDuty, Shut, availability
from handoff.desk import Desk, Operator, QueueRules, Skill
from handoff.hours import Hours, Interval, always, daily
from handoff.operators import Presence, Standing
from handoff.ticket import Active, Kind, Offered, Queued, State, Ticket

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
OPEN = Skill("general", {}, always("UTC"), queue=QueueRules(max_waiting=2))
SHUT = replace(OPEN, hours=daily("UTC", Interval(660, 720)))
NEVER = replace(OPEN, hours=Hours("UTC", ((),) * 7))
BOUNDLESS = replace(OPEN, queue=QueueRules())
ANNA = Standing(Operator("anna", {}, skills={"general": 1.0}, capacity=2), Presence.ONLINE, 1, NOW)
BUSY = replace(ANNA, load=2)
PAUSED = replace(ANNA, presence=Presence.PAUSED)
PLUMBER = replace(ANNA, operator=Operator("ivan", {}, skills={"billing": 1.0}))


def ticket(number: int, state: State, skill: str = "general") -> Ticket:
    return Ticket(number, f"c{number}", Kind.CHAT, skill, NOW, state)


WAITING = ticket(1, Queued())
OFFERED = ticket(2, Offered("anna", NOW))
TALKING = ticket(3, Active("anna"))
ELSEWHERE = ticket(4, Queued(), "billing")


@pytest.mark.parametrize(
    ("skill", "team", "tickets", "expected"),
    [
        (OPEN, [ANNA], [], Free()),
        (OPEN, [ANNA], [OFFERED], Free()),  # the offer has its own place already
        (OPEN, [BUSY, ANNA], [TALKING, ELSEWHERE], Free()),
        (OPEN, [BUSY], [], Busy(1)),
        (OPEN, [BUSY], [TALKING, ELSEWHERE, OFFERED], Busy(2)),
        (OPEN, [ANNA], [WAITING], Busy(2)),
        (OPEN, [BUSY], [WAITING, OFFERED], Full()),
        (BOUNDLESS, [BUSY], [WAITING, OFFERED], Busy(3)),
        (OPEN, [PAUSED, PLUMBER], [], NobodyOnDuty()),
        (OPEN, [], [], NobodyOnDuty()),
        (SHUT, [ANNA], [], Shut(NOW + timedelta(hours=1))),
        (NEVER, [ANNA], [], Shut(None)),
    ],
)
def test_the_answer_is_what_is_true_now(
    skill: Skill, team: list[Standing], tickets: list[Ticket], expected: Availability
):
    desk = Desk("UTC", ("en",), {"general": skill}, {})
    assert availability("general", desk, team, tickets, NOW) == expected
