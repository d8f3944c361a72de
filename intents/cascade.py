"""The matcher: exact sentence, pattern, then the blend; over every reading of the text that makes sense."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from intents.blend import Blend, Opinion
from intents.classifier import Linear
from intents.courtesy import beyond_greeting
from intents.evidence import Contents, Evidence, gather
from intents.exact import OUTSIDE, Example, Sentences
from intents.features import Vocabulary
from intents.fuzzy import Nearness, Spelling
from intents.language import detect
from intents.meaning import Meaning
from intents.patterns import PatternSet
from intents.ranking import Candidate, Ranking, Thresholds
from intents.reader import Reader
from intents.text import fold, words_of
from intents.thesaurus import concepts
from intents.thresholds import Record

BEST = 5
CERTAIN = 1.0  # an exact sentence
BY_PATTERN = 0.98  # the author said so, but a pattern may be wider than meant

Query = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Model:
    """What training learned."""

    vocabulary: Vocabulary
    linear: Linear
    blend: Blend
    record: Record
    meaning: Meaning | None = None


class Judge:
    """Classifier, contents and examples, and what they say together."""

    def __init__(self, model: Model, examples: Sequence[Example]) -> None:
        self._number = number = {label: at for at, label in enumerate(model.linear.labels)}
        classes = [number[example.label] for example in examples]
        rows = model.vocabulary.rows([example.words for example in examples])
        self._model = model
        self._outside = number.get(OUTSIDE)
        self._contents = Contents(rows, classes, model.vocabulary.edges, len(number))
        self._nearness = Nearness(examples, classes)

    def evidence(self, repaired: Sequence[Sequence[str]], written: Sequence[Sequence[str]]) -> Evidence:
        """What speaks for the most likely intents of each sentence.

        Likeness is that of the words as they are written, and what is known of a sentence lies between what is known
        before and after repair: one word taken for another is not as good as it.
        """
        mended = [at for at, (one, two) in enumerate(zip(repaired, written, strict=True)) if one != two]
        every = self._model.vocabulary.rows([*repaired, *(written[at] for at in mended)])
        rows = every.first(len(repaired))
        rows.known[mended] = (rows.known[mended] + every.known[len(repaired) :]) / 2
        meaning = self._model.meaning
        scores = self._model.linear.logits(rows, meaning.matrix(repaired) if meaning else None)
        return gather(scores, rows, written, self._contents, self._nearness)

    def nearest(self, candidates: Sequence[Candidate], words: Sequence[str]) -> dict[str, str]:
        """The example of each candidate that is most like the words; none of one that has only patterns."""
        numbers = {one.intent: self._number.get(one.intent) for one in candidates}
        return {intent: self._nearness.nearest(at, words).text for intent, at in numbers.items() if at is not None}

    def verdicts(self, evidence: Evidence) -> list["Verdict"]:
        """The intents of each sentence, most probable first; none when nothing of it is known."""
        found = verdicts(self._model.blend.opinion(evidence, self._outside), self._model.linear.labels)
        return [each if known else Verdict() for each, known in zip(found, evidence.known.tolist(), strict=True)]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The blend's candidates for a sentence, and the probability that it is one of ours."""

    candidates: tuple[Candidate, ...] = ()
    ours: float = 0.0


def verdicts(opinion: Opinion, labels: Sequence[str]) -> list[Verdict]:
    """The opinion in words: intents by name, without what belongs to none."""
    return [
        Verdict(
            tuple(Candidate(labels[each], score) for each, score in zip(*row, strict=True) if labels[each] != OUTSIDE)[
                :BEST
            ],
            ours,
        )
        for *row, ours in zip(
            opinion.classes.tolist(), opinion.probabilities.tolist(), opinion.ours.tolist(), strict=True
        )
    ]


