"""The terminal: what is typed is answered, buttons are pressed by number, and the decision is explained."""

import io

import pytest

from bot.rehearsal.terminal import converse, explained


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


def test_explained_shows_candidates_votes_and_the_decision(talk):
    said = talk("сколько стоит доставка", explain=True)
    assert "| language ru, settled by exact" in said
    assert "| 1.000 delivery_cost (exact 1.00, classifier" in said
    assert "| sure: at least 0.6 and 0.1 ahead" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ремонт", "unsure: at least 0.25, so it is asked what was meant"),
        ("абракадабра бум", "nothing fits: below 0.25"),
        ("crjkmrj cnjbn ljcnfdrf", 'read as "сколько стоит доставка"'),
    ],
)
def test_what_is_unsure_or_misread_is_explained_too(sample, text, said):
    assert said in explained(sample.ranker.rank(text, "ru", explain=True), sample)
