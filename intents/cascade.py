"""The matcher: exact sentence, pattern, then the blend; over every reading of the text that makes sense."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from intents.calibration import Calibration
from intents.classifier import Linear
from intents.exact import OUTSIDE, Example, Sentences
from intents.features import Vocabulary
from intents.fuzzy import Nearness, Spelling
from intents.language import detect
from intents.patterns import PatternSet
from intents.ranking import Candidate, Ranking
from intents.readings import readings
from intents.text import fold, words_of

BEST = 5
CERTAIN = 1.0  # an exact sentence
BY_PATTERN = 0.98  # the author said so, but a pattern may be wider than meant
STRANGE = 0.6  # below this familiarity another reading is worth a try

Query = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Model:
    """What training learned."""

    vocabulary: Vocabulary
    linear: Linear
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one intent: the classifier's probability and the likeness to its nearest example."""

    intent: str
    probability: float
    likeness: float


@dataclass(frozen=True, slots=True)
class Judge:
    """Classifier and examples side by side."""

    vocabulary: Vocabulary
    linear: Linear
    nearness: Nearness

    def evidence(self, words: Sequence[str]) -> list[Evidence]:
        """The most probable intents for these words; none when no feature of the text is known."""
        columns, values = self.vocabulary.row(words)
        if not len(columns):
            return []
        odds = self.linear.logits(columns, values)
        powers = np.exp(odds - odds.max())
        shares = powers / powers.sum()
        labels = self.linear.labels
        best = np.argsort(-shares, kind="stable")[: BEST + 1].tolist()
        named = [(labels[at], float(shares[at])) for at in best if labels[at] != OUTSIDE][:BEST]
        likes = self.nearness.to([label for label, _ in named], words)
        return [Evidence(label, share, like) for (label, share), like in zip(named, likes, strict=True)]


class Matcher:
    """Ranks intents for texts. Immutable to its callers; safe to share between threads."""

    def __init__(
        self, model: Model, examples: Sequence[Example], patterns: Sequence[tuple[str, str]], locales: Sequence[str]
    ) -> None:
        """`examples` are those that `model` was trained on; `patterns` are pairs of an expression and its intent."""
        self._judge = Judge(model.vocabulary, model.linear, Nearness(examples))
        self._calibration = model.calibration
        self._locales = tuple(locales)
        self._sentences = Sentences(examples)
        self._patterns = PatternSet(patterns)
        self._spelling = Spelling(word for example in examples for word in example.words)

    def rank(self, text: str, locale: str, *, explain: bool = False) -> Ranking:
        """Intents for the text of a customer who speaks `locale`; of a long text the beginning is read."""
        folded = fold(text)
        ranking = self._read(folded, locale, explain=explain)
        understood = folded
        if ranking.stage in ("blend", "none"):
            for reading in self._plausible(folded):
                other = self._read(reading, locale, explain=explain)
                if other.best > ranking.best:
                    ranking, understood = replace(other, understood_as=reading), reading
        return replace(ranking, language=detect(understood, self._locales))

    def rank_many(self, queries: Sequence[Query]) -> list[Ranking]:
        """The rankings of many (text, locale) pairs, in order."""
        return [self.rank(text, locale) for text, locale in queries]

    def _plausible(self, folded: str) -> list[str]:
        """Other readings, if the text is strange and they are less so."""
        familiar = self._spelling.familiarity(words_of(folded))
        if familiar >= STRANGE:
            return []
        return [other for other in readings(folded) if self._spelling.familiarity(words_of(other)) > familiar]

    def _read(self, folded: str, locale: str, *, explain: bool) -> Ranking:
        words = words_of(folded)
        label = self._sentences.meaning(words, locale)
        if label is not None and not explain:
            return _exactly(label)
        claimed = self._patterns.matching(folded)
        found = [] if len(claimed) == 1 and not explain else self._evidence(words)
        blended = self._blended(found)
        ranking = _exactly(label) if label is not None else _claimed(claimed, blended)
        if not explain:
            return ranking
        return replace(ranking, votes=_votes(label, claimed, found, blended))

    def _evidence(self, words: Sequence[str]) -> list[Evidence]:
        return self._judge.evidence(self._spelling.repaired(words))

    def _blended(self, found: Sequence[Evidence]) -> tuple[Candidate, ...]:
        score = self._calibration.score
        return _sorted([Candidate(one.intent, score(one.probability, one.likeness)) for one in found])


def _sorted(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda one: -one.score))


def _exactly(label: str) -> Ranking:
    return Ranking() if label == OUTSIDE else Ranking((Candidate(label, CERTAIN),), "exact")


def _claimed(claimed: Sequence[str], blended: tuple[Candidate, ...]) -> Ranking:
    """One pattern settles the matter; among several that match the blend decides, and none is certain."""
    if not claimed:
        return Ranking(blended, "blend" if blended else "none")
    if len(claimed) == 1:
        return Ranking((Candidate(claimed[0], BY_PATTERN),), "pattern")
    scores = {one.intent: one.score for one in blended}
    first = sorted(claimed, key=lambda intent: -scores.get(intent, 0.0))
    by_pattern = [Candidate(intent, BY_PATTERN * (1 + scores.get(intent, 0.0)) / 2) for intent in first]
    rest = [Candidate(one.intent, one.score * (1 - BY_PATTERN)) for one in blended if one.intent not in claimed]
    return Ranking(_sorted([*by_pattern, *rest])[:BEST], "pattern")


def _votes(
    label: str | None, claimed: Sequence[str], found: Sequence[Evidence], blended: tuple[Candidate, ...]
) -> Mapping[str, tuple[Candidate, ...]]:
    return {
        "exact": (Candidate(label, CERTAIN),) if label else (),
        "pattern": tuple(Candidate(intent, BY_PATTERN) for intent in claimed),
        "classifier": _sorted([Candidate(one.intent, one.probability) for one in found]),
        "fuzzy": _sorted([Candidate(one.intent, one.likeness) for one in found]),
        "blend": blended,
    }
