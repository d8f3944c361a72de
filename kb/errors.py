"""What can be wrong with articles, and with their names."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


class Code(StrEnum):
    """The kinds of faults, by the names that stand in brackets behind each; docs/check.md lists them all."""

    UNREADABLE = "unreadable"
    BAD_HEAD = "bad-head"
    KEY_TWICE = "key-twice"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    WRONG_VALUE = "wrong-value"
    MERGE_CONFLICT = "merge-conflict"
    EMPTY_ARTICLE = "empty-article"
    MISPLACED_ARTICLE = "misplaced-article"
    UNSPOKEN_LOCALE = "unspoken-locale"


class KnowledgeError(Exception):
    """Base of every error that this package raises on purpose."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in an article's file; `line` counts from 1, `text` states the fault and its remedy.

    `code` names its kind for good.
    """

    file: str
    line: int
    text: str
    level: Literal["error", "warning"] = "error"
    code: str = field(kw_only=True)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.level}: {self.text} [{self.code}]"


class FaultsError(KnowledgeError):
    """The articles cannot be used; `faults` holds everything that was found, in file and line order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


class LimitError(KnowledgeError, ValueError):
    """A text cannot be split into pieces that small."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"no text can be split into pieces of {limit} UTF-16 units; ask for 2 or more")
