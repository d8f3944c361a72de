"""The bot's own texts: found in the right language, all there, all used."""

import re
from pathlib import Path

import pytest

import bot.dialog
from bot.dialog.phrases import Phrases
from bot.workspace.phrases import load_phrases, placeholders

PACKAGED = load_phrases(None)
SPOKEN = ("en", "ru", "lv")
DIALOG = "\n".join(path.read_text() for path in Path(bot.dialog.__file__).parent.glob("*.py"))
CODE = "\n".join(path.read_text() for path in Path(bot.dialog.__file__).parents[1].rglob("*.py"))
FIELD_TYPES = ("text", "number", "phone", "email", "choice", "order")

PHRASES = Phrases({"en": {"a": "A {n}", "days": ["x", "y"], "only": "here"}, "ru": {"a": "А {n}", "only": ""}})


def test_a_text_is_filled_in_the_language_asked_for():
    assert PHRASES.say("ru", "a", n=1) == "А 1"


def test_a_text_that_a_language_lacks_is_said_in_english():
    assert PHRASES.say("de", "a", n=1) == "A 1"
    assert PHRASES.list("ru", "days") == ["x", "y"]


def test_an_empty_text_is_a_text():
    assert PHRASES.say("ru", "only") == ""


@pytest.mark.parametrize(("ask", "key"), [("say", "none"), ("say", "days"), ("list", "a"), ("list", "none")])
def test_what_is_not_there_is_named(ask, key):
    with pytest.raises(KeyError, match=key):
        getattr(PHRASES, ask)("ru", key)


def test_the_three_languages_have_the_same_keys():
    assert PACKAGED.texts["en"].keys() == PACKAGED.texts["ru"].keys() == PACKAGED.texts["lv"].keys()


@pytest.mark.parametrize("locale", ["ru", "lv"])
def test_the_three_languages_fill_in_the_same_words(locale):
    for key, english in PACKAGED.texts["en"].items():
        other = PACKAGED.texts[locale][key]
        if isinstance(english, str) and isinstance(other, str):
            assert placeholders(other) == placeholders(english), key
        else:
            assert len(other) == len(english), key


def test_every_phrase_is_used():
    put_together = tuple(re.findall(r'f"(\w+_)\{', CODE))
    unused = [key for key in PACKAGED.texts["en"] if f'"{key}"' not in CODE and not key.startswith(put_together)]
    assert unused == []


def test_every_phrase_that_is_used_exists():
    said = re.findall(r"""\.(?:say|note|phrase|announce|remark|list)\((?:\w+, )?"(\w+)\"""", DIALOG)
    buttons = re.findall(r"""simple\(scene, f?"[^"]*", "(\w+)"\)""", DIALOG)
    operators = re.findall(r"""words\([\w., ]*"(\w+)\"""", DIALOG)
    assert {*said, *buttons, *operators, *(f"form_error_{each}" for each in FIELD_TYPES)} - PACKAGED.texts[
        "en"
    ].keys() == set()
    assert len(said) > 40
    assert len(buttons) > 15


@pytest.mark.parametrize("locale", SPOKEN)
def test_labels_fit_on_buttons(locale):
    labels = {key: text for key, text in PACKAGED.texts[locale].items() if key.startswith("button_")}
    labels.pop("button_unknown")  # a sentence
    too_long = [key for key, text in labels.items() if len(text) > 32]
    assert too_long == []
