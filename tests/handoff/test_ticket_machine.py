"""Whatever happens in whatever order: no ticket is lost, doubled or reopened, nobody overfilled, the log tells all."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from handoff.callbacks import after_result
from handoff.desk import CallbackRules, Desk, Operator, Skill
from handoff.errors import HandoffError
from handoff.events import ContactChanged
from handoff.hours import always
from handoff.operators import Presence, Standing
from handoff.routing import assign, work_conserved
from handoff.ticket import (
    Active,
    Came,
    Entry,
    Kind,
    Offered,
    OfferLapsed,
    OfferWithdrawn,
    OnHold,
    Priority,
    Queued,
    Reason,
    Result,
    Scheduled,
    Ticket,
    TicketEvent,
    WasAccepted,
    WasAssigned,
    WasClosed,
    WasDeclined,
    WasHeld,
    WasMovedTo,
    WasOffered,
    WasRequeued,
    WasResumed,
    WasScheduled,
    WasTaken,
    WasTransferred,
    opened,
    transition,
)

SKILLS = ("delivery", "general")
TEAM = {
    "anna": Operator("anna", {}, skills={"delivery": 1.0, "general": 0.6}, capacity=2),
    "olga": Operator("olga", {}, skills={"general": 1.0}, capacity=1),
    "ivan": Operator("ivan", {}, skills={"delivery": 0.5}, capacity=1),
}
DESK = Desk("UTC", ("en",), {each: Skill(each, {}, always("UTC")) for each in SKILLS}, TEAM)
RULES = CallbackRules(window=(0, 1440))
WHO = st.sampled_from(sorted(TEAM))
LATER = st.integers(1, 120).map(lambda minutes: timedelta(minutes=minutes))
ANYTHING = st.one_of(
    st.sampled_from([Came(), OfferLapsed(), OfferWithdrawn(), WasResumed(), WasRequeued()]),
    st.builds(WasDeclined, WHO),
    st.builds(WasHeld, WHO),
    st.builds(WasMovedTo, st.sampled_from(SKILLS)),
    st.builds(ContactChanged, st.sampled_from(["+37120000000", None])),
    st.builds(WasClosed, st.sampled_from(Reason)),
)


class DeskAtWork(RuleBasedStateMachine):
    """Tickets, offers and operators, driven by the routing and by chance."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 5, 4, 10, tzinfo=UTC)
        self.tickets: dict[int, Ticket] = {}
        self.log: list[Entry] = []
        self.presence = dict.fromkeys(TEAM, Presence.ONLINE)
        self.idle_since = dict.fromkeys(TEAM, self.now)

    # what the desk is made of

    def team(self) -> list[Standing]:
        load = Counter(each.operator for each in self.tickets.values())
        return [Standing(each, self.presence[name], load[name], self.idle_since[name]) for name, each in TEAM.items()]

    def happens(self, number: int, event: TicketEvent, actor: str = "clock") -> bool:
        """Apply the event as an application would: all or nothing."""
        before = self.tickets[number]
        kept = replace(before)
        try:
            after, entry = transition(before, event, self.now, actor)
        except HandoffError:
            assert before == kept
            return False
        assert before == kept
        assert (entry.ticket, entry.before, entry.after) == (number, before.state_name, after.state_name)
        self.tickets[number] = after
        self.log.append(entry)
        return True

    def some(self, data: st.DataObject, *states: type) -> Ticket | None:
        found = [each for each in self.tickets.values() if isinstance(each.state, states or object)]
        return data.draw(st.sampled_from(found)) if found else None

    # what may happen

    @rule(kind=st.sampled_from(Kind), skill=st.sampled_from(SKILLS), priority=st.sampled_from(Priority), due=LATER)
    def a_customer_asks(self, kind: Kind, skill: str, priority: Priority, due: timedelta) -> None:
        number = len(self.tickets) + 1
        state = Scheduled(self.now + due) if kind is Kind.CALLBACK else Queued()
        ticket = Ticket(number, f"c{number}", kind, skill, self.now, state, priority)
        self.tickets[number] = ticket
        self.log.append(opened(ticket, self.now))

    @rule(passed=LATER)
    def time_passes(self, passed: timedelta) -> None:
        self.now += passed
        for ticket in list(self.tickets.values()):
            match ticket.state:
                case Scheduled(due=due) if due <= self.now:
                    assert self.happens(ticket.number, Came())
                case Offered(deadline=deadline) if deadline <= self.now:
                    assert self.happens(ticket.number, OfferLapsed())

    @rule()
    def the_routing_offers(self) -> None:
        tickets = list(self.tickets.values())
        for made in assign(tickets, self.team(), DESK, self.now):
            assert self.happens(made.ticket, WasOffered(made.operator, self.now + timedelta(seconds=60)))
            self.idle_since[made.operator] = self.now
        assert work_conserved(list(self.tickets.values()), self.team(), DESK, self.now)

    @precondition(lambda self: self.tickets)
    @rule(data=st.data(), who=WHO)
    def somebody_accepts(self, data: st.DataObject, who: str) -> None:
        if ticket := self.some(data):
            holder = ticket.operator if isinstance(ticket.state, Offered) else None
            assert self.happens(ticket.number, WasAccepted(who), who) is (holder == who)

    @rule(data=st.data(), who=WHO)
    def somebody_here_with_room_takes(self, data: st.DataObject, who: str) -> None:
        ticket = self.some(data, Queued, Offered)
        here = next(each for each in self.team() if each.operator.id == who)
        if ticket and here.presence is not Presence.OFFLINE and (here.room or ticket.operator == who):
            assert self.happens(ticket.number, WasTaken(who), who)

    @rule(data=st.data(), who=WHO)
    def a_supervisor_gives_it_to_somebody_here_with_room(self, data: st.DataObject, who: str) -> None:
        ticket = self.some(data, Queued, Offered, Active, OnHold)
        here = next(each for each in self.team() if each.operator.id == who)
        if ticket and here.presence is Presence.ONLINE and here.room:
            mine = ticket.engaged and ticket.operator == who
            assert self.happens(ticket.number, WasAssigned(who), "supervisor") is not mine

    @rule(data=st.data(), skill=st.sampled_from(SKILLS), to=st.none() | WHO)
    def whoever_has_it_passes_it_on(self, data: st.DataObject, skill: str, to: str | None) -> None:
        ticket = self.some(data)
        if ticket and ticket.operator:
            giver = ticket.operator
            until = self.now + timedelta(seconds=60)
            assert self.happens(ticket.number, WasTransferred(skill, to, until), giver)
            passed_on = self.tickets[ticket.number]
            assert (passed_on.waiting, passed_on.passed) == (True, (giver,))

    @rule(data=st.data(), result=st.sampled_from(Result))
    def a_call_has_a_result(self, data: st.DataObject, result: Result) -> None:
        ticket = self.some(data)
        if ticket and ticket.engaged and ticket.kind is Kind.CALLBACK:
            event = after_result(ticket, result, RULES, always("UTC"), self.now, "UTC")
            assert self.happens(ticket.number, event, ticket.operator or "")

    @rule(who=WHO, presence=st.sampled_from(Presence))
    def an_operator_comes_or_goes(self, who: str, presence: Presence) -> None:
        self.presence[who] = presence
        if presence is not Presence.OFFLINE:
            return
        for ticket in list(self.tickets.values()):
            if ticket.operator == who:
                assert self.happens(ticket.number, WasRequeued() if ticket.engaged else OfferWithdrawn())

    @precondition(lambda self: self.tickets)
    @rule(data=st.data(), event=ANYTHING, due=LATER)
    def anything_else_is_tried(self, data: st.DataObject, event: TicketEvent, due: timedelta) -> None:
        if ticket := self.some(data):
            self.happens(ticket.number, data.draw(st.sampled_from([event, WasScheduled(self.now + due)])))

    # what is always true

    @invariant()
    def no_ticket_is_lost_or_doubled(self) -> None:
        asked = [entry.ticket for entry in self.log if entry.event == "Asked"]
        assert asked == sorted(self.tickets)
        assert all(number == each.number for number, each in self.tickets.items())

    @invariant()
    def each_step_is_one_row_and_the_rows_join(self) -> None:
        for number, ticket in self.tickets.items():
            rows = [entry for entry in self.log if entry.ticket == number]
            assert [row.before for row in rows] == ["", *(row.after for row in rows[:-1])]
            assert (rows[-1].after, ticket.version) == (ticket.state_name, len(rows) - 1)

    @invariant()
    def closed_is_final(self) -> None:
        assert all(row.before != "closed" for row in self.log)

    @invariant()
    def who_holds_a_ticket_can_be_told_from_the_log_alone(self) -> None:
        for number, ticket in self.tickets.items():
            last = [row for row in self.log if row.ticket == number][-1]
            assert (last.operator if last.after in {"offered", "active", "on_hold"} else None) == ticket.operator

    @invariant()
    def nobody_has_more_than_their_capacity(self) -> None:
        load = Counter(each.operator for each in self.tickets.values())
        assert all(load[name] <= each.capacity for name, each in TEAM.items())

    @invariant()
    def nobody_absent_holds_a_ticket(self) -> None:
        held = {each.operator for each in self.tickets.values()}
        assert not any(self.presence[name] is Presence.OFFLINE and name in held for name in TEAM)

    @invariant()
    def only_callbacks_are_on_the_clock_and_an_open_ticket_keeps_its_asking_time(self) -> None:
        for ticket in self.tickets.values():
            if ticket.kind is not Kind.CALLBACK:
                first = next(row for row in self.log if row.ticket == ticket.number)
                assert not isinstance(ticket.state, Scheduled)
                assert ticket.asked == first.at


TestDeskAtWork = DeskAtWork.TestCase
TestDeskAtWork.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
