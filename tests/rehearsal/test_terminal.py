"""The terminal: what is typed is answered, buttons are pressed by number, and the decision is explained."""

import io
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest

from bot.dialog.conversation import Awaiting, Owner, Talk
from bot.rehearsal.explaining import Standing, explained
from bot.rehearsal.terminal import converse
from handoff.desk import Escalation
from intents.intent import Action, Catalogue, Intent
from intents.ranking import Candidate, Ranking, Thresholds
from kb.article import Article, Hit


@pytest.fixture
def talk(monkeypatch, capsys, sample):
    def talked(*lines, locale="ru", explain=False):
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        converse(sample, locale, explain=explain)
        return capsys.readouterr().out

    return talked


def test_a_question_is_answered_with_numbered_buttons(talk):
    said = talk("сколько стоит доставка")
    assert "bot: По Риге" in said
    assert "   1. Сроки доставки" in said


def test_a_number_presses_the_button(talk, sample):
    said = talk("сколько стоит доставка", "1")
    assert sample.plain(sample.intents.intents["delivery_time"].answer["ru"])[:40] in said


def test_a_number_without_a_button_is_a_message(talk):
    assert "bot: " in talk("7")


def test_an_empty_line_ends_the_talk(talk):
    assert "По Риге" not in talk("", "сколько стоит доставка")


def test_explained_shows_votes_in_columns_the_decision_and_why(talk):
    said = talk("сколько стоит доставка", explain=True)
    assert "| language   ru, answered in ru" in said
    assert "| settled by a sentence that was learnt word for word" in said
    assert re.search(r"\|  +exact  pattern  .*blend  score\n   \| delivery_cost +1\.00 +- .* 1\.000\n", said)
    assert re.search(
        r"\| thresholds answer from 0\.\d\d if 0\.\d\d ahead, ask back from 0\.\d\d, none of ours below 0\.\d\d\n", said
    )
    assert "| decision   answer delivery_cost" in said
    assert re.search(r"\| why        1\.000 is at least 0\.\d\d, and 1\.000 ahead of the second", said)


def test_a_press_needs_no_explanation(talk):
    assert talk("сколько стоит доставка", "1", explain=True).count("decision") == 1


@pytest.mark.parametrize(
    ("lines", "decisions", "bot"),
    [
        (["абракадабра бум"] * 2, ["ask for other words", "call a person"], ["rephrase", None]),
        (["сколько стоит доставка"] * 2, ["answer delivery_cost", "call a person"], [None, None]),
        (["позовите человека"], ["call a person"], [None]),
        (["перезвоните мне"], ["perform callback"], [None]),
    ],
)
def test_what_is_explained_is_what_the_bot_does(talk, sample, lines, decisions, bot):
    said = talk(*lines, explain=True)
    assert re.findall(r"\| decision   (.*)", said) == decisions
    for phrase in filter(None, bot):
        assert sample.phrases.say("ru", phrase) in said


def test_who_is_followed_into_another_language_is_understood_in_it(talk):
    assert "| language   ru, answered in ru" in talk("где мой заказ, когда его привезут", locale="en", explain=True)


RULES = Escalation(misses=2, repeats=2)
INTENTS = {
    "cost": Intent("cost", {"en": "Cost"}, answer={"en": "5"}, ask=("order",)),
    "time": Intent("time", {"en": "Time"}, answer={"en": "1 day"}),
    "burnt": Intent("burnt", {"en": "Burnt"}, handoff="always"),
    "cancel": Intent("cancel", {"en": "Cancel"}, action=Action.CANCEL),
    "human": Intent("human", {"en": "Human"}, action=Action.HANDOFF),
}
HIT = Hit(Article("fees", "en", "Fees", "All fees."), 0.7, "All fees.")
PHONE, FORM = (Standing("en", talk=Talk(awaiting=each)) for each in (Awaiting.PHONE, Awaiting.FORM))
WEAK = Hit(Article("far", "en", "Far", "Far away."), 0.2, "Far away.")


