"""What can stop an evaluation.

CommandError
└── EvaluationError
    ├── NothingToMeasureError
    └── RevisionError   the other version of the content cannot be had
"""

from bot.cli.errors import CommandError


class EvaluationError(CommandError):
    """Base of every error of this package."""


class NothingToMeasureError(EvaluationError):
    """There is no sentence to ask about."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} has no example to measure with. Write sentences under `examples:` of its intents.")


class RevisionError(EvaluationError):
    """A revision cannot be read; the text states why, and the remedy."""
