"""The desk as operators see it: what the store and the content say, as frames."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.dialog.content import Content
from bot.dialog.conversation import Conversation
from bot.dialog.lines import in_view
from bot.dialog.ports import Transaction
from bot.dialog.rating import RATED
from bot.dialog.records import Duty
from bot.dialog.rights import knows
from bot.dialog.surveying import told
from bot.web.desk_wire import (
    Card,
    Colleague,
    FormAnswer,
    LineShown,
    LogRow,
    Me,
    NoteShown,
    Person,
    SkillShown,
    Snapshot,
    TalkShown,
    TicketShown,
)
from bot.web.showing import message_frame
from handoff.desk import Operator, titled
from handoff.operators import Presence
from handoff.queue import in_line
from handoff.ticket import Entry, Kind, Offered, Ticket

HISTORY = 200  # messages that an opened talk shows
BOOKED = 20  # of each skill's booked calls that are shown
FIRST = 50  # of each skill's line that are shown; how many stand behind them is told


@dataclass(frozen=True, slots=True)
class Floor:
    """Everything one look at the desk needs: tickets in the order of service, their conversations, who is here.

    `tickets` are all that operators hold and the first of each line. `lines` tells of each skill's how long it is in
    all, and when the first asked; `loads` how many tickets each operator holds. `booked` are the first calls of each
    skill that are not yet due, and how many there are of it.
    """

    tickets: tuple[Ticket, ...]
    lines: Mapping[str, tuple[int, datetime]]
    conversations: Mapping[str, Conversation]
    duties: Mapping[str, Duty]
    loads: Mapping[str, int]
    booked: tuple[Sequence[Ticket], Mapping[str, int]]

    @property
    def more(self) -> int:
        """How many are in line and not shown."""
        return sum(length for length, _ in self.lines.values()) - sum(map(in_line, self.tickets))


async def look_at_floor(look: Transaction, content: Content, now: datetime) -> Floor:
    """The desk in one transaction. Raises StoreUnavailableError."""
    tickets, staff = await in_view(look, content.desk.routing, now, FIRST), await look.staff()
    booked = await look.booked(BOOKED)
    conversations = await look.conversations_by_id({ticket.conversation for ticket in [*tickets, *booked[0]]})
    return Floor(
        tuple(tickets),
        await look.lengths(),
        {each.id: each for each in conversations},
        {each.operator: each for each in staff.duties},
        staff.loads,
        booked,
    )


@dataclass(frozen=True, slots=True)
class Extras:
    """What supervisors see beside what everybody does."""

    notice: str | None = None
    room: tuple[LineShown, ...] | None = None


NO_EXTRAS = Extras()


def notice(content: Content, locale: str, faults: Sequence[str]) -> str | None:
    """What a supervisor should know beside the tickets: why the files as they are now are not served."""
    return told(content, locale, faults) if faults else None


def snapshot(floor: Floor, content: Content, operator: Operator, locale: str, extras: Extras = NO_EXTRAS) -> Snapshot:
    """The desk for one operator, in a language of theirs."""
    mine = [ticket for ticket in floor.tickets if ticket.operator == operator.id]
    mine.sort(key=lambda ticket: (not isinstance(ticket.state, Offered), ticket.asked))
    queue = [ticket for ticket in floor.tickets if not ticket.engaged and ticket.operator != operator.id]
    others = [ticket for ticket in floor.tickets if ticket.engaged and ticket.operator != operator.id]
    booked = [ticket for ticket in floor.booked[0] if knows(operator, ticket.skill)]
    all_booked = sum(count for skill, count in floor.booked[1].items() if knows(operator, skill))

    def shown(tickets: Iterable[Ticket]) -> tuple[TicketShown, ...]:
        return tuple(
            ticket_shown(ticket, floor.conversations[ticket.conversation], content, locale)
            for ticket in tickets
            if ticket.conversation in floor.conversations
        )

    return Snapshot(
        me=_me(operator, floor, content, locale),
        queue=shown(queue),
        mine=shown(mine),
        others=shown(others),
        team=tuple(_colleague(each, floor, locale) for each in content.desk.operators.values()),
        skills=tuple(SkillShown(id=each, title=skill_title(each, content, locale)) for each in content.desk.skills),
        notice=extras.notice,
        more=floor.more,
        booked=shown(booked),
        booked_more=all_booked - len(booked),
        room=extras.room,
    )


def locale_of(operator: Operator, content: Content, wishes: Sequence[str] = ()) -> str:
    """The language to work in: of those the operator speaks, the one the browser prefers, else the first."""
    spoken = operator.locales or (content.desk.default_locale,)
    return next((wish for wish in wishes if wish in spoken), spoken[0])


def _me(operator: Operator, floor: Floor, content: Content, locale: str) -> Me:
    duty = floor.duties.get(operator.id)
    return Me(
        id=operator.id,
        name=titled(operator.name, locale),
        presence=duty.presence if duty else Presence.OFFLINE,
        until=duty.until if duty else None,
        load=floor.loads.get(operator.id, 0),
        capacity=_capacity(operator, duty),
        locale=locale,
        role=operator.role,
        skills=tuple(skill_title(skill, content, locale) for skill in operator.skills),
        wraps_up=duty.wraps_up if duty else None,
    )


def _colleague(operator: Operator, floor: Floor, locale: str) -> Colleague:
    duty = floor.duties.get(operator.id)
    return Colleague(
        id=operator.id,
        name=titled(operator.name, locale),
        presence=duty.presence if duty else Presence.OFFLINE,
        load=floor.loads.get(operator.id, 0),
        capacity=_capacity(operator, duty),
        until=duty.until if duty else None,
    )


def _capacity(operator: Operator, duty: Duty | None) -> int:
    return operator.capacity if duty is None or duty.capacity is None else duty.capacity


def skill_title(skill: str, content: Content, locale: str) -> str:
    """The skill's title; of one that the desk has no more, its id."""
    known = content.desk.skills.get(skill)
    return titled(known.title, locale) if known else skill


