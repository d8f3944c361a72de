"""What serves badly is found before a customer finds it, each with its line and its remedy."""

from pathlib import Path

import pytest

from intents.astray import confusions
from intents.held_out import HeldOut, cross_validate
from intents.lint import lint
from intents.loader import load, read_sources
from intents.ranking import Candidate, Ranking

COST = """\
intents:
  - id: cost
    title: {en: Price, lv: Cena}
    answer: {en: Five, lv: Pieci}
    examples:
      en: |
        how much is delivery
        what is the price
        what does it cost to deliver
        delivery rates

        do you charge for it
      lv: [cik maksā piegāde, kāda ir cena, cik maksās atvest, piegādes tarifi, vai jāmaksā]
"""
TIME = """\
intents:
  - id: time
    title: {en: Time, lv: Laiks}
    answer: {en: Soon, lv: Drīz}
    examples:
      en:
        - when will it come
        - how many days does it take
        - how fast are you
        - will it be here by friday
        - delivery time
      lv: [kad atvedīs, cik dienas jāgaida, cik ātri, vai būs līdz piektdienai, piegādes laiks]
"""


@pytest.fixture
def linted(tmp_path: Path):
    def found(*texts: str) -> list[str]:
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.yaml").write_text(text, "utf-8")
        sources, faults = read_sources(tmp_path)
        assert not faults
        return [str(each).replace(f"{tmp_path}/", "") for each in sorted(lint(sources, ("en", "lv")))]

    return found


def test_what_is_in_order_is_left_alone(linted):
    assert linted(COST, TIME) == []


def test_examples_that_are_too_few_to_be_met_by_are_counted(linted):
    few = TIME.replace(", cik ātri, vai būs līdz piektdienai, piegādes laiks", "")
    one = few.replace(", cik dienas jāgaida", "").replace("time", "when").replace("Time", "When")
    said = "write 5 or more, as customers ask [few-examples]"
    assert linted(few) == [f'0.yaml:12: warning: "time" has 2 examples in "lv"; {said}']
    assert linted(one) == [f'0.yaml:12: warning: "when" has 1 example in "lv"; {said}']


def test_lines_that_ran_into_one_sentence_are_told_how_to_stay_apart(linted):
    head, rows = TIME.rsplit("lv:", 1)
    [told] = linted(head + "lv:" + rows.replace(", ", " "))
    assert '"time" has 1 example in "lv"' in told
    assert "if these are several, write lv: | above them" in told


def test_a_language_that_the_desk_does_not_speak_needs_no_examples(linted):
    assert linted(COST.replace("      lv:", "      de: [was kostet es]\n      lv:")) == []


@pytest.mark.parametrize(
    "sentence", ["What's the price", "how much is deliverey", "delivery is how much"], ids=["letter", "typo", "order"]
)
def test_nearly_the_same_sentence_under_two_intents_names_both_places(linted, sentence):
    [said] = linted(COST, TIME.replace("when will it come", sentence))
    assert said.startswith(f'1.yaml:7: warning: "{sentence}" is nearly "')
    assert ' under "cost" at 0.yaml:' in said
    assert said.endswith("keep one of them, or make the difference plain [examples-alike]")


def test_sentences_alike_under_one_intent_or_in_two_languages_or_word_for_word_are_not_alike(linted):
    alike = COST.replace("delivery rates", "how much is deliverey").replace("kāda ir cena", "what's the price")
    assert linted(alike, TIME.replace("delivery time", "delivery rates").replace("how fast", "how very fast")) == []
    twice = TIME.replace("delivery time", "what is the price")  # an error, told by the loader
    assert linted(COST, twice) == []


def test_a_sentence_out_of_scope_may_not_be_nearly_ours(linted):
    [said] = linted(COST + "out_of_scope: {en: [what is the prise]}\n")
    assert said.startswith(
        '0.yaml:14: warning: "what is the prise" is nearly "what is the price" under "cost" at 0.yaml:8;'
    )
    [said] = linted("out_of_scope: {en: [what is the prise]}\n", COST)
    assert said.startswith("1.yaml:8: ")
    assert '"what is the prise" under out_of_scope at 0.yaml:1;' in said


