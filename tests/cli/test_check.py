"""`frontline check`, as an admin and the CI of an admin's repository use it."""

import json
import re
from pathlib import Path

import pytest

from bot.cli import commands
from bot.settings import Settings, name_of
from bot.workspace import codes as workspace_codes
from intents import codes as intents_codes
from intents.errors import Fault
from kb import errors as kb_codes
from tests.cli.faults import BY_THE_MATCHER, FAULTS, OLD, SOUND

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _somewhere(tmp_path, monkeypatch):
    for field in Settings.model_fields:
        monkeypatch.delenv(name_of(field), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def check(monkeypatch, capsys):
    def run(*words):
        monkeypatch.setattr("sys.argv", ["frontline", "check", *words])
        with pytest.raises(SystemExit) as stopped:
            commands.main()
        out, err = capsys.readouterr()
        return stopped.value.code, out, err

    return run


def write(folder, files):
    for name, text in files.items():
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)


@pytest.fixture
def shop(tmp_path):
    write(tmp_path / "shop", SOUND)
    return tmp_path / "shop"


def change(shop, name, old, new):
    path = shop / name
    text = path.read_text("utf-8") if path.exists() else ""
    assert old is None or old in text
    write(shop, {name: text + new if old is None and isinstance(new, str) else text.replace(old, new) if old else new})


def test_a_sound_workspace_has_no_findings_and_status_0(check, shop):
    assert check("shop") == (0, "", "0 errors, 0 warnings\n")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[0])
def test_every_fault_has_its_place_its_level_and_its_code(check, shop, fault):
    code, level, place, *changed = fault
    change(shop, *changed)
    status, out, _ = check("shop", "--quick")
    assert re.search(rf"^shop/{re.escape(place)}: {level}: .+[;:,] .+ \[{code}\]$", out, re.MULTILINE), out
    assert {each.rpartition("[")[2] for each in out.splitlines()} == {f"{code}]"}
    assert status == (1 if level == "error" else 0)


def test_an_article_that_is_for_operators_is_not_said_to_be_missing(check, shop):
    change(shop, "kb/en/chain.md", "care\n", "care\naudience: operators\n")
    change(shop, "intents/a.yaml", OLD, "    article: chain\n")
    said = 'the article "chain" is for operators only; say `audience: customers` in it, or name another'
    assert check("shop", "--quick")[1] == f"shop/intents/a.yaml:12: error: {said} [unknown-name]\n"


def test_who_means_their_own_folder_is_told_that_it_was_the_sample(check, shop, monkeypatch):
    assert check("--quick") == (0, "", "the packaged sample: 0 errors, 0 warnings\n")
    monkeypatch.chdir(shop)
    said = "the packaged sample, not this folder, which is `frontline check .`: 0 errors, 0 warnings\n"
    assert check("--quick") == (0, "", said)
    monkeypatch.setenv("FRONTLINE_WORKSPACE", str(shop))
    assert check("--quick") == (0, "", "0 errors, 0 warnings\n")


def test_who_wants_nobody_asked_is_not_warned(check, shop):
    change(shop, "handoff/desk.yaml", None, "inactivity: {customer: 10m, warn: 0s}\n")
    assert check("shop", "--quick") == (0, "", "0 errors, 0 warnings\n")


def all_codes():
    return {str(each) for codes in (intents_codes.Code, kb_codes.Code, workspace_codes.Code) for each in codes}


def test_every_code_is_among_these_faults():
    assert {each[0] for each in FAULTS} | BY_THE_MATCHER == all_codes()


def test_every_code_is_documented_with_its_level_its_meaning_and_its_remedy():
    rows = re.findall(
        r"^\| `([a-z-]+)` \| ([a-z, ]+) \| .+\. \| .+\. \|$", (ROOT / "docs/check.md").read_text("utf-8"), re.MULTILINE
    )
    assert sorted(code for code, _ in rows) == sorted(all_codes())
    said = {code: set(levels.split(", ")) for code, levels in rows}
    assert all(level in said[code] for code, level, *_ in FAULTS)


