"""Where articles and answers are found: by id and by question."""

from collections.abc import Iterable
from dataclasses import replace

from kb.article import Answer, Article, Hit
from kb.catalogue import Catalogue
from kb.search import Search
from kb.stems import Concepts, Words, no_concepts


class Library:
    """A catalogue and short answers with their index, for a desk whose default locale is `fallback`.

    `words` and `concepts` as for `Search`. An article with an operators' edition in any language is for operators in
    all of them.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        fallback: str,
        words: Words,
        answers: Iterable[Answer] = (),
        concepts: Concepts = no_concepts,
    ) -> None:
        self._catalogue = catalogue
        self._fallback = fallback
        self._for_customers = catalogue.for_customers
        articles = (_for_whom(each, self._for_customers) for each in catalogue)
        self._search = Search([*articles, *answers], words, fallback, concepts)

    def get(self, id: str, locale: str) -> Article | None:
        """The article in the locale, else in the default one, else in whatever there is; None for no such id."""
        found = self._catalogue.get(id, locale, self._fallback)
        return found and _for_whom(found, self._for_customers)

    def search(self, query: str, locale: str, audience: str = "customers", limit: int = 3) -> list[Hit]:
        """As `Search.search`."""
        return self._search.search(query, locale, audience, limit)


def _for_whom(article: Article, customers: frozenset[str]) -> Article:
    return article if article.id in customers else replace(article, audience="operators")
