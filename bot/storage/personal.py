"""What is personal: of each table, which rows are a person's, and what an erasure does with each column.

This is the one place that knows. A column that it does not name fails a test, so that whoever adds one decides.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, and_, exists, or_, true

from bot.dialog.conversation import Owner, Shown, Talk
from bot.dialog.orders import RemoveTopic, SettleOffer, SettleTake
from bot.dialog.people import Person
from bot.dialog.ringing import OF_TICKETS
from bot.dialog.salvage import SOURCE
from bot.dialog.scene import READS_BY_SEQ
from bot.storage.tables import (
    ALARM,
    CONVERSATION,
    DESTINATION,
    DIALOG_EVENT,
    INBOX,
    KEEP,
    LESSON,
    MESSAGE,
    NOTE,
    OUTBOX,
    POST,
    QUESTION,
    REF,
    SEAT,
    TICKET,
    TICKET_EVENT,
    TOPIC,
)
from handoff.ticket import Brief

Condition = ColumnElement[bool]
Value = Callable[[Any], Any]  # what a column becomes, by its row


@dataclass(frozen=True, slots=True)
class Holding:
    """A table that holds something of a person: `rows` are theirs, as far as SQL can tell, and so says `theirs`.

    The row goes, unless columns of it are `kept` because they tell nothing of who it was; then the others become what
    `emptied` says. `aged` are the rows that retention erases too while their person is about.
    """

    table: Table
    rows: Callable[[Person], Condition]
    kept: frozenset[str] = frozenset()
    emptied: Mapping[str, Value] = field(default_factory=dict)
    theirs: Callable[[Any, Person], bool] = lambda _row, _person: True
    aged: Callable[[datetime], Condition] | None = None

    @property
    def goes(self) -> bool:
        """Whether the whole row is erased."""
        return not self.kept


NOT_OF_CUSTOMERS: Final = frozenset({"duty", "member", "lease"})  # of operators, and of the processes
KEPT_DETAILS: Final = frozenset({"why", "skill", "ticket", "operator", "answer", "article"})  # not so a comment
_STILL_TO_DO: Final = frozenset(each.__name__ for each in (SettleOffer, SettleTake, RemoveTopic))


def _const(value: Any) -> Value:
    return lambda _row: value


def _names(*columns: str) -> frozenset[str]:
    return frozenset(columns)


def _said_in(table: Table) -> Callable[[Person], Condition]:
    return lambda person: table.c.conversation.in_(person.conversations)


def _of_tickets(table: Table, column: str = "ticket") -> Callable[[Person], Condition]:
    return lambda person: table.c[column].in_(person.tickets)


def _before(table: Table) -> Callable[[datetime], Condition]:
    return lambda moment: table.c.at < moment


def _alarms(person: Person) -> Condition:
    numbers = [str(each) for each in person.tickets]
    rings = and_(ALARM.c.kind.in_(sorted(OF_TICKETS)), ALARM.c.subject.in_(numbers))
    return or_(rings, ALARM.c.subject.in_(person.conversations))


def _old_places(moment: datetime) -> Condition:
    its = and_(MESSAGE.c.conversation == REF.c.conversation, MESSAGE.c.seq == REF.c.seq)
    return exists().where(its, MESSAGE.c.at < moment)


def _old_ticket(moment: datetime) -> Condition:
    since = exists().where(TICKET_EVENT.c.ticket == TICKET.c.number, TICKET_EVENT.c.at >= moment)
    return and_(TICKET.c.state == "closed", ~since)


def _ordered(row: Any, person: Person) -> bool:
    """Orders that show something of them. What takes offers and topics away has still to be done, and names nobody."""
    data = row.data
    here = [thread for chat, thread in person.topics if row.destination == f"telegram:{chat}"]
    concerned = (
        row.destination in person.venues,
        data.get("conversation") in person.conversations,
        data.get("about") in person.conversations,
        data.get("ticket") in person.tickets,
        data.get("thread") in here,
    )
    return any(concerned) and row.kind not in _STILL_TO_DO


def _came(row: Any, person: Person) -> bool:
    """Updates from their chats or out of their topics, and what was salvaged of what they said."""
    if row.source == SOURCE:
        return str(row.key).partition("/")[0] in person.conversations
    chats = {venue.partition(":")[2] for venue in person.venues if venue.startswith(f"{row.source}:")}
    places = list(_places(row.payload or {}))
    return any(str(chat) in chats or (chat, thread) in person.topics for chat, thread in places)


def _places(update: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    """The chats and threads that an update speaks of, as Telegram names them."""
    for part in update.values():
        if not isinstance(part, dict):
            continue
        chat = part.get("chat") or ({} if "message" in part else part.get("from"))
        if isinstance(chat, dict):
            yield chat.get("id"), part.get("message_thread_id")
        yield from _places(part)


def _keyboards(person: Person) -> Condition:
    """Whether Telegram's own keyboard is shown in their chat."""
    return KEEP.c.name.in_([":keyboard:".join(each.split(":", 1)) for each in person.venues])


