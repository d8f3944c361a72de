"""Answering: what the policy decided is said and done."""

from collections.abc import Sequence
from typing import assert_never

from bot.dialog import booking, buttons, cancelling, forms, handover, leaving, remembering
from bot.dialog.content import Content
from bot.dialog.messages import Button
from bot.dialog.policy import (
    Clarify,
    Decision,
    Escalate,
    Perform,
    Rephrase,
    Reply,
    Suggest,
    chosen,
    decide,
    miss,
    searched,
)
from bot.dialog.scene import Scene
from bot.dialog.wishes import QUESTION_LIMIT
from handoff.desk import titled
from intents.intent import Action, Intent
from intents.ranking import Ranking
from kb.article import Article, Hit


async def answer_text(scene: Scene, text: str, ranking: Ranking) -> None:
    """Judge the text and act on the judgement."""
    content = scene.content
    rules = content.desk.escalation
    decision = decide(ranking, scene.talk, content.intents.intents, content.thresholds, rules)
    if decision is None or isinstance(decision, Clarify):
        decision = searched(decision, scene.talk, rules, worth_showing(content, scene.locale, text, ranking))
    question = text[:QUESTION_LIMIT] if _is_question(decision) else scene.talk.question
    remembering.asked(scene, question, decision, ranking)
    await carry_out(scene, await _or_who_knows(scene, decision), ranking)


def worth_showing(content: Content, locale: str, text: str, ranking: Ranking) -> list[Hit]:
    """The articles and answers that may be shown unasked; none for what is known to be none of ours."""
    hits = [] if ranking.foreign else content.library.search(ranking.understood_as or text, locale)
    return [hit for hit in hits if hit.score >= content.sure and buttons.fits(buttons.found(content, locale, hit))]


async def carry_out(scene: Scene, decision: Decision, ranking: Ranking | None = None) -> None:
    """Say and do what was decided."""
    match decision:
        case Reply(intent=intent, score=score):
            await reply(scene, intent, score)
        case Perform(action=action, intent=intent):
            scene.happened("performed", intent.id)
            await _perform(scene, action)
        case Clarify(intents=intents, hits=hits):
            scene.happened("clarified", intents[0].id, ranking.candidates[0].score if ranking else None)
            _ask(scene, "clarify", [buttons.meaning(scene, each) for each in intents], hits)
        case Suggest(hits=hits):
            best = hits[0]
            kind = "article" if isinstance(best.document, Article) else "answer"
            scene.happened("suggested", None, best.score, **{kind: best.document.id})
            _ask(scene, "articles", [], hits)
        case Rephrase():
            scene.happened("missed")
            scene.set_talk(misses=scene.talk.misses + 1)
            scene.say("rephrase", [buttons.person(scene)])
        case Escalate(why=why, intent=intent):
            await _escalate(scene, why, intent)
        case _ as never:
            assert_never(never)


async def choose(scene: Scene, intent: Intent) -> None:
    """The customer pressed the intent's title: no doubt what was meant."""
    remembering.chosen(scene, intent.id)
    await carry_out(scene, chosen(intent))


async def reply(scene: Scene, intent: Intent, score: float | None = None) -> None:
    """The intent's answer, after its form."""
    if forms.unanswered(scene, intent):
        forms.begin(scene, intent)
        return
    scene.happened("answered", intent.id, score)
    repeats = scene.talk.repeats + 1 if scene.talk.intent == intent.id else 1
    matters = intent.handoff != "never"
    scene.set_talk(misses=0, repeats=repeats, intent=intent.id if matters else scene.talk.intent)
    scene.show(_answer(scene, intent), buttons.under_answer(scene, intent))


async def form_done(scene: Scene, intent: Intent) -> None:
    """Everything was asked: on to the answer, or to the person for whom it was asked."""
    if intent.handoff == "always":
        await _call_at_once(scene, intent)
    else:
        await reply(scene, intent)


def show_article(scene: Scene, id: str) -> None:
    """A whole article."""
    article = scene.content.library.get(id, scene.locale)
    if article is None or article.audience == "operators":  # the admin has removed it since, or changed whom it is for
        scene.say("button_unknown")
        return
    scene.happened("article", None, None, article=id)
    remembering.opened(scene)
    scene.set_talk(misses=0)
    scene.show(f"**{article.title}**\n\n{article.body}", [buttons.person(scene)])


async def none_of_these(scene: Scene) -> None:
    """What the bot understood was wrong: that is a miss."""
    await carry_out(scene, await _or_who_knows(scene, miss(scene.talk, scene.content.desk.escalation)))


async def didnt_help(scene: Scene, intent: Intent | None) -> None:
    """The answer was no help: a person is called, or other words are asked for, as the desk wishes."""
    if scene.content.desk.escalation.feedback:
        await handover.call_person(scene, "feedback", intent)
    else:
        await none_of_these(scene)


def choose_language(scene: Scene) -> None:
    """The languages of the desk as buttons, each in its own words."""
    content = scene.content
    shown = [Button(f"lang:{each}", content.phrases.say(each, "language_name")) for each in content.desk.locales]
    scene.say("choose_language", shown)


async def _or_who_knows(scene: Scene, decision: Decision) -> Decision:
    """What the bot is not sure of goes straight to the person who has just served the customer, if they are here."""
    unsettled = isinstance(decision, Rephrase | Clarify)
    return Escalate(handover.BACK) if unsettled and await handover.somebody_knows(scene) else decision


def _is_question(decision: Decision) -> bool:
    """Small talk, a call for a person and the like are nothing that an operator should answer."""
    match decision:
        case Reply(intent=intent):
            return intent.handoff != "never"
        case Perform() | Escalate(why="asked"):
            return False
        case _:
            return True


async def _escalate(scene: Scene, why: str, intent: Intent | None) -> None:
    if intent is None or why != "always":
        await handover.call_person(scene, why, intent)
    elif forms.unanswered(scene, intent):
        forms.begin(scene, intent)
    else:
        await _call_at_once(scene, intent)


async def _call_at_once(scene: Scene, intent: Intent) -> None:
    """The intent's words, where it has any, before the person that it always calls."""
    if intent.answer or intent.article:
        scene.show(_answer(scene, intent))
    await handover.call_person(scene, "always", intent)


async def _perform(scene: Scene, action: Action) -> None:
    match action:
        case Action.CALLBACK:
            await booking.offer_times(scene)
        case Action.MESSAGE:
            leaving.prompt(scene)
        case Action.CANCEL:
            cancelling.cancel(scene)
        case Action.LANGUAGE:
            choose_language(scene)
        case Action.NONE | Action.HANDOFF:  # a handoff is an escalation, and was one before it came here
            pass
        case _ as never:
            assert_never(never)


def _ask(scene: Scene, phrase: str, meanings: Sequence[Button], hits: Sequence[Hit]) -> None:
    found = [buttons.found(scene.content, scene.locale, each) for each in hits]
    scene.say(phrase, [*meanings, *found, buttons.simple(scene, "none", "button_none")])


def _answer(scene: Scene, intent: Intent) -> str:
    if intent.article:
        article = scene.content.library.get(intent.article, scene.locale)
        if article is not None and article.body.strip():
            return article.body
    return titled(intent.answer, scene.locale) or titled(intent.title, scene.locale)
