"""Why the bot does with a text what it does: every stage's vote, the scores, the decision and its reason, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from bot.dialog.answering import worth_showing
from bot.dialog.content import Content
from bot.dialog.conversation import Awaiting, Conversation, Owner, Talk
from bot.dialog.policy import (
    Clarify,
    Decision,
    Escalate,
    Perform,
    Rephrase,
    Reply,
    Suggest,
    decide,
    searched,
    sure,
)
from bot.rehearsal.columns import NONE, aligned
from intents.intent import Action, Intent
from intents.judging import ahead_of
from intents.ranking import Ranking, Thresholds
from kb.article import Hit

_SETTLED = {
    "exact": "a sentence that was learnt word for word",
    "pattern": "a pattern",
    "blend": "the blend of all stages",
    "none": "nothing: no word of it is known",
}


RIVALS = 2  # candidates whose nearest example is shown: the best, and what it is to be told from

_FOREIGN = "a sentence that is listed as none of ours"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the conversation stands when the text comes."""

    locale: str
    locale_chosen: bool = False
    owner: Owner = Owner.BOT
    talk: Talk = field(default_factory=Talk)

    @classmethod
    def of(cls, conversation: Conversation | None, locale: str) -> "Standing":
        """That of the conversation; else that of a new one in the locale."""
        if conversation is None:
            return cls(locale)
        return cls(conversation.locale, conversation.locale_chosen, conversation.owner, conversation.talk)


def explained(text: str, standing: Standing, content: Content) -> list[str]:
    """What is made of the text, a line each: read, candidates with votes, thresholds, articles, decision."""
    ranking, locale = _ranked(text, standing, content)
    lines = [*_read(ranking, locale), *_votes(ranking), *_limits(content.thresholds)]
    silent = _silent(standing, ranking, content)
    if silent is not None:
        return [*lines, _line("decision", silent)]
    decision = decide(ranking, standing.talk, content.intents.intents, content.thresholds, content.desk.escalation)
    hits: Sequence[Hit] = ()
    if decision is None or isinstance(decision, Clarify):
        query = ranking.understood_as or text
        hits = content.library.search(query, locale)
        rules = content.desk.escalation
        decision = searched(decision, standing.talk, rules, worth_showing(content, locale, text, ranking))
    lines += _articles(hits, content.sure)
    return [*lines, _line("decision", _done(decision)), _line("why", _why(decision, ranking, standing.talk, content))]


def _ranked(text: str, standing: Standing, content: Content) -> tuple[Ranking, str]:
    """As the dialog ranks it: once more in the language of the text, if the customer has changed to that."""
    ranking = content.ranker.rank(text, standing.locale, explain=True)
    language = ranking.language
    follows = standing.owner is Owner.BOT and not standing.locale_chosen
    if language and language != standing.locale and follows:
        return content.ranker.rank(text, language, explain=True), language
    return ranking, standing.locale


def _line(name: str, text: str) -> str:
    return f"{name:11}{text}"


def _read(ranking: Ranking, locale: str) -> Iterator[str]:
    yield _line("language", f"{ranking.language or 'unclear'}, answered in {locale}")
    if ranking.understood_as:
        yield _line("read as", f'"{ranking.understood_as}"')
    if ranking.mended:
        yield _line("mended", ", ".join(f'"{typed}" is taken for "{known}"' for typed, known in ranking.mended.items()))
    if ranking.concepts:
        yield _line("concepts", ", ".join(f'"{word}": {", ".join(meant)}' for word, meant in ranking.concepts.items()))
    yield _line("settled by", _FOREIGN if ranking.foreign else _SETTLED.get(ranking.stage, ranking.stage))
    yield _line("ours", f"{ranking.ours:.2f}, the probability that it belongs to any intent")


def _votes(ranking: Ranking) -> Iterator[str]:
    """A row for each intent that somebody speaks for, a column for each stage, the calibrated score last."""
    scores = {each.intent: each.score for each in ranking.candidates}
    opinions = {stage: {each.intent: each.score for each in votes} for stage, votes in ranking.votes.items()}
    named = dict.fromkeys([*scores, *(intent for votes in opinions.values() for intent in votes)])
    if named:
        rows = [
            (
                intent,
                *(_score(votes.get(intent)) for votes in opinions.values()),
                NONE if intent not in scores else f"{scores[intent]:.3f}",
            )
            for intent in named
        ]
        yield ""
        yield from aligned([("", *opinions, "score"), *rows])
        yield ""
    for at, (intent, sentence) in enumerate([*ranking.nearest.items()][:RIVALS]):
        yield _line("" if at else "nearest", f'"{sentence}" of {intent}')


