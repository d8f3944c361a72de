"""What operators look up at the desk: articles, internal ones too, and answers to send."""

from collections.abc import Sequence

from bot.dialog.content import Library
from bot.web.desk_wire import Find, Found, HitShown
from kb.article import Article, Hit
from kb.render import html, plain

LIMIT = 5


def look_up(library: Library, frame: Find, locales: Sequence[str]) -> Found:
    """What is found in the first of the locales that has anything: the customer's, then the operator's own."""
    found = (library.search(frame.text, locale, "operators", LIMIT) for locale in locales)
    hits = next((each for each in found if each), ())
    return Found(id=frame.id, hits=tuple(map(_shown, hits)))


def _shown(hit: Hit) -> HitShown:
    document = hit.document
    article = isinstance(document, Article)
    return HitShown(
        kind="article" if article else "answer",
        title=document.title,
        locale=document.locale,
        snippet=hit.snippet,
        text=plain(document.body),
        html=html(document.body),
        internal=isinstance(document, Article) and document.audience == "operators",
    )
