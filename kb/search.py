"""Search in articles and answers by how much of a question each speaks of."""

from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from typing import get_args

from kb.article import Article, Audience, Document, Hit
from kb.index import Entry, Index
from kb.passages import snippet
from kb.stems import Concepts, Stemmer, Words, no_concepts

SURE = 0.55  # from this score a document may be shown to a customer who did not ask for it by name
MAX_WORDS = 20


class Search:
    """An index of documents for each locale and audience; immutable, cheap to ask.

    Operators find everything, customers what is not for operators. `words` normalises a passage of up to 160
    characters and cuts it into words, as whoever reads the questions does; `concepts` says what a word stands for.
    `fallback` is a locale that helps out.
    """

    def __init__(
        self, documents: Sequence[Document], words: Words, fallback: str | None = None, concepts: Concepts = no_concepts
    ) -> None:
        self._stemmer = Stemmer(words, concepts)
        self._fallback = fallback
        entries = [Entry.of(each, self._stemmer) for each in documents]
        locales = {each.locale for each in documents}
        own = {it: [each for each in entries if each.document.locale == it] for it in locales}
        self._own = _indexes(own, self._stemmer)
        self._missing = _indexes({it: [*_missing(entries, it, fallback)] for it in locales}, self._stemmer)

    def search(self, query: str, locale: str, audience: str = "customers", limit: int = 3) -> list[Hit]:
        """Documents of the locale that share a word or its meaning with the query, best first, at most `limit`.

        A score is that of BM25F as a share of the most that the query could reach: near 1 when each word stands in
        the title, the tags and all over the body. Rare words weigh more. From SURE on it is worth showing unasked.
        Where nothing is found, what the fallback has and the locale lacks is searched; and first, if it has a word of
        the query while the locale knows meanings alone.
        """
        words = self._stemmer.words(query)[:MAX_WORDS]
        if all(word.isdecimal() for word in words):
            return []  # a bare number stands in many articles and speaks of none
        elsewhere = self._own.get((self._fallback or locale, audience))
        both = (self._own.get((locale, audience)), self._missing.get((locale, audience), elsewhere))
        indexes = sorted((each for each in both if each), key=lambda each: not each.has_any(words))
        found = (self._look(each, words, limit) for each in indexes)
        return next((hits for hits in found if hits), [])

    def _look(self, index: Index, words: Sequence[str], limit: int) -> list[Hit]:
        wanted = index.wanted(words)
        weights = {term: weight for word in wanted for term, weight in word.items()}
        total = sum(max(word.values()) for word in wanted)
        ranked = [(-score, index.entries[place].document.id, place) for place, score in index.scores(wanted).items()]
        best = [(index.entries[place], -score) for score, _, place in nsmallest(limit, ranked)]
        return [
            Hit(each.document, score / total, snippet(each.passages, weights, self._stemmer)) for each, score in best
        ]


def _indexes(entries: Mapping[str, Sequence[Entry]], stemmer: Stemmer) -> Mapping[tuple[str, str], Index]:
    """An index for each locale and audience."""
    return {
        (locale, audience): Index(
            (each for each in kept if audience == "operators" or not _internal(each.document)), stemmer
        )
        for locale, kept in entries.items()
        for audience in get_args(Audience)
    }


def _internal(document: Document) -> bool:
    return isinstance(document, Article) and document.audience == "operators"


def _missing(entries: Sequence[Entry], locale: str, fallback: str | None) -> Iterator[Entry]:
    """What there is in the fallback and not in the locale."""
    known = {_name(each.document) for each in entries if each.document.locale == locale}
    return (each for each in entries if each.document.locale == fallback and _name(each.document) not in known)


def _name(document: Document) -> tuple[type, str]:
    return type(document), document.id
