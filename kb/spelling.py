"""The known word that is most like an unknown one."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

SHORTEST = 4  # letters; a shorter word is as often another word as a slip of the finger
REMEMBERED = 65536
ALIKE = 0.65  # Dice's coefficient of the letter pairs of two words


class Spelling:
    """Known words by their pairs of letters. Accents do not count, since many type without them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._sharing: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted({*words}):
            for pair in _pairs(word):
                self._sharing[pair].append(word)

    def nearest(self, word: str) -> str | None:
        """The known word with most of the word's pairs of letters; None when none is alike, or for a number.

        Words that are alike share nearly half of the pairs, so it is enough to look at those that have one of the
        rarer half.
        """
        if len(word) < SHORTEST or word.isdecimal():
            return None
        pairs = _pairs(word)
        rarest = sorted(pairs, key=lambda pair: len(self._sharing.get(pair, ())))[: len(pairs) // 2 + 1]
        akin = {other for pair in rarest for other in self._sharing.get(pair, ())}
        like, best = max(((_dice(pairs, _pairs(other)), other) for other in akin), default=(0.0, ""))
        return best if like >= ALIKE else None


@lru_cache(REMEMBERED)
def _pairs(word: str) -> frozenset[str]:
    bare = "".join(each for each in unicodedata.normalize("NFD", word) if not unicodedata.combining(each))
    padded = f" {bare}"
    return frozenset(padded[at : at + 2] for at in range(len(padded) - 1))


def _dice(one: frozenset[str], two: frozenset[str]) -> float:
    return 2 * len(one & two) / (len(one) + len(two))
