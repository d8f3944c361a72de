"""Ids for new intents: Latin letters that tell what is meant."""

import re
import unicodedata
from collections.abc import Collection

WORDS = 4
LONGEST = 40  # characters; an id has room for 48
_WORD = re.compile(r"[a-z][a-z0-9]*")
_NOT_TEXT = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n"])  # to one YAML reader or another
_LATIN = {
    **dict(zip("абвгдезийклмнопрстуфцыэ", "abvgdeziyklmnoprstufcye", strict=True)),
    "ж": "zh", "х": "kh", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ь": "", "ю": "yu", "я": "ya", "ё": "e",
}  # fmt: skip # a table of letters


def slug(sentence: str, taken: Collection[str]) -> str:
    """An id made of the first words of the sentence; none of those that are taken."""
    latin = "".join(_LATIN.get(letter, letter) for letter in sentence.casefold())
    words = _WORD.findall(
        "".join(each for each in unicodedata.normalize("NFKD", latin) if not unicodedata.combining(each))
    )
    stem = "_".join(words[:WORDS])[:LONGEST].strip("_") or "new_intent"
    if stem in _NOT_TEXT:
        stem = f"about_{stem}"
    return next(id_ for id_ in (stem, *(f"{stem}_{n}" for n in range(2, len(taken) + 3))) if id_ not in taken)