class Matcher:
    """Ranks intents for texts. Immutable to its callers; safe to share between threads."""

    def __init__(
        self, model: Model, examples: Sequence[Example], patterns: Sequence[tuple[str, str]], locales: Sequence[str]
    ) -> None:
        """`examples` are those that `model` was trained on; `patterns` are pairs of an expression and its intent."""
        self._model = model
        self._examples = examples
        self._judge = Judge(model, examples)
        self._locales = tuple(locales)
        self._sentences = Sentences(examples)
        self._patterns = PatternSet(patterns)
        spelt = model.meaning.vectors.knows if model.meaning else None
        self._spelling = Spelling((word for example in examples for word in example.words), spelt)
        words = {locale: {w for one in examples if one.locale == locale for w in one.words} for locale in locales}
        self._reader = Reader(words, self._spelling.nearest)

    def thresholds(self, precision: float) -> Thresholds:
        """The thresholds with which that share of the answers is right, by sentences held out of training."""
        return self._model.record.thresholds(precision)

    def held_out(self) -> dict[tuple[str, str], Ranking]:
        """How each example, by its normalised text and locale, was ranked by a matcher that had not seen it."""
        record = self._model.record
        found = zip(record.example.tolist(), verdicts(record.opinion, self._model.linear.labels), strict=True)
        return {
            (self._examples[at].text, self._examples[at].locale): Ranking(
                verdict.candidates, "blend", ours=verdict.ours
            )
            for at, verdict in found
            if at >= 0
        }

    def rank(self, text: str, locale: str, *, explain: bool = False) -> Ranking:
        """Intents for the text of a customer who speaks `locale`; of a long text the beginning is read."""
        return self._ranked([(text, locale)], explain=explain)[0]

    def rank_many(self, queries: Sequence[Query]) -> list[Ranking]:
        """The rankings of many (text, locale) pairs, in order."""
        return self._ranked(queries) if queries else []

    def _ranked(self, queries: Sequence[Query], *, explain: bool = False) -> list[Ranking]:
        folded = [fold(text) for text, _ in queries]
        readings = [self._reader.read(each) for each in folded]
        understood = [reading or each for reading, each in zip(readings, folded, strict=True)]
        locales = [locale for _, locale in queries]
        rankings = self._read([*zip(understood, locales, strict=True)], explain=explain)
        return [
            replace(ranking, understood_as=reading, language=self._language(text))
            for ranking, reading, text in zip(rankings, readings, understood, strict=True)
        ]

    def _language(self, text: str) -> str | None:
        """Of a desk with one language nobody needs to know which it is."""
        return detect(text, self._locales) if len(self._locales) > 1 else None

    def _read(self, read: Sequence[Query], *, explain: bool) -> list[Ranking]:
        """The rankings of folded texts as they stand; all that need the blend go through it together."""
        heard = [self._hear(text, locale) for text, locale in read]
        open_ones = [at for at, each in enumerate(heard) if explain or not each.settled]
        rankings = [_claimed(each.label, each.claimed, Verdict()) for each in heard]
        if open_ones:
            written = [beyond_greeting(heard[at].words) for at in open_ones]
            repaired = [self._spelling.repaired(each) for each in written]
            evidence = self._judge.evidence(repaired, written)
            for at, verdict, row in zip(open_ones, self._judge.verdicts(evidence), range(len(open_ones)), strict=True):
                rankings[at] = _claimed(heard[at].label, heard[at].claimed, verdict)
                if explain:
                    rankings[at] = replace(
                        rankings[at],
                        votes=self._votes(heard[at], evidence, row, verdict),
                        mended={one: two for one, two in zip(written[row], repaired[row], strict=True) if one != two},
                        concepts={word: meant for word in repaired[row] if (meant := concepts(word))},
                        nearest=self._judge.nearest(rankings[at].candidates, written[row]),
                    )
        return rankings

    def _hear(self, text: str, locale: str) -> "Heard":
        words = words_of(text)
        return Heard(words, self._sentences.meaning(words, locale), self._patterns.matching(text))

    def _votes(
        self, heard: "Heard", evidence: Evidence, row: int, verdict: Verdict
    ) -> Mapping[str, tuple[Candidate, ...]]:
        labels = self._model.linear.labels
        named = [labels[each] for each in evidence.classes[row].tolist()]
        scores = evidence.features[row]
        shares = np.exp(scores[:, 0] - scores[:, 0].max())

        def vote(values: Sequence[float]) -> tuple[Candidate, ...]:
            found = [Candidate(*each) for each in zip(named, values, strict=True) if each[0] != OUTSIDE]
            return tuple(sorted(found, key=lambda one: -one.score)[:BEST]) if verdict.candidates else ()

        return {
            "exact": (Candidate(heard.label, CERTAIN),) if heard.label else (),
            "pattern": tuple(Candidate(intent, BY_PATTERN) for intent in heard.claimed),
            "classifier": vote((shares / shares.sum()).tolist()),
            "contents": vote(scores[:, 1].tolist()),
            "fuzzy": vote(scores[:, 2].tolist()),
            "blend": verdict.candidates,
        }


@dataclass(frozen=True, slots=True)
class Heard:
    """A text in words, what it says word for word, and which patterns it has."""

    words: list[str]
    label: str | None
    claimed: tuple[str, ...]

    @property
    def settled(self) -> bool:
        """Whether nothing else need be asked."""
        return self.label is not None or len(self.claimed) == 1


def _claimed(label: str | None, claimed: Sequence[str], verdict: Verdict) -> Ranking:
    """A known sentence or one pattern settles the matter; among several patterns the blend decides, none is certain."""
    if label is not None:
        return Ranking(stage="exact") if label == OUTSIDE else Ranking((Candidate(label, CERTAIN),), "exact", ours=1.0)
    if not claimed:
        return Ranking(verdict.candidates, "blend" if verdict.candidates else "none", ours=verdict.ours)
    if len(claimed) == 1:
        return Ranking((Candidate(claimed[0], BY_PATTERN),), "pattern", ours=1.0)
    scores = {one.intent: one.score for one in verdict.candidates}
    first = sorted(claimed, key=lambda intent: -scores.get(intent, 0.0))
    by_pattern = [Candidate(intent, BY_PATTERN * (1 + scores.get(intent, 0.0)) / 2) for intent in first]
    rest = [
        Candidate(one.intent, one.score * (1 - BY_PATTERN)) for one in verdict.candidates if one.intent not in claimed
    ]
    return Ranking(tuple(sorted([*by_pattern, *rest], key=lambda one: -one.score)[:BEST]), "pattern", ours=1.0)
