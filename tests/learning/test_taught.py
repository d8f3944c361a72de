"""What operators taught comes out ready to paste, and tells nothing of who asked."""

import json
from datetime import UTC, datetime, timedelta

from bot.dialog.lessons import Taught
from bot.learning.proposals import Findings
from bot.learning.taught import suggested
from bot.learning.writing import Report, as_json, as_yaml, summary
from intents.fitting import fit
from intents.shape import IntentsFile
from intents.strict_yaml import parse
from tests.dialog.shop import content

NOW = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)
SHOP = content()


def taught(question, answer="Yes.", **more):
    given = {"locale": "en", "operator": "anna", "at": NOW} | more
    return Taught(question, answer, **given)


def report(*lessons, locale=None):
    return Report(Findings(), NOW - timedelta(days=7), NOW, lessons=suggested(lessons, SHOP, locale))


def test_a_lesson_is_a_whole_intent():
    text = as_yaml(report(taught("Do you repair skates?", 'Yes, "quickly".\nBring: both')), SHOP)
    assert "  # taught by anna on 2026-05-05\n" in text
    (intent,) = fit(IntentsFile, parse(text, "new.yaml")).intents
    assert intent.id == "do_you_repair_skates"
    assert intent.examples == {"en": ("Do you repair skates?",)}
    assert intent.answer == {"en": 'Yes, "quickly".\nBring: both'}


def test_names_and_numbers_are_masked_in_both():
    lesson = taught("я Борис, мой заказ 12345", "Борис, заказ 12345 едет.\nПишите на a@b.lv", names=("Борис",))
    text = as_yaml(report(lesson), SHOP)
    assert not any(told in text for told in ("Борис", "12345", "a@b.lv"))
    assert "заказ 0000 едет" in text


def test_a_question_that_is_answered_by_now_is_shown_for_comparison():
    text = as_yaml(report(taught("cost", "Four")), SHOP)
    assert "  # answered by cost, :1: see which answer is better\n  #   cost\n  #   Four\n" in text
    assert "intents:" not in text.splitlines()


def test_of_one_question_the_newest_answer_counts():
    [lesson] = report(taught("Skates?", "No."), taught("skates", "Yes.", operator="olga")).lessons
    assert (lesson.answer, lesson.operator) == ("Yes.", "olga")


def test_one_language_can_be_asked_for_and_bare_numbers_teach_nothing():
    both = (taught("Skates?"), taught("Коньки?", locale="ru"), taught("123456"))
    assert [each.question for each in report(*both).lessons] == ["Skates?", "Коньки?"]
    assert [each.question for each in report(*both, locale="ru").lessons] == ["Коньки?"]


def test_other_programs_are_told_the_same():
    [skates, cost] = json.loads(as_json(report(taught("Skates?"), taught("cost", "Four")), SHOP))["lessons"]
    assert (skates["id"], skates["title"], skates["intent"], skates["operator"]) == ("skates", "Skates", None, "anna")
    assert (cost["intent"], cost["stands_at"], "id" in cost) == ("cost", ":1", False)
    assert "Taught by operators: 1." in summary(report(taught("Skates?")), SHOP)
