"""From a catalogue to a matcher: train, or take what was trained on the same content before."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from intents import cache as cached
from intents.calibration import UNFITTED, Calibration, Trial, enough, log_odds
from intents.cascade import Judge, Matcher, Model
from intents.classifier import fit, fit_calibration
from intents.exact import OUTSIDE, Example
from intents.features import Vocabulary
from intents.fuzzy import Nearness
from intents.intent import Catalogue
from intents.text import fold, words_of

FOLDS = 5
MANY = 4000  # sentences; of so many one fold gives trials enough
FEWEST_LABELS = 3


def train(catalogue: Catalogue, locales: Sequence[str], cache: Path | None) -> Matcher:
    """The matcher of this catalogue. Blocks for seconds: run it off the event loop.

    With a cache folder the trained model is kept there, by a hash of content, code and library versions; a missing,
    damaged or foreign file only means that it is trained again. An unwritable folder is an OSError.
    """
    examples = examples_of(catalogue, locales)
    patterns = [(pattern, intent.id) for intent in catalogue.intents.values() for pattern in intent.patterns]
    file = cache / f"{cached.key(examples)}.npz" if cache is not None else None
    model = cached.load(file) if file else None
    if model is None:
        model = learn(examples)
        if file:
            cached.save(file, model)
    return Matcher(model, examples, patterns, locales)


def examples_of(catalogue: Catalogue, locales: Sequence[str]) -> tuple[Example, ...]:
    """Every sentence to learn from, examples before titles, each (sentence, locale) once; "none of ours" last."""
    found: dict[tuple[tuple[str, ...], str], Example] = {}
    for text, label, locale in _sentences(catalogue):
        words = tuple(words_of(fold(text)))
        if words and locale in locales:
            found.setdefault((words, locale), Example(words, label, locale))
    return tuple(found.values())


def _sentences(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    for intent in catalogue.intents.values():
        for locale, sentences in intent.examples.items():
            yield from ((sentence, intent.id, locale) for sentence in sentences)
    for intent in catalogue.intents.values():
        yield from ((title, intent.id, locale) for locale, title in intent.title.items())
    for locale, sentences in catalogue.out_of_scope.items():
        yield from ((sentence, OUTSIDE, locale) for sentence in sentences)


def learn(examples: Sequence[Example]) -> Model:
    """Fit vocabulary, classifier and calibration; deterministic."""
    # a sentence without a word belongs to nobody: it anchors what is said of texts that nothing is known of
    rows = [*examples, Example((), OUTSIDE, "")]
    vocabulary = Vocabulary.of(example.words for example in rows)
    matrix = vocabulary.matrix(example.words for example in rows)
    labels = [example.label for example in rows]
    linear = fit(matrix, labels)
    return Model(vocabulary, linear, _calibrated(rows, vocabulary, matrix))


def _calibrated(rows: Sequence[Example], vocabulary: Vocabulary, matrix: Any) -> Calibration:
    folds = FOLDS if len(rows) < MANY else 1
    trials = [trial for fold in range(folds) for trial in _trials(fold, rows, vocabulary, matrix)]
    return fit_calibration(trials) if enough(trials) else UNFITTED


def _trials(fold: int, rows: Sequence[Example], vocabulary: Vocabulary, matrix: Any) -> Iterator[Trial]:
    """Candidates for the fold's sentences from a classifier that saw neither them nor, of a fifth of the intents, any.

    Those intents stand for what customers want and no intent covers.
    """
    strange = {label for at, label in enumerate(sorted({row.label for row in rows} - {OUTSIDE})) if at % FOLDS == fold}
    turn = _turns(rows)
    kept = [at for at, row in enumerate(rows) if turn[at] != fold and row.label not in strange]
    asked = [at for at, row in enumerate(rows) if row.words and turn[at] == (fold + (row.label in strange)) % FOLDS]
    known = [rows[at] for at in kept]
    if len({row.label for row in known}) < FEWEST_LABELS:
        return
    judge = Judge(vocabulary, fit(matrix[kept], [row.label for row in known]), Nearness(known))
    for at in asked:
        for one in judge.evidence(rows[at].words):
            yield Trial(log_odds(one.probability), one.likeness, one.intent == rows[at].label)


def _turns(rows: Sequence[Example]) -> list[int]:
    """The fold of each row: the sentences of an intent take turns."""
    count: Counter[str] = Counter()
    turns = []
    for row in rows:
        turns.append(count[row.label] % FOLDS)
        count[row.label] += 1
    return turns
