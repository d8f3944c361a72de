"""What can be wrong with content, and with its names."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning", "note"]


class IntentsError(Exception):
    """Base of every error that this package raises on purpose."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a content file.

    `line` counts from 1; `text` states the fault and its remedy; `code` names its kind for good. Only an error stops a
    load; a note is worth knowing and may be meant so.
    """

    file: str
    line: int
    text: str
    level: Level = "error"
    code: str = field(kw_only=True)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.level}: {self.text} [{self.code}]"


class FaultsError(IntentsError):
    """Content cannot be used; `faults` holds everything that was found, in file and line order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))
