"""All articles, by id and locale."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kb.article import Article
from kb.errors import Fault


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Articles by (id, locale), in file order; `warnings` did not stop the load."""

    articles: Mapping[tuple[str, str], Article] = field(default_factory=dict)
    warnings: tuple[Fault, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """The ids that exist in any language."""
        return frozenset(name for name, _ in self.articles)

    @property
    def for_customers(self) -> frozenset[str]:
        """The ids of articles that customers may read; one with an operators' edition in any language is not."""
        return self.ids - {each.id for each in self if each.audience == "operators"}

    def get(self, article_id: str, locale: str, fallback: str | None = None) -> Article | None:
        """The article in the locale, else in `fallback`, else in whatever language there is; None for an unknown id."""
        for tongue in (locale, fallback):
            if tongue is not None and (found := self.articles.get((article_id, tongue))):
                return found
        return next((article for (name, _), article in self.articles.items() if name == article_id), None)

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles.values())

    def __len__(self) -> int:
        return len(self.articles)