def explain(sample, standing=None, hits=(), understood_as=None, **scores):
    ranking = Ranking(tuple(Candidate(*each) for each in scores.items()), "blend", None, understood_as)
    content = replace(
        sample,
        intents=Catalogue(INTENTS),
        desk=replace(sample.desk, escalation=RULES),
        thresholds=Thresholds(answer=0.6, clarify=0.25, gap=0.1),
        ranker=SimpleNamespace(rank=lambda *_, explain: ranking),
        library=SimpleNamespace(search=lambda *_: list(hits)),
    )
    return "\n".join(explained("text", standing or Standing("en"), content))


@pytest.mark.parametrize(
    ("scores", "talk_", "hits", "decision", "why"),
    [
        ({"cost": 0.9}, Talk(), [], "answer cost after its form (order)", "0.900 is at least 0.60, and 0.900 ahead"),
        ({"cost": 0.5, "time": 0.3}, Talk(), [], "ask which is meant: cost or time", "0.500 is below 0.60, but at"),
        ({"cost": 0.8, "time": 0.75}, Talk(), [], "ask which is meant: cost or time", "only 0.050 ahead of the second"),
        ({"burnt": 0.9}, Talk(), [], "call a person", "burnt has `handoff: always`"),
        ({"human": 0.9}, Talk(), [], "call a person", "0.900 is at least 0.60"),
        ({"cancel": 0.9}, Talk(), [], "perform cancel", "0.900 is at least 0.60"),
        ({"time": 0.9}, Talk(intent="time", repeats=1), [], "call a person", "asked 2 times in a row (escalation.r"),
        ({"time": 0.1}, Talk(), [WEAK], "ask for other words", "reaches 0.55; miss 1, a person is called at 2"),
        ({}, Talk(misses=1), [], "call a person", "2 times in a row (escalation.misses: 2)"),
        ({}, Talk(), [HIT, WEAK], "show what the search found: fees", "and the search is sure from 0.55 on"),
    ],
)
def test_every_decision_has_its_reason(sample, scores, talk_, hits, decision, why):
    said = explain(sample, Standing("en", talk=talk_), hits, **scores)
    assert f"\ndecision   {decision}" in said
    assert re.search(rf"\nwhy        .*{re.escape(why)}", said)


def test_articles_are_shown_with_scores_when_intents_are_unsure(sample):
    said = explain(sample, hits=[HIT, WEAK], cost=0.5)
    assert "found      0.70 fees, Fees\n           0.20 far, Far (too little: below 0.55)\n" in said
    assert "articles" not in explain(sample, hits=[HIT], cost=0.9)


def test_what_was_misread_is_shown_as_it_was_read(sample):
    assert 'read as    "crjkmrj"' in explain(sample, understood_as="crjkmrj", cost=0.9)


def test_slips_of_the_finger_and_the_nearest_example_are_shown(talk):
    said = talk("сколько стоит доставкп до Лиепаи", explain=True)
    assert '| mended     "доставкп" is taken for "доставка"' in said
    assert '| concepts   "стоит": price, "доставка": delivery\n' in said
    assert re.search(r'\| nearest    "[^"]*доставка[^"]*" of delivery_cost\n   \|            "[^"]+" of \w+\n', said)


@pytest.mark.parametrize(
    ("standing", "scores", "decision"),
    [
        (Standing("en", owner=Owner.OPERATOR), {"cost": 0.9}, "none: the conversation is an operator's"),
        (PHONE, {"cost": 0.9}, "none: the words are taken for what was asked (phone)"),
        (FORM, {}, "none: the words are taken for what was asked (form)"),
        (FORM, {"cancel": 0.9}, "cancel, which breaks off what was asked (form)"),
    ],
)
def test_words_that_are_no_question_are_told_apart(sample, standing, scores, decision):
    assert f"\ndecision   {decision}" in explain(sample, standing, **scores)
