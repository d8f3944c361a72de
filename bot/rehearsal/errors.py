"""What can go wrong in a rehearsal.

RehearsalError
├── MismatchError   a turn did not do what was written
└── TurnError       the same, with the place where it is written
"""


class RehearsalError(Exception):
    """Base of every error of this package."""


class MismatchError(RehearsalError):
    """What was expected, and what was seen instead."""

    def __init__(self, expected: str, seen: str) -> None:
        self.expected, self.seen = expected, seen
        super().__init__(f"expected {expected}\n    seen: {seen}")


class TurnError(RehearsalError):
    """A dialogue failed at a turn (counted from 1); the file, the line and the turn say where to look."""

    def __init__(self, where: tuple[str, int], turn: int, step: str, why: MismatchError) -> None:
        self.turn, self.step, self.why = turn, step, why
        file, line = where
        super().__init__(f"{file}:{line}: turn {turn} ({step}): {why}")
