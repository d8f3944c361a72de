"""What an operator asks to read about the open talk: canned replies, earlier messages, closed tickets."""

from dataclasses import dataclass
from typing import assert_never

from bot.dialog.content import Content
from bot.dialog.conversation import Conversation
from bot.dialog.ports import Transaction
from bot.dialog.records import Past
from bot.dialog.replies import said_to
from bot.web.desk_asks import Canned, Earlier, History
from bot.web.desk_view import HISTORY, operator_name, skill_title
from bot.web.desk_wire import EarlierShown, HistoryShown, PastShown, Replies, ReplyShown
from bot.web.errors import NotFoundError
from bot.web.showing import message_frame
from handoff.desk import Operator
from handoff.ticket import Closed

PAGE = 8  # closed tickets

Reading = Canned | Earlier | History


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, in which language."""

    content: Content
    operator: Operator
    locale: str


async def read(
    look: Transaction, frame: Reading, talk: Conversation | None, reader: Reader
) -> Replies | EarlierShown | HistoryShown:
    """The answer to the frame. Raises NotFoundError without a talk, and StoreUnavailableError."""
    if talk is None:
        raise NotFoundError("open talk", "Open one first.")
    match frame:
        case Canned(id=id_):
            return Replies(id=id_, replies=await _replies(look, talk, reader))
        case Earlier(id=id_, before=before):
            after = max(0, before - 1 - HISTORY)
            messages = await look.messages(talk.id, after, max(0, before - 1 - after))
            return EarlierShown(id=id_, messages=tuple(map(message_frame, messages)))
        case History(id=id_, page=page):
            found = await look.history(talk.id, (page - 1) * PAGE, PAGE + 1)
            shown = tuple(_past(each, reader) for each in found[:PAGE])
            return HistoryShown(id=id_, past=shown, more=len(found) > PAGE)
        case _ as never:
            assert_never(never)


async def _replies(look: Transaction, talk: Conversation, reader: Reader) -> tuple[ReplyShown, ...]:
    tickets = await look.tickets_of((talk.id,))
    number = tickets[-1].number if tickets else 0
    content = reader.content
    return tuple(
        ReplyShown(name=name, text=said_to(reply, content.desk, reader.operator, talk, number))
        for name, reply in content.replies.items()
    )


def _past(past: Past, reader: Reader) -> PastShown:
    ticket = past.ticket
    assert isinstance(ticket.state, Closed)
    return PastShown(
        number=ticket.number,
        closed=past.closed,
        kind=ticket.kind,
        skill=skill_title(ticket.skill, reader.content, reader.locale),
        operator_name=operator_name(past.operator, reader.content, reader.locale),
        reason=ticket.state.reason,
        result=past.result,
        question=ticket.brief.question,
    )
