"""The head of an article's file: a few plain YAML lines between two rules of dashes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kb.errors import Code

_PAIR = re.compile(r"([A-Za-z_]+)[ \t]*:(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_COMMENT = re.compile(r"(?:^|[ \t])#.*$")
_QUOTED = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^']|'')*)'")
_ESCAPE = re.compile(r"\\(.)")
_PART = re.compile(r"\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^,]*)\s*(?:,|$)")

Value = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The values of the head, the line of each key, and the line where the body begins."""

    values: Mapping[str, Value]
    lines: Mapping[str, int]
    body_line: int


class HeadError(ValueError):
    """The head cannot be read; `line` counts from 1, `code` is the kind of fault."""

    def __init__(self, line: int, text: str, code: Code = Code.BAD_HEAD) -> None:
        self.line, self.code = line, code
        super().__init__(text)


def head_of(rows: Sequence[str]) -> Head:
    """Read the head of these lines; raise HeadError.

    A subset of YAML: `key: text`, `key: [one, two]`, a key with lines `- one` below it, quotes, comments.
    """
    if not rows or rows[0].rstrip() != "---":
        raise HeadError(1, "the front matter is missing; begin the file with a line ---, then title: and another ---")
    end = next((at for at, row in enumerate(rows[1:], 1) if row.rstrip() == "---"), None)
    if end is None:
        raise HeadError(1, "the front matter does not end; add a line --- after it")
    reading = _Reading()
    for number, row in enumerate(rows[1:end], 2):
        reading.take(number, _COMMENT.sub("", row).rstrip())
    return Head(reading.values, reading.lines, end + 2)


@dataclass(slots=True)
class _Reading:
    values: dict[str, Value] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    key: str = ""

    def take(self, number: int, row: str) -> None:
        pair, item = _PAIR.fullmatch(row), _ITEM.fullmatch(row)
        if pair:
            self._begin(number, pair[1], pair[2] or "")
        elif item and isinstance(listed := self.values.get(self.key), tuple):
            self.values[self.key] = (*listed, _scalar(item[1]))
        elif row:
            raise HeadError(number, "this line is neither `key: value` nor `- item`; correct it")

    def _begin(self, number: int, key: str, value: str) -> None:
        if key in self.values:
            text = f'the key "{key}" stands here twice (first on line {self.lines[key]}); keep one'
            raise HeadError(number, text, Code.KEY_TWICE)
        self.key, self.lines[key], self.values[key] = key, number, _value(value)


def _value(text: str) -> Value:
    """A text, or a list: in brackets, or empty so far with its items on the next lines."""
    if not text:
        return ()
    if text.startswith("[") and text.endswith("]"):
        return tuple(_scalar(part) for part in _PART.findall(text[1:-1]) if part.strip())
    return _scalar(text)


def _scalar(text: str) -> str:
    quoted = _QUOTED.fullmatch(text.strip())
    if quoted is None:
        return text.strip()
    double, single = quoted.groups()
    return single.replace("''", "'") if double is None else _ESCAPE.sub(r"\1", double)
