"""What the matcher makes of what customers write."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.cascade import BY_PATTERN, Matcher
from intents.intent import Catalogue, Intent
from intents.ranking import Candidate, Ranking
from intents.training import train


def best(ranking: Ranking) -> str | None:
    return ranking.candidates[0].intent if ranking.candidates else None


@pytest.mark.parametrize("text", ["Сколько стоит доставка?", "  сколько   СТОИТ доставка!!! ", "Стоимость доставки"])
def test_a_known_sentence_or_title_is_certain_however_it_is_punctuated(matcher: Matcher, text: str):
    assert matcher.rank(text, "ru") == Ranking((Candidate("cost", 1.0),), "exact", language="ru", ours=1.0)


def test_any_number_of_that_length_is_the_number_of_the_example(matcher: Matcher):
    ranking = matcher.rank("order 99887766 status", "en")
    assert (best(ranking), ranking.stage) == ("status", "exact")


def test_a_pattern_settles_what_no_example_says(matcher: Matcher):
    ranking = matcher.rank("а трек-номер у вас есть", "ru")
    assert (best(ranking), ranking.stage, ranking.best) == ("status", "pattern", BY_PATTERN)


def test_of_two_patterns_the_blend_decides_and_neither_is_certain(matcher: Matcher):
    ranking = matcher.rank("менеджер, верните живой голос человека, оператор", "ru")
    assert (ranking.stage, {ranking.candidates[0].intent, ranking.candidates[1].intent}) == (
        "pattern",
        {"human", "manager"},
    )
    assert best(ranking) == "human"
    assert BY_PATTERN > ranking.best > ranking.candidates[1].score


@pytest.mark.parametrize(
    ("text", "locale", "meant"),
    [
        ("подскажите стоимость доставки курьером", "ru", "cost"),
        ("верните мне деньги пожалуйста", "ru", "refund"),
        ("how much do you charge for delivery", "en", "cost"),
        ("cik man maksa piegade", "lv", "cost"),
        ("sveiki, kur mans pasutijums", "lv", "status"),
        ("скока стоит даставка", "ru", "cost"),
        ("how much is delivrey", "en", "cost"),
        ("где мой order", "ru", "status"),
    ],
)
def test_the_meaning_is_found_through_other_words_slips_and_mixed_languages(
    matcher: Matcher, text: str, locale: str, meant: str
):
    ranking = matcher.rank(text, locale)
    assert (best(ranking), ranking.stage) == (meant, "blend")


def test_a_mended_text_is_ranked_as_if_it_were_written_well_and_a_little_less_sure(matcher: Matcher):
    mended, well = matcher.rank("скоько буит даставка", "ru"), matcher.rank("сколько буит доставка", "ru")
    assert best(mended) == best(well) == "cost"
    assert 0.8 * well.best < mended.best < well.best


@pytest.mark.parametrize(
    ("typed", "meant", "understood", "language"),
    [
        ("ghbdtn", "hello", "привет", "ru"),
        ("Ghbdtn!", "hello", "привет!", "ru"),
        ("crjkmrj cnjbn ljcnfdrf?", "cost", "сколько стоит доставка?", "ru"),
        ("руддщ", "hello", "hello", "en"),
        ("skolko stoit dostavka", "cost", "сколько стоит доставка", "ru"),
        ("gde moy zakaz", "status", "где мой заказ", "ru"),
        ("vernite dengi", "refund", "верните деньги", "ru"),
    ],
)
def test_a_wrong_layout_or_latin_letters_are_recovered(
    matcher: Matcher, typed: str, meant: str, understood: str, language: str
):
    ranking = matcher.rank(typed, "en")
    assert (best(ranking), ranking.understood_as, ranking.language) == (meant, understood, language)


@pytest.mark.parametrize("text", ["where is my order", "return an item", "привет", "kur ir mans pasūtījums"])
def test_what_makes_sense_as_it_stands_is_not_read_otherwise(matcher: Matcher, text: str):
    assert matcher.rank(text, "ru").understood_as is None


@pytest.mark.parametrize("text", ["", "   ", "?!", "😀😀", "…"])
def test_a_text_without_words_means_nothing(matcher: Matcher, text: str):
    assert matcher.rank(text, "ru") == Ranking()


def test_a_sentence_that_belongs_to_no_intent_has_no_candidates(matcher: Matcher):
    ranking = matcher.rank("Какая завтра погода?", "ru")
    assert ranking == Ranking(stage="exact", language="ru")
    assert ranking.foreign
    assert not matcher.rank("Сколько стоит доставка?", "ru").foreign


@pytest.mark.parametrize(
    "text", ["tell me what the weather is like", "расскажи смешной анекдот", "qqq zzz www", "вжух"]
)
def test_what_is_not_ours_is_not_answered(matcher: Matcher, text: str):
    ranking, limits = matcher.rank(text, "ru"), matcher.thresholds(0.95)
    assert ranking.best < limits.answer or ranking.ours < limits.ours


def test_words_that_mean_two_things_in_two_languages_follow_the_customers(matcher: Matcher):
    intents = [
        Intent("stop", {"lv": "Atcelt"}, examples={"lv": ("par", "nē")}),
        Intent("equal", {"en": "At par"}, examples={"en": ("par", "even")}),
    ]
    small = train(Catalogue({each.id: each for each in intents}), ("lv", "en"), None)
    assert [best(small.rank("par", locale)) for locale in ("lv", "en", "ru")] == ["stop", "equal", "stop"]


def test_explaining_shows_the_votes_of_every_stage_and_changes_nothing(matcher: Matcher):
    for text in ("где мой заказ", "трек-номер", "верните денег", "какая завтра погода", "ghbdtn", ""):
        told, plain = matcher.rank(text, "ru", explain=True), matcher.rank(text, "ru")
        assert (told.candidates, told.stage, told.understood_as) == (plain.candidates, plain.stage, plain.understood_as)
        assert plain.votes == {}
        assert [*told.votes] == ["exact", "pattern", "classifier", "contents", "fuzzy", "blend"]
    votes = matcher.rank("где мой заказ", "ru", explain=True).votes
    assert votes["exact"] == (Candidate("status", 1.0),)
    assert votes["fuzzy"][0] == Candidate("status", 1.0)


def test_explaining_shows_the_nearest_example_and_what_misspelt_words_were_taken_for(matcher: Matcher):
    told = matcher.rank("delivry price please", "en", explain=True)
    assert told.mended == {"delivry": "delivery"}
    assert told.nearest[best(told)] == "delivery price"
    plain = matcher.rank("delivry price please", "en")
    assert (plain.mended, plain.nearest) == ({}, {})


@pytest.mark.parametrize(
    ("text", "locale", "meant"),
    [("tarifs", "lv", "cost"), ("can you reimburse me", "en", "refund"), ("специалиста", "ru", "human")],
)
def test_a_word_that_no_example_has_speaks_for_the_intent_of_its_synonyms(
    matcher: Matcher, text: str, locale: str, meant: str
):
    assert best(matcher.rank(text, locale)) == meant


def test_an_example_in_one_language_answers_a_question_in_another():
    spoken = {
        "refund": {"ru": ("верните деньги", "хочу возврат", "возврат товара")},
        "weight": {"ru": ("сколько весит товар", "вес посылки", "сколько килограммов")},
        "hours": {"en": ("when do you open", "are you open now", "opening hours")},
    }
    intents = {each: Intent(each, {"de": each}, examples=examples) for each, examples in spoken.items()}
    matcher = train(Catalogue(intents), ("ru", "en", "lv"), None)
    asked = {"i want my money back, a refund": "refund", "how heavy is it": "weight", "kad ir atvērts": "hours"}
    assert {text: best(matcher.rank(text, "en")) for text in asked} == asked


def test_a_word_of_the_thesaurus_is_a_slip_only_of_one_of_the_same_meaning():
    spoken = {"flight": ("my plane", "the plane is late"), "plate": ("dinner plate", "a plate is chipped")}
    intents = {each: Intent(each, {"de": each}, examples={"en": said}) for each, said in spoken.items()}
    matcher = train(Catalogue(intents), ("en",), None)
    typed = {
        "the plant is here": {},
        "the planes is here": {"planes": "plane"},
        "the plake is here": {"plake": "plane"},
    }
    assert {text: matcher.rank(text, "en", explain=True).mended for text in typed} == typed


def test_explaining_shows_what_words_stand_for(matcher: Matcher):
    told = matcher.rank("shipping fees for my parcel", "en", explain=True)
    assert told.concepts == {"shipping": ("delivery",), "fees": ("price",), "parcel": ("parcel",)}
    assert matcher.rank("shipping fees for my parcel", "en").concepts == {}


def test_what_has_only_a_pattern_has_no_nearest_example():
    bare = Intent("track", {"de": "Spur"}, patterns=(r"\d{6}",))
    asked = Intent("a", {"ru": "Цена"}, examples={"ru": ("сколько стоит", "цена")})
    told = train(Catalogue({"track": bare, "a": asked}), ("ru",), None).rank("123456", "ru", explain=True)
    assert (best(told), told.nearest) == ("track", {})


def test_an_intent_alone_in_its_catalogue_is_not_the_answer_to_everything():
    only = train(
        Catalogue({"a": Intent("a", {"ru": "Цена"}, examples={"ru": ("сколько стоит", "цена")})}), ("ru",), None
    )
    assert best(only.rank("а сколько это стоит", "ru")) == "a"
    assert only.rank("стол", "ru").best < 0.5
    assert only.rank("жираф", "ru") == Ranking()


def test_a_batch_is_ranked_as_its_texts_alone(matcher: Matcher):
    queries = [("где мой заказ", "ru"), ("delivry price", "en"), ("ghbdtn", "en"), ("", "lv"), ("я " * 4000, "ru")]
    for many, alone in zip(matcher.rank_many(queries), [matcher.rank(*query) for query in queries], strict=True):
        assert [each.intent for each in many.candidates] == [each.intent for each in alone.candidates]
        assert [each.score for each in many.candidates] == pytest.approx([each.score for each in alone.candidates])
        assert (many.stage, many.language, many.understood_as) == (alone.stage, alone.language, alone.understood_as)
    assert matcher.rank_many([]) == []


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300) | st.text(alphabet="абвгдеёжз ,.gheoqwrtyu'[]-_\\b(😀\u0301\ufb03", max_size=60))
def test_any_text_has_a_ranking_always_the_same_in_order_and_within_bounds(matcher: Matcher, text: str):
    ranking = matcher.rank(text, "ru")
    assert ranking == matcher.rank(text, "ru")
    scores = [each.score for each in ranking.candidates]
    assert all(0 <= score <= 1 for score in scores)
    assert all(one >= two for one, two in pairwise(scores))
    assert len({each.intent for each in ranking.candidates}) == len(scores) <= 5
    assert (ranking.stage == "none") is (not scores)


def test_what_was_mended_is_half_known(matcher: Matcher):
    well, slip = [["доставка"]], [["даставка"]]
    known = [float(matcher._judge.evidence(*each).known[0]) for each in ((well, well), (well, slip), (slip, slip))]
    assert known[0] == 1.0
    assert known[1] == pytest.approx((known[0] + known[2]) / 2)
