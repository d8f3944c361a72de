"""What a ticket remembers through its transitions, and what the log says of each."""

from dataclasses import replace

import pytest

from handoff.events import ContactChanged
from handoff.ticket import (
    Active,
    Brief,
    Came,
    Entry,
    Kind,
    Offered,
    OfferLapsed,
    OfferWithdrawn,
    OnHold,
    Preferred,
    Queued,
    Reason,
    Result,
    Scheduled,
    State,
    TicketEvent,
    WasAssigned,
    WasClosed,
    WasDeclined,
    WasMovedTo,
    WasOffered,
    WasRequeued,
    WasScheduled,
    WasShown,
    WasTaken,
    WasTransferred,
    opened,
    transition,
)
from tests.handoff.tickets import ASKED, DEADLINE, DUE, LATER, NOW, after, ticket


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
