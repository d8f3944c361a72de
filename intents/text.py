"""Text as matching sees it: folded, cut into words, and no longer than is useful."""

import re
import unicodedata

MAX_CHARACTERS = 600  # of a long message; what is wanted is said early
MAX_WORDS = 80
_WORD = re.compile(r"[^\W_]+")
_LONG_NUMBER = re.compile(r"\d{4,}")
_FOLDS = str.maketrans({"ё": "е", "\u0301": None})  # a combining acute accent is a stress mark
_BARE = {
    code: parts[0]
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    if len(parts := unicodedata.normalize("NFD", chr(code))) > 1 and parts[0].isascii()
} | str.maketrans("łøđħı", "lodhi")


def fold(text: str) -> str:
    """The first MAX_CHARACTERS in one case, one Unicode form (NFKC), with ё as е; punctuation and diacritics stay."""
    return unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).casefold().translate(_FOLDS)[:MAX_CHARACTERS]


def bare(folded: str) -> str:
    """The text with Latin letters freed of their diacritics, as half of the customers leave them out: ā is a."""
    return folded if folded.isascii() else folded.translate(_BARE)


def normalise(text: str) -> str:
    """The words of the text with single blanks between."""
    return " ".join(words_of(fold(text)))


def words_of(folded: str) -> list[str]:
    """Runs of bare letters and digits, up to MAX_WORDS; a number of four digits or more is any number, "0000"."""
    found = _WORD.findall(bare(folded))[:MAX_WORDS]
    return [word if word.isalpha() else _LONG_NUMBER.sub("0000", word) for word in found]
