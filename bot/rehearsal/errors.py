"""What can go wrong in a rehearsal.

RehearsalError
├── BrokenError     a turn that is to fail, fails
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


class BrokenError(RehearsalError):
    """Nothing is wrong: the dialogue shows what happens when something is."""

    def __init__(self) -> None:
        super().__init__("the dialogue has this turn fail")


class TurnError(RehearsalError):
    """A dialogue failed at a turn (counted from 1), written at `line` of `file`; `said` is what happened there."""

    def __init__(self, where: tuple[str, int], turn: int, step: str, why: MismatchError) -> None:
        self.turn, self.step, self.why = turn, step, why
        self.file, self.line = where
        self.said = f"turn {turn} ({step}): {why}"
        super().__init__(f"{self.file}:{self.line}: {self.said}")
