"""Looking up: what operators find of what we know, for themselves and to send."""

from collections.abc import Iterable, Sequence

from bot.dialog.content import Library
from kb.article import Article, Document, Hit

LIMIT = 5


def look_up(library: Library, text: str, locales: Iterable[str]) -> Sequence[Hit]:
    """What is found in the first of the locales that has anything: the customer's, then the operator's own."""
    found = (library.search(text, locale, "operators", LIMIT) for locale in dict.fromkeys(locales))
    return next((hits for hits in found if hits), ())


def internal(document: Document) -> bool:
    """Whether it is for operators only."""
    return isinstance(document, Article) and document.audience == "operators"
