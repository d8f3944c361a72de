"""What is asked in many words once is one group."""

import random

from intents import grouping
from intents.grouping import group

CARDS = ("do you sell gift cards", "can I buy a gift card", "gift cards for sale?", "is there a gift card")
ROADS = ("how do I get to your shop", "how to get to the shop by bus", "the way to your shop")
PARKING = ("парковка есть?", "где у вас парковка", "есть ли у вас парковка для машин")


KNOWN = (
    "how do I pay for it",
    "can I pay by card",
    "do you have a workshop",
    "is there a discount for two",
    "where is it",
    "сколько стоит доставка",
    "есть ли у вас скидка",
    "где мой заказ",
    "у вас есть насосы",
    "how much is the lock",
)


def groups_of(sentences, known=KNOWN):
    return {frozenset(each) for each in group(dict.fromkeys(sentences, 1), known)}


def test_likes_are_together_and_others_apart():
    assert groups_of([*CARDS, *ROADS, *PARKING]) == {frozenset(CARDS), frozenset(ROADS), frozenset(PARKING)}


def test_the_order_in_which_they_come_does_not_matter():
    sentences = [*CARDS, *ROADS, *PARKING, "nothing like it"]
    first = group(dict.fromkeys(sentences, 1), KNOWN)
    for seed in range(5):
        random.Random(seed).shuffle(sentences)
        assert group(dict.fromkeys(sentences, 1), KNOWN) == first


def test_the_most_typical_sentence_comes_first_then_the_most_asked_then_what_is_likest_to_the_others():
    asked = {"my gift card": 1, "gift card now": 1, "gift card for my mother": 2, "gift card": 1, "gift card please": 1}
    assert group(asked) == [
        ("gift card", "gift card for my mother", "my gift card", "gift card now", "gift card please"),
    ]


def test_words_that_everybody_uses_bind_less_than_rare_ones():
    pair = ["how much is the basket", "how much is the trailer"]
    assert groups_of(pair, known=()) == {frozenset(pair)}
    known = [f"how much is the {thing}" for thing in ("tyre", "pump", "lock", "bell", "chain", "lamp", "seat", "pedal")]
    assert groups_of(pair, known) == {frozenset([each]) for each in pair}


def test_nothing_makes_no_group_and_what_has_no_words_is_alone():
    assert group({}) == []
    assert group({"one": 1}) == [("one",)]
    assert groups_of(["?!", "...", "one"]) == {frozenset([each]) for each in ("?!", "...", "one")}


def test_of_very_many_the_rest_joins_the_groups_of_the_first(monkeypatch):
    monkeypatch.setattr(grouping, "AT_ONCE", 4)
    weights = {CARDS[0]: 9, ROADS[0]: 8, CARDS[1]: 7, PARKING[0]: 6}
    found = group({**dict.fromkeys([*CARDS, *ROADS, *PARKING, "nothing like it"], 1), **weights}, KNOWN)
    assert {frozenset(each) for each in found} == {
        frozenset(CARDS),
        frozenset(ROADS),
        frozenset(PARKING),
        frozenset(["nothing like it"]),
    }


def test_every_sentence_is_in_one_group():
    words = ["red", "green", "bike", "lock", "price", "where", "when", "open", "chain", "size"]
    dice = random.Random(7)
    sentences = {" ".join(dice.sample(words, dice.randint(1, 4))): dice.randint(1, 5) for _ in range(300)}
    found = [text for each in group(sentences) for text in each]
    assert sorted(found) == sorted(sentences)
