"""Which questions are kept to learn from, and what is said to have become of them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.dialog.acts import Rewrote, Wrote
from bot.dialog.messages import Attachment, Ref
from bot.storage.tables import QUESTION
from handoff.desk import Escalation
from kb.article import Answer, Article
from tests.dialog.shop import content, desk, online, open_shop, sender
from tests.dialog.wares import MEANINGS, Shelf

FORGIVING = Escalation(misses=9, repeats=2, feedback=False)


@pytest.fixture
async def shop(tmp_path):
    async with open_shop(tmp_path) as opened:
        opened.content = desk(escalation=FORGIVING)
        yield opened


async def learnt(shop):
    found = await shop.storage.questions.since(shop.now - timedelta(days=1), 99)
    return [(each.text, each.question.outcome.value) for each in found]


async def test_what_was_not_understood_is_kept_with_what_came_nearest(shop):
    await shop.say("bla", name="Anna", language="ru")
    (asked,) = await shop.storage.questions.since(shop.now, 9)
    question = asked.question
    assert (question.seq, question.at, question.locale, question.outcome) == (1, shop.now, "ru", "missed")
    assert (question.intent, question.score, question.meant) == (None, None, None)
    await shop.say("delivery")
    question = (await shop.storage.questions.since(shop.now, 9))[-1].question
    assert (question.outcome, question.intent, question.score) == ("clarified", "cost", 0.55)


async def test_a_miss_that_calls_a_person_is_a_miss(shop):
    shop.content = content()
    await shop.say("bla")
    await shop.say("blabla")
    assert (await shop.conversation()).talk.wish.why == "misses"
    assert await learnt(shop) == [("bla", "missed"), ("blabla", "missed")]


async def test_what_is_answered_asked_for_or_small_talk_is_not_kept(shop):
    for text in ("cost", "hello", "hm", "language", "repair", "stop", "person"):
        await shop.say(text)
    async with shop.storage._engine.reading() as line:
        assert (await line.run(lambda connection: connection.execute(select(QUESTION)).all())) == []


async def test_none_of_these_tells_that_the_guess_was_wrong(shop):
    await shop.say("delivery")
    await shop.press("none")
    assert await learnt(shop) == [("delivery", "rejected")]


async def test_a_choice_tells_what_was_meant(shop):
    await shop.say("delivery")
    await shop.press("intent:time")
    assert await learnt(shop) == [("delivery", "chosen")]
    (asked,) = await shop.storage.questions.since(shop.now, 9)
    assert (asked.question.intent, asked.question.meant) == ("cost", "time")


async def test_the_customer_may_choose_after_all_or_choose_anew(shop):
    await shop.say("delivery")
    await shop.press("none")
    await shop.press("intent:time")
    await shop.press("intent:cost")
    (asked,) = await shop.storage.questions.since(shop.now, 9)
    assert (asked.question.outcome, asked.question.meant) == ("chosen", "cost")


async def test_a_button_of_another_answer_does_not_tell_what_was_meant(shop):
    await shop.say("cost")
    await shop.press("intent:time")
    assert await learnt(shop) == []
    await shop.say("bla")
    await shop.press("intent:time")
    assert await learnt(shop) == [("bla", "missed")]


async def test_a_button_that_was_no_choice_of_this_question_does_not_tell_either(shop, monkeypatch):
    monkeypatch.setitem(MEANINGS, "pay", (("cost", 0.5),))
    await shop.say("cost")
    await shop.say("pay")
    await shop.press("intent:time")
    assert await learnt(shop) == [("pay", "clarified")]


async def test_none_of_these_says_nothing_about_what_was_asked_and_answered_since(shop):
    await shop.say("delivery")
    await shop.say("cost")
    await shop.press("none")
    assert await learnt(shop) == [("delivery", "clarified")]


async def test_who_turns_away_from_the_choices_leaves_the_question_open(shop):
    await shop.say("delivery")
    await shop.press("none")
    await shop.say("delivery")
    await shop.say("person")
    assert await learnt(shop) == [("delivery", "rejected"), ("delivery", "clarified")]


async def test_an_answer_that_did_not_help_is_kept(shop):
    await shop.say("cost")
    await shop.press("unhelped:cost")
    (asked,) = await shop.storage.questions.since(shop.now, 9)
    assert (asked.text, asked.question.outcome, asked.question.intent) == ("cost", "unhelped", "cost")
    assert asked.question.score == 0.9


async def test_an_answer_that_was_chosen_and_did_not_help_keeps_what_was_meant(shop):
    shop.content = content()
    await online(shop, "anna")
    await shop.say("delivery")
    await shop.press("intent:time")
    await shop.press("unhelped:time")
    (asked,) = await shop.storage.questions.since(shop.now, 9)
    assert (asked.question.outcome, asked.question.meant) == ("unhelped", "time")
    assert [each.brief.why for each in await shop.tickets()] == ["feedback"]


async def test_the_form_before_an_answer_is_no_question_and_hides_none(shop):
    await shop.say("status")
    await shop.say("nonsense")
    await shop.say("123")
    await shop.press("unhelped:status")
    assert await learnt(shop) == [("status", "unhelped")]


async def test_an_answer_to_something_else_says_nothing_about_the_last_question(shop):
    await shop.say("cost")
    await shop.say("delivery")
    await shop.press("unhelped:cost")
    assert await learnt(shop) == [("delivery", "clarified")]


async def test_nothing_is_known_of_an_answer_whose_question_was_asked_by_a_button(shop):
    await shop.say("cost")
    await shop.press("intent:time")
    await shop.press("unhelped:time")
    assert await learnt(shop) == []


async def test_feedback_on_what_was_never_asked_in_words_is_no_error(shop):
    await shop.say("cost")
    await shop.say("person")
    await shop.press("unhelped:cost")
    assert await learnt(shop) == []


async def test_who_asks_again_and_again_was_not_answered(shop):
    await online(shop, "anna")
    await shop.say("cost")
    await shop.say("cost")
    assert await learnt(shop) == [("cost", "repeated")]


@pytest.fixture
def with_articles(shop):
    answers = (Answer("time", "en", "weeks", "It takes a day"),)
    shelf = Shelf({"sizes": Article("sizes", "en", "sizes", "How to choose a size.")}, answers)
    shop.content = replace(shop.content, library=shelf)


@pytest.mark.usefixtures("with_articles")
async def test_an_article_that_is_opened_settles_the_question(shop):
    await shop.say("all sizes")
    assert await learnt(shop) == [("all sizes", "suggested")]
    await shop.press("article:sizes")
    assert await learnt(shop) == []


@pytest.mark.usefixtures("with_articles")
@pytest.mark.parametrize("article", ["article:sizes", "intent:time"])
async def test_what_the_search_adds_to_the_choices_may_be_what_was_meant(shop, monkeypatch, article):
    monkeypatch.setitem(MEANINGS, "pay for sizes or weeks", (("cost", 0.5),))
    await shop.say("pay for sizes or weeks")
    assert await learnt(shop) == [("pay for sizes or weeks", "clarified")]
    await shop.press(article)
    settled = article == "article:sizes"
    assert await learnt(shop) == ([] if settled else [("pay for sizes or weeks", "chosen")])


@pytest.mark.usefixtures("with_articles")
async def test_an_answer_that_the_search_has_found_may_be_what_was_meant(shop):
    await shop.say("how many weeks")
    await shop.press("intent:time")
    (asked,) = await shop.storage.questions.since(shop.now, 9)
    assert (asked.question.outcome, asked.question.meant) == ("chosen", "time")


@pytest.mark.usefixtures("with_articles")
async def test_an_article_that_is_not_wanted_does_not(shop):
    await shop.say("all sizes")
    await shop.press("none")
    await shop.press("article:sizes")
    assert await learnt(shop) == [("all sizes", "rejected")]


async def test_what_a_person_answers_or_is_no_text_is_not_kept(shop):
    await shop.do(Wrote(sender(), "a", "look", shop.now, attachments=(Attachment("sticker", "f"),)))
    await shop.do(Wrote(sender(), "b", "bla", shop.now - timedelta(days=2)))
    await shop.say("message")
    await shop.say("bla bla bla")
    await shop.press("done")
    await online(shop, "anna")
    await shop.say("person")
    await shop.say("bla")
    assert await learnt(shop) == []


async def test_the_words_are_those_of_the_message_as_it_is_now(shop):
    await shop.do(Wrote(sender(), "a", "bla", shop.now, refs=(Ref("telegram:5", "1"),)))
    await shop.do(Rewrote(sender(), Ref("telegram:5", "1"), "bla bla"))
    assert await learnt(shop) == [("bla bla", "missed")]


async def test_what_is_asked_is_remembered_over_a_restart(shop):
    await shop.say("delivery")
    shop.restart()
    await shop.press("intent:time")
    assert await learnt(shop) == [("delivery", "chosen")]
