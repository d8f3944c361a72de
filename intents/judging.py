"""What a ranking amounts to when it is known what the sentence means: right or wrong, and what the bot would do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from intents.held_out import HeldOut
from intents.ranking import Ranking, Thresholds


class Outcome(StrEnum):
    """What the bot does with a text, in the words of its log."""

    ANSWERED = "answered"
    CLARIFIED = "clarified"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, what it means (`intent`, None for none of ours), and what was made of it.

    `got` is the likeliest intent, None when there is no candidate; `score` is its probability and `ahead` how far the
    second best is behind; `ours` is the probability that the sentence belongs to any. `outcome` is what the bot would
    do.
    """

    text: str
    locale: str
    intent: str | None
    got: str | None
    score: float
    ahead: float
    ours: float
    outcome: Outcome

    @property
    def answered(self) -> bool:
        """Whether the bot would answer without asking back."""
        return self.outcome is Outcome.ANSWERED

    @property
    def right(self) -> bool:
        """Its own intent is the likeliest; a sentence that is none of ours is right when it is not answered."""
        return not self.answered if self.intent is None else self.got == self.intent


def judge(held_out: Iterable[HeldOut], limits: Thresholds) -> tuple[Judged, ...]:
    """Each sentence judged, in order."""
    return tuple(_judged(each, limits) for each in held_out)


def outcome_of(ranking: Ranking, limits: Thresholds) -> Outcome:
    """What the bot does under these thresholds when nothing else is going on in the conversation."""
    if not ranking.candidates or not limits.familiar(ranking):
        return Outcome.MISSED
    if limits.sure(ranking):
        return Outcome.ANSWERED
    return Outcome.CLARIFIED if ranking.best >= limits.clarify else Outcome.MISSED


def ahead_of(ranking: Ranking) -> float:
    """How far the best candidate is ahead of the second; of nothing when it is alone."""
    second = ranking.candidates[1].score if len(ranking.candidates) > 1 else 0.0
    return ranking.best - second


def _judged(each: HeldOut, limits: Thresholds) -> Judged:
    ranking = each.ranking
    got = ranking.candidates[0].intent if ranking.candidates else None
    outcome = outcome_of(ranking, limits)
    return Judged(each.text, each.locale, each.intent, got, ranking.best, ahead_of(ranking), ranking.ours, outcome)
