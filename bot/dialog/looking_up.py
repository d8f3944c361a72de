"""Looking up: what operators find of what we know, for themselves and to send."""

from collections.abc import Sequence

from bot.dialog.content import Content, Library
from handoff.desk import titled
from kb.article import Article, Document, Hit

LIMIT = 5


def look_up(content: Content, text: str, locales: Sequence[str]) -> Sequence[Hit]:
    """What is found in the first of the locales that has anything: the customer's, then the operator's own.

    If nothing is, for the text as the matcher reads it: in another keyboard layout, or in Russian letters.
    """
    found = _found(content.library, text, locales)
    read = None if found else content.ranker.rank(text, locales[0]).understood_as
    return _found(content.library, read, locales) if read else found


def _found(library: Library, text: str, locales: Sequence[str]) -> Sequence[Hit]:
    found = (library.search(text, locale, "operators", LIMIT) for locale in dict.fromkeys(locales))
    return next((hits for hits in found if hits), ())


def internal(document: Document) -> bool:
    """Whether it is for operators only."""
    return isinstance(document, Article) and document.audience == "operators"


def name_of(document: Document) -> str | None:
    """By which an operator sends it to a customer; None for what is for operators only."""
    if internal(document):
        return None
    return f"article:{document.id}" if isinstance(document, Article) else f"answer:{document.id}"


def named(content: Content, name: str, locale: str) -> str | None:
    """The Markdown that customers may read of the document with this name, in the locale if it has it."""
    kind, _, id_ = name.partition(":")
    if kind == "article":
        article = content.library.get(id_, locale)
        return article.body if article is not None and not internal(article) else None
    intent = content.intents.intents.get(id_)
    return titled(intent.answer, locale) if kind == "answer" and intent is not None and intent.answer else None
