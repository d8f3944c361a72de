"""The table of transitions: what may happen to a ticket in each state, and what the log says of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handoff.errors import HandoffError, IllegalTransitionError, NotYoursError
from handoff.events import ContactChanged
from handoff.ticket import (
    STATE_NAMES,
    Active,
    Brief,
    Came,
    Closed,
    Entry,
    Kind,
    Offered,
    OfferLapsed,
    OfferWithdrawn,
    OnHold,
    PlaceWasKept,
    Preferred,
    Queued,
    ReadyLapsed,
    Reason,
    Result,
    Scheduled,
    State,
    Ticket,
    TicketEvent,
    WasAccepted,
    WasAskedIfReady,
    WasAssigned,
    WasClosed,
    WasDeclined,
    WasHeld,
    WasMovedTo,
    WasOffered,
    WasPutOff,
    WasReady,
    WasRequeued,
    WasResumed,
    WasScheduled,
    WasShown,
    WasTaken,
    WasTransferred,
    opened,
    transition,
)

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
ASKED = NOW - timedelta(minutes=5)
DUE = NOW + timedelta(hours=2)
LATER = NOW + timedelta(hours=3)
DEADLINE = NOW + timedelta(seconds=60)

STATES: list[State] = [
    Scheduled(DUE),
    Queued(),
    Offered("anna", DEADLINE),
    Active("anna"),
    OnHold("anna"),
    Closed(Reason.RESOLVED),
]
EVENTS: list[TicketEvent] = [
    Came(),
    WasOffered("anna", DEADLINE),
    WasAccepted("anna"),
    WasDeclined("anna"),
    OfferLapsed(),
    OfferWithdrawn(),
    WasShown(("anna", "olga")),
    WasTaken("anna"),
    WasHeld("anna"),
    WasResumed(),
    WasRequeued(),
    WasTransferred("billing"),
    WasAssigned("marta"),
    WasScheduled(LATER),
    WasMovedTo("billing"),
    PlaceWasKept(),
    WasAskedIfReady(LATER),
    WasPutOff(LATER),
    ReadyLapsed(),
    WasReady(),
    ContactChanged("+37120000000"),
    WasClosed(Reason.CANCELLED),
]
LEGAL: dict[str, dict[type, State]] = {
    "scheduled": {
        Came: Queued(),
        WasScheduled: Scheduled(LATER),
        WasMovedTo: Scheduled(DUE),
        ContactChanged: Scheduled(DUE),
        WasClosed: Closed(Reason.CANCELLED),
    },
    "queued": {
        PlaceWasKept: Queued(),
        WasOffered: Offered("anna", DEADLINE),
        WasShown: Queued(),
        WasTaken: Active("anna"),
        WasAssigned: Active("marta"),
        WasScheduled: Scheduled(LATER),
        WasMovedTo: Queued(),
        ContactChanged: Queued(),
        WasClosed: Closed(Reason.CANCELLED),
    },
    "offered": {
        PlaceWasKept: Queued(),
        WasAccepted: Active("anna"),
        WasDeclined: Queued(),
        OfferLapsed: Queued(),
        OfferWithdrawn: Queued(),
        WasTaken: Active("anna"),
        WasTransferred: Queued(),
        WasAssigned: Active("marta"),
        WasScheduled: Scheduled(LATER),
        WasMovedTo: Queued(),
        ContactChanged: Offered("anna", DEADLINE),
        WasClosed: Closed(Reason.CANCELLED),
    },
    "active": {
        WasHeld: OnHold("anna"),
        WasRequeued: Queued(),
        WasTransferred: Queued(),
        WasAssigned: Active("marta"),
        WasScheduled: Scheduled(LATER),
        ContactChanged: Active("anna"),
        WasClosed: Closed(Reason.CANCELLED),
    },
    "on_hold": {
        WasResumed: Active("anna"),
        WasRequeued: Queued(),
        WasTransferred: Queued(),
        WasAssigned: Active("marta"),
        WasScheduled: Scheduled(LATER),
        ContactChanged: OnHold("anna"),
        WasClosed: Closed(Reason.CANCELLED),
    },
    "closed": {},
}


def ticket(state: State, kind: Kind = Kind.CALLBACK, passed: tuple[str, ...] = ("olga",)) -> Ticket:
    return Ticket(7, "c1", kind, "general", ASKED, state, passed=passed, attempts=1, version=4)


def after(before: Ticket, event: TicketEvent) -> Ticket:
    return transition(before, event, NOW, "clock")[0]


@pytest.mark.parametrize("state", STATES, ids=lambda state: STATE_NAMES[type(state)])
@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_each_state_answers_to_its_events_and_refuses_all_others(state: State, event: TicketEvent):
    before = ticket(state)
    expected = LEGAL[before.state_name].get(type(event))
    if expected is None:
        with pytest.raises(IllegalTransitionError, match=f"is {before.state_name}: {type(event).__name__}") as caught:
            transition(before, event, NOW, "clock")
        assert (caught.value.ticket, caught.value.state) == (7, before.state_name)
        return
    result, entry = transition(before, event, NOW, "clock")
    assert result.state == expected
    assert result.version == before.version + 1
    assert (entry.ticket, entry.at, entry.actor, entry.event) == (7, NOW, "clock", type(event).__name__)
    assert (entry.before, entry.after) == (before.state_name, result.state_name)


@pytest.mark.parametrize(
    ("state", "event"),
    [
        *((Offered("anna", DEADLINE), event) for event in (WasAccepted("olga"), WasDeclined("olga"))),
        *(
            (state, event)
            for state in (Active("anna"), OnHold("anna"))
            for event in (WasAccepted("olga"), WasDeclined("olga"), WasTaken("olga"), WasHeld("olga"))
        ),
    ],
)
def test_who_reaches_for_a_colleagues_ticket_is_told_who_has_it(state: State, event: TicketEvent):
    with pytest.raises(NotYoursError, match="with anna, not with olga") as caught:
        transition(ticket(state), event, NOW, "olga")
    assert (caught.value.holder, caught.value.actor) == ("anna", "olga")
    assert isinstance(caught.value, HandoffError)


def test_an_offer_can_be_taken_by_a_colleague():
    assert after(ticket(Offered("anna", DEADLINE)), WasTaken("olga")).state == Active("olga")


def test_a_due_callback_stands_in_the_queue_by_its_promised_time():
    assert after(ticket(Scheduled(DUE)), Came()).asked == DUE


def test_who_declines_or_misses_an_offer_has_let_it_pass_and_who_went_away_has_not():
    offered = ticket(Offered("anna", DEADLINE))
    assert after(offered, WasDeclined("anna")).passed == ("olga", "anna")
    assert after(offered, OfferLapsed()).passed == ("olga", "anna")
    assert after(offered, OfferWithdrawn()).passed == ("olga",)


def test_who_declines_is_not_asked_again_before_that_offer_would_have_lapsed():
    offered = ticket(Offered("anna", DEADLINE))
    assert after(offered, WasDeclined("anna")).again == DEADLINE
    assert after(offered, OfferLapsed()).again == DEADLINE


def test_to_whom_a_ticket_was_shown_is_known_while_it_waits_for_the_same_skill():
    shown, entry = transition(ticket(Queued()), WasShown(("anna", "olga")), NOW, "bot")
    assert entry.detail == {"operators": "anna olga"}
    assert after(shown, WasShown(("ivan",))).shown == ("anna", "olga", "ivan")
    assert after(shown, ContactChanged(None)).shown == ("anna", "olga")
    for event in (WasTaken("anna"), WasOffered("anna", DEADLINE), WasMovedTo("billing"), WasClosed(Reason.CANCELLED)):
        assert after(shown, event).shown == ()


@pytest.mark.parametrize(
    ("state", "event"),
    [(Queued(), WasMovedTo("billing")), (Queued(), WasScheduled(LATER))],
)
def test_a_new_search_for_an_operator_forgets_who_passed_but_keeps_the_asking_time(state: State, event: TicketEvent):
    result = after(ticket(state), event)
    assert (result.passed, result.asked) == ((), ASKED)


@pytest.mark.parametrize(
    ("state", "event"),
    [
        (Active("anna"), WasRequeued()),
        (OnHold("anna"), WasRequeued()),
        *((state, WasTransferred("billing")) for state in (Offered("anna", DEADLINE), Active("anna"), OnHold("anna"))),
    ],
)
def test_what_an_operator_gave_back_or_passed_on_keeps_its_time_and_is_for_a_colleague(
    state: State, event: TicketEvent
):
    result = after(ticket(state), event)
    assert (result.passed, result.asked) == (("anna",), ASKED)


def test_a_transfer_to_a_colleague_prefers_them_and_one_to_a_skill_nobody():
    before = replace(ticket(Active("anna")), preferred=Preferred("anna", NOW))
    to_marta = after(before, WasTransferred("billing", "marta", LATER))
    assert (to_marta.skill, to_marta.preferred) == ("billing", Preferred("marta", LATER))
    assert after(before, WasTransferred("billing")).preferred is None


@pytest.mark.parametrize("state", [Active("anna"), OnHold("anna")])
def test_nobody_is_given_what_they_hold(state: State):
    with pytest.raises(IllegalTransitionError):
        after(ticket(state), WasAssigned("anna"))


@pytest.mark.parametrize("state", [Scheduled(DUE), Queued(), Offered("anna", DEADLINE)])
def test_a_corrected_skill_is_kept(state: State):
    assert after(ticket(state), WasMovedTo("billing")).skill == "billing"


def test_a_new_time_is_a_new_promise_and_counts_an_attempt_only_if_a_call_was_made():
    moved = after(ticket(Scheduled(DUE)), WasScheduled(LATER))
    retried = after(ticket(Active("anna")), WasScheduled(LATER, attempted=True, result=Result.BUSY))
    assert (moved.promised, moved.attempts) == (LATER, 1)
    assert (retried.promised, retried.attempts) == (LATER, 2)


def test_a_call_with_a_result_is_an_attempt_though_it_ends_the_ticket():
    assert after(ticket(Active("anna")), WasClosed(Reason.RESOLVED, Result.RESOLVED)).attempts == 2
    assert after(ticket(Active("anna")), WasClosed(Reason.ABANDONED)).attempts == 1


@pytest.mark.parametrize("kind", [Kind.CHAT, Kind.MESSAGE])
@pytest.mark.parametrize("state", STATES)
def test_only_callbacks_are_scheduled(kind: Kind, state: State):
    with pytest.raises(IllegalTransitionError):
        transition(ticket(state, kind), WasScheduled(LATER), NOW, "customer")


def test_another_number_is_remembered():
    assert after(ticket(Queued()), ContactChanged("+37120000000")).phone == "+37120000000"
    assert after(ticket(Queued()), ContactChanged(None)).phone is None


@pytest.mark.parametrize(
    ("state", "event", "reason", "operator", "detail"),
    [
        (Active("anna"), WasClosed(Reason.RESOLVED), "resolved", "anna", {}),
        (Active("anna"), WasClosed(Reason.NO_ANSWER, Result.BUSY), "no_answer", "anna", {"result": "busy"}),
        (Queued(), WasScheduled(DUE), "booked", None, {"due": "2026-05-04T12:00:00+00:00", "attempted": "false"}),
        (
            Active("anna"),
            WasScheduled(DUE, attempted=True, result=Result.NO_ANSWER),
            "no_answer",
            "anna",
            {"due": "2026-05-04T12:00:00+00:00", "attempted": "true"},
        ),
        (Queued(), WasMovedTo("billing"), "skill_corrected", None, {"skill": "billing"}),
        (Active("anna"), WasTransferred("billing"), "transferred", "anna", {"skill": "billing"}),
        (
            Active("anna"),
            WasTransferred("billing", "marta", LATER),
            "transferred",
            "anna",
            {"skill": "billing", "to": "marta"},
        ),
        (Active("anna"), WasAssigned("marta"), "", "marta", {}),
        (Queued(), WasOffered("anna", DEADLINE), "", "anna", {}),
        (Offered("anna", DEADLINE), OfferLapsed(), "", "anna", {}),
        (Offered("anna", DEADLINE), WasTaken("olga"), "", "olga", {}),
    ],
)
def test_the_log_tells_why_and_who(
    state: State, event: TicketEvent, reason: str, operator: str | None, detail: dict[str, str]
):
    _, entry = transition(ticket(state), event, NOW, "anna")
    assert (entry.reason, entry.operator, entry.detail) == (reason, operator, detail)


def test_the_log_begins_with_what_was_asked_and_why():
    new = replace(ticket(Queued(), Kind.CHAT), brief=Brief(why="feedback"))
    detail = {"kind": "chat", "skill": "general", "why": "feedback"}
    assert opened(new, NOW) == Entry(7, NOW, "customer", "Asked", "", "queued", "feedback", None, detail)


def test_a_ticket_says_where_it_stands():
    facts = {each.state_name: (each.operator, each.waiting, each.engaged, each.open) for each in map(ticket, STATES)}
    assert facts == {
        "scheduled": (None, False, False, True),
        "queued": (None, True, False, True),
        "offered": ("anna", False, False, True),
        "active": ("anna", False, True, True),
        "on_hold": ("anna", False, True, True),
        "closed": (None, False, False, False),
    }
