"""What can be wrong with articles, and with their names."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


class KnowledgeError(Exception):
    """Base of every error that this package raises on purpose."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in an article's file; `line` counts from 1, `text` states the fault and its remedy."""

    file: str
    line: int
    text: str
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.level}: {self.text}"


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
