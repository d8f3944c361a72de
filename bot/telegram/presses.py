"""The operators' buttons: `<verb>:<ticket>[:<arg>]`."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aiogram.exceptions import AiogramError
from aiogram.types import CallbackQuery

from bot.dialog.acts import Done, Outcome, Refused
from bot.dialog.operator_acts import Accept, Close, Decline, Hold, OperatorAct, Quote, Redeliver, Take, Transfer
from bot.dialog.orders import Keyboard, ShowButtons
from bot.dialog.records import Changes
from bot.dialog.topics import OfferPost
from bot.telegram import keyboards
from bot.telegram.client import told, venue
from bot.telegram.glances import glance
from bot.telegram.offering import IN_PRIVATE, IN_TOPIC
from bot.telegram.surroundings import Surroundings
from handoff.desk import Operator
from handoff.ticket import Offered, Result, Ticket

_log = logging.getLogger(__name__)

PRESS: Final = re.compile(
    r"(accept|decline|take|close|hold|transfer|note|call|result|retry|send):(\d{1,18})(?::(\S{1,60}))?"
)
ANSWER_LIMIT: Final = 200
GO_ON: Final = "off"
AtOnce = Accept | Decline | Take | Close
AT_ONCE: Final[Mapping[str, type[AtOnce]]] = {"accept": Accept, "decline": Decline, "take": Take, "close": Close}


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of ours, with the ticket that it names (None when there is no such ticket)."""

    verb: str
    argument: str
    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a press leads to when it is no act: a passing line, and other buttons in the place of these."""

    text: str
    buttons: Keyboard | None = None


def is_operators(data: str) -> bool:
    """Whether a button is one of ours; a customer's ids never look so."""
    return PRESS.fullmatch(data) is not None


async def press(around: Surroundings, query: CallbackQuery, rows: Sequence[int]) -> bool:
    """Do what the button says and answer it. False when there was nothing to do: then the rows are not ended."""
    operator = around.operator(query.from_user.id)
    if operator is None:
        await answer(around, query, around.say_here("tg_stranger", id=query.from_user.id), alert=True)
        return False
    pressed = await _read(around, query.data or "")
    meant = await _meant(around, operator, pressed, query) if pressed else None
    if pressed is None or meant is None:
        await answer(around, query, around.say_to(operator, "tg_button_unknown"), alert=True)
        return False
    if isinstance(meant, Shown):
        await _show(around, query, meant, rows)
        return True
    if pressed.ticket is not None:
        await _find(around, query, operator, pressed.ticket)
    outcome = await around.service.do(meant, inbox=rows)
    did = "result" if pressed.verb == "result" else type(meant).__name__.lower()  # the call may come once more
    await answer_outcome(around, query, outcome, around.say_to(operator, f"tg_did_{did}"))
    await _follow(around, query, pressed, outcome)
    return True


async def _find(around: Surroundings, query: CallbackQuery, operator: Operator, ticket: Ticket) -> None:
    """A kill between the post of an offer and its record left it unknown: who presses it shows where it stands."""
    if query.message is not None and isinstance(ticket.state, Offered) and ticket.operator == operator.id:
        chat = query.message.chat.id
        kind = IN_PRIVATE if chat > 0 else IN_TOPIC
        post = OfferPost(ticket.number, operator.id, kind, venue(chat), str(query.message.message_id))
        await around.ports.topics.add_offer_post(post)


async def answer_outcome(around: Surroundings, query: CallbackQuery, outcome: Outcome, done: str = "") -> None:
    """Done in a passing line, a refusal as an alert."""
    match outcome:
        case Refused(text=text):
            await answer(around, query, text, alert=True)
        case Done():
            await answer(around, query, done)


async def answer(around: Surroundings, query: CallbackQuery, text: str, *, alert: bool = False) -> None:
    """End the waiting at the button. A query that is too old, or a network that fails, changes nothing else."""
    try:
        await around.bot.answer_callback_query(query.id, text[:ANSWER_LIMIT] or None, show_alert=alert)
    except AiogramError as error:
        _log.info("a button was not answered: %s", told(error, around.bot))


async def _read(around: Surroundings, data: str) -> Pressed | None:
    found = PRESS.fullmatch(data)
    if found is None:
        return None
    async with around.ports.store.read() as tx:
        return Pressed(found[1], found[3] or "", await tx.ticket(int(found[2])))


