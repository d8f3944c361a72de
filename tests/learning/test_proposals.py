"""What questions are made into: examples, new intents, hints; and what is left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.dialog.questions import Asked, Outcome, Question
from bot.learning.proposals import Kind, propose
from intents.intent import Catalogue, Intent
from intents.ranking import Candidate, Ranking, Thresholds
from tests.dialog.shop import content

NOW = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)
INTENTS = (
    Intent("cost", {"en": "Cost"}, examples={"en": ("the price", "how much is it")}),
    Intent("time", {"en": "Time"}, examples={"en": ("the days",)}),
)


@dataclass
class Scores:
    """A matcher that knows these texts, and half knows whatever has "price" in it."""

    known: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)

    def rank(self, text: str, locale: str, *, explain: bool = False) -> Ranking:
        half = (Candidate("cost", 0.5), Candidate("time", 0.45)) if "price" in text else (Candidate("time", 0.1),)
        return Ranking(self.known.get(text, half), ours=0.1 if "strange" in text else 1.0)

    def rank_many(self, queries: Sequence[tuple[str, str]]) -> Sequence[Ranking]:
        return [self.rank(*each) for each in queries]


SHOP = content(intents=Catalogue({each.id: each for each in INTENTS}, {}, {"en": ("the weather",)}))


def shop(**scores):
    known = {text: tuple(Candidate(*each) for each in found) for text, found in scores.items()}
    return content(intents=SHOP.intents, ranker=Scores({text.replace("_", " "): each for text, each in known.items()}))


@pytest.fixture
def ask():
    asked = []

    def add(text, outcome="missed", times=1, *, locale="en", names=(), **more):
        for _ in range(times):
            at = NOW + timedelta(hours=len(asked))
            asked.append(Asked(Question(1, at, locale, Outcome(outcome), **more), text, names))
        return asked

    return add


def told(findings):
    return [(each.kind, each.intent, each.count, each.sentences) for each in findings.proposals]


def test_what_is_likely_is_an_example_and_what_is_not_is_new(ask):
    ask("what a price", times=2)
    asked = ask("do you rent skis")
    assert told(propose(asked, shop())) == [
        (Kind.EXAMPLES, "cost", 2, (("what a price", 2),)),
        (Kind.INTENT, "time", 1, (("do you rent skis", 1),)),
    ]


def test_what_is_hardly_ours_is_new_however_like_it_is_to_an_intent(ask):
    careful = replace(shop(), thresholds=Thresholds(ours=0.5))
    ask("what a price")
    (found,) = propose(ask("a strange price"), careful, least=2).proposals
    assert (found.kind, found.score) == (Kind.EXAMPLES, pytest.approx(0.5 * 0.55))
    (found,) = propose(ask("a strange price"), careful, least=3).proposals
    assert (found.kind, found.intent, found.score) == (Kind.INTENT, "cost", pytest.approx(0.5 * 0.4))


def test_what_is_less_likely_than_what_the_bot_asks_back_about_is_new(ask):
    (found,) = propose(ask("a strange price"), replace(shop(), thresholds=Thresholds())).proposals
    assert (found.kind, found.intent, found.score) == (Kind.INTENT, "cost", pytest.approx(0.05))


def test_what_is_near_to_nothing_is_new_although_the_bot_would_ask_back(ask):
    curious = replace(shop(), thresholds=Thresholds(clarify=0.05))
    (found,) = propose(ask("do you rent skis"), curious).proposals
    assert (found.kind, found.intent, found.score) == (Kind.INTENT, "time", pytest.approx(0.1))


def test_what_most_customers_have_refused_is_no_example_of_it(ask):
    ask("what a price", "rejected", intent="cost")
    (found,) = propose(ask("what a price", intent="cost"), shop()).proposals
    assert (found.kind, found.intent) == (Kind.EXAMPLES, "cost")
    (found,) = propose(ask("what a price", "rejected", intent="time"), shop()).proposals
    assert (found.kind, found.intent) == (Kind.INTENT, "cost")


def test_what_was_refused_when_other_choices_were_shown_may_be_an_example(ask):
    (found,) = propose(ask("what a price", "rejected", intent="gone"), shop()).proposals
    assert (found.kind, found.intent) == (Kind.EXAMPLES, "cost")


def test_the_same_words_are_counted_once_and_told_when_and_how_they_ended(ask):
    ask("Do you rent skis?")
    ask("do you rent skis", "rejected", times=2)
    (found,) = propose(ask("do you rent SKIS!", "clarified"), shop()).proposals
    assert found.sentences == (("do you rent skis", 4),)
    assert found.outcomes == {Outcome.MISSED: 1, Outcome.REJECTED: 2, Outcome.CLARIFIED: 1}
    assert (found.first, found.last) == (NOW, NOW + timedelta(hours=3))


def test_the_most_asked_comes_first_and_what_is_rare_can_be_left_out(ask):
    ask("do you rent skis")
    asked = ask("парковка", times=3, locale="ru")
    assert [each.count for each in propose(asked, shop()).proposals] == [3, 1]
    assert [each.count for each in propose(asked, shop(), least=2).proposals] == [3]
    assert [each.locale for each in propose(asked, shop(), locale="en").proposals] == ["en"]


def test_languages_are_not_mixed_and_one_that_is_spoken_no_more_is_the_first(ask):
    ask("ski rental", locale="ru")
    ask("ski rental", locale="de")
    assert [each.locale for each in propose(ask("ski rental"), shop()).proposals] == ["en", "ru"]


def test_what_would_be_answered_by_now_is_left_out_and_counted(ask):
    ask("the rate", times=2)
    ask("The price?")
    ask("the weather", "rejected")
    findings = propose(ask("the days", "chosen", meant="cost"), shop(the_rate=[("cost", 0.9)]))
    assert (findings.proposals, findings.answered) == ((), 5)


def test_what_customers_picked_is_an_example_of_that(ask):
    ask("a price", "chosen", times=2, meant="time")
    ask("a price", "rejected")
    ask("a price", "chosen", meant="cost")
    asked = ask("the price of a week", "chosen", meant="time")
    assert told(propose(asked, shop())) == [(Kind.CHOSEN, "time", 5, (("a price", 4), ("the price of a week", 1)))]


def test_what_customers_disagree_about_or_picked_of_intents_that_are_gone_is_not_theirs_to_say(ask):
    ask("a price", "chosen", meant="time")
    ask("a price", "chosen", meant="cost")
    asked = ask("skis", "chosen", meant="gone")
    assert [(each.kind, each.intent) for each in propose(asked, shop()).proposals] == [
        (Kind.EXAMPLES, "cost"),
        (Kind.INTENT, "time"),
    ]


def test_what_customers_picked_is_said_although_the_bot_is_sure_of_something_else(ask):
    asked = ask("the rate", "chosen", meant="time")
    assert told(propose(asked, shop(the_rate=[("cost", 0.9)]))) == [(Kind.CHOSEN, "time", 1, (("the rate", 1),))]
    assert propose(asked, shop(the_rate=[("time", 0.9)])).answered == 1


def test_an_answer_that_does_not_help_is_to_be_better(ask):
    ask("the price", "unhelped", intent="cost")
    asked = ask("the rate", "repeated", intent="cost")
    found = propose(asked, shop(the_rate=[("cost", 0.9)], the_price=[("cost", 1.0)]))
    assert told(found) == [(Kind.ANSWER, "cost", 2, (("the price", 1), ("the rate", 1)))]


def test_an_answer_that_did_not_help_and_is_not_given_any_more_is_as_any_question(ask):
    asked = ask("the rate", "unhelped", intent="cost")
    assert [each.kind for each in propose(asked, shop()).proposals] == [Kind.INTENT]
    assert propose(asked, shop(the_rate=[("time", 0.9)])).answered == 1


def test_names_and_numbers_are_masked_before_anything_else(ask):
    ask("skis 123456 for Anna", names=("Anna",))
    asked = ask("skis 777777 for Olga", names=("Olga",))
    assert told(propose(asked, shop())) == [(Kind.INTENT, "time", 2, (("skis 0000 for …", 2),))]


def test_a_text_without_words_of_its_own_teaches_nothing(ask):
    ask("123456")
    ask("?!")
    assert propose(ask("Anna anna@mail.ru", names=("Anna",)), shop()).proposals == ()


def test_a_long_text_is_cut_at_a_word(ask):
    (found,) = propose(ask("skis " * 100), shop()).proposals
    ((text, _),) = found.sentences
    assert len(text) <= 200
    assert text.endswith("skis")


def test_where_nothing_is_near_there_is_no_nearest(ask):
    (found,) = propose(ask("skis"), shop(skis=[])).proposals
    assert (found.kind, found.intent, found.score) == (Kind.INTENT, None, None)
