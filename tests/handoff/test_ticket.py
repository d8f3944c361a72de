"""The table of transitions: what may happen to a ticket in each state, and by whom."""

from dataclasses import replace

import pytest

from handoff.errors import HandoffError, IllegalTransitionError, NotYoursError
from handoff.events import ContactChanged, EmailWasLeft, WasBrought, WasNotReached, WasReached
from handoff.ticket import (
    STATE_NAMES,
    Active,
    Brief,
    Came,
    Closed,
    Kind,
    Offered,
    OfferLapsed,
    OfferWithdrawn,
    OnHold,
    PlaceWasKept,
    Queued,
    ReadyLapsed,
    Reason,
    Scheduled,
    State,
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
    transition,
)
from tests.handoff.tickets import DEADLINE, DUE, LATER, NOW, STATES, after, ticket

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
    EmailWasLeft("a@example.com"),
    WasBrought("c2"),
    WasReached(LATER),
    WasNotReached(LATER),
    WasClosed(Reason.CANCELLED),
]


LEGAL: dict[str, dict[type, State]] = {
    "scheduled": {
        Came: Queued(),
        WasScheduled: Scheduled(LATER),
        WasMovedTo: Scheduled(DUE),
        ContactChanged: Scheduled(DUE),
        EmailWasLeft: Scheduled(DUE),
        WasBrought: Scheduled(DUE),
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
        EmailWasLeft: Queued(),
        WasBrought: Queued(),
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
        EmailWasLeft: Offered("anna", DEADLINE),
        WasBrought: Offered("anna", DEADLINE),
        WasClosed: Closed(Reason.CANCELLED),
    },
    "active": {
        WasHeld: OnHold("anna"),
        WasRequeued: Queued(),
        WasTransferred: Queued(),
        WasAssigned: Active("marta"),
        WasScheduled: Scheduled(LATER),
        ContactChanged: Active("anna"),
        EmailWasLeft: Active("anna"),
        WasBrought: Active("anna"),
        WasClosed: Closed(Reason.CANCELLED),
    },
    "on_hold": {
        WasResumed: Active("anna"),
        WasRequeued: Queued(),
        WasTransferred: Queued(),
        WasAssigned: Active("marta"),
        WasScheduled: Scheduled(LATER),
        ContactChanged: OnHold("anna"),
        EmailWasLeft: OnHold("anna"),
        WasBrought: OnHold("anna"),
        WasClosed: Closed(Reason.CANCELLED),
    },
    "closed": {},
}


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


@pytest.mark.parametrize("state", [Active("anna"), OnHold("anna")])
def test_nobody_is_given_what_they_hold(state: State):
    with pytest.raises(IllegalTransitionError):
        after(ticket(state), WasAssigned("anna"))


@pytest.mark.parametrize("kind", [Kind.CHAT, Kind.MESSAGE])
@pytest.mark.parametrize("state", STATES)
def test_only_callbacks_are_scheduled(kind: Kind, state: State):
    with pytest.raises(IllegalTransitionError):
        transition(ticket(state, kind), WasScheduled(LATER), NOW, "customer")


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


def test_an_address_that_was_left_stands_among_the_answers_and_a_ticket_that_was_brought_is_elsewhere():
    before = replace(ticket(Queued()), brief=Brief(form={"order": "123"}))
    assert after(before, EmailWasLeft("a@example.com")).brief.form == {"order": "123", "e-mail": "a@example.com"}
    brought, entry = transition(before, WasBrought("c2"), NOW, "customer")
    assert (brought.conversation, entry.detail) == ("c2", {"conversation": "c2"})
