"""The bot's own phrases: packaged ones in every language, a workspace's before them."""

import ast
import re
from pathlib import Path

import pytest

from bot.workspace.phrases import REFERENCE, load_phrases, placeholders
from intents.errors import FaultsError


@pytest.fixture
def write(tmp_path):
    def written(text, locale="en"):
        (tmp_path / f"phrases.{locale}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return written


@pytest.fixture(scope="module")
def packaged():
    return load_phrases(None).texts


def test_every_language_has_every_phrase_with_the_same_placeholders(packaged):
    assert set(packaged) == {"ru", "en", "lv"}
    for locale, texts in packaged.items():
        assert set(texts) == set(packaged[REFERENCE]), locale
        for key, phrase in texts.items():
            model = packaged[REFERENCE][key]
            if isinstance(phrase, str):
                assert placeholders(phrase) <= placeholders(model), (locale, key)
            else:
                assert len(phrase) == len(model), (locale, key)


def one_text(packaged, *, filled):
    texts = packaged[REFERENCE].items()
    return next(key for key, text in texts if isinstance(text, str) and bool(placeholders(text)) is filled)


def one_list(packaged):
    return next(key for key, text in packaged[REFERENCE].items() if not isinstance(text, str))


def test_a_workspace_s_own_phrase_stands_before_the_packaged_one(write, packaged):
    key = one_text(packaged, filled=False)
    phrases = load_phrases(write(f"{key}: Well met."))
    assert phrases.say("en", key) == "Well met."
    assert phrases.say("ru", key) == packaged["ru"][key]


def test_a_language_of_its_own_falls_back_to_english(write, packaged):
    key = one_text(packaged, filled=False)
    phrases = load_phrases(write("# later", "de"))
    assert phrases.say("de", key) == packaged["en"][key]


def test_a_list_stays_a_list(write, packaged):
    key = one_list(packaged)
    texts = [f"t{n}" for n in range(len(packaged[REFERENCE][key]))]
    phrases = load_phrases(write(f"{key}: [{', '.join(texts)}]"))
    assert list(phrases.list("en", key)) == texts


def faults_of(folder):
    with pytest.raises(FaultsError) as error:
        load_phrases(folder)
    return [fault.text for fault in error.value.faults]


def test_an_unknown_phrase_is_named_with_the_nearest(write, packaged):
    key = one_text(packaged, filled=False)
    (text,) = faults_of(write(f"{key}x: Hello"))
    assert text.startswith(f'no phrase is called "{key}x"; did you mean ')


def test_a_placeholder_that_nobody_fills_is_named(write, packaged):
    key = one_text(packaged, filled=True)
    (text,) = faults_of(write(f"{key}: '{{nobody}}'"))
    assert text.startswith("{nobody} is not filled in here; ")


@pytest.mark.parametrize("text", ["'{'", "'{}'", "'{a.b}'", "'}'"])
def test_braces_that_hold_no_name_are_named(write, packaged, text):
    key = one_text(packaged, filled=True)
    assert faults_of(write(f"{key}: {text}"))[0].startswith("a brace is not closed or has nothing in it")


def test_texts_and_lists_are_not_mixed_up(write, packaged):
    text, items = one_text(packaged, filled=False), one_list(packaged)
    assert faults_of(write(f"{text}: [a]")) == [f'"{text}" is one text; write it so']
    assert faults_of(write(f"{items}: a"))[0].startswith(f'"{items}" is a list of ')
    assert faults_of(write(f"{items}: [a]"))[0].startswith(f'"{items}" is a list of ')
    assert faults_of(write(f"{text}: 5")) == [f'"{text}" is 5; write one text, in quotes']
    assert faults_of(write(f"{text}: ")) == [f'"{text}" has no value; write one text, in quotes']
    wrong = ", ".join("5" for _ in packaged[REFERENCE][items])
    assert faults_of(write(f"{items}: [{wrong}]")) == [f'"{items}" is a list of texts; put each in quotes']


def test_a_file_of_phrases_is_keys_and_texts(write):
    assert faults_of(write("- a")) == ["phrases are `key: text`, one a line; write them so"]


def said_in(source):
    """Patterns of the keys that the source may say: words, and words with a part filled in ("tg_kind_" and a kind)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            first, *rest = node.values
            if re.fullmatch("[a-z_]+_", str(first.value)) and len(rest) == 1:
                yield f"{first.value}[a-z_]+"


def test_no_packaged_phrase_is_unused(packaged):
    sources = Path(__file__).parents[2].joinpath("bot").rglob("*.py")
    said = re.compile("|".join({pattern for path in sources for pattern in said_in(path.read_text("utf-8"))}))
    assert {key for key in packaged[REFERENCE] if not said.fullmatch(key)} == set()