async def _meant(
    around: Surroundings, operator: Operator, pressed: Pressed, query: CallbackQuery
) -> OperatorAct | Shown | None:
    ticket, argument = pressed.ticket, pressed.argument
    if ticket is None:
        return None
    match pressed.verb:
        case "accept" | "decline" | "take" | "close":
            return AT_ONCE[pressed.verb](operator.id, ticket.number)
        case "hold":
            return Hold(operator.id, ticket.number, on=argument != GO_ON)
        case "result":
            return Close(operator.id, ticket.number, result=Result(argument)) if argument in set(Result) else None
        case "transfer":
            return await _transfer(around, operator, pressed, query)
        case _:
            return _in_talk(around, operator, pressed, query)


def _in_talk(
    around: Surroundings, operator: Operator, pressed: Pressed, query: CallbackQuery
) -> OperatorAct | Shown | None:
    ticket, argument = pressed.ticket, pressed.argument
    assert ticket is not None
    match pressed.verb:
        case "retry" if argument.isascii() and argument.isdigit():
            return Redeliver(operator.id, ticket.conversation, int(argument))
        case "send" if argument:
            return Quote(operator.id, ticket.conversation, f"press/{query.id}", argument)
        case "note":
            return Shown(around.say_to(operator, "tg_form_note"))
        case "call" if ticket.phone:
            return Shown(around.content().show_phone(ticket.phone))
        case _:
            return None


async def _transfer(
    around: Surroundings, operator: Operator, pressed: Pressed, query: CallbackQuery
) -> OperatorAct | Shown | None:
    """First a choice of skills and colleagues, in the place of the buttons; then the act, or the way back."""
    ticket = pressed.ticket
    assert ticket is not None
    kind, _, id_ = pressed.argument.partition(":")
    if kind == "s" and id_:
        return Transfer(operator.id, ticket.number, skill=id_)
    if kind == "o" and id_:
        return Transfer(operator.id, ticket.number, to=id_)
    if not ticket.engaged:
        return Shown(around.say_to(operator, "tg_button_unknown"), ())
    if ticket.operator != operator.id:
        return Transfer(operator.id, ticket.number, skill=ticket.skill)  # to be refused in the service's words
    locale = _locale(around, query)
    if kind == "back":
        return Shown("", await _ending(around, query, ticket))
    return Shown("", keyboards.passing(around, locale, ticket, await glance(around)))


def _locale(around: Surroundings, query: CallbackQuery) -> str:
    """In a group the desk's language, in private the operator's."""
    private = query.message is not None and query.message.chat.id > 0
    return around.locale_of(around.operator(query.from_user.id) if private else None)


async def _ending(around: Surroundings, query: CallbackQuery, ticket: Ticket) -> Keyboard:
    """In private with the way to the topic, as they were shown there."""
    locale, chat = _locale(around, query), around.chat_of(ticket.skill)
    buttons = keyboards.ending(around, locale, ticket)
    if query.message is None or query.message.chat.id < 0 or chat is None:
        return buttons
    return buttons + keyboards.open_topic(around, locale, await around.ports.topics.find(ticket.conversation, chat))


async def _show(around: Surroundings, query: CallbackQuery, shown: Shown, rows: Sequence[int]) -> None:
    await _rebutton(around, query, shown.buttons, rows)
    await answer(around, query, shown.text, alert=bool(shown.text) and shown.buttons is None)


async def _follow(around: Surroundings, query: CallbackQuery, pressed: Pressed, outcome: Outcome) -> None:
    """The buttons that were pressed follow what has become of the ticket: those of a matter that is over go."""
    assert pressed.ticket is not None
    async with around.ports.store.read() as tx:
        now = await tx.ticket(pressed.ticket.number)
    if now is None or not applies(pressed.verb, now) or (pressed.verb == "retry" and isinstance(outcome, Done)):
        await _rebutton(around, query, ())  # what fails once more is marked anew
    elif pressed.verb == "hold" and isinstance(outcome, Done):
        await _rebutton(around, query, await _ending(around, query, now))


def applies(verb: str, ticket: Ticket) -> bool:
    """Whether somebody could still do this with the ticket; an accepted offer's buttons are changed by its settling."""
    match verb:
        case "accept" | "decline":
            return isinstance(ticket.state, Offered) or ticket.engaged
        case "take":
            return ticket.waiting or isinstance(ticket.state, Offered) or ticket.engaged
        case "retry":
            return True
        case _:
            return ticket.engaged


async def _rebutton(
    around: Surroundings, query: CallbackQuery, buttons: Keyboard | None, rows: Sequence[int] = ()
) -> None:
    changes = Changes(inbox_done=list(rows))
    if buttons is not None and query.message is not None:
        place = venue(query.message.chat.id)
        changes.orders.append((place, ShowButtons(query.message.message_id, buttons)))
    async with around.ports.store.begin() as tx:
        await tx.save(changes)