def test_a_test_that_was_learnt_proves_nothing(linted):
    own = COST + "    tests:\n      en:\n        - is it dear\n        - Delivery rates!\n"
    [said] = linted(own)
    assert said.startswith('0.yaml:17: warning: the test "Delivery rates!" is an example of "cost" at 0.yaml:10; ')
    assert said.endswith("say it in other words, or it proves nothing [test-learnt]")
    [said] = linted(COST, TIME + "    tests: {en: [delivery rates]}\n")
    assert said.startswith('1.yaml:13: warning: the test "delivery rates" is an example of "cost" at 0.yaml:10; ')
    assert said.endswith("move one of them [test-learnt]")


def test_each_text_that_is_missing_in_a_language_is_named(linted):
    half = COST.replace(", lv: Cena", "").replace(", lv: Pieci", "")
    form = """\
forms:
  f:
    - {id: a, question: {en: Where?}, error: {en: No}, type: choice, options: [S, {id: m, title: {en: M}}]}
    - {id: b, question: {en: Why?, lv: Kāpēc?}}
"""
    remedy = "write it, or customers see it in another language [missing-locale]"
    found = linted(form + half + "    buttons: [time, {title: {lv: Tarifi}, url: https://example.com}]\n    ask: [f]\n")
    assert found == [
        f'0.yaml:3: warning: the error of "a" is missing in "lv"; {remedy}',
        f'0.yaml:3: warning: the option "m" of "a" is missing in "lv"; {remedy}',
        f'0.yaml:3: warning: the question of "a" is missing in "lv"; {remedy}',
        f'0.yaml:7: warning: the title of "cost" is missing in "lv"; {remedy}',
        f'0.yaml:8: warning: the answer of "cost" is missing in "lv"; {remedy}',
        f'0.yaml:18: warning: a button of "cost" is missing in "en"; {remedy}',
    ]


def test_a_title_that_says_what_another_intent_is_cannot_tell_them_apart(linted):
    assert linted(COST, TIME.replace("en: Time", "en: price")) == [
        (
            '1.yaml:3: warning: "price", the title of "time", is the title of "cost" at 0.yaml:3, too; '
            "give one of them other words [title-twice]"
        )
    ]
    assert linted(COST, TIME.replace("en: Time, lv: Laiks", "en: Delivery rates, lv: cik ātri")) == [
        (
            '1.yaml:3: warning: "Delivery rates", the title of "time", is said under "cost" at 0.yaml:10, too; '
            "give one of them other words [title-twice]"
        )
    ]


def test_a_button_that_leads_nowhere_else_is_idle(linted):
    link = "{title: {en: Rates, lv: Tarifi}, url: https://example.com}"
    found = linted(COST + f"    buttons: [time, cost, {link}, time, {link}]\n")
    assert found == [
        '0.yaml:14: warning: "cost" has this button twice (https://example.com); keep one [idle-button]',
        '0.yaml:14: warning: "cost" has this button twice (time); keep one [idle-button]',
        '0.yaml:14: warning: this button of "cost" leads to its own answer; name another, or remove it [idle-button]',
    ]


def test_a_form_that_no_file_asks_is_unused(linted):
    form = "forms:\n  f:\n    - {id: a, question: {en: Where?, lv: Kur?}}\n"
    assert linted(form + COST, TIME) == [
        '0.yaml:2: warning: no intent asks the form "f"; name it under `ask` of one, or remove it [unused-form]'
    ]
    assert linted(form + COST, TIME + "    ask: [f]\n") == []


def test_an_intent_that_is_not_met_in_a_language_needs_no_texts_in_it(linted):
    english = "\n".join(COST.splitlines()[:-1]).replace(", lv: Cena", "").replace(", lv: Pieci", "")
    assert linted(english) == []
    patterns = "intents:\n  - {id: a, title: {en: A}, patterns: [b], action: none}\n"
    [said] = linted(patterns)  # but a pattern meets every language
    assert 'the title of "a" is missing in "lv"' in said


