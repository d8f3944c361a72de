"""Numerals: numbers that people write as words, in English, Russian or Latvian, in the forms that times need."""

import re
from typing import Final

# As a text is after `moments` has taken the capitals and the Latvian marks from it.
_WORDS: Final = tuple(
    (re.compile(pattern), digits)
    for digits, pattern in (
        ("1", r"one|один|одн[ау]|vien(s|a|as|u|os|am)"),
        ("2", r"two|два|две|пару|div(i|as|os|am|iem|us)"),
        ("3", r"three|три|tr(is|ijos|ijas|im|ijam)"),
        ("4", r"four|четыре|cetr(i|as|os|am|iem)"),
        ("5", r"five|пять|piec(i|as|os|am|iem)"),
        ("6", r"six|шесть|ses(i|as|os|am|iem)"),
        ("7", r"seven|семь|septin(i|as|os|am|iem)"),
        ("8", r"eight|восемь|aston(i|as|os|am|iem)"),
        ("9", r"nine|девять|devin(i|as|os|am|iem)"),
        ("10", r"ten|десять|desmit(os|iem|am)?"),
        ("11", r"eleven|одиннадцать|vienpadsmit(os|iem|am)?"),
        ("12", r"twelve|noon|двенадцать|полдень|divpadsmit(os|iem|am)?"),
        ("15", r"fifteen|пятнадцать|piecpadsmit(os|iem|am)?"),
        ("20", r"twenty|двадцать|divdesmit(os|iem|am)?"),
        ("30", r"thirty|тридцать|trisdesmit(os|iem|am)?"),
        ("40", r"forty|сорок|cetrdesmit(os|iem|am)?"),
        ("1.5", r"полтора|полторы|pusotr(as|u|am)"),
    )
)


def in_digits(text: str) -> str:
    """The text with those words as digits."""
    return " ".join(_digits(word) for word in text.split())


def _digits(word: str) -> str:
    return next((digits for known, digits in _WORDS if known.fullmatch(word)), word)
