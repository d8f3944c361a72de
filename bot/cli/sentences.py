"""The sentences under `tests:` of a workspace's intents, tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.cli.failures import Failure, Share
from bot.dialog.content import Content
from bot.dialog.conversation import Talk
from bot.dialog.policy import Clarify, decide
from intents.intent import Intent
from intents.judging import Outcome, outcome_of
from intents.ranking import Ranking
from intents.whereabouts import whereabouts


@dataclass(frozen=True, slots=True)
class Tried:
    """A sentence that was tried; `failure` is None when it came to its intent."""

    locale: str
    answered: bool
    failure: Failure | None


def try_sentences(content: Content, folder: Path) -> list[Tried]:
    """Each sentence, in file order; `folder` is that of the intents."""
    written = [
        (intent, locale, sentence)
        for intent in content.intents.intents.values()
        for locale, sentences in intent.tests.items()
        for sentence in sentences
    ]
    rankings = content.ranker.rank_many([(sentence, locale) for _, locale, sentence in written])
    places = whereabouts(folder, "tests")
    tried = []
    for (intent, locale, sentence), ranking in zip(written, rankings, strict=True):
        outcome = outcome_of(ranking, content.thresholds)
        strayed = _strayed(intent, ranking, outcome, content)
        file, line = places.get((intent.id, locale, sentence), (intent.file, intent.line))
        failure = Failure("sentence", file, line, f'"{sentence}" ({locale}) {strayed}') if strayed else None
        tried.append(Tried(locale, outcome is Outcome.ANSWERED, failure))
    return tried


def shares(tried: Sequence[Tried]) -> dict[str, Share]:
    """How the sentences of each locale fare."""
    by_locale = {
        locale: [each for each in tried if each.locale == locale]
        for locale in dict.fromkeys(each.locale for each in tried)
    }
    return {
        locale: Share(len(kept), sum(each.failure is None for each in kept), sum(each.answered for each in kept))
        for locale, kept in by_locale.items()
    }


def _strayed(intent: Intent, ranking: Ranking, outcome: Outcome, content: Content) -> str:
    """What it was taken for instead; empty if its intent is the likeliest, or among those that are asked about."""
    likely = _likely(ranking, content)
    if intent.id in likely:
        return ""
    own = next((f"{each.score:.2f}" for each in ranking.candidates if each.intent == intent.id), "no score")
    taken = " or ".join(likely) or "nothing that we know"
    return f"is taken for {taken} ({ranking.best:.2f}, {outcome}), not {intent.id} ({own})"


def _likely(ranking: Ranking, content: Content) -> list[str]:
    intents, limits = content.intents.intents, content.thresholds
    decision = decide(ranking, Talk(), intents, limits, content.desk.escalation)
    if isinstance(decision, Clarify):
        return [each.id for each in decision.intents]
    return [each.intent for each in ranking.candidates[:1]]
