"""An index of documents: for each stem and concept, the documents that have it and how much each speaks of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from kb.article import Article, Document
from kb.passages import Passage, passages
from kb.render import prose
from kb.spelling import Spelling
from kb.stems import Stemmer, stem


@dataclass(frozen=True, slots=True)
class _Field:
    """What a word is worth in a field, and how far a field longer than the average makes its words count less."""

    weight: float
    b: float


FIELDS: Mapping[str, _Field] = {"title": _Field(4.0, 0.2), "tags": _Field(3.0, 0.2), "body": _Field(1.0, 0.5)}
K1 = 1.2  # a word that is worth as much gives half of what it can
SYNONYM = 0.5  # what a word that means the same is worth; less than SURE, so that synonyms alone are sure of nothing


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as it was read: the words of its fields, and its sentences."""

    document: Document
    words: Mapping[str, Sequence[str]]
    passages: tuple[Passage, ...]

    @classmethod
    def of(cls, document: Document, stemmer: Stemmer) -> "Entry":
        """Read the document."""
        tags = " ".join(document.tags) if isinstance(document, Article) else ""
        texts = {"title": document.title, "tags": tags, "body": prose(document.body)}
        words = {name: stemmer.words(text) for name, text in texts.items()}
        return cls(document, words, passages(document.body, stemmer))


class Index:
    """Documents with their postings. Immutable; a look touches only the postings of its terms.

    A posting's share is the term factor of BM25F, w / (k1 + w) with w the sum over the fields of weight * tf / (1 - b
    + b * length / average length), and rarity its inverse document frequency: Robertson and Zaragoza, The Probabilistic
    Relevance Framework: BM25 and Beyond, 2009, section 3.6.
    """

    def __init__(self, entries: Iterable[Entry], stemmer: Stemmer) -> None:
        self.entries = tuple(entries)
        self._concepts = stemmer.concepts
        self._postings = _postings([each.words for each in self.entries], stemmer)
        self._spelling = Spelling(word for each in self.entries for words in each.words.values() for word in words)

    def has_any(self, words: Iterable[str]) -> bool:
        """Whether a document has one of the words, and not only what it stands for."""
        return any(stem(word) in self._postings for word in words)

    def wanted(self, words: Iterable[str]) -> list[Mapping[str, float]]:
        """What finds each of the words, and how much it weighs: the stem, and half as much what the word stands for.

        A word that no document has weighs as much as what it stands for.
        """
        found: dict[str, Mapping[str, float]] = {}
        for word in words:
            concepts = self._concepts(word)
            own = self._known(word, concepts)
            weight = self._rarity(own if own in self._postings else min(concepts, key=self._rarity, default=own))
            found[own] = {own: weight, **dict.fromkeys(concepts, SYNONYM * weight)}
        return [*found.values()]

    def _known(self, word: str, concepts: Sequence[str]) -> str:
        """The word's stem if a document has it, else that of the known word most like it, else its own.

        Whatever means something else is no slip of the word.
        """
        own = stem(word)
        if own in self._postings:
            return own
        near = self._spelling.nearest(word)
        return stem(near) if near and (not concepts or {*concepts} & {*self._concepts(near)}) else own

    def _rarity(self, name: str) -> float:
        """Inverse document frequency; the greatest for a term that stands nowhere."""
        found = len(self._postings.get(name, ()))
        return log(1 + (len(self.entries) - found + 0.5) / (found + 0.5))

    def scores(self, wanted: Iterable[Mapping[str, float]]) -> dict[int, float]:
        """For each document with one of the terms, by its place: the sum of each word's most weight times share."""
        scores: defaultdict[int, float] = defaultdict(float)
        for word in wanted:
            best: dict[int, float] = {}
            for name, weight in word.items():
                for place, share in self._postings.get(name, ()):
                    best[place] = max(best.get(place, 0.0), weight * share)
            for place, score in best.items():
                scores[place] += score
        return dict(scores)


def _postings(
    documents: Sequence[Mapping[str, Sequence[str]]], stemmer: Stemmer
) -> Mapping[str, Sequence[tuple[int, float]]]:
    average = {name: sum(len(each[name]) for each in documents) / max(len(documents), 1) for name in FIELDS}
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, document in enumerate(documents):
        worth: defaultdict[str, float] = defaultdict(float)
        for name, field in FIELDS.items():
            length = 1 - field.b + field.b * len(document[name]) / (average[name] or 1.0)
            terms = (term for word in document[name] for term in (stem(word), *stemmer.concepts(word)))
            for each, count in Counter(terms).items():
                worth[each] += field.weight * count / length
        for each, value in worth.items():
            postings[each].append((place, value / (value + K1)))
    return dict(postings)
