"""What speaks for each likely intent: the classifier, what its examples contain of the text, the nearest of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intents.features import Edges, Floats, Integers, Rows
from intents.fuzzy import Nearness

LIKELY = 6  # intents that are looked at closely; more find no more
Shares = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Evidence:
    """For each text its most likely classes, best first by the classifier alone.

    `features[i, j]` speaks for `classes[i, j]`: the classifier's score, the share (0 to 1) of the text's n-grams that
    examples of the class have, the likeness (0 to 1) to the nearest of them. `known` is the share of the n-grams that
    any example has.
    """

    classes: Integers
    features: Shares
    known: Floats


class Contents:
    """Which n-grams stand in the examples of each class."""

    def __init__(self, rows: Rows, classes: Sequence[int], edges: Edges, count: int) -> None:
        """`rows` are the examples, with a class for each, of `count` classes."""
        first, end = edges[2:]
        owner = np.repeat(np.asarray(classes, np.int64), np.diff(rows.starts))
        inside = rows.columns >= first
        self._first = first
        self._has = np.zeros((count, end - first), bool)
        self._has[owner[inside], rows.columns[inside] - first] = True

    def shares(self, rows: Rows, classes: Integers) -> Shares:
        """For row i and each of `classes[i]`, the share of the row's squared n-gram weight that the class has."""
        inside = rows.columns >= self._first
        weights = rows.values[inside].astype(np.float64) ** 2
        columns = rows.columns[inside] - self._first
        if len(rows) == 1:  # the ordinary case, for a fraction of the steps
            found: Shares = self._has[classes[0][:, None], columns] @ weights
            return found[None, :] * (float(rows.known[0]) / max(float(weights.sum()), _LEAST))
        owner = rows.owner()[inside]
        totals = np.bincount(owner, weights, minlength=len(rows))
        has = self._has[classes[owner], columns[:, None]] * weights[:, None]
        shares = np.zeros(classes.shape)
        held = np.flatnonzero(totals)
        if len(held):
            begins = np.searchsorted(owner, held)
            shares[held] = np.add.reduceat(has, begins, axis=0) / totals[held, None]
        return shares * rows.known[:, None]


def gather(
    scores: Floats, rows: Rows, sentences: Sequence[Sequence[str]], contents: Contents, nearness: Nearness
) -> Evidence:
    """The evidence for each sentence, from its scores for every class and its row of features."""
    every = np.arange(len(scores))[:, None]  # indexed so, since take_along_axis costs more than the work for one text
    count = min(LIKELY, scores.shape[1])
    best = np.argpartition(-scores, count - 1, axis=1)[:, :count]
    classes = best[every, np.argsort(-scores[every, best], axis=1, kind="stable")]
    features = np.empty((*classes.shape, 3))
    features[:, :, 0] = np.maximum(scores[every, classes], UNLEARNT)
    features[:, :, 1] = contents.shares(rows, classes)
    features[:, :, 2] = [nearness.to(own, words) for own, words in zip(classes.tolist(), sentences, strict=True)]
    return Evidence(classes, features, rows.known)


_LEAST = 1e-9  # of a weight that is divided by
UNLEARNT = -50.0  # a score for what the classifier has never seen; finite, so that sums stay numbers
