"""Buttons, for customers and for operators."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.dialog.buttons import CALENDAR
from bot.dialog.contact import SHARE
from bot.dialog.messages import Button, ButtonKind
from bot.dialog.orders import Keyboard
from bot.dialog.topics import Topic
from bot.telegram.client import topic_link
from bot.telegram.glances import Glance
from bot.telegram.surroundings import Surroundings
from bot.telegram.texts import shortened
from handoff.desk import Operator, titled
from handoff.operators import Presence
from handoff.ticket import Kind, OnHold, Result, Ticket

SHORT: Final = 14  # letters; two such labels stand side by side
DATA_LIMIT: Final = 64  # bytes that a button can bring back
LINK: Final = "https://"
IN_A_ROW: Final = {ButtonKind.RATE: 5, ButtonKind.SLOT: 3}


def inline(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """The buttons under a message; None when there are none."""
    shown = [each for each in buttons if each.id != SHARE]
    rows = [row for _, group in groupby(shown, key=_width) for row in _rows(list(group))]
    return InlineKeyboardMarkup(inline_keyboard=[list(map(_drawn, row)) for row in rows]) if rows else None


def phone_button(buttons: Sequence[Button]) -> Button | None:
    """The button that shares a phone number, if the message has it."""
    return next((each for each in buttons if each.id == SHARE), None)


def phone_keyboard(label: str) -> ReplyKeyboardMarkup:
    """Telegram's own button; it hides when it was used."""
    button = KeyboardButton(text=label, request_contact=True)
    return ReplyKeyboardMarkup(keyboard=[[button]], resize_keyboard=True, one_time_keyboard=True)


def offer(around: Surroundings, locale: str, ticket: Ticket, seconds: int) -> Keyboard:
    """Accept, with the seconds that are left, and Decline."""
    accept = around.say(locale, "tg_accept", seconds=seconds)
    return (((accept, f"accept:{ticket.number}"), (around.say(locale, "tg_decline"), f"decline:{ticket.number}")),)


def take(around: Surroundings, locale: str, ticket: Ticket) -> Keyboard:
    """Take, for whoever is first."""
    return (((around.say(locale, "tg_take"), f"take:{ticket.number}"),),)


def ending(around: Surroundings, locale: str, ticket: Ticket) -> Keyboard:
    """What an operator may want to do with a ticket that they have; a callback is closed by saying how it went."""
    number = ticket.number
    on_hold = isinstance(ticket.state, OnHold)
    hold = around.say(locale, "tg_go_on" if on_hold else "tg_hold"), f"hold:{number}" + (":off" if on_hold else "")
    transfer = around.say(locale, "tg_transfer"), f"transfer:{number}"
    if ticket.kind is not Kind.CALLBACK:
        return (((around.say(locale, "tg_close"), f"close:{number}"), hold, transfer),)
    results = [(around.say(locale, f"tg_result_{each}"), f"result:{number}:{each}") for each in Result]
    call = ((around.say(locale, "tg_call"), f"call:{number}"),) if ticket.phone else ()
    return (*(tuple(results[at : at + 2]) for at in range(0, len(results), 2)), (*call, hold, transfer))


def passing(around: Surroundings, locale: str, ticket: Ticket, seen: Glance) -> Keyboard:
    """To which skill or colleague a ticket may go: skills that somebody else serves, and colleagues who are here.

    It is told where nobody is now; a skill that would come back to the one who gives it away is not offered.
    """
    others = [each for each, _ in seen.team if each.operator.id != ticket.operator]
    here = [each.operator for each in others if each.presence is Presence.ONLINE]
    served, manned = _skills_of(each.operator for each in others), _skills_of(here)
    giver = around.desk.operators.get(ticket.operator or "")
    mine = _skills_of([giver] if giver else []) - manned
    skills = [each for each in around.desk.skills.values() if each.id in served - mine - {ticket.skill}]
    nobody = around.say(locale, "tg_nobody")
    titles = {each.id: titled(each.title, locale) + ("" if each.id in manned else f" ({nobody})") for each in skills}
    choices = [(f"→ {title}", f"transfer:{ticket.number}:s:{each}") for each, title in titles.items()]
    choices += [(f"👤 {titled(each.name, locale)}", f"transfer:{ticket.number}:o:{each.id}") for each in here]
    fitting = [each for each in choices if len(each[1].encode()) <= DATA_LIMIT]
    back = around.say(locale, "tg_back"), f"transfer:{ticket.number}:back"
    return (*(tuple(fitting[at : at + 2]) for at in range(0, len(fitting), 2)), (back,))


def drawn(buttons: Keyboard) -> InlineKeyboardMarkup | None:
    """Rows of buttons, as an order says them, a link by its address; None when there are none."""
    rows = [[_operators_button(label, data) for label, data in row] for row in buttons]
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def _skills_of(operators: Iterable[Operator]) -> set[str]:
    return {skill for each in operators for skill in each.skills}


def open_topic(around: Surroundings, locale: str, topic: Topic | None) -> Keyboard:
    """A row with the link to the topic; none where there is none."""
    link = topic_link(topic.chat, topic.thread) if topic else None
    return (((around.say(locale, "tg_open_topic"), link),),) if link else ()


def send_button(
    around: Surroundings, operator: Operator, ticket: Ticket | None, title: str, document: str | None
) -> tuple[str, str] | None:
    """Send what was found to the customer; none without a ticket, for an internal article, or for too long an id."""
    data = f"send:{ticket.number}:{document}" if ticket and document else ""
    if not data or len(data.encode()) > DATA_LIMIT:
        return None
    return around.say_to(operator, "tg_send", title=shortened(title, 40)), data


def retry(around: Surroundings, ticket: int, seq: int) -> Keyboard:
    """Try again to deliver a message."""
    return (((around.say_here("tg_retry"), f"retry:{ticket}:{seq}"),),)


def _operators_button(label: str, data: str) -> InlineKeyboardButton:
    if data.startswith(LINK):
        return InlineKeyboardButton(text=label, url=data)
    return InlineKeyboardButton(text=label, callback_data=data)


def _drawn(button: Button) -> InlineKeyboardButton:
    if button.kind is ButtonKind.URL and button.url and not button.id.startswith(f"{CALENDAR}:"):
        return InlineKeyboardButton(text=button.label, url=button.url)
    return InlineKeyboardButton(text=button.label, callback_data=button.id)


def _width(button: Button) -> int:
    """How many such buttons fit in a row."""
    return IN_A_ROW.get(button.kind) or (2 if len(button.label) <= SHORT else 1)


def _rows(buttons: list[Button]) -> list[list[Button]]:
    """Of an odd number of short ones the first stands alone: pairs (helped, did not help) come last."""
    width = _width(buttons[0])
    alone = len(buttons) % 2 if width == 2 else 0  # noqa: PLR2004 - two in a row
    rows = [buttons[i : i + width] for i in range(alone, len(buttons), width)]
    return [buttons[:alone], *rows] if alone else rows
