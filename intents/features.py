"""Sentences as weighted features: words, their beginnings and concepts, pairs of words, character n-grams."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intents.common import COMMON
from intents.text import fold, words_of
from intents.thesaurus import REMEMBERED, concepts

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Edges = tuple[int, int, int, int]  # where the columns of prefixes, pairs and n-grams begin, and where they end

PREFIX = 4
REACH = 2
GRAMS = range(2, 6)
WITHIN = 5  # letters; n-grams of so many are taken from within words only
SHARES = np.array([0.45, 0.10, 0.45])  # of words, pairs and n-grams in the squared length of a sentence
WHOLE, ACROSS = 0.5, 0.85  # the weight of a whole word beside its beginning, of an n-gram that spans two words
USUAL = 0.7  # the weight of a word that anybody uses in any talk: few examples do not tell that it means little
SOFT = 0.7  # exponent of the n-grams' inverse document frequency: few examples tell little of how rare letters are
_BLANK, _LAST_BIT = np.uint64(32), np.uint64(1)
_NOT_LAST = ~_LAST_BIT
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits without pattern: what multiplicative hashing asks for


def word_features(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The word beginnings, whole words (marked with a blank) and concepts (with "=") of one sentence, and its pairs.

    A pair is two near beginnings, unordered.
    """
    names = [*map(_names, words)]
    starts = [each[0] for each in names]
    pairs = [
        f"{one} {two}" if one < two else f"{two} {one}"
        for gap in range(1, REACH + 1)
        for one, two in zip(starts, starts[gap:], strict=False)
    ]
    return [*chain.from_iterable(names)], pairs


@lru_cache(REMEMBERED)
def _names(word: str) -> tuple[str, ...]:
    return word[:PREFIX], f" {word}", *(f"={concept}" for concept in concepts(word))


def grams(sentences: Sequence[Sequence[str]]) -> tuple[Integers, Hashes]:
    """The n-grams of each sentence's padded text, as hashes of 64 bits, with the number of their sentence.

    The last bit of a hash tells whether the n-gram spans two words.
    """
    texts = [f" {' '.join(words)} " if words else "" for words in sentences]
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    blanks = (codes == _BLANK).cumsum()
    owners, hashes = [], []
    mixed = codes
    for size in GRAMS:
        mixed = mixed[:-1] * _MIX + codes[size - 1 :]
        count = len(mixed)
        across = blanks[size - 2 : size - 2 + count] > blanks[:count]
        marked = (mixed & _NOT_LAST) | across
        if len(texts) > 1 or size >= WITHIN:
            kept = owner[:count] == owner[size - 1 :]  # not across two sentences
            if size >= WITHIN:
                kept &= ~across
            owners.append(owner[:count][kept])
            hashes.append(marked[kept])
        else:
            owners.append(owner[:count])
            hashes.append(marked)
    return np.concatenate(owners), np.concatenate(hashes)