def operator_name(operator: str | None, content: Content, locale: str) -> str | None:
    """The operator's name; of one who has left, the id."""
    known = content.desk.operators.get(operator or "")
    return titled(known.name, locale) if known else operator


def ticket_shown(ticket: Ticket, conversation: Conversation, content: Content, locale: str) -> TicketShown:
    """The ticket at a glance."""
    intent = content.intents.intents.get(ticket.brief.intent or "")
    return TicketShown(
        number=ticket.number,
        conversation=ticket.conversation,
        kind=ticket.kind,
        state=ticket.state_name,
        skill=skill_title(ticket.skill, content, locale),
        priority=int(ticket.priority),
        asked=ticket.asked,
        deadline=ticket.state.deadline if isinstance(ticket.state, Offered) else None,
        operator=ticket.operator,
        operator_name=operator_name(ticket.operator, content, locale),
        customer=conversation.name,
        channel=conversation.channel,
        locale=ticket.locale,
        unread=conversation.last_seq > conversation.operator_read_seq,
        phone=ticket.phone,
        attempts=ticket.attempts,
        promised=ticket.promised,
        why=ticket.brief.why,
        question=ticket.brief.question,
        intent=titled(intent.title, locale) if intent else ticket.brief.intent,
        wait_s=conversation.shown.wait if ticket.kind is Kind.CHAT else None,
        kept=ticket.kept is not None,
        phone_shown=content.show_phone(ticket.phone) if ticket.phone else None,
        preferred=operator_name(ticket.preferred.operator, content, locale) if ticket.preferred else None,
    )


async def card(look: Transaction, conversation: Conversation, content: Content, locale: str, reader: str) -> Card:
    """Everything about a talk beside its messages: those of the ticket that most concerns the operator who reads."""
    ticket = await _concerned(look, conversation, reader)
    log = await look.log(ticket.number) if ticket else []
    ratings = [int(each.detail["rating"]) for each in log if each.event == RATED]
    return Card(
        conversation=conversation.id,
        person=_person(conversation, content),
        ticket=ticket_shown(ticket, conversation, content, locale) if ticket else None,
        form=_form(ticket, content, locale) if ticket else (),
        notes=tuple(
            NoteShown(at=at, operator=operator_name(operator, content, locale) or "", text=text)
            for at, operator, text in await look.notes(conversation.id)
        ),
        log=tuple(_row(entry, content, locale) for entry in log),
        rating=ratings[-1] if ratings else None,
    )


async def _concerned(look: Transaction, conversation: Conversation, reader: str) -> Ticket | None:
    """What the reader has in hand or is offered, else what somebody has, else the newest; else the last closed one."""
    tickets = await look.tickets_of((conversation.id,))
    if not tickets:
        closed = await look.last_closed(conversation.id)
        return closed[0] if closed else None
    return max(tickets, key=lambda each: (each.operator == reader, each.engaged, each.number))


async def talk(look: Transaction, conversation: Conversation, content: Content, locale: str, reader: str) -> TalkShown:
    """The talk as it is opened: the card and the last messages."""
    messages = await look.messages(conversation.id, max(0, conversation.last_seq - HISTORY), HISTORY)
    shown = await card(look, conversation, content, locale, reader)
    return TalkShown(
        conversation=conversation.id, card=shown, messages=tuple(message_frame(message) for message in messages)
    )


def _person(conversation: Conversation, content: Content) -> Person:
    return Person(
        id=conversation.id,
        name=conversation.name,
        username=conversation.username,
        channel=conversation.channel,
        locale=conversation.locale,
        zone=conversation.zone,
        page=conversation.page,
        phone=conversation.phone,
        blocked=conversation.blocked,
        barred=conversation.barred,
        mode=conversation.shown.mode,
        read=conversation.read_seq,
        also=conversation.continued.partition(":")[0] if conversation.continued else None,
        phone_shown=content.show_phone(conversation.phone) if conversation.phone else None,
    )


def _form(ticket: Ticket, content: Content, locale: str) -> tuple[FormAnswer, ...]:
    """The answers with the questions they answer, as far as the forms still have them."""
    questions = {each.id: each.question for form in content.intents.forms.values() for each in form.fields}
    return tuple(
        FormAnswer(field=titled(questions.get(field, {}), locale) or field, answer=answer)
        for field, answer in ticket.brief.form.items()
    )


def _row(entry: Entry, content: Content, locale: str) -> LogRow:
    return LogRow(
        at=entry.at,
        actor=operator_name(entry.actor, content, locale) or "",
        event=entry.event,
        before=entry.before,
        after=entry.after,
        reason=entry.reason,
    )
