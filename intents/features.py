"""Sentences as weighted features: word beginnings, pairs of them, character n-grams."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int32]

PREFIX = 4
REACH = 2
GRAMS = (2, 3, 4)
SHARES = (0.40, 0.15, 0.45)  # of prefixes, pairs and n-grams in the squared length of a sentence


def blocks(words: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """The features of one sentence: word beginnings, unordered pairs of near ones, n-grams of the padded whole."""
    if not words:
        return [], [], []
    starts = [word[:PREFIX] for word in words]
    pairs = [
        f"{one} {two}" if one < two else f"{two} {one}"
        for gap in range(1, REACH + 1)
        for one, two in zip(starts, starts[gap:], strict=False)
    ]
    text = f" {' '.join(words)} "
    grams = [text[at : at + size] for size in GRAMS for at in range(len(text) - size + 1)]
    return starts, pairs, grams


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Column and inverse document frequency of every feature that training saw, one mapping for each block."""

    columns: tuple[Mapping[str, int], ...]
    idf: Sequence[float]  # plain floats: one by one they are read faster than from an array

    @classmethod
    def of(cls, sentences: Iterable[Sequence[str]]) -> "Vocabulary":
        """The vocabulary of these sentences, given as words."""
        seen: tuple[Counter[str], ...] = (Counter(), Counter(), Counter())
        total = 0
        for words in sentences:
            total += 1
            for counter, block in zip(seen, blocks(words), strict=True):
                counter.update(set(block))
        return cls.from_lists([list(counter) for counter in seen], _idf(seen, total))

    @classmethod
    def from_lists(cls, names: Sequence[Sequence[str]], idf: Sequence[float]) -> "Vocabulary":
        """The vocabulary with these features in column order."""
        columns: list[dict[str, int]] = []
        start = 0
        for block in names:
            columns.append({name: start + at for at, name in enumerate(block)})
            start += len(block)
        return cls(tuple(columns), idf)

    def row(self, words: Sequence[str]) -> tuple[Integers, Floats]:
        """Columns and weights of one sentence; features never seen are left out."""
        columns: list[int] = []
        weights: list[float] = []
        idf = self.idf
        for share, known, block in zip(SHARES, self.columns, blocks(words), strict=True):
            counts: dict[int, int] = {}
            for name in block:
                column = known.get(name)
                if column is not None:
                    counts[column] = counts.get(column, 0) + 1
            if counts:
                here = [idf[column] * (1.0 if n == 1 else 1.0 + log(n)) for column, n in counts.items()]
                scale = sqrt(share / sum(weight * weight for weight in here))
                columns.extend(counts)
                weights.extend(weight * scale for weight in here)
        return np.array(columns, dtype=np.int32), np.array(weights, dtype=np.float32)

    def matrix(self, sentences: Iterable[Sequence[str]]) -> Any:
        """The rows of many sentences as a sparse matrix (float32)."""
        from scipy.sparse import csr_matrix  # noqa: PLC0415 - only training needs it

        rows = [self.row(words) for words in sentences]
        starts = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        shape = (len(rows), len(self.idf))
        columns, weights = (np.concatenate(part) for part in zip(*rows, strict=True))
        return csr_matrix((weights, columns, starts), shape=shape)


def _idf(seen: Iterable[Counter[str]], total: int) -> list[float]:
    return [log((1 + total) / (1 + n)) + 1 for counter in seen for n in counter.values()]
