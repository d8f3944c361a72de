"""Sentences that are nearly the same, by rapidfuzz."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

ALIKE = 90  # per cent; "do you rent bikes" and "do you repair bikes" are 83
ROWS = 500  # compared at once with all the others, so that memory stays small


def nearly_the_same(sentences: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of positions, smaller first, of sentences (normalised) that differ in a few letters or in word order."""
    ordered = [" ".join(sorted(sentence.split())) for sentence in sentences]
    for first in range(0, len(sentences), ROWS):
        scores = np.maximum(_scores(sentences, first), _scores(ordered, first))
        for row, column in np.argwhere(scores).tolist():
            if first + row < column:
                yield first + row, column


def _scores(texts: Sequence[str], first: int) -> Any:
    """Likeness of some of the texts with them all, 0 below ALIKE."""
    return process.cdist(texts[first : first + ROWS], texts, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8)
