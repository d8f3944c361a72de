"""Questions that the bot may not have answered: known by their message, whose text is never copied."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol


class Outcome(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    MISSED = "missed"  # nothing fitted
    CLARIFIED = "clarified"  # asked back, and nothing came of it
    SUGGESTED = "suggested"  # articles were offered, and none was opened
    REJECTED = "rejected"  # "None of these"
    REPEATED = "repeated"  # asked again and again, until a person was called
    UNHELPED = "unhelped"  # "Didn't help"
    CHOSEN = "chosen"  # asked back, and the customer picked what was meant
    READ = "read"  # an article that was offered was opened


UNANSWERED: Final = frozenset(
    {Outcome.MISSED, Outcome.CLARIFIED, Outcome.SUGGESTED, Outcome.REJECTED, Outcome.REPEATED, Outcome.UNHELPED}
)
TO_LEARN_FROM: Final = UNANSWERED | {Outcome.CHOSEN}


@dataclass(frozen=True, slots=True)
class Question:
    """A text that the bot had to answer: message `seq` of its conversation, asked in `locale`.

    `intent` is the likeliest one at that time and `score` how likely it was, None when there was none. `meant` is the
    intent that a person says it means, once somebody has said so.
    """

    seq: int
    at: datetime
    locale: str
    outcome: Outcome
    intent: str | None = None
    score: float | None = None
    meant: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the words of its message as they are now. `names` are those that the conversation knows."""

    question: Question
    text: str
    names: tuple[str, ...] = ()


class Questions(Protocol):
    """What can be learnt from. `Changes.questions` fills it; a question goes when its message goes."""

    async def since(self, moment: datetime, limit: int) -> Sequence[Asked]:
        """The newest `limit` questions asked from that moment on that are to learn from, oldest first."""
        ...
