"""What the bot decides, case by case."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.conversation import Talk
from bot.dialog.policy import (
    Clarify,
    Escalate,
    Perform,
    Rephrase,
    Reply,
    Suggest,
    chosen,
    decide,
    miss,
    searched,
    sure,
)
from handoff.desk import Escalation
from intents.intent import Action, Intent
from intents.judging import Outcome, outcome_of
from intents.ranking import Candidate, Ranking, Thresholds
from kb.article import Answer, Article, Hit
from tests.dialog.wares import INTENTS

BY_ID = {each.id: each for each in INTENTS}
COST, TIME = BY_ID["cost"], BY_ID["time"]
THRESHOLDS = Thresholds(answer=0.6, clarify=0.25, gap=0.1)
RULES = Escalation(misses=2, repeats=2)


def ranked(**scores: float) -> Ranking:
    return Ranking(tuple(Candidate(*each) for each in scores.items()))


def decided(ranking: Ranking, talk: Talk = Talk(), rules: Escalation = RULES):  # noqa: B008 - a frozen value
    return decide(ranking, talk, BY_ID, THRESHOLDS, rules)


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [
        (ranked(cost=0.6), Reply(COST, 0.6)),
        (ranked(cost=0.75, time=0.6), Reply(COST, 0.75)),
        (ranked(cost=0.69, time=0.6), Clarify((COST, TIME))),
        (ranked(cost=0.59), Clarify((COST,))),
        (ranked(cost=0.25), Clarify((COST,))),
        (ranked(cost=0.24), None),
        (ranked(), None),
        (ranked(gone=0.9), None),
        (ranked(gone=0.9, cost=0.5), Clarify((COST,))),
        (ranked(cost=0.5, time=0.5, status=0.5, hello=0.5), Clarify((COST, TIME, BY_ID["status"]))),
        (ranked(person=0.9), Escalate("asked")),
        (ranked(stop=0.9), Perform(Action.CANCEL, BY_ID["stop"])),
        (ranked(repair=0.9), Escalate("always", BY_ID["repair"])),
        (ranked(nothing=0.9), Perform(Action.NONE, BY_ID["nothing"])),
    ],
)
def test_the_bot_answers_when_sure_asks_when_not_and_leaves_the_rest(ranking, expected):
    assert decided(ranking) == expected


@pytest.mark.parametrize(
    ("intent", "talk", "expected"),
    [
        ("cost", Talk(intent="cost", repeats=1), Escalate("repeats", COST)),
        ("cost", Talk(intent="cost", repeats=0), Reply(COST, 0.9)),
        ("cost", Talk(intent="time", repeats=1), Reply(COST, 0.9)),
        ("hello", Talk(intent="hello", repeats=9), Reply(BY_ID["hello"], 0.9)),
        ("call", Talk(intent="call", repeats=9), Perform(Action.CALLBACK, BY_ID["call"])),
        ("repair", Talk(intent="repair", repeats=9), Escalate("always", BY_ID["repair"])),
    ],
)
def test_only_an_answer_that_a_person_could_better_is_escalated_when_asked_again(intent, talk, expected):
    assert decided(ranked(**{intent: 0.9}), talk) == expected


def test_a_desk_may_wish_for_three_repeats():
    rules = Escalation(repeats=3)
    assert decided(ranked(cost=0.9), Talk(intent="cost", repeats=1), rules) == Reply(COST, 0.9)
    assert decided(ranked(cost=0.9), Talk(intent="cost", repeats=2), rules) == Escalate("repeats", COST)


def test_the_second_miss_in_a_row_calls_a_person():
    assert miss(Talk(misses=0), RULES) == Rephrase()
    assert miss(Talk(misses=1), RULES) == Escalate("misses")


OIL, LOCKS = (Hit(Article(name, "en", name, "text"), 0.9, "") for name in ("oil", "locks"))
TOLD_COST, TOLD_TIME, TOLD_STATUS = (
    Hit(Answer(name, "en", name, "text"), 0.9, "") for name in ("cost", "time", "status")
)


def test_what_the_search_is_sure_of_comes_before_a_miss():
    assert searched(None, Talk(misses=1), RULES, [OIL, TOLD_COST]) == Suggest((OIL, TOLD_COST))
    assert searched(None, Talk(misses=1), RULES, []) == Escalate("misses")


@pytest.mark.parametrize(
    ("intents", "hits", "joining"),
    [
        ((COST,), [OIL], (OIL,)),
        ((COST,), [TOLD_COST, TOLD_TIME], (TOLD_TIME,)),
        ((COST, TIME), [TOLD_TIME, TOLD_COST], ()),
        ((Intent("care", {}, article="oil"),), [OIL, LOCKS], (LOCKS,)),
        ((Intent("oil", {}),), [OIL], (OIL,)),
        ((COST,), [OIL, LOCKS, TOLD_TIME, TOLD_STATUS], (OIL, LOCKS, TOLD_TIME)),
        ((COST, TIME, BY_ID["hello"]), [OIL, LOCKS], (OIL,)),
        ((COST,), [], ()),
    ],
)
def test_what_no_likely_intent_leads_to_joins_the_clarification_up_to_four_choices(intents, hits, joining):
    assert searched(Clarify(intents), Talk(), RULES, hits) == Clarify(intents, joining)


def test_what_was_picked_by_hand_is_not_doubted():
    assert chosen(COST) == Reply(COST, 1.0)
    assert chosen(BY_ID["person"]) == Escalate("asked")


def test_an_action_of_none_with_an_answer_answers():
    intent = Intent("ok", {"en": "OK"}, answer={"en": "Fine."}, action=Action.NONE)
    assert chosen(intent) == Reply(intent, 1.0)


def test_nobody_is_sure_of_an_empty_ranking():
    assert sure(ranked(), BY_ID, THRESHOLDS) is None


@given(first=st.floats(0, 1), behind=st.none() | st.floats(0, 1))
def test_an_evaluation_counts_what_the_bot_would_do(first, behind):
    scores = {"cost": first} | ({} if behind is None else {"time": min(first, behind)})
    match decided(ranked(**scores)):
        case None:
            expected = Outcome.MISSED
        case Clarify():
            expected = Outcome.CLARIFIED
        case _:
            expected = Outcome.ANSWERED
    assert outcome_of(ranked(**scores), THRESHOLDS) is expected


@pytest.mark.parametrize("score", [0.3, 0.95])
def test_what_is_hardly_ours_is_neither_answered_nor_asked_about(score: float):
    strict = replace(THRESHOLDS, ours=0.5)
    stranger, own = (replace(ranked(cost=score), ours=ours) for ours in (0.49, 0.5))
    assert decide(stranger, Talk(), BY_ID, strict, RULES) is None
    assert decide(own, Talk(), BY_ID, strict, RULES) is not None
