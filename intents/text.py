"""Text as matching sees it: folded, cut into words, and no longer than is useful."""

import re
import unicodedata

MAX_CHARACTERS = 600  # of a long message; what is wanted is said early
MAX_WORDS = 80
_WORD = re.compile(r"[^\W_]+")
_LONG_NUMBER = re.compile(r"\d{4,}")
_FOLDS = str.maketrans({"ё": "е", "\u0301": None})  # a combining acute accent is a stress mark


def fold(text: str) -> str:
    """The first MAX_CHARACTERS in one case, one Unicode form (NFKC), with ё as е; punctuation stays."""
    return unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).casefold().translate(_FOLDS)[:MAX_CHARACTERS]


def normalise(text: str) -> str:
    """The words of the text with single blanks between."""
    return " ".join(words_of(fold(text)))


def words_of(folded: str) -> list[str]:
    """Runs of letters and digits, up to MAX_WORDS; a number of four digits or more is any number, "0000"."""
    found = _WORD.findall(folded)[:MAX_WORDS]
    return [_LONG_NUMBER.sub("0000", word) for word in found]
