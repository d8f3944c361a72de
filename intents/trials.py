"""Put every sentence to a matcher that has not seen it, and others to matchers that do not know its intent."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np

from intents.classifier import Learner
from intents.evidence import Contents, Evidence, Flags, gather
from intents.exact import OUTSIDE, Example
from intents.features import Rows, Vocabulary
from intents.fuzzy import Nearness
from intents.tuning import STRANGER, Trials

FOLDS = 5
MANY = 4000  # sentences; of so many one fold gives trials enough
FEWEST_CLASSES = 3
AT_ONCE = 2  # folds; most of the work is outside of the interpreter's lock
STRANGERS = 300  # of so many it is known well enough how they look


_Part = tuple[Evidence, Any, Any]  # and the truth about each sentence, and which it is


class Rehearsal:
    """The sentences to learn from, in folds: those of an intent take turns; what is not `asked` is always taught."""

    def __init__(
        self, examples: Sequence[Example], vocabulary: Vocabulary, rows: Rows, classes: Sequence[int], learner: Learner
    ) -> None:
        self._examples = examples
        self._vocabulary = vocabulary
        self._rows = rows
        self._matrix = rows.matrix(vocabulary.width)
        self._classes = np.asarray(classes)
        self._learner = learner
        self._turn = np.array([*_turns(examples)])
        self._outside = next(at for at, each in zip(classes, examples, strict=True) if each.label == OUTSIDE)

    def trials(self) -> tuple[Trials, Any]:
        """All trials, and for those of sentences whose own intent was known, which sentence (else -1)."""
        with ThreadPoolExecutor(AT_ONCE) as threads:
            parts = [part for part in threads.map(lambda each: each(), self._tasks()) if part is not None]
        if not parts:
            return Trials(_NOTHING, np.zeros(0, np.int64), self._outside), np.zeros(0, np.int64)
        evidence = _joined([part[0] for part in parts])
        truth, which = (np.concatenate([part[at] for part in parts]) for at in (1, 2))
        return Trials(evidence, truth, self._outside), which

    def _tasks(self) -> Iterator[Callable[[], _Part | None]]:
        folds = range(FOLDS if len(self._examples) < MANY else 1)
        yield from (partial(self._own, fold) for fold in folds)
        strangers = 0
        for fold in folds:
            if strangers < STRANGERS:
                yield partial(self._strange, fold)
                strangers += int(self._strangers(fold).sum())

    def _own(self, fold: int) -> _Part | None:
        """The sentences of the fold, put to a matcher that knows all the others."""
        mine = self._turn == fold
        if not mine.any() or len(np.unique(self._classes[~mine])) < FEWEST_CLASSES:
            return None
        return self._asked(mine, ~mine), self._classes[mine], np.flatnonzero(mine)

    def _strange(self, fold: int) -> _Part | None:
        """The sentences of a fifth of the intents, put to a matcher that knows the other intents."""
        strange = self._strangers(fold)
        asked = strange & (self._turn >= 0)
        if not asked.any() or len(np.unique(self._classes[~strange])) < FEWEST_CLASSES:
            return None
        unknown = np.full(int(asked.sum()), -1)
        return self._asked(asked, ~strange), np.full(len(unknown), STRANGER), unknown

    def _strangers(self, fold: int) -> Flags:
        strange: Flags = (self._classes % FOLDS == fold) & (self._classes != self._outside)
        return strange

    def _asked(self, asked: Flags, taught: Flags) -> Evidence:
        seen = np.bincount(self._matrix[taught].indices, minlength=self._vocabulary.width) > 0
        part = self._part(asked)
        rows = part.restricted(seen, self._vocabulary.edges)
        sentences = [self._examples[at].words for at in np.flatnonzero(asked).tolist()]
        teachers = [self._examples[at] for at in np.flatnonzero(taught).tolist()]
        own = self._classes[taught].tolist()
        contents = Contents(self._part(taught), own, self._vocabulary.edges, int(self._classes.max()) + 1)
        scores = self._learner.logits(asked, taught, rows.lengths() / part.lengths())
        return gather(scores, rows, sentences, contents, Nearness(teachers, own))

    def _part(self, flags: Flags) -> Rows:
        part = self._matrix[flags]
        return Rows(part.indices.astype(np.int64), part.data, part.indptr.astype(np.int64), self._rows.known[flags])


def _turns(examples: Sequence[Example]) -> Iterator[int]:
    """The fold of each sentence; -1 for a title and for the sentence without words, which are always taught."""
    count: Counter[tuple[str, str]] = Counter()
    for each in examples:
        if each.title or not each.words:
            yield -1
            continue
        yield count[each.label, each.locale] % FOLDS
        count[each.label, each.locale] += 1


def _joined(parts: Sequence[Evidence]) -> Evidence:
    width = min(part.classes.shape[1] for part in parts)
    return Evidence(
        np.concatenate([part.classes[:, :width] for part in parts]),
        np.concatenate([part.features[:, :width] for part in parts]),
        np.concatenate([part.known for part in parts]),
    )


_NOTHING = Evidence(np.zeros((0, 1), np.int64), np.zeros((0, 1, 3)), np.zeros(0, np.float32))
