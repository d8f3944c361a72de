"""Markup: what people wrote, as HTML that can do nothing but look like it."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

from bot.dialog.messages import Entity

_TAGS = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_LINKS = {"url": "", "text_link": "", "email": "mailto:", "phone_number": "tel:"}
_SAFE = {"http", "https", "mailto", "tel"}


def to_html(text: str, entities: Sequence[Entity] = ()) -> str:
    """The text escaped, with its formatting. Entities that overlap across each other's border are left out."""
    units = text.encode("utf-16-le")
    return f"<p>{_within(units, 0, len(units) // 2, _nested(entities, len(units) // 2))}</p>" if text else ""


def _nested(entities: Sequence[Entity], length: int) -> list[Entity]:
    """Known ones inside the text, outer before inner, without those that cross an earlier one's end."""
    known = [each for each in entities if each.type in _TAGS or each.type in _LINKS]
    ordered = sorted((each for each in known if each.length > 0), key=lambda each: (each.offset, -each.length))
    kept: list[Entity] = []
    ends: list[int] = []
    for each in ordered:
        while ends and ends[-1] <= each.offset:
            ends.pop()
        end = each.offset + each.length
        if each.offset >= 0 and end <= (ends[-1] if ends else length):
            kept.append(each)
            ends.append(end)
    return kept


def _within(units: bytes, start: int, end: int, entities: list[Entity]) -> str:
    """The HTML of one stretch; `entities` are those inside it, outer first."""
    parts: list[str] = []
    at = start
    while entities:
        first, *rest = entities
        stop = first.offset + first.length
        inner = [each for each in rest if each.offset < stop]
        entities = rest[len(inner) :]
        parts += (_plain(units, at, first.offset), _wrapped(units, first, inner))
        at = stop
    parts.append(_plain(units, at, end))
    return "".join(parts)


def _wrapped(units: bytes, entity: Entity, inner: list[Entity]) -> str:
    stop = entity.offset + entity.length
    content = _within(units, entity.offset, stop, inner)
    tag = _TAGS.get(entity.type)
    if tag:
        return f"<{tag}>{content}</{tag}>"
    target = _target(entity, units[entity.offset * 2 : stop * 2].decode("utf-16-le", "replace"))
    return (
        f'<a href="{escape(target)}" rel="noopener noreferrer nofollow" target="_blank">{content}</a>'
        if target
        else content
    )


def _target(entity: Entity, shown: str) -> str:
    """Where a link leads; empty when that is nowhere a browser should go."""
    target = entity.url or _LINKS[entity.type] + shown
    if entity.type == "url" and "://" not in target:
        target = f"https://{target}"
    try:
        return target if urlsplit(target).scheme.lower() in _SAFE else ""
    except ValueError:
        return ""


def _plain(units: bytes, start: int, end: int) -> str:
    text = units[start * 2 : end * 2].decode("utf-16-le", "replace")
    return escape(text).replace("\r", "").replace("\n", "<br>")
