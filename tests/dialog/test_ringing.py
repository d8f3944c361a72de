"""A ticket's alarms follow from its state: whoever changes a ticket need not think of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialog.ringing import changed, kinds, of_ticket
from handoff.desk import CallbackRules, Desk, Routing, Widen
from handoff.keeping import Kept
from handoff.ticket import Active, Closed, Kind, Offered, OnHold, Queued, Reason, Scheduled
from tests.handoff.tickets import ASKED, DEADLINE, DUE, NOW, STATES, ticket

MINUTE = timedelta(minutes=1)
WIDENS = Routing(widen=(Widen(10 * MINUTE, min_level=0.1),))
DESK = Desk("UTC", ("en",), {}, {}, WIDENS, callbacks=CallbackRules(slot=30 * MINUTE, reminder=10 * MINUTE))
CHAT = ticket(Queued(), Kind.CHAT)
CALLBACK = replace(ticket(Queued()), promised=NOW - MINUTE)
WIDENED = ASKED + 10 * MINUTE


@pytest.mark.parametrize(
    ("of", "dues"),
    [
        (ticket(Scheduled(DUE)), {"callback": DUE, "reminder": DUE - 10 * MINUTE}),
        (ticket(Scheduled(NOW + MINUTE)), {"callback": NOW + MINUTE}),
        (CHAT, {"look": WIDENED}),
        (replace(CHAT, kept=Kept()), {"look": WIDENED}),
        (replace(CHAT, kept=Kept(rests=DUE)), {"look": WIDENED, "kept": DUE}),
        (CALLBACK, {"look": WIDENED, "late": NOW + 29 * MINUTE}),
        (replace(CALLBACK, promised=NOW - 30 * MINUTE), {"look": WIDENED}),
        (replace(CHAT, state=Offered("anna", DEADLINE)), {"offer": DEADLINE}),
        (replace(CALLBACK, state=Offered("anna", DEADLINE)), {"offer": DEADLINE, "late": NOW + 29 * MINUTE}),
        (ticket(Active("anna")), {}),
        (ticket(OnHold("anna")), {}),
        (ticket(Closed(Reason.RESOLVED)), {}),
    ],
)
def test_the_alarms_of_a_ticket_follow_from_its_state(of, dues):
    assert of_ticket(of, DESK, NOW) == dues
    assert dues.keys() <= kinds(of)
    assert changed(None, of, DESK, NOW) == {(kind, "7"): due for kind, due in dues.items()}


@pytest.mark.parametrize(
    "before", [*(ticket(state) for state in STATES), *(ticket(state, Kind.CHAT) for state in STATES[1:])]
)
def test_what_a_ticket_may_have_no_more_is_cleared(before):
    closed = replace(before, state=Closed(Reason.RESOLVED))
    assert changed(before, closed, DESK, NOW) == {(each, "7"): None for each in kinds(before)}
    assert changed(before, before, DESK, NOW) == {}


def test_only_what_changes_is_set_anew():
    resting = replace(CHAT, kept=Kept(rests=DUE))
    assert changed(resting, replace(CHAT, kept=Kept(rests=DEADLINE)), DESK, NOW) == {("kept", "7"): DEADLINE}
    assert changed(resting, replace(CHAT, kept=Kept()), DESK, NOW) == {("kept", "7"): None}
    assert changed(ticket(Scheduled(DUE)), ticket(Scheduled(NOW + MINUTE)), DESK, NOW) == {
        ("callback", "7"): NOW + MINUTE,
        ("reminder", "7"): None,
    }


def test_a_colleague_who_takes_over_a_talk_is_owed_nothing_yet():
    annas, olgas = ticket(Active("anna"), Kind.CHAT), ticket(Active("olga"), Kind.CHAT)
    assert changed(annas, olgas, DESK, NOW) == {("silence", "7"): None, ("gone", "7"): None}
