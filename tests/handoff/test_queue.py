"""The queue's order: who is next, and who stands where."""

from datetime import UTC, datetime, timedelta

import pytest

from handoff.desk import Routing
from handoff.errors import NotInQueueError
from handoff.queue import effective_priority, ordered, place
from handoff.ticket import Active, Closed, Kind, Offered, Priority, Queued, Reason, Scheduled, State, Ticket

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
ROUTING = Routing(ageing=timedelta(minutes=2))


def ticket(number: int, waited: int = 0, priority: Priority = Priority.NORMAL, **more: object) -> Ticket:
    fields = {"kind": Kind.CHAT, "skill": "general", **more}
    return Ticket(number, f"c{number}", asked=NOW - timedelta(seconds=waited), priority=priority, **fields)


@pytest.mark.parametrize(
    ("declared", "waited", "effective"),
    [
        (Priority.LOW, 119, Priority.LOW),
        (Priority.LOW, 120, Priority.NORMAL),
        (Priority.NORMAL, 240, Priority.URGENT),
        (Priority.LOW, 3600, Priority.URGENT),
        (Priority.URGENT, 3600, Priority.URGENT),
        (Priority.NORMAL, -600, Priority.NORMAL),  # asked for a time to come
    ],
)
def test_a_waiting_ticket_gains_a_step_each_ageing_up_to_urgent(declared: Priority, waited: int, effective: Priority):
    assert effective_priority(ticket(1, waited, declared), ROUTING, NOW) is effective


def test_without_ageing_the_declared_priority_stands():
    timeless = Routing(ageing=timedelta(0))
    assert effective_priority(ticket(1, 9999, Priority.LOW), timeless, NOW) is Priority.LOW


def test_the_more_urgent_goes_first_then_who_asked_first_then_the_lower_number():
    line = [
        ticket(4, 10),
        ticket(3, 10),
        ticket(2, 20),
        ticket(1, 5, Priority.HIGH),
        ticket(5, 130),  # aged to high, and asked before 1
        ticket(6, 90, Priority.LOW),
    ]
    assert [each.number for each in ordered(line, ROUTING, NOW)] == [5, 1, 2, 3, 4, 6]


def test_chats_callbacks_and_messages_wait_by_one_rule_and_none_starves():
    message = ticket(1, 700, Priority.LOW, kind=Kind.MESSAGE)
    callback = ticket(2, 600, kind=Kind.CALLBACK)
    newer = [ticket(number, 500, Priority.URGENT) for number in (3, 4)]
    assert [each.number for each in ordered([*newer, callback, message], ROUTING, NOW)] == [1, 2, 3, 4]


def test_a_place_counts_those_in_line_for_the_same_skill_offers_included():
    other = {"skill": "billing"}
    line = [
        ticket(1, 60, state=Offered("anna", NOW)),
        ticket(2, 50, **other),
        ticket(3, 40),
        ticket(4, 30),
        *(ticket(9, 99, state=state) for state in talked_to()),
    ]
    assert [place(number, line, ROUTING, NOW) for number in (1, 2, 3, 4)] == [1, 1, 2, 3]


def talked_to() -> list[State]:
    return [Active("anna"), Closed(Reason.RESOLVED), Scheduled(NOW)]


def test_one_who_does_not_wait_has_no_place():
    line = [ticket(1), ticket(2, state=Active("anna"))]
    with pytest.raises(NotInQueueError, match="Ticket 2 is not in the queue"):
        place(2, line, ROUTING, NOW)
    with pytest.raises(NotInQueueError):
        place(3, line, ROUTING, NOW)


def test_tickets_wait_in_the_queue_as_they_come():
    assert ticket(1).state == Queued()
