"""Sentences in plain files: a line each, columns apart by tabs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from intents.codes import Code
from intents.errors import Fault, FaultsError

Pair = tuple[str, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence, the intent that it means, and the line where it stands, from 1."""

    text: str
    intent: str
    line: int


def read_pairs(file: Path) -> list[Pair]:
    """`text<TAB>intent` a line, as `read_rows` reads them. Raises FaultsError."""
    return [(row.text, row.intent) for row in read_rows(file)]


def read_rows(file: Path) -> list[Row]:
    """`text<TAB>intent` a line in UTF-8, with or without a byte order mark and carriage returns.

    Further columns and empty lines are ignored. Raises FaultsError: for the first line that is not so, for a file that
    cannot be read, and for one that holds nothing.
    """
    rows = [_row(file, line, columns) for line, columns in _lines(file)]
    return _some(file, rows, "text<TAB>intent")


def read_texts(file: Path) -> list[str]:
    """The first column of each line; the rest is ignored. Raises FaultsError as `read_rows` does."""
    return _some(file, [columns[0] for _, columns in _lines(file) if columns[0]], "one text")


def _row(file: Path, line: int, columns: list[str]) -> Row:
    if len(columns) == 1:
        raise _fault(file, line, Code.WRONG_VALUE, "there is no tab in this line; write text<TAB>intent")
    text, intent = columns[:2]
    if not text or not intent:
        raise _fault(
            file, line, Code.WRONG_VALUE, f"the {'text' if not text else 'intent'} is missing; write text<TAB>intent"
        )
    return Row(text, intent, line)


def _lines(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Not `splitlines`: a sentence may hold one of the rarer signs that it takes for the end of a line."""
    for number, line in enumerate(_text(file).split("\n"), 1):
        if line.strip():
            yield number, [column.strip() for column in line.split("\t")]


def _text(file: Path) -> str:
    try:
        raw = file.read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise _fault(
            file, 1, Code.UNREADABLE, f"the file cannot be read ({why}); check its name and its permissions"
        ) from error
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _fault(file, line, Code.UNREADABLE, "the file is not UTF-8; save it with the encoding UTF-8") from error


def _some(file: Path, rows: list[T], wanted: str) -> list[T]:
    if not rows:
        raise _fault(file, 1, Code.WRONG_VALUE, f"the file is empty; write {wanted} a line")
    return rows


def _fault(file: Path, line: int, code: Code, text: str) -> FaultsError:
    return FaultsError([Fault(str(file), line, text, code=code)])
