"""Telegram's HTML, read as strictly as Telegram reads it, and the limits of texts and entities."""

from html.parser import HTMLParser
from typing import Any

from tests.bot_api.refusals import bad

TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "s": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.entities: list[dict[str, Any]] = []
        self._open: list[tuple[str, dict[str, Any]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise bad(f"can't parse entities: Unsupported start tag {tag!r}")
        entity: dict[str, Any] = {"type": TAGS[tag], "offset": units(self.text)}
        if tag == "a":
            entity["url"] = dict(attrs).get("href") or ""
        self._open.append((tag, entity))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            raise bad(f"can't parse entities: Unmatched end tag {tag!r}")
        _, entity = self._open.pop()
        entity["length"] = units(self.text) - entity["offset"]
        if entity["length"]:
            self.entities.append(entity)

    def handle_data(self, data: str) -> None:
        self.text += data

    def finish(self) -> None:
        self.close()
        if self._open:
            raise bad(f"can't parse entities: Can't find end tag of {self._open[-1][0]!r}")


def read_text(text: str, entities: Any, parse_mode: str | None, limit: int, what: str) -> tuple[str, list[dict]]:
    """The text as it will be shown, with its entities."""
    if parse_mode == "HTML":
        html = _Html()
        html.feed(text)
        html.finish()
        text, found = html.text, sorted(html.entities, key=lambda each: (each["offset"], -each["length"]))
    elif parse_mode:
        raise bad(f"this emulator does not read parse mode {parse_mode}")
    else:
        found = [entity.model_dump(exclude_none=True) for entity in entities or []]
    if units(text) > limit:
        raise bad(f"message{what} is too long")
    for entity in found:
        if entity["offset"] < 0 or entity["length"] < 1 or entity["offset"] + entity["length"] > units(text):
            raise bad("ENTITY_BOUNDS_INVALID")
    return text, found


def read_keyboard(markup: Any) -> dict[str, Any] | None:
    """The reply markup as JSON. Refuses callback data that is too long, or a button that does nothing."""
    if markup is None:
        return None
    told: dict[str, Any] = markup.model_dump(exclude_none=True)
    for button in (button for row in told.get("inline_keyboard", ()) for button in row):
        data = button.get("callback_data")
        if data is None and not button.get("url"):
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if data is not None and not 1 <= len(data.encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
    return told
