"""From a catalogue to a matcher: train, or take what was trained on the same content before."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from intents import cache as cached
from intents.cascade import Matcher, Model
from intents.classifier import Learner
from intents.exact import OUTSIDE, Example
from intents.features import Vocabulary
from intents.intent import Catalogue
from intents.meaning import Meaning
from intents.text import fold, words_of
from intents.thresholds import Record
from intents.trials import Rehearsal
from intents.tuning import fitted
from intents.vectors import Vectors


def train(catalogue: Catalogue, locales: Sequence[str], cache: Path | None, vectors: Vectors | None = None) -> Matcher:
    """The matcher of this catalogue, which sees meaning too if there are word vectors.

    Blocks for seconds: run it off the event loop.

    With a cache folder the trained model is kept there, by a hash of content, code and library versions; a missing,
    damaged or foreign file only means that it is trained again. An unwritable folder is an OSError.
    """
    examples = examples_of(catalogue, locales)
    patterns = [(pattern, intent.id) for intent in catalogue.intents.values() for pattern in intent.patterns]
    return Matcher(_model(examples, cache, vectors), examples, patterns, locales)


def train_ahead(catalogue: Catalogue, locales: Sequence[str], cache: Path, vectors: Vectors | None = None) -> None:
    """Have the model of this catalogue in the cache, so that `train` need only load it. Blocks, and raises, as that."""
    _model(examples_of(catalogue, locales), cache, vectors)


def _model(examples: Sequence[Example], cache: Path | None, vectors: Vectors | None) -> Model:
    file = cache / f"{cached.key(examples, vectors)}.npz" if cache is not None else None
    model = cached.load(file, vectors) if file else None
    if model is None:
        model = learn(examples, vectors)
        if file:
            cached.save(file, model)
    return model


def examples_of(catalogue: Catalogue, locales: Sequence[str]) -> tuple[Example, ...]:
    """Every sentence to learn from, examples before titles, each (sentence, locale) once; "none of ours" last."""
    found: dict[tuple[tuple[str, ...], str], Example] = {}
    for example in _sentences(catalogue):
        if example.words and example.locale in locales:
            found.setdefault((example.words, example.locale), example)
    return tuple(found.values())


def _sentences(catalogue: Catalogue) -> Iterator[Example]:
    for intent in catalogue.intents.values():
        for locale, sentences in intent.examples.items():
            yield from (Example(_words(sentence), intent.id, locale) for sentence in sentences)
    for intent in catalogue.intents.values():
        yield from (Example(_words(title), intent.id, locale, title=True) for locale, title in intent.title.items())
    for locale, sentences in catalogue.out_of_scope.items():
        yield from (Example(_words(sentence), OUTSIDE, locale) for sentence in sentences)


def _words(text: str) -> tuple[str, ...]:
    return tuple(words_of(fold(text)))


def learn(examples: Sequence[Example], vectors: Vectors | None = None) -> Model:
    """Fit vocabulary, classifier and blend; deterministic."""
    # a sentence without a word belongs to nobody: it anchors what is said of texts that nothing is known of
    taught = [*examples, Example((), OUTSIDE, "")]
    vocabulary = Vocabulary.of([each.words for each in taught])
    rows = vocabulary.rows([each.words for each in taught])
    labels = tuple(sorted({each.label for each in taught}))
    classes = [labels.index(each.label) for each in taught]
    meaning = Meaning.of(vectors, [each.words for each in taught]) if vectors else None
    meanings = meaning.matrix([each.words for each in taught]) if meaning else None
    learner = Learner(rows.matrix(vocabulary.width), classes, meanings)
    linear = learner.linear(labels)
    trials, which = Rehearsal(taught, vocabulary, rows, classes, learner).trials()
    blend = fitted(trials)
    record = Record(blend.opinion(trials.evidence, trials.outside), trials.truth, which, trials.outside)
    return Model(vocabulary, linear, blend, record, meaning)