def _score(vote: float | None) -> str:
    return NONE if vote is None else f"{vote:.2f}"


def _limits(limits: Thresholds) -> Iterator[str]:
    said = f"answer from {limits.answer:.2f} if {limits.gap:.2f} ahead, ask back from {limits.clarify:.2f}"
    yield _line("thresholds", f"{said}, none of ours below {limits.ours:.2f}")


def _articles(hits: Sequence[Hit], least: float) -> Iterator[str]:
    for at, hit in enumerate(hits):
        shown = f"{hit.score:.2f} {hit.document.id}, {hit.document.title}"
        yield _line("" if at else "found", shown if hit.score >= least else f"{shown} (too little: below {least:.2f})")


def _silent(standing: Standing, ranking: Ranking, content: Content) -> str | None:
    """What becomes of words that are no question to the bot; None when they are one."""
    talk = standing.talk
    if standing.owner is Owner.OPERATOR and talk.awaiting is Awaiting.NOTHING:
        return "none: the conversation is an operator's, or waits for one; only a clear cancel leaves the queue"
    if talk.awaiting is Awaiting.NOTHING:
        return None
    clear = sure(ranking, content.intents.intents, content.thresholds)
    if clear is not None and clear.action in (Action.CANCEL, Action.HANDOFF):
        return f"{clear.action}, which breaks off what was asked ({talk.awaiting})"
    return f"none: the words are taken for what was asked ({talk.awaiting})"


def _done(decision: Decision) -> str:
    match decision:
        case Reply(intent=intent):
            return f"answer {intent.id}" + (f" after its form ({', '.join(intent.ask)})" if intent.ask else "")
        case Perform(action=action):
            return f"perform {action}"
        case Clarify(intents=intents, hits=hits):
            return f"ask which is meant: {_named(intents)}" + (
                f", or what the search found: {_ids(hits)}" if hits else ""
            )
        case Suggest(hits=hits):
            return f"show what the search found: {_ids(hits)}"
        case Rephrase():
            return "ask for other words"
        case Escalate():
            return "call a person"
        case _ as never:
            assert_never(never)


def _why(decision: Decision, ranking: Ranking, talk: Talk, content: Content) -> str:
    rules = content.desk.escalation
    match decision:
        case Escalate(why="misses"):
            said = f"{talk.misses + 1} times in a row (escalation.misses: {rules.misses})"
            return f"{_unlike(ranking, content)}, {said}"
        case Escalate(why="repeats"):
            said = f"asked {talk.repeats + 1} times in a row (escalation.repeats: {rules.repeats})"
            return f"{_sure(ranking, content.thresholds)}; {said}"
        case Escalate(why="always", intent=Intent(id=intent)):
            return f"{_sure(ranking, content.thresholds)}; {intent} has `handoff: always`"
        case Clarify():
            return _unsure(ranking, content.thresholds)
        case Suggest():
            return f"{_unlikely(ranking, content.thresholds)}, and the search is sure from {content.sure:.2f} on"
        case Rephrase():
            return f"{_unlike(ranking, content)}; miss {talk.misses + 1}, a person is called at {rules.misses}"
        case _:
            return _sure(ranking, content.thresholds)


def _sure(ranking: Ranking, limits: Thresholds) -> str:
    return f"{ranking.best:.3f} is at least {limits.answer:.2f}, and {ahead_of(ranking):.3f} ahead of the second"


def _unsure(ranking: Ranking, limits: Thresholds) -> str:
    if ranking.best < limits.answer:
        return f"{ranking.best:.3f} is below {limits.answer:.2f}, but at least {limits.clarify:.2f}"
    return f"{ranking.best:.3f} would do, but it is only {ahead_of(ranking):.3f} ahead of the second"


def _unlike(ranking: Ranking, content: Content) -> str:
    return f"{_unlikely(ranking, content.thresholds)}, nothing found reaches {content.sure:.2f}"


def _unlikely(ranking: Ranking, limits: Thresholds) -> str:
    if ranking.candidates and not limits.familiar(ranking):
        return f"it is hardly one of ours ({ranking.ours:.2f} is below {limits.ours:.2f})"
    return f"no intent reaches {limits.clarify:.2f}"


def _ids(hits: Sequence[Hit]) -> str:
    return ", ".join(hit.document.id for hit in hits)


def _named(intents: Sequence[Intent]) -> str:
    return " or ".join(each.id for each in intents)
