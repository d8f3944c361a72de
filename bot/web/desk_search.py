"""What is looked up at the desk, as it is shown there."""

from collections.abc import Sequence

from bot.dialog.content import Content
from bot.dialog.looking_up import internal, look_up
from bot.web.desk_asks import Find
from bot.web.desk_wire import Found, HitShown
from kb.article import Article, Hit
from kb.render import html, plain


def found(content: Content, frame: Find, locales: Sequence[str]) -> Found:
    """The answer to the frame."""
    return Found(id=frame.id, hits=tuple(map(_shown, look_up(content, frame.text, locales))))


def _shown(hit: Hit) -> HitShown:
    document = hit.document
    return HitShown(
        kind="article" if isinstance(document, Article) else "answer",
        title=document.title,
        locale=document.locale,
        snippet=hit.snippet,
        text=plain(document.body),
        html=html(document.body),
        internal=internal(document),
    )
