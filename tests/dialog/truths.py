"""What must be true of the whole desk at every moment, read from the store alone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from bot.dialog.conversation import Conversation, Mode, Owner
from bot.dialog.messages import AuthorKind, Message
from bot.dialog.phrases import Phrases
from bot.dialog.ports import Transaction
from bot.dialog.records import Duty, standing
from handoff.eligibility import OnDuty, need_of
from handoff.operators import Presence, Standing
from handoff.queue import order_key
from handoff.routing import work_conserved
from handoff.ticket import Entry, Kind, Offered, Queued, Scheduled, Ticket
from handoff.turns import turns
from tests.dialog.shop import Shop

PEOPLE = (AuthorKind.CUSTOMER, AuthorKind.OPERATOR)
Owners = Mapping[str, tuple[Owner, int]]  # conversation -> who owned it, and how many messages there were


async def check(shop: Shop, customers: str, before: Owners) -> Owners:
    """Raises AssertionError; returns how the conversations stand now."""
    alarms = await shop.alarms()
    assert await shop.storage.inbox.parked() == []
    async with shop.read() as tx:
        conversations = {each.id: each for each in await tx.conversations_by_id(customers)}
        numbers = range(1, await tx.next_ticket())
        tickets = [ticket for number in numbers if (ticket := await tx.ticket(number))]
        assert len(tickets) == len(numbers), "a ticket has vanished"
        duties = {each.operator: each for each in await tx.duties()}
        for conversation in conversations.values():
            await _talk(tx, conversation, [each for each in tickets if each.conversation == conversation.id], before)
        for ticket in tickets:
            log = await tx.log(ticket.number)
            _story(ticket, log)
            _patience(log, await tx.messages(ticket.conversation), shop.content.phrases)
            _bells(ticket, alarms, duties)
        team = _team(shop, tickets, duties)
        _offers(shop, tickets, team)
        await _seats(shop, tx, tickets)
    return {each.id: (each.owner, each.last_seq) for each in conversations.values()}


async def _talk(tx: Transaction, talk: Conversation, tickets: list[Ticket], before: Owners) -> None:
    messages = await tx.messages(talk.id)
    assert [each.seq for each in messages] == list(range(1, talk.last_seq + 1)), "a gap"
    still_open = [each for each in tickets if each.open]
    assert not (talk.barred and still_open), "a ticket of somebody who is heard no more"
    assert max(Counter(each.kind for each in still_open).values(), default=0) <= 1, "two of one kind"
    concerned = [each for each in still_open if each.engaged or each.kind is Kind.CHAT]
    assert (talk.owner is Owner.OPERATOR) == bool(concerned), "the owner does not follow the tickets"
    assert (talk.shown.mode is Mode.ACTIVE) == any(each.engaged for each in still_open)
    owner, count = before.get(talk.id, (Owner.BOT, 0))
    if owner is talk.owner is Owner.OPERATOR:
        assert not any(each.author.kind is AuthorKind.BOT for each in messages[count:]), "the bot talks over a human"


def _story(ticket: Ticket, log: list[Entry]) -> None:
    steps = [each for each in log if each.event != "Rated"]
    assert len(log) - len(steps) <= 1, "rated twice"
    assert len(steps) == ticket.version + 1, "a transition without its row"
    assert all(one.after == other.before for one, other in pairwise(steps)), "two claims"
    assert steps[-1].after == ticket.state_name
    for one, other in pairwise(steps):
        if other.event in ("WasAccepted", "WasDeclined", "WasHeld"):
            assert other.operator == one.operator, "somebody else's ticket"


def _patience(log: list[Entry], messages: list[Message], phrases: Phrases) -> None:
    """Nobody is taken for silent whose turn it is not, unless the operator has put the talk on hold."""
    lines = {phrases.say(locale, "closed_silent") for locale in phrases.texts}
    for end in (
        each for each in log if each.actor == "clock" and each.event == "WasClosed" and each.before == "active"
    ):
        told = next(each.seq for each in messages if each.at == end.at and each.text in lines)
        people = [each.author.kind for each in messages[:told] if each.author.kind in PEOPLE]
        assert people[-1] is AuthorKind.OPERATOR, "closed while the customer waits for an answer"


def _bells(ticket: Ticket, alarms: Mapping[tuple[str, str], object], duties: Mapping[str, Duty]) -> None:
    number = str(ticket.number)
    assert ("offer", number) not in alarms or isinstance(ticket.state, Offered), "rings for an offer that is over"
    match ticket.state:
        case Offered(deadline=deadline):
            assert alarms.get(("offer", number)) == deadline, "an offer without a bell"
        case Queued() if ticket.kept is not None and ticket.kept.asked is not None:
            assert alarms.get(("kept", number)) == ticket.kept.asked, "asked, and no bell"
        case Scheduled(due=due):
            assert alarms.get(("callback", number)) == due, "a callback without a bell"
        case _ if ticket.engaged and duties[ticket.operator or ""].presence is Presence.OFFLINE:
            assert ("grace", ticket.operator) in alarms, "held by one who is gone"
        case _ if not ticket.open:
            assert not {kind for kind, subject in alarms if subject == number}, "rings for what is over"


def _team(shop: Shop, tickets: list[Ticket], duties: Mapping[str, Duty]) -> list[Standing]:
    desk = shop.content.desk
    load = Counter(each.operator for each in tickets if each.operator)
    team = [
        standing(desk.operators[who], duty, load[who], shop.now)
        for who, duty in duties.items()
        if who in desk.operators
    ]
    for each in team:
        assert each.load <= each.operator.capacity, "more than the capacity"
        offered = [t for t in tickets if isinstance(t.state, Offered) and t.operator == each.operator.id]
        assert each.presence is Presence.ONLINE or not offered, "an offer to one who is away"
    unasked = turns([each for each in tickets if isinstance(each.state, Queued)], team, desk, shop.now)
    assert unasked == [], "a kept place whose turn has come, and nobody was asked"
    assert work_conserved([each for each in tickets if each.waiting], team, desk, shop.now), "room, and yet a wait"
    return team


def _offers(shop: Shop, tickets: list[Ticket], team: list[Standing]) -> None:
    """Every offer that is new went to somebody who may have the ticket, and past nobody with the same need."""
    desk, now = shop.content.desk, shop.now
    idle = OnDuty([replace(each, load=0, wraps_up=False) for each in team], desk)
    waiting = [each for each in tickets if each.waiting]
    for ticket in tickets:
        new = isinstance(ticket.state, Offered) and (ticket.number, ticket.version) not in shop.seen
        shop.seen.add((ticket.number, ticket.version))
        if not new:
            continue
        need, key = need_of(ticket, desk.routing, now), order_key(ticket, desk.routing, now)
        assert ticket.operator in {each.standing.operator.id for each in idle.candidates(need)}, "not theirs to have"
        passed_over = [each for each in waiting if order_key(each, desk.routing, now) < key]
        assert need not in [need_of(each, desk.routing, now) for each in passed_over], "out of turn"


async def _seats(shop: Shop, tx: Transaction, tickets: list[Ticket]) -> None:
    rules = shop.content.desk.callbacks
    for skill in shop.content.desk.skills:
        seats = await tx.seats(skill, shop.now - timedelta(days=99), shop.now + timedelta(days=99))
        assert max(Counter(each.start for each in seats).values(), default=0) <= rules.per_slot, "sold twice"
        mine = {each.ticket: each.start for each in seats}
        assert len(mine) == len(seats), "two seats of one callback"
        for ticket in (each for each in tickets if each.skill == skill):
            if isinstance(ticket.state, Scheduled) and ticket.attempts == 0:
                assert mine.get(ticket.number) == ticket.state.due, "a promise without a seat"
            assert ticket.open or mine.get(ticket.number, shop.now) <= shop.now, "a seat for nobody"
