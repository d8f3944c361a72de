"""Masking: what tells who asked is left out of what an admin may paste into a repository."""

import re
import unicodedata
from collections.abc import Iterable

HIDDEN = "…"
NUMBER = "0000"  # what the matcher makes of any long number

_ADDRESS = re.compile(r"(?<!\S)\S*@\S+")  # e-mail addresses and user names
_ZONES = "com|org|net|info|biz|io|me|app|dev|shop|store|eu|ru|su|рф|by|ua|kz|lv|lt|ee|pl|de|fi|se|uk|us"
_URL = re.compile(rf"(?:\b[a-z][a-z0-9+.-]*://|\bwww\.)\S+|\b(?:[\w-]+\.)+(?:{_ZONES})\b(?:[/?#:]\S*)?", re.IGNORECASE)
_CODE = re.compile(
    r"(?<![\w-])(?=[\w-]*\d{4}|(?:(?:[^\W\d]|-)*\d){6})[\w-]+"
)  # A-2043, LV80BANK0000; 700x35c is a size
_NUMBER = re.compile(r"\+?\(?\d(?:[\s().·/–-]{0,2}\d){5,}")  # six digits or more, in groups: 29 123 456, 12.05.90
_INTRODUCED = re.compile(r"\b((?i:меня зовут|my name is|mani sauc))\s+\w+(?:\s+[A-ZА-ЯЁĀČĒĢĪĶĻŅŠŪŽ]\w+)?")
_WORD = re.compile(r"\w+")

_SHORTEST = 2  # letters of a name; a single one is an initial
_INFLECTED = 4  # letters from which a name has endings


def masked(text: str, names: Iterable[str] = ()) -> str:
    """The text in one line without addresses, links, long numbers and these names; what is left may still tell.

    A long number, or a code with one, becomes NUMBER; everything else HIDDEN. Names are found in any case,
    with or without diacritics, and with the endings that Russian and Latvian give them.
    """
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    line = _URL.sub(HIDDEN, _ADDRESS.sub(HIDDEN, line))
    line = _NUMBER.sub(NUMBER, _CODE.sub(NUMBER, line))
    line = _INTRODUCED.sub(rf"\1 {HIDDEN}", line)
    known = {_plain(word) for name in names for word in _WORD.findall(name) if len(word) >= _SHORTEST}
    return _WORD.sub(lambda found: HIDDEN if _is_named(_plain(found[0]), known) else found[0], line) if known else line


def _is_named(word: str, names: Iterable[str]) -> bool:
    return word in names or any(_inflects(word, name) for name in names)


def _inflects(word: str, name: str) -> bool:
    """Whether the word is the name with another ending: Анной is Анна, Jānim is Jānis."""
    if len(name) < _INFLECTED or name.isdecimal():
        return False
    stems = (name[:cut] for cut in range(len(name) - 2, len(name) + 1) if name[cut:] in _ENDINGS)
    return any(word.startswith(stem) and word[len(stem) :] in _ENDINGS for stem in stems)


def _plain(word: str) -> str:
    """In small letters without diacritics; ё is е, й is и."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_RUSSIAN = "а я ы и е у ю ой ей ою ею ом ем ам ям ами ями ах ях ым ого его ому ему ых ыми ь й"
_LATVIAN = "a s is us e as es am im um u i os em ai ei m ie"
_ENDINGS = frozenset({"", *map(_plain, f"{_RUSSIAN} {_LATVIAN}".split())})
