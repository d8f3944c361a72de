"""Buttons, for customers and for operators."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from bot.dialog.messages import Button, ButtonKind
from bot.telegram.surroundings import Surroundings
from handoff.ticket import Kind, Result, Ticket

PHONE: Final = "phone:share"  # a button that only Telegram's own keyboard can be
SHORT: Final = 14  # letters; two such labels stand side by side
IN_A_ROW: Final = {ButtonKind.RATE: 5, ButtonKind.SLOT: 3}


def inline(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """The buttons under a message; None when there are none."""
    shown = [each for each in buttons if each.id != PHONE]
    rows = [row for _, group in groupby(shown, key=_width) for row in _rows(list(group))]
    return InlineKeyboardMarkup(inline_keyboard=[list(map(_drawn, row)) for row in rows]) if rows else None


def phone_button(buttons: Sequence[Button]) -> Button | None:
    """The button that shares a phone number, if the message has it."""
    return next((each for each in buttons if each.id == PHONE), None)


def phone_keyboard(label: str) -> ReplyKeyboardMarkup:
    """Telegram's own button; it hides when it was used."""
    button = KeyboardButton(text=label, request_contact=True)
    return ReplyKeyboardMarkup(keyboard=[[button]], resize_keyboard=True, one_time_keyboard=True)


def offer(around: Surroundings, locale: str, ticket: Ticket, seconds: int) -> InlineKeyboardMarkup:
    """Accept, with the seconds that are left, and Decline."""
    return _row(
        (around.say(locale, "tg_accept", seconds=seconds), f"accept:{ticket.number}"),
        (around.say(locale, "tg_decline"), f"decline:{ticket.number}"),
    )


def ending(around: Surroundings, locale: str, ticket: Ticket) -> InlineKeyboardMarkup:
    """Close; a callback is closed by saying how it went."""
    if ticket.kind is not Kind.CALLBACK:
        return _row((around.say(locale, "tg_close"), f"close:{ticket.number}"))
    buttons = [
        InlineKeyboardButton(
            text=around.say(locale, f"tg_result_{each}"), callback_data=f"result:{ticket.number}:{each}"
        )
        for each in Result
    ]
    return InlineKeyboardMarkup(inline_keyboard=[buttons[i : i + 2] for i in range(0, len(buttons), 2)])


def retry(around: Surroundings, ticket: int, seq: int) -> InlineKeyboardMarkup:
    """Try again to deliver a message."""
    return _row((around.say_here("tg_retry"), f"retry:{ticket}:{seq}"))


def _row(*buttons: tuple[str, str]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=data) for label, data in buttons]]
    )


def _drawn(button: Button) -> InlineKeyboardButton:
    if button.kind is ButtonKind.URL and button.url:
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