@dataclass(frozen=True, slots=True)
class Rows:
    """Weighted sentences: row i has `columns[starts[i]:starts[i + 1]]` with their `values`.

    `known` is, for each row, the share (0 to 1) of the squared weight of its n-grams that training has seen.
    """

    columns: Integers
    values: Floats
    starts: Integers
    known: Floats

    def __len__(self) -> int:
        return len(self.known)

    def first(self, count: int) -> "Rows":
        """So many of the rows."""
        end = self.starts[count]
        return Rows(self.columns[:end], self.values[:end], self.starts[: count + 1], self.known[:count])

    def owner(self) -> Integers:
        """The row of each value."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def lengths(self) -> Floats:
        """The length of each row as a vector; 0 for an empty one."""
        squares = np.bincount(self.owner(), self.values.astype(np.float64) ** 2, minlength=len(self))
        return np.sqrt(squares).astype(np.float32)

    def restricted(self, seen: NDArray[np.bool_], edges: "Edges") -> "Rows":
        """The rows as they would be had training seen only these columns."""
        kept = seen[self.columns]
        owner, columns, squares = self.owner()[kept], self.columns[kept], self.values[kept].astype(np.float64) ** 2
        block = np.searchsorted(edges[1:3], columns, "right")
        lengths = np.bincount(owner * 3 + block, squares, minlength=3 * len(self))
        values = np.sqrt(squares * SHARES[block] / lengths[owner * 3 + block])
        starts = np.searchsorted(owner, np.arange(len(self) + 1))
        known = np.minimum(lengths[2::3] / SHARES[2], 1) * self.known
        return Rows(columns, values.astype(np.float32), starts, known.astype(np.float32))

    def matrix(self, width: int) -> Any:
        """The rows as a sparse matrix (float32) of that width."""
        from scipy.sparse import csr_matrix  # a lone sentence does without, and so does a start

        return csr_matrix((self.values, self.columns, self.starts), shape=(len(self), width))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every feature that training saw: words and pairs by column, then n-grams by ascending hash.

    `idf` has the weight of each column, its inverse document frequency above all; `unseen` is that of a feature that no
    sentence has.
    """

    starts: Mapping[str, int]
    pairs: Mapping[str, int]
    hashes: Hashes
    idf: Floats
    unseen: float

    @classmethod
    def of(cls, sentences: Sequence[Sequence[str]]) -> "Vocabulary":
        """The vocabulary of these sentences, given as words."""
        seen: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
        for words in sentences:
            for counter, block in zip(seen, word_features(words), strict=True):
                counter.update([*dict.fromkeys(block)])  # not a set: its order would differ from run to run
        owner, hashes = grams(sentences)
        known, spread = _spread(owner, hashes)
        counts = np.concatenate([[*seen[0].values()], [*seen[1].values()], spread]).astype(np.float32)
        total = 1 + len(sentences)
        idf = np.log(total / (1 + counts)) + 1
        names = len(seen[0]) + len(seen[1])
        idf[names:] **= SOFT
        factors = [*map(_word_factor, seen[0]), *(1.0 for _ in seen[1]), *_factors(known)]
        unseen = float(np.log(total) + 1) ** SOFT
        return cls.from_names([*seen[0]], [*seen[1]], known, (idf * factors).astype(np.float32), unseen)

    @classmethod
    def from_names(
        cls, starts: Sequence[str], pairs: Sequence[str], hashes: Hashes, idf: Floats, unseen: float
    ) -> "Vocabulary":
        """The vocabulary with these features in column order."""
        first = {name: at for at, name in enumerate(starts)}
        second = {name: at for at, name in enumerate(pairs, len(first))}
        return cls(first, second, hashes, idf, unseen)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.idf)

    @property
    def edges(self) -> Edges:
        """Where the columns of prefixes, pairs and n-grams begin and end."""
        words = len(self.starts)
        return 0, words, words + len(self.pairs), self.width

    def rows(self, sentences: Sequence[Sequence[str]]) -> Rows:
        """The rows of these sentences; features never seen are left out."""
        width = self.width
        keys = self._words(sentences), self._grams(sentences)
        cells, counts = np.unique(np.concatenate([keys[0], keys[1][0]]), return_counts=True)
        owner, columns = np.divmod(cells, width) if len(sentences) > 1 else (np.zeros(len(cells), np.int64), cells)
        weights = self.idf[columns] * (1 + np.log(counts.astype(np.float32)))
        block = np.searchsorted(self.edges[1:3], columns, "right")
        lengths = np.bincount(owner * 3 + block, weights * weights, minlength=3 * len(sentences))
        values = weights * np.sqrt(SHARES[block] / lengths[owner * 3 + block])
        starts = np.searchsorted(owner, np.arange(len(sentences) + 1))
        inside = lengths[2::3]
        known = inside / np.maximum(inside + keys[1][1], 1e-9)
        return Rows(columns, values.astype(np.float32), starts, known.astype(np.float32))

    def _words(self, sentences: Sequence[Sequence[str]]) -> Integers:
        cells: list[int] = []
        for at, words in enumerate(sentences):
            base = at * self.width
            for known, block in zip((self.starts, self.pairs), word_features(words), strict=True):
                cells += [base + column for name in block if (column := known.get(name)) is not None]
        return np.array(cells, np.int64)

    def _grams(self, sentences: Sequence[Sequence[str]]) -> tuple[Integers, Any]:
        """Cells of the known n-grams, and the squared weight of the unknown ones of each sentence."""
        owner, hashes = grams(sentences)
        at = np.searchsorted(self.hashes[:-1], hashes)  # without the last one, so that every place is one of a hash
        hit = self.hashes[at] == hashes if len(self.hashes) else np.zeros(len(hashes), bool)
        weights = (self.unseen * _factors(hashes[~hit])) ** 2
        strange = np.bincount(owner[~hit], weights, minlength=len(sentences))
        return owner[hit] * self.width + (at[hit] + self.edges[2]), strange


def _spread(owner: Integers, hashes: Hashes) -> tuple[Hashes, Integers]:
    """Each hash, ascending, and in how many sentences it stands."""
    order = np.lexsort((owner, hashes))
    hashes, owner = hashes[order], owner[order]
    first = np.ones(len(hashes), bool)
    first[1:] = (hashes[1:] != hashes[:-1]) | (owner[1:] != owner[:-1])
    return np.unique(hashes[first], return_counts=True)


def _word_factor(name: str) -> float:
    return (WHOLE if name[0] == " " else 1.0) * (USUAL if name in _USUAL_NAMES else 1.0)


_USUAL_NAMES = frozenset(
    name
    for common in COMMON.values()
    for word in common
    for part in words_of(fold(word))
    for name in word_features([part])[0]
)


def _factors(hashes: Hashes) -> Floats:
    return np.where(hashes & _LAST_BIT, np.float32(ACROSS), np.float32(1))
