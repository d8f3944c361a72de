"""An index of documents: for each stem, the documents that have it and how much each speaks of it."""

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
    """Documents with their postings. Immutable; a look touches only the postings of its stems.

    A posting's share is the term factor of BM25F, w / (k1 + w) with w the sum over the fields of weight * tf / (1 - b
    + b * length / average length), and rarity its inverse document frequency: Robertson and Zaragoza, The Probabilistic
    Relevance Framework: BM25 and Beyond, 2009, section 3.6.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._postings = _postings([each.words for each in self.entries])
        self._spelling = Spelling(word for each in self.entries for words in each.words.values() for word in words)

    def known(self, word: str) -> str:
        """The word's stem if a document has it, else that of the known word most like it, else its own."""
        own = stem(word)
        if own in self._postings:
            return own
        near = self._spelling.nearest(word)
        return stem(near) if near else own

    def rarity(self, name: str) -> float:
        """Inverse document frequency; the greatest for a stem that stands nowhere."""
        found = len(self._postings.get(name, ()))
        return log(1 + (len(self.entries) - found + 0.5) / (found + 0.5))

    def scores(self, weights: Mapping[str, float]) -> dict[int, float]:
        """For each document with one of the stems, by its place: the sum of weight times share."""
        scores: defaultdict[int, float] = defaultdict(float)
        for name, weight in weights.items():
            for place, share in self._postings.get(name, ()):
                scores[place] += weight * share
        return dict(scores)


def _postings(documents: Sequence[Mapping[str, Sequence[str]]]) -> Mapping[str, Sequence[tuple[int, float]]]:
    average = {name: sum(len(each[name]) for each in documents) / max(len(documents), 1) for name in FIELDS}
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, document in enumerate(documents):
        worth: defaultdict[str, float] = defaultdict(float)
        for name, field in FIELDS.items():
            length = 1 - field.b + field.b * len(document[name]) / (average[name] or 1.0)
            for each, count in Counter(map(stem, document[name])).items():
                worth[each] += field.weight * count / length
        for each, value in worth.items():
            postings[each].append((place, value / (value + K1)))
    return dict(postings)
