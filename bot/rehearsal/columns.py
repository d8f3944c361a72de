"""Texts in columns that fit a terminal."""

from collections.abc import Iterable, Sequence
from unicodedata import combining, east_asian_width

WIDTH = 100
NONE = "-"  # stands where a figure has no meaning


def aligned(rows: Iterable[Sequence[str]], *, left: int = 1, indent: int = 0) -> list[str]:
    """The rows with their columns one below another; the first `left` columns to the left, the others to the right.

    A column that is empty in every row is left out.
    """
    cells = [list(row) for row in rows]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    return [" " * indent + _joined(row, widths, left) for row in cells]


def _joined(row: Sequence[str], widths: Sequence[int], left: int) -> str:
    shown = [(at, cell, wide) for at, (cell, wide) in enumerate(zip(row, widths, strict=True)) if wide]
    return "  ".join(padded(cell, wide, right=at >= left) for at, cell, wide in shown).rstrip()


def padded(text: str, wide: int, *, right: bool = False) -> str:
    """The text with blanks on one side."""
    blanks = " " * (wide - width(text))
    return blanks + text if right else text + blanks


def cut(text: str, wide: int) -> str:
    """The text on one line, with an ellipsis where it is too long."""
    line = " ".join(text.split())
    if width(line) <= wide:
        return line
    while width(line) >= wide:
        line = line[:-1]
    return f"{line.rstrip()}…"


def width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def percent(share: float | None) -> str:
    """A share for people; a dash where there is none."""
    return NONE if share is None else f"{share:.1%}"