def held(intent: str | None, text: str, *scores: tuple[str, float]) -> HeldOut:
    return HeldOut(text, "en", intent, Ranking(tuple(Candidate(*each) for each in scores), "blend"))


SURE = ("cost", 0.9)


@pytest.fixture
def confused(tmp_path: Path):
    (tmp_path / "0.yaml").write_text(COST + "out_of_scope: {en: [who won the match]}\n", "utf-8")
    (tmp_path / "1.yaml").write_text(TIME, "utf-8")
    sources, _ = read_sources(tmp_path)
    return lambda *each: [str(found).replace(f"{tmp_path}/", "") for found in sorted(confusions(each, sources))]


def test_intents_that_are_taken_for_each_other_overlap(confused):
    found = confused(
        held("cost", "how much is delivery", ("cost", 0.9)),
        held("cost", "delivery rates", ("time", 0.5), ("cost", 0.4)),
        held("cost", "do you charge for it", ("time", 0.3)),
        held("time", "when will it come", ("time", 0.9)),
        held("time", "delivery time", ("cost", 0.6), ("time", 0.3)),
    )
    assert "\n".join(found) == (
        '0.yaml:2: warning: "cost" and "time" (1.yaml:2) overlap: 2 of the sentences of "cost" are taken for "time", '
        '1 of "time" for "cost", such as "delivery rates" and "delivery time"; make one intent of them, or examples '
        "that tell them apart [intents-overlap]"
    )


def test_an_overlap_in_one_direction_quotes_two_sentences_of_it(confused):
    texts = ("delivery rates", "do you charge for it", "what is the price")
    [said] = confused(*(held("cost", text, ("time", 0.5)) for text in texts))
    counts = '3 of the sentences of "cost" are taken for "time", 0 of "time" for "cost"'
    assert f'{counts}, such as "delivery rates" and "do' in said


@pytest.mark.parametrize(
    "few",
    [
        [held("cost", "delivery rates", ("time", 0.5)), held("cost", "do you charge for it", ("time", 0.5))],
        [held("cost", text, ("time", 0.2)) for text in ("delivery rates", "do you charge for it", "what is the price")],
        [held("cost", text) for text in ("delivery rates", "do you charge for it", "what is the price")],
        [held(None, "who won the match", SURE)] * 3,
        [held("cost", "how much is delivery", SURE)] * 20 + [held("cost", "delivery rates", ("time", 0.5))] * 3,
    ],
    ids=["two", "not understood", "nothing found", "out of scope", "among many"],
)
def test_a_few_confusions_are_no_overlap(confused, few):
    assert confused(*few) == []


def test_a_sentence_that_only_its_own_line_saves_is_noted_at_that_line(confused):
    found = confused(
        held("cost", "do you charge for it", ("time", 0.93), ("cost", 0.04)),
        held("time", "delivery time", ("cost", 0.95), ("time", 0.2)),
        held("time", "when will it come", ("cost", 0.95)),
    )
    said = "; move it there, or add more examples like it here [example-strays]"
    assert [each for each in found if "note" in each] == [
        '0.yaml:12: note: without this line "do you charge for it" would be taken for "time" (93%), not "cost" (4%)'
        + said,
        '1.yaml:7: note: without this line "when will it come" would be taken for "cost" (95%), not "time" (0%)' + said,
    ]


def test_the_held_out_sentences_of_real_files_are_found_in_them(tmp_path: Path):
    (tmp_path / "0.yaml").write_text(COST, "utf-8")
    (tmp_path / "1.yaml").write_text(TIME.replace("title: {en: Time", "title: {en: '  Time '"), "utf-8")
    (tmp_path / "2.yaml").write_text("out_of_scope: {en: [who won the match]}\n", "utf-8")
    catalogue = load(tmp_path, locales=("en", "lv"), skills=(), articles=())
    sources, _ = read_sources(tmp_path)
    assert all(each.code for each in confusions(cross_validate(catalogue, ("en", "lv")), sources))
