"""A kept place: nobody is offered it, its turn comes all the same, and no operator waits for its customer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from handoff.desk import Desk, Operator, Skill
from handoff.errors import IllegalTransitionError
from handoff.hours import always
from handoff.keeping import Kept
from handoff.operators import Presence, Standing
from handoff.queue import place
from handoff.routing import assign, work_conserved
from handoff.ticket import (
    Active,
    Closed,
    Kind,
    PlaceWasKept,
    Queued,
    ReadyLapsed,
    Reason,
    Ticket,
    TicketEvent,
    WasAskedIfReady,
    WasClosed,
    WasMovedTo,
    WasNotReached,
    WasOffered,
    WasPutOff,
    WasReached,
    WasReady,
    WasTaken,
    transition,
)
from handoff.turns import turns

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
SOON = NOW + timedelta(minutes=3)
ANNA = Operator("anna", {}, skills={"general": 1.0}, capacity=1)
OLGA = Operator("olga", {}, skills={"general": 1.0}, capacity=1)
DESK = Desk("UTC", ("en",), {"general": Skill("general", {}, always("UTC"))}, {"anna": ANNA, "olga": OLGA})

JUST = Kept()
ASKED = Kept(asked=SOON, unanswered=1)
RESTS = Kept(rests=SOON, unanswered=1)
UNHEARD = Kept(asked=NOW, unanswered=1, reached=False)
AWAY = Kept(away=SOON, unanswered=1)


def ticket(number: int = 1, kept: Kept | None = JUST, waited: int = 10) -> Ticket:
    asked = NOW - timedelta(minutes=waited)
    return Ticket(number, f"c{number}", Kind.CHAT, "general", asked, Queued(), kept=kept)


def team(*operators: Operator) -> list[Standing]:
    return [Standing(each, Presence.ONLINE, 0, NOW) for each in operators]


@pytest.mark.parametrize(
    ("kept", "event", "after"),
    [
        (None, PlaceWasKept(), JUST),
        (JUST, WasAskedIfReady(SOON), Kept(asked=SOON)),
        (JUST, WasAskedIfReady(SOON, reached=False), Kept(asked=SOON, reached=False)),
        (UNHEARD, WasReached(SOON), replace(UNHEARD, asked=SOON, reached=True)),
        (UNHEARD, WasNotReached(SOON), AWAY),
        (AWAY, WasAskedIfReady(SOON), ASKED),
        (AWAY, WasPutOff(SOON), RESTS),
        (RESTS, WasAskedIfReady(SOON), ASKED),
        (JUST, WasPutOff(SOON), Kept(rests=SOON)),
        (ASKED, WasPutOff(SOON), RESTS),
        (ASKED, ReadyLapsed(), Kept(unanswered=2)),
        (JUST, WasReady(), None),
        (ASKED, WasReady(), None),
        (RESTS, WasReady(), None),
        (ASKED, WasMovedTo("billing"), ASKED),
        (ASKED, WasTaken("anna"), None),
        (ASKED, WasClosed(Reason.ABANDONED), None),
    ],
)
def test_what_happens_to_a_kept_place(kept: Kept | None, event: TicketEvent, after: Kept | None):
    result, entry = transition(ticket(kept=kept), event, NOW, "customer")
    assert result.kept == after
    assert result.asked == ticket().asked
    assert entry.event == type(event).__name__


@pytest.mark.parametrize(
    ("kept", "event"),
    [
        (JUST, PlaceWasKept()),
        (ASKED, WasReached(SOON)),
        (ASKED, WasNotReached(SOON)),
        (None, WasReached(SOON)),
        (None, WasNotReached(SOON)),
        (AWAY, ReadyLapsed()),
        (None, WasAskedIfReady(SOON)),
        (ASKED, WasAskedIfReady(SOON)),
        (None, WasPutOff(SOON)),
        (None, ReadyLapsed()),
        (JUST, ReadyLapsed()),
        (RESTS, ReadyLapsed()),
        (None, WasReady()),
        (JUST, WasOffered("anna", SOON)),
        (ASKED, WasOffered("anna", SOON)),
    ],
)
def test_what_cannot_happen_to_a_kept_place(kept: Kept | None, event: TicketEvent):
    with pytest.raises(IllegalTransitionError):
        transition(ticket(kept=kept), event, NOW, "customer")


def test_who_takes_a_kept_ticket_by_hand_has_it():
    assert transition(ticket(), WasTaken("anna"), NOW, "anna")[0].state == Active("anna")
    assert transition(ticket(), WasClosed(Reason.NO_ANSWER), NOW, "clock")[0].state == Closed(Reason.NO_ANSWER)


def test_nobody_is_offered_a_kept_ticket_and_nobody_idle_is_to_blame_for_it():
    assert assign([ticket()], team(ANNA), DESK, NOW) == []
    assert work_conserved([ticket()], team(ANNA), DESK, NOW)
    assert not ticket().waiting


def test_a_kept_place_counts_in_the_queue():
    line = [ticket(1, waited=10), ticket(2, kept=None, waited=5)]
    assert [place(number, line, DESK.routing, NOW) for number in (1, 2)] == [1, 2]


def test_the_turn_of_a_kept_place_comes_when_an_operator_would_be_offered_it():
    assert turns([ticket()], team(ANNA), DESK, NOW) == [1]
    assert turns([ticket()], [], DESK, NOW) == []
    assert turns([ticket(1, waited=5), ticket(2, kept=None, waited=10)], team(ANNA), DESK, NOW) == []
    assert turns([ticket(1, waited=10), ticket(2, kept=None, waited=5)], team(ANNA), DESK, NOW) == [1]


def test_one_free_operator_makes_one_customer_be_asked():
    line = [ticket(1, waited=10), ticket(2, waited=5), ticket(3, waited=1)]
    assert turns(line, team(ANNA), DESK, NOW) == [1]
    assert turns(line, team(ANNA, OLGA), DESK, NOW) == [1, 2]
    asked = [replace(line[0], kept=ASKED), *line[1:]]
    assert turns(asked, team(ANNA), DESK, NOW) == []
    assert turns(asked, team(ANNA, OLGA), DESK, NOW) == [2]


def test_who_put_it_off_is_left_in_peace_until_then():
    line = [ticket(1, kept=RESTS), ticket(2, waited=1)]
    assert turns(line, team(ANNA), DESK, NOW) == [2]
    assert turns(line, team(ANNA), DESK, SOON) == [1]


def test_who_is_away_is_not_asked_before_they_are_back():
    line = [ticket(1, kept=AWAY), ticket(2, waited=1)]
    assert turns(line, team(ANNA), DESK, SOON) == [2]


def test_where_tickets_are_shown_to_everybody_the_turn_comes_when_somebody_could_take_it():
    shown = replace(DESK, routing=replace(DESK.routing, strategy="broadcast"))
    assert turns([ticket()], team(ANNA), shown, NOW) == [1]
    assert turns([ticket()], [], shown, NOW) == []


def test_where_no_place_is_kept_there_are_no_turns():
    assert turns([ticket(kept=None)], team(ANNA), DESK, NOW) == []