def _counted(row: Any) -> dict[str, str]:
    return {name: value for name, value in (row.detail or {}).items() if name in KEPT_DETAILS}


def _brief(row: Any) -> Brief:
    return Brief(row.brief.why, row.brief.intent, guessed=row.brief.guessed)


def _address(row: Any) -> str:
    """A visitor's is a random number, by which the token that they may still have is refused."""
    return str(row.address if row.channel == READS_BY_SEQ else row.id)


HOLDINGS: Final = (  # in this order: what goes out comes first, as deliveries lock it; what others point at, last
    Holding(OUTBOX, lambda _: true(), theirs=_ordered),
    Holding(
        INBOX,
        lambda _: INBOX.c.status != "done",
        kept=_names("id", "source", "key", "received", "tries"),
        emptied={"payload": _const(None), "status": _const("done"), "error": _const(None)},
        theirs=_came,
    ),
    Holding(DESTINATION, lambda person: DESTINATION.c.name.in_(person.venues)),
    Holding(KEEP, _keyboards),
    Holding(ALARM, _alarms),
    Holding(SEAT, _of_tickets(SEAT)),
    Holding(REF, _said_in(REF), aged=_old_places),
    Holding(LESSON, _said_in(LESSON)),
    Holding(QUESTION, _said_in(QUESTION)),
    Holding(NOTE, _said_in(NOTE), aged=_before(NOTE)),
    Holding(MESSAGE, _said_in(MESSAGE), aged=_before(MESSAGE)),
    Holding(TOPIC, _said_in(TOPIC)),
    Holding(POST, _of_tickets(POST), kept=_names("id", "venue", "message", "ticket", "operator", "kind", "upto")),
    Holding(
        DIALOG_EVENT,
        _said_in(DIALOG_EVENT),
        kept=_names("id", "conversation", "seq", "at", "kind", "intent", "score"),
        emptied={"detail": _counted},
        aged=_before(DIALOG_EVENT),
    ),
    Holding(
        TICKET,
        _of_tickets(TICKET, "number"),
        kept=_names("number", "conversation", "kind", "skill", "asked", "state", "operator", "until", "reason")
        | _names("priority", "locale", "passed", "attempts", "promised", "preferred", "preferred_until", "again")
        | _names("shown", "kept", "version", "merged_into"),
        emptied={"phone": _const(None), "brief": _brief},
        aged=_old_ticket,
    ),
    Holding(
        TICKET_EVENT,
        _of_tickets(TICKET_EVENT),
        kept=_names("id", "ticket", "at", "actor", "event", "before", "after", "reason", "operator", "detail"),
    ),
    Holding(
        CONVERSATION,
        lambda person: CONVERSATION.c.id.in_(person.conversations),
        kept=_names("id", "channel", "created", "touched", "last_seq", "read_seq", "operator_read_seq", "forgotten"),
        emptied={
            "address": _address,
            **dict.fromkeys(("name", "username", "locale", "page"), _const("")),
            **dict.fromkeys(("zone", "phone", "continued"), _const(None)),
            **dict.fromkeys(("locale_chosen", "blocked", "barred"), _const(False)),
            "owner": _const(Owner.BOT.value),
            "talk": _const(Talk()),
            "shown": _const(Shown()),
        },
    ),
)
