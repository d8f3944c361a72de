"""Where articles are found: by id and by question."""

from kb.article import Article, Hit
from kb.catalogue import Catalogue
from kb.search import Search


class Library:
    """A catalogue with its index, for a desk whose default locale is `fallback`."""

    def __init__(self, catalogue: Catalogue, fallback: str) -> None:
        self._catalogue = catalogue
        self._fallback = fallback
        self._search = Search(catalogue)

    def get(self, id: str, locale: str) -> Article | None:  # noqa: A002 - an article's id is called id
        """The article in the locale, else in the default one, else in whatever there is; None for no such id."""
        return self._catalogue.get(id, locale, self._fallback)

    def search(self, query: str, locale: str, audience: str = "customers", limit: int = 3) -> list[Hit]:
        """As `Search.search`."""
        return self._search.search(query, locale, audience, limit)
