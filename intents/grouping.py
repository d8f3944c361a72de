"""Sentences grouped by likeness: what is asked in many words once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log
from typing import Any

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_matrix
from scipy.spatial.distance import squareform

from intents.text import normalise

APART = 0.78  # mean cosine distance from which two groups are two; 87 % of what is grouped is then of one intent
AT_ONCE = 2500  # sentences that are compared each with each
BEGINNING = 5  # letters of a word that say what it is about
GRAM = 3
SHARES = (0.40, 0.15, 0.45)  # of word beginnings, pairs and letters in the squared length of a sentence


def group(sentences: Mapping[str, int], known: Iterable[str] = ()) -> list[tuple[str, ...]]:
    """The sentences, given with their weights, in groups: the most typical sentence of each first, then the weightiest.

    Average linkage over the cosine of weighted word beginnings, pairs and letters; deterministic, whatever the order
    of the mapping. `known` are sentences of what is answered already: what they often say tells little, and what they
    never say tells most. Of more than AT_ONCE sentences the weightiest are grouped first and the others join the group
    that they are near to; those that are near to none are grouped likewise. Seconds for tens of thousands.
    """
    left = sorted(sentences, key=lambda text: (-sentences[text], text))
    if not left:
        return []
    weights = np.array([sentences[text] for text in left], dtype=np.float64)
    rows = _matrix([normalise(text).split() for text in left], [normalise(text).split() for text in known])
    return [tuple(left[at] for at in _by_typicality(members, rows, weights)) for members in _groups(rows)]


def _groups(rows: Any) -> Iterator[list[int]]:
    """Row numbers of each group."""
    waiting = np.arange(rows.shape[0])
    while len(waiting):
        first, rest = waiting[:AT_ONCE], waiting[AT_ONCE:]
        groups = _linked(rows[first], first)
        nearest, likeness = _nearest(rows, rest, groups)
        joins = likeness >= 1 - APART
        for at, into in zip(rest[joins].tolist(), nearest[joins].tolist(), strict=True):
            groups[into].append(at)
        yield from groups
        waiting = rest[~joins]


def _linked(rows: Any, numbers: Any) -> list[list[int]]:
    if len(numbers) == 1:
        return [numbers.tolist()]
    distance = 1.0 - (rows @ rows.T).toarray()
    np.fill_diagonal(distance, 0.0)
    labels = fcluster(linkage(squareform(distance.clip(0.0), checks=False), "average"), APART, "distance")
    groups: dict[int, list[int]] = {}
    for label, number in zip(labels.tolist(), numbers.tolist(), strict=True):
        groups.setdefault(label, []).append(number)
    return list(groups.values())


def _nearest(rows: Any, rest: Any, groups: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    """For each of the rest the group to whose sentences it is likest on average, and how like."""
    if not len(rest):
        return rest, np.zeros(0)
    shares = [1 / len(members) for members in groups for _ in members]
    columns = [at for members in groups for at in members]
    starts = np.cumsum([0, *map(len, groups)])
    means = csr_matrix((shares, columns, starts), shape=(len(groups), rows.shape[0])) @ rows
    best = [_best(rows[rest[at : at + AT_ONCE]] @ means.T) for at in range(0, len(rest), AT_ONCE)]
    return np.concatenate([one for one, _ in best]), np.concatenate([one for _, one in best])


def _best(likeness: Any) -> tuple[Any, Any]:
    dense = likeness.toarray()
    nearest = dense.argmax(axis=1)
    return nearest, dense[np.arange(len(dense)), nearest]


def _by_typicality(members: Sequence[int], rows: Any, weights: Any) -> list[int]:
    """The one that is likest to all others first, then the weightiest; of the same weight the likest."""
    mine, weight = rows[members], weights[members]
    likeness = (mine @ (mine.T @ weight)).round(9)  # so that a sum in another order makes no difference
    typical = int(likeness.argmax())
    order = np.lexsort((members, -likeness, -weight)).tolist()
    return [members[at] for at in (typical, *(other for other in order if other != typical))]


def _matrix(sentences: Sequence[Sequence[str]], known: Sequence[Sequence[str]]) -> Any:
    """A row of length one for each sentence; a sentence without words is like nothing."""
    features = [_features(words) for words in sentences]
    common = [_features(words) for words in known] or features
    seen = Counter(name for blocks in common for block in blocks for name in block)
    columns: dict[str, int] = {}
    starts, indices, values = [0], [], []
    for blocks in features:
        for share, block in zip(SHARES, blocks, strict=True):
            here = [log((1 + len(common)) / (1 + seen[name])) + 1 for name in block]
            scale = (share / sum(value * value for value in here)) ** 0.5 if block else 0.0
            indices += [columns.setdefault(name, len(columns)) for name in block]
            values += [value * scale for value in here]
        starts.append(len(indices))
    return csr_matrix((values, indices, starts), shape=(len(features), max(len(columns), 1)))


def _features(words: Sequence[str]) -> tuple[dict[str, None], ...]:
    """Beginnings of words, pairs of them, and letters, each once."""
    beginnings = [word[:BEGINNING] for word in words]
    pairs = [" ".join(sorted(pair)) for pair in pairwise(beginnings)]
    padded = [f"_{word}_" for word in words]
    grams = [word[at : at + GRAM] for word in padded for at in range(len(word) - GRAM + 1)]
    return dict.fromkeys(beginnings), dict.fromkeys(pairs), dict.fromkeys(f"*{gram}" for gram in grams)
