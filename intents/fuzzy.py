"""Likeness of words and sentences, by rapidfuzz."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from intents.exact import Example
from intents.thesaurus import concepts

SHORTEST = 4  # letters; a shorter word is as often another word as a slip of the finger
ALONE = 6  # and so is a word of fewer letters where no other stands beside it
SHORT = 5  # letters; a word of so few that begins otherwise is another word: home is no slip of come
LONG = 9  # letters; in so long a word there may be two slips
REMEMBERED = 4096


class Spelling:
    """The words that are known, and the nearest of them to a word that is not."""

    def __init__(self, words: Iterable[str], spelt: Callable[[str], bool] | None = None) -> None:
        """`spelt` tells of a word that none of `words` is whether it is one all the same."""
        self.known = frozenset(words)
        self._spelt = spelt or _never
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self.known):
            if len(word) >= SHORTEST and not word.isdecimal():
                self._by_length.setdefault(len(word), []).append(word)
        self.nearest = lru_cache(REMEMBERED)(self._nearest)

    def repaired(self, words: Sequence[str]) -> list[str]:
        """The words, with each unknown one of four letters or more replaced by a known one that is one slip away."""
        if len(words) == 1 and len(words[0]) < ALONE:
            return list(words)
        return [word if word in self.known or self._spelt(word) else self.nearest(word) or word for word in words]

    def _nearest(self, word: str) -> str | None:
        size = len(word)
        if size < SHORTEST or word.isdecimal():
            return None
        slips = 2 if size >= LONG else 1
        near = [other for length in range(size - slips, size + slips + 1) for other in self._by_length.get(length, ())]
        found = process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=None)
        return next((other for other, _, _ in found if _is_slip(word, other)), None)


def _is_slip(word: str, other: str) -> bool:
    """Whether one may be typed for the other: not a short word that begins otherwise, nor one of another meaning."""
    if len(word) <= SHORT and other[0] != word[0] and other[:2] != word[1::-1]:
        return False
    meant = concepts(word)
    return not meant or not set(meant).isdisjoint(concepts(other))


def _never(_: str) -> bool:
    return False


class Nearness:
    """How near a sentence comes to the examples of a class; word order does not count."""

    def __init__(self, examples: Sequence[Example], classes: Sequence[int]) -> None:
        """`classes` has the class of each example."""
        self._by_class: dict[int, list[str]] = {}
        self._examples: dict[int, list[Example]] = {}
        for example, own in zip(examples, classes, strict=True):
            if example.words:
                self._by_class.setdefault(own, []).append(_sorted(example.words))
                self._examples.setdefault(own, []).append(example)

    def to(self, classes: Sequence[int], words: Sequence[str]) -> list[float]:
        """For each class the likeness, 0 to 1, of its nearest example; 0 where there is none."""
        text = _sorted(words)
        return [self._nearest(text, self._by_class.get(each)) for each in classes]

    def nearest(self, own: int, words: Sequence[str]) -> Example:
        """The example of the class that `to` speaks of; the class has some."""
        found = process.extractOne(_sorted(words), self._by_class[own], scorer=fuzz.ratio)
        return self._examples[own][found[2]]

    def _nearest(self, text: str, examples: Sequence[str] | None) -> float:
        found = process.extractOne(text, examples, scorer=fuzz.ratio) if examples else None
        return found[1] / 100 if found else 0.0


def _sorted(words: Sequence[str]) -> str:
    return " ".join(sorted(words))
