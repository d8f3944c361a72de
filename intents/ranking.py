"""What a matcher says about a text: candidates with calibrated scores, best first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Stage = Literal["exact", "pattern", "blend", "none"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intent that the text may mean; `score` 0-1 is the probability that it does."""

    intent: str
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Up to five candidates, best first. `stage` is the one that settled it.

    `language` is that of the text when it is clear, among the desk's locales. `understood_as` is the recovered text
    when the keyboard layout or Latin letters were undone. `votes` tells each stage's opinion when asked to explain.
    """

    candidates: tuple[Candidate, ...] = ()
    stage: Stage = "none"
    language: str | None = None
    understood_as: str | None = None
    votes: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)

    @property
    def best(self) -> float:
        """The best candidate's score; 0 when there is none."""
        return self.candidates[0].score if self.candidates else 0.0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From `answer` the bot answers if the second best is `gap` behind; from `clarify` it asks."""

    answer: float = 0.6
    clarify: float = 0.25
    gap: float = 0.1
