"""`frontline test`: what fails is shown where it is written, with what came instead."""

import json
import re

import pytest


@pytest.fixture
def faulty(frontline, tmp_path):
    """A workspace with a sentence and a dialogue that fail."""
    frontline("init", "shop")
    dialogue = tmp_path / "shop" / "tests" / "hours.yaml"
    dialogue.write_text(dialogue.read_text("utf-8").replace("9:00 to 18:00", "never"), "utf-8")
    intents = tmp_path / "shop" / "intents" / "shop.yaml"
    text = intents.read_text("utf-8").replace(
        "      en: [at what hour do you open in the morning]",
        "      en: |\n        when do you close today\n        operator please",
    )
    intents.write_text(text, "utf-8")
    return intents


def test_a_sentence_that_fails_is_shown_with_its_line_and_what_it_is_taken_for(frontline, faulty):
    status, out, err = frontline("test", "shop")
    assert status == 1
    said = r'^shop/intents/shop\.yaml:22: "operator please" \(en\) is taken for human \(1\.00, answered\), '
    assert re.search(said + r"not opening_hours \(no score\)$", out, re.MULTILINE)
    assert faulty.read_text("utf-8").splitlines()[21].strip() == "operator please"
    assert re.match(r"en: 2 of 3 sentences right \(66\.7%\), \d+\.\d% answered\n", err)
    assert err.endswith("3 sentences, 1 dialogue, 2 failures\n")


def test_a_dialogue_that_fails_is_shown_with_its_turn(frontline, faulty):
    _, out, _ = frontline("test", "shop")
    said = 'shop/tests/hours.yaml:7: turn 2 (bot): expected "never"'
    assert said in out
    assert "    seen: " in out.split(said)[1].splitlines()[1]


def test_paths_below_the_current_directory_are_relative_to_it_as_check_has_them(frontline, faulty, tmp_path):
    _, out, _ = frontline("test", str(tmp_path / "shop"))
    assert out.startswith("shop/intents/shop.yaml:22: ")


def test_a_sentence_that_nothing_is_known_of(frontline, faulty):
    faulty.write_text(faulty.read_text("utf-8").replace("operator please\n", "😀\n", 1), "utf-8")
    _, out, _ = frontline("test", "shop")
    assert '"😀" (en) is taken for nothing that we know (0.00, missed), not opening_hours (no score)' in out


def test_failures_for_programs(frontline, faulty):
    status, out, err = frontline("test", "shop", "--format", "json")
    assert (status, err) == (1, "")
    told = json.loads(out)
    assert list(told) == ["sentences", "dialogues", "failures"]
    assert (told["sentences"]["en"]["count"], told["sentences"]["en"]["right"], told["dialogues"]) == (3, 2, 1)
    places = [(each["kind"], each["file"], each["line"]) for each in told["failures"]]
    assert places == [("sentence", "shop/intents/shop.yaml", 22), ("dialogue", "shop/tests/hours.yaml", 7)]


def test_failures_beside_the_lines_on_github(frontline, faulty):
    status, out, err = frontline("test", "shop", "--format", "github")
    assert status == 1
    sentence, dialogue = out.splitlines()
    assert sentence.startswith('::error file=shop/intents/shop.yaml,line=22::"operator please" (en) is taken for human')
    assert re.match(
        r'::error file=shop/tests/hours\.yaml,line=7::turn 2 \(bot\): expected "never"%0A +seen: ', dialogue
    )
    assert err.endswith("2 failures\n")


def test_a_terminal_shows_how_far_it_is(frontline, faulty, monkeypatch):
    monkeypatch.setattr("bot.cli.test._on_terminal", lambda: True)
    _, _, err = frontline("test", "shop")
    assert "\rdialogue 1 of 1: hours.yaml\r" in err
