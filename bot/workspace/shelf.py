"""Articles that customers cannot come to, or can in some languages only."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from bot.workspace.codes import Code
from bot.workspace.knowledge import words
from bot.workspace.lengths import long_article
from bot.workspace.wording import braces_in, ill_marked, unfilled
from intents.codes import Code as Common
from intents.errors import Fault
from intents.intent import Intent
from kb.article import Article
from kb.catalogue import Catalogue
from kb.library import Library
from kb.search import SURE


def odd_articles(articles: Catalogue, intents: Mapping[str, Intent], locales: Sequence[str]) -> Iterator[Fault]:
    """Findings in the articles for customers."""
    library = Library(articles, locales[0], words)
    named = {intent.article for intent in intents.values()}
    for article in articles:
        if article.audience == "customers":
            line = _line(article, article.title)
            yield from long_article(article, line)
            for braces in braces_in(article.body):
                at = _line(article, braces)
                yield Fault(article.file, at, unfilled(braces), "warning", code=Code.UNKNOWN_PLACEHOLDER)
            for code, said, found in ill_marked(article.body):
                yield Fault(article.file, _line(article, found), said, "warning", code=code)
            if article.id not in named and not _is_found(article, library):
                said = "no intent names this article, and a search for its title does not find it"
                text = f"{said}; name it as the `article` of an intent, or give it a title in customers' words"
                yield Fault(article.file, line, text, "warning", code=Code.UNREACHABLE_ARTICLE)
    yield from _half_translated(articles, locales)


def _is_found(article: Article, library: Library) -> bool:
    hits = library.search(article.title, article.locale)
    return any(hit.document.id == article.id and hit.score >= SURE for hit in hits)


def _half_translated(articles: Catalogue, locales: Sequence[str]) -> Iterator[Fault]:
    editions: dict[str, dict[str, Article]] = {}
    for article in articles:
        editions.setdefault(article.id, {})[article.locale] = article
    for id_ in sorted(articles.for_customers):
        first = next(iter(editions[id_].values()))
        for locale in _missing(editions[id_], locales):
            text = (
                f'the article is missing in "{locale}"; write kb/{locale}/{id_}.md, or customers see another language'
            )
            yield Fault(first.file, 1, text, "warning", code=Common.MISSING_LOCALE)


def _missing(editions: Collection[str], locales: Sequence[str]) -> list[str]:
    return [locale for locale in locales if locale not in editions]


def _line(article: Article, words: str) -> int:
    """The line of the file where the words stand; the first if they are written there in another way."""
    rows = Path(article.file).read_text("utf-8-sig").splitlines()
    return next((number for number, row in enumerate(rows, 1) if words in row), 1)