def test_a_note_is_counted_and_stops_nothing(check, shop, monkeypatch):
    note = Fault("a.yaml", 1, "Hm; well.", "note", code="example-strays")
    monkeypatch.setattr("bot.cli.check.lint", lambda *_, **__: iter([note]))
    assert check("shop", "--strict") == (0, f"{note}\n", "0 errors, 0 warnings, 1 note\n")


def test_strict_makes_warnings_count(check, shop):
    change(shop, "intents/a.yaml", "call somebody, ", "")
    assert check("shop", "--quick")[0] == 0
    status, _, err = check("shop", "--quick", "--strict")
    assert (status, err) == (1, "0 errors, 1 warning\n")


def test_all_faults_of_all_files_come_at_once_in_order(check, shop):
    for file in ("handoff/desk.yaml", "bot/phrases.en.yaml", "intents/a.yaml", "tests/a.yaml"):
        change(shop, file, None, "zzz: 1\n")
    change(shop, "kb/en/chain.md", "title", "titel")
    places = [each.partition(": ")[0] for each in check("shop")[1].splitlines()]
    assert places == [
        "shop/bot/phrases.en.yaml:1",
        "shop/handoff/desk.yaml:8",
        "shop/intents/a.yaml:17",
        "shop/kb/en/chain.md:1",
        "shop/kb/en/chain.md:2",
        "shop/tests/a.yaml:1",
        "shop/tests/a.yaml:1",
        "shop/tests/a.yaml:1",
        "shop/tests/a.yaml:1",
    ]


def test_json_is_one_object_with_counts_and_findings(check, shop):
    change(shop, "intents/a.yaml", "call somebody, ", "")
    change(shop, "tests/a.yaml", None, "title: Ā\nclock: 2026-05-04T21:10Z\nturns: []\n")
    status, out, _ = check(str(shop), "--quick", "--format", "json")
    assert status == 1
    assert json.loads(out) == {
        "errors": 1,
        "warnings": 1,
        "notes": 0,
        "findings": [
            {
                "file": "shop/intents/a.yaml",  # relative, since it is below the current directory
                "line": 15,
                "text": '"human" has 4 examples in "en"; write 5 or more, as customers ask',
                "level": "warning",
                "code": "few-examples",
            },
            {
                "file": "shop/tests/a.yaml",
                "line": 3,
                "text": "nothing is written here; name at least one",
                "level": "error",
                "code": "wrong-value",
            },
        ],
    }


def test_github_gets_annotations_with_escaped_texts(check, shop, monkeypatch):
    note = Fault("/else,where:100%.yaml", 3, "50%;\r\nwell: a, b.", "note", code="example-strays")
    monkeypatch.setattr("bot.cli.check.lint", lambda *_, **__: iter([note]))
    change(shop, "handoff/desk.yaml", "operators:\n  - {id: anna}\n", "")
    said = "there is no operator, so nobody is ever called; add one under `operators:`"
    assert check("shop", "--format", "github")[1].splitlines() == [
        "::notice file=/else%2Cwhere%3A100%25.yaml,line=3,title=example-strays::50%25;%0D%0Awell: a, b.",
        f"::warning file=shop/handoff/desk.yaml,line=1,title=nobody-serves::{said}",
    ]
    change(shop, "handoff/desk.yaml", "locales:", "locale:")
    assert check("shop", "--format", "github")[1].startswith(
        "::error file=shop/handoff/desk.yaml,line=1,title=unknown-key::"
    )


@pytest.mark.parametrize("words", [["nowhere"], ["--format", "xml"], ["--fast"], ["a", "b"]])
def test_wrong_usage_is_status_2(check, words):
    status, out, err = check(*words)
    assert (status, out) == (2, "")
    assert err


def test_schemas_are_written_where_an_editor_finds_them(check, shop):
    status, out, _ = check("--schema", "shop/.schema")
    assert status == 0
    assert sorted(out.split()) == sorted(
        f"shop/.schema/{each}.schema.json" for each in ("intents", "desk", "replies", "phrases", "dialogue", "article")
    )
    assert all(Path(each).exists() for each in out.split())
