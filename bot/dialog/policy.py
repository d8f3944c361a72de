"""The bot's judgement: what to do with a message that it may answer. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from bot.dialog.conversation import Talk
from handoff.desk import Escalation
from intents.intent import Action, Intent
from intents.ranking import Ranking, Thresholds
from kb.article import Answer, Article, Document, Hit


@dataclass(frozen=True, slots=True)
class Reply:
    """Give the intent's answer (after its form, if it has one)."""

    intent: Intent
    score: float


@dataclass(frozen=True, slots=True)
class Perform:
    """Do what a built-in action says."""

    action: Action
    intent: Intent


@dataclass(frozen=True, slots=True)
class Clarify:
    """Ask which of up to three intents was meant; `hits` are what else it may be, by the search."""

    intents: tuple[Intent, ...]
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggest:
    """Show articles and answers that the search is sure about."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Rephrase:
    """Ask politely for other words."""


@dataclass(frozen=True, slots=True)
class Escalate:
    """Call a person. `why` is asked, always, misses, repeats, feedback or attachment."""

    why: str
    intent: Intent | None = None


Decision = Reply | Perform | Clarify | Suggest | Rephrase | Escalate

CHOICES = 3  # intents in a clarification; more is a quiz
CHOICES_IN_ALL = 4  # with what the search is sure of


def decide(
    ranking: Ranking,
    talk: Talk,
    intents: Mapping[str, Intent],
    thresholds: Thresholds,
    rules: Escalation,
) -> Decision | None:
    """What to do with a text; None when no intent is even likely. See `searched` for what the library knows of it."""
    best = sure(ranking, intents, thresholds)
    if best is not None:
        return _known(best, ranking.candidates[0].score, talk, rules)
    if not thresholds.familiar(ranking):
        return None
    likely = [each.intent for each in thresholds.likely(ranking) if each.intent in intents]
    return Clarify(tuple(intents[each] for each in likely[:CHOICES])) if likely else None


def searched(decision: Clarify | None, talk: Talk, rules: Escalation, hits: Sequence[Hit]) -> Decision:
    """What to do when no intent is sure. `hits` are the articles and answers of which the search is, best first.

    Those that none of the likely intents leads to join the clarification; where no intent is likely they stand alone.
    """
    if decision is None:
        return Suggest(tuple(hits)) if hits else miss(talk, rules)
    others = [hit for hit in hits if not any(_leads_to(intent, hit.document) for intent in decision.intents)]
    return replace(decision, hits=tuple(others[: CHOICES_IN_ALL - len(decision.intents)]))


def sure(ranking: Ranking, intents: Mapping[str, Intent], thresholds: Thresholds) -> Intent | None:
    """The intent that is sure enough and far enough ahead, if there is one."""
    return intents.get(ranking.candidates[0].intent) if ranking.candidates and thresholds.sure(ranking) else None


def miss(talk: Talk, rules: Escalation) -> Rephrase | Escalate:
    """Nothing fitted, once more."""
    return Escalate("misses") if talk.misses + 1 >= rules.misses else Rephrase()


def chosen(intent: Intent, score: float = 1.0) -> Decision:
    """What an intent asks for when there is no doubt: picked by hand, or sure and not asked before."""
    if intent.action is Action.HANDOFF:
        return Escalate("asked")
    if intent.action is not None and not (intent.action is Action.NONE and (intent.answer or intent.article)):
        return Perform(intent.action, intent)
    if intent.handoff == "always":
        return Escalate("always", intent)
    return Reply(intent, score)


def _leads_to(intent: Intent, document: Document) -> bool:
    match document:
        case Article(id=article):
            return intent.article == article
        case Answer(id=answered):
            return intent.id == answered
        case _ as never:
            assert_never(never)


def _known(intent: Intent, score: float, talk: Talk, rules: Escalation) -> Decision:
    again = talk.intent == intent.id and talk.repeats + 1 >= rules.repeats
    if again and intent.handoff == "offer" and intent.action is None:
        return Escalate("repeats", intent)
    return chosen(intent, score)
