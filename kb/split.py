"""Long texts in pieces that a channel takes."""

import re
from collections.abc import Iterator, Sequence

from kb.errors import LimitError

# where a text may be cut, best place first: paragraphs, lines, sentences, words
_CUTS = tuple(map(re.compile, (r"\n[ \t]*\n\s*", r"\n", r"(?<=[.!?…])\s+", r"\s+")))
_SMALLEST = 2  # a character outside the basic plane takes two units


def units(text: str) -> int:
    """Length in UTF-16 code units, which is how Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int) -> list[str]:
    """The text in order, in as few pieces as its joints allow, none longer than `limit` UTF-16 units.

    It is cut between paragraphs, else lines, sentences, words, else anywhere; the blanks at a cut are dropped. A text
    of blanks has no pieces. Raises LimitError for a limit below 2.
    """
    if limit < _SMALLEST:
        raise LimitError(limit)
    return _split(text.strip(), limit, _CUTS)


def _split(text: str, limit: int, cuts: Sequence[re.Pattern[str]]) -> list[str]:
    if units(text) <= limit:
        return [text] if text else []
    if not cuts:
        return _chop(text, limit)
    pieces: list[str] = []
    start = end = 0  # text[start:end] is the piece in the making
    for first, last in _segments(text, cuts[0]):
        if start < end and units(text[start:last]) <= limit:
            end = last
            continue
        pieces.append(text[start:end])
        start, end = first, last
        if units(text[first:last]) > limit:
            pieces.extend(_split(text[first:last], limit, cuts[1:]))
            start = last
    return [piece for piece in (*pieces, text[start:end]) if piece.strip()]


def _segments(text: str, cut: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    start = 0
    for found in cut.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _chop(text: str, limit: int) -> list[str]:
    pieces, size = [""], 0
    for char in text:
        size += units(char)
        if size > limit:
            pieces.append("")
            size = units(char)
        pieces[-1] += char
    return pieces
