"""HTML and SVG, escaped by construction."""

from html import escape


class Html(str):
    """Markup that is already safe; any other string is text."""

    __slots__ = ()


def el(name: str, /, *children: str, **attributes: object) -> Html:
    """An element. Children that are not Html are escaped; `class_` is `class`, an underscore in a name is a hyphen.

    An attribute that is None is left out.
    """
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Html(f"<{name}{said}>")
    return Html(f"<{name}{said}>{joined(*children)}</{name}>")


def joined(*children: str) -> Html:
    """One after another."""
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children))


_VOID = frozenset({"meta", "br"})
