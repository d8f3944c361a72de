"""Markdown as each channel shows it."""

import re
from functools import lru_cache
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb.outline import Marks, outlined
from kb.tables import listed

REMEMBERED = 512
HEADING = "\ue000"  # for private use: no text has it
_TAGS = {"p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr"} | {
    f"h{level}" for level in range(1, 7)
}
_TAG = re.compile(
    r"</?(?:a|b|br|div|em|h[1-6]|hr|i|img|li|ol|p|span|strong|t(?:able|body|d|h|head|r)|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?<=\d) (?=[€%])")
_SCHEMES = {"http", "https", "mailto", "tel"}
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["strikethrough", "table"])


@lru_cache(REMEMBERED)
def html(markdown: str) -> str:
    """Sanitised HTML for the widget: no image, script, style or attribute but a link's; links open a new page."""
    tokens = _parsed(markdown)
    for token in tokens:
        token.children = [_worded(child) for child in token.children] if token.children else token.children
    return nh3.clean(
        str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        set_tag_attribute_values={"a": {"target": "_blank"}},
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer nofollow",
    ).strip()


@lru_cache(REMEMBERED)
def plain(markdown: str) -> str:
    """Text without marks: lists as "• ", links as "words (address)"."""
    return outlined(_parsed(markdown), _PLAIN)


@lru_cache(REMEMBERED)
def prose(markdown: str) -> str:
    """Text without marks, with links as their words only, and HEADING before each heading: for search."""
    return outlined(_parsed(markdown), _PROSE)


@lru_cache(REMEMBERED)
def telegram(markdown: str) -> str:
    """The HTML that Telegram takes: b i u s a code pre blockquote and nothing else; lists as "• ", headings bold."""
    return outlined(_parsed(markdown), _TELEGRAM)


def dead_links(markdown: str) -> list[str]:
    """The addresses of links that lead nowhere from a chat: of a page beside this one, or of a kind not shown."""
    pieces = (child for token in _MARKDOWN.parse(markdown) for child in token.children or ())
    found = [str(child.attrs["href"]) for child in pieces if child.type == "link_open"]
    return [address for address in found if address.partition(":")[0].lower() not in _SCHEMES]


def tags_in(markdown: str) -> list[str]:
    """Tags of HTML, which are shown as they are written: a text that was copied from a site's source has some."""
    pieces = (child for token in _MARKDOWN.parse(markdown) for child in token.children or ())
    return [tag for child in pieces if child.type == "text" for tag in _TAG.findall(child.content)]


def _parsed(markdown: str) -> list[Token]:
    return listed(_MARKDOWN.parse(markdown))


def _worded(token: Token) -> Token:
    """An image is its words; a number stays on one line with its unit."""
    if token.type not in {"image", "text"}:
        return token
    return Token("text", "", 0, content=_UNIT.sub("\u00a0", token.content))


def _address(url: str) -> str:
    return url.removeprefix("mailto:").removeprefix("tel:")


_PLAIN = Marks(
    text=str,
    link=lambda words, url: words if words == _address(url) or url == words else f"{words} ({_address(url)})",
)
_PROSE = Marks(text=str, link=lambda words, _: words, tags={"heading": (HEADING, "")})
_TELEGRAM = Marks(
    text=lambda text: escape(text, quote=False),
    link=lambda words, url: f'<a href="{escape(url)}">{words}</a>' if url.split(":")[0] in _SCHEMES else words,
    tags={
        "strong": ("<b>", "</b>"),
        "em": ("<i>", "</i>"),
        "s": ("<s>", "</s>"),
        "heading": ("<b>", "</b>"),
        "code": ("<code>", "</code>"),
        "fence": ("<pre>", "</pre>"),
        "blockquote": ("<blockquote>", "</blockquote>"),
    },
)
