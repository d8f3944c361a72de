"""What can be wrong with content, and with its names."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


class IntentsError(Exception):
    """Base of every error that this package raises on purpose."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong in a content file.

    `line` counts from 1; `text` states the fault and its remedy. A warning does not stop a load.
    """

    file: str
    line: int
    text: str
    level: Level = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.level}: {self.text}"


class FaultsError(IntentsError):
    """Content cannot be used; `faults` holds everything that was found, in file and line order."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))
