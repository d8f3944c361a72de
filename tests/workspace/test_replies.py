"""Canned replies: a file beside the desk that need not be there, and whose faults are named."""

from datetime import date

import pytest

from bot.workspace.lint import lint
from bot.workspace.loading import survey
from bot.workspace.places import places
from bot.workspace.replies import load_replies
from intents.errors import FaultsError
from tests.reloading.workspaces import make

TODAY = date(2026, 3, 1)


@pytest.fixture
def write(tmp_path):
    def written(text):
        path = tmp_path / "shop" / "handoff" / "replies.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def faults(path):
    with pytest.raises(FaultsError) as error:
        load_replies(path)
    return [f"{each.line}: {each.text} [{each.code}]" for each in error.value.faults]


def test_without_a_file_there_are_none(tmp_path):
    assert load_replies(tmp_path / "replies.yaml") == {}


def test_a_reply_is_called_by_its_name(write):
    [reply] = load_replies(write("replies:\n  thanks: {en: Thank you, ru: Спасибо}\n")).values()
    assert (reply.name, reply.text("ru")) == ("thanks", "Спасибо")


def test_a_placeholder_that_nothing_fills_in_is_a_fault_at_its_line(write):
    text = "replies:\n  a:\n    en: Dear {custmer}, {operator}\n    ru: '{{ticket}}'\n"
    assert faults(write(text)) == [
        '3: nothing fills in {custmer} here; did you mean "customer"? [unknown-placeholder]',
        '4: nothing fills in {{ticket}} here; did you mean "ticket"? [unknown-placeholder]',
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("replys: {}", 'unknown key "replys"; did you mean "replies"?'),
        ("replies: {a: Thanks}", "this is in no language; write the language before it"),
        ("replies: {two words: {en: Hello}}", '"two words" cannot be a name'),
        (f"replies: {{{'a' * 33}: {{en: Hello}}}}", "use one word of up to 32 characters"),
        ("replies: {a: {}}", "name at least one"),
    ],
)
def test_a_mistake_is_named(write, text, said):
    assert said in faults(write(text))[0]


def test_a_workspace_has_its_replies_and_another_version_with_each(write, tmp_path):
    folder = make(tmp_path / "shop")
    before, looked = places(folder).version(), places(folder).signature()
    write("replies: {hi: {ru: Привет}}\n")
    assert survey(folder, TODAY).replies["hi"].text("ru") == "Привет"
    assert places(folder).version() != before
    assert places(folder).signature() != looked


def test_a_broken_file_stops_the_load(write, tmp_path):
    folder = make(tmp_path / "shop")
    write("replies: {hi: 7}\n")
    with pytest.raises(FaultsError, match="replies"):
        survey(folder, TODAY)


def test_what_is_missing_unspoken_or_too_long_is_linted(write, tmp_path):
    folder = make(tmp_path / "shop")
    long = "o" * 4097
    write(f"replies:\n  hi: {{de: Hallo}}\n  more: {{en: {long}}}\n")
    workspace = survey(folder, TODAY)
    found = [each for each in lint(folder, workspace, quick=True) if each.file.endswith("replies.yaml")]
    assert sorted((each.line, each.code) for each in found) == [
        (2, "missing-locale"),
        (2, "unspoken-locale"),
        (3, "long-answer"),
    ]
