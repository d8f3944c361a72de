"""Words of one meaning: what there is to know of everyday words before a desk's own examples."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from intents.strict_yaml import read
from intents.text import fold, words_of

REMEMBERED = 8192  # words
LONGEST = 16  # letters of a beginning
_FILE = Path(__file__).with_suffix(".yaml")
_BEGINNING = "*"  # at the end of what any ending may follow

Table = Mapping[str, tuple[str, ...]]


@lru_cache(REMEMBERED)
def concepts(word: str) -> tuple[str, ...]:
    """The concepts that a folded word may stand for, of whatever language: none if nothing is known of it.

    A word that the thesaurus has whole counts as that; of beginnings the longest counts, so that `bankomat` is no bank.
    """
    whole, beginnings = _tables()
    if word in whole:
        return whole[word]
    for end in range(min(len(word), LONGEST), 0, -1):
        if found := beginnings.get(word[:end]):
            return found
    return ()


@lru_cache(1)
def _tables() -> tuple[Table, Table]:
    """The concepts of whole words, and of beginnings."""
    tables: tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]] = ({}, {})
    for concept, languages in read(_FILE).data.items():
        for entry in " ".join(languages.values()).split():
            table = tables[entry.endswith(_BEGINNING)]
            (word,) = words_of(fold(entry))
            table[word] = tuple(dict.fromkeys((*table.get(word, ()), concept)))
    return tables
