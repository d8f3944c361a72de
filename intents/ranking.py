"""What a matcher says about a text: candidates with calibrated scores, best first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

COMPARABLE = 1 / 3  # of the best score; what has less is not asked about beside the best
Stage = Literal["exact", "pattern", "blend", "none"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intent that the text may mean; `score` 0-1 is the probability that it does."""

    intent: str
    score: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Up to five candidates, best first. `stage` is the one that settled it.

    The scores say which intent it is if it is one of ours; `ours`, 0 to 1, is the probability that it is.
    `language` is that of the text when it is clear, among the desk's locales. `understood_as` is the recovered text
    when the keyboard layout or Latin letters were undone. When asked to explain, `votes` tells each stage's opinion,
    `mended` what each misspelt word was taken for, `concepts` what words stand for in any language, and `nearest` the
    most like example of each candidate.
    """

    candidates: tuple[Candidate, ...] = ()
    stage: Stage = "none"
    language: str | None = None
    understood_as: str | None = None
    votes: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    mended: Mapping[str, str] = field(default_factory=dict)
    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nearest: Mapping[str, str] = field(default_factory=dict)
    ours: float = 0.0

    @property
    def foreign(self) -> bool:
        """The text is, word for word, one that the author has listed as none of ours."""
        return self.stage == "exact" and not self.candidates

    @property
    def best(self) -> float:
        """The best candidate's score; 0 when there is none."""
        return self.candidates[0].score if self.candidates else 0.0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Below `ours` a text is none of ours.

    Else from `answer` on the bot answers if the second best is `gap` behind, and from `clarify` on it asks which was
    meant.
    """

    answer: float = 0.6
    clarify: float = 0.25
    gap: float = 0.1
    ours: float = 0.0

    def sure(self, ranking: Ranking) -> bool:
        """Whether the best candidate is to be taken at its word."""
        second = ranking.candidates[1].score if len(ranking.candidates) > 1 else 0.0
        return self.familiar(ranking) and ranking.best >= self.answer and ranking.best - second >= self.gap

    def likely(self, ranking: Ranking) -> tuple[Candidate, ...]:
        """The candidates worth asking about, best first: none, or those that are not far less likely than the best."""
        if ranking.best < self.clarify:
            return ()
        return tuple(each for each in ranking.candidates if each.score >= ranking.best * COMPARABLE)

    def familiar(self, ranking: Ranking) -> bool:
        """Whether the text may be one of ours at all."""
        return ranking.ours >= self.ours
