"""Text as matching sees it: folded, cut into words, and no longer than is useful."""

import re
import unicodedata

MAX_CHARACTERS = 600  # of a long message; what is wanted is said early
MAX_WORDS = 80
_WORD = re.compile(r"[^\W_]+")
_LONG_NUMBER = re.compile(r"\d{4,}")
_FOLDS = str.maketrans({"ё": "е", "\u0301": None})  # a combining acute accent is a stress mark


def fold(text: str) -> str:
    """The text in one case, one Unicode form (NFKC), with ё as е; punctuation stays."""
    return unicodedata.normalize("NFKC", text[: 2 * MAX_CHARACTERS]).casefold().translate(_FOLDS)


def normalise(text: str) -> str:
    """Words of letters and digits with single blanks between; a number of four digits or more is any number, "0000"."""
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """The words of `normalise`, up to MAX_WORDS from the first MAX_CHARACTERS characters."""
    found = _WORD.findall(fold(text)[:MAX_CHARACTERS])[:MAX_WORDS]
    return [_LONG_NUMBER.sub("0000", word) for word in found]
