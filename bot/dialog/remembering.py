"""Remembering: which questions the bot could not answer, for whoever improves the content."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from bot.dialog.policy import Clarify, Decision, Escalate, Perform, Rephrase, Reply, Suggest
from bot.dialog.questions import Outcome, Question
from bot.dialog.scene import Scene
from intents.ranking import Ranking
from kb.article import Answer, Hit

_OPEN = (Outcome.CLARIFIED, Outcome.SUGGESTED)


def asked(scene: Scene, text: str, decision: Decision, ranking: Ranking) -> None:
    """A text was judged: from here on it is what the customer has asked, and `text` what an operator is shown of it.

    Call it before the bot says anything.
    """
    outcome = _outcome(decision)
    question = _question(scene, outcome, ranking) if outcome else None
    scene.set_talk(question=text, asked=question, choices=_choices(decision))
    if question and outcome is not Outcome.ANSWERED:
        scene.work.remember(scene.id, question)


def _question(scene: Scene, outcome: Outcome, ranking: Ranking) -> Question:
    best = ranking.candidates[0] if ranking.candidates else None
    intent, score = (best.intent, best.score) if best else (None, None)
    return Question(scene.last_seq, scene.work.now, scene.locale, outcome, intent, score)


def chosen(scene: Scene, intent: str) -> None:
    """The customer picked what was meant, if it is one of the choices that the last question was met with."""
    if intent in scene.talk.choices:
        _settle(scene, Outcome.CHOSEN, meant=intent)


def opened(scene: Scene) -> None:
    """An article was opened that was, it may be, what the last question was about."""
    if _last_is(scene, *_OPEN):
        _settle(scene, Outcome.READ)


def rejected(scene: Scene) -> None:
    """Nothing that was offered was meant."""
    if _last_is(scene, *_OPEN):
        _settle(scene, Outcome.REJECTED)


def unhelped(scene: Scene, intent: str) -> None:
    """The intent's answer was no help; a question only if it was met with that answer."""
    question = scene.talk.asked
    if question and _last_is(scene, Outcome.ANSWERED, Outcome.CHOSEN) and (question.meant or question.intent) == intent:
        _settle(scene, Outcome.UNHELPED, meant=question.meant)


def _last_is(scene: Scene, *outcomes: Outcome) -> bool:
    return scene.talk.asked is not None and scene.talk.asked.outcome in outcomes


def _settle(scene: Scene, outcome: Outcome, meant: str | None = None) -> None:
    assert scene.talk.asked is not None, "see the callers"
    question = replace(scene.talk.asked, outcome=outcome, meant=meant)
    scene.set_talk(asked=question)
    scene.work.remember(scene.id, question)


def _choices(decision: Decision) -> tuple[str, ...]:
    """The intents whose pressing tells that they were meant."""
    match decision:
        case Clarify(intents=intents, hits=hits):
            return (*(each.id for each in intents), *_answers(hits))
        case Suggest(hits=hits):
            return tuple(_answers(hits))
        case _:
            return ()


def _answers(hits: Iterable[Hit]) -> Iterator[str]:
    return (hit.document.id for hit in hits if isinstance(hit.document, Answer))


def _outcome(decision: Decision) -> Outcome | None:
    """None for what is no question: a call for a person, something to do."""
    match decision:
        case Reply():
            return Outcome.ANSWERED
        case Clarify():
            return Outcome.CLARIFIED
        case Suggest():
            return Outcome.SUGGESTED
        case Rephrase() | Escalate(why="misses"):
            return Outcome.MISSED
        case Escalate(why="repeats"):
            return Outcome.REPEATED
        case Perform() | Escalate():
            return None
        case _ as never:
            assert_never(never)
