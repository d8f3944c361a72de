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


SOUND = {
    "handoff/desk.yaml": """\
locales: [en]
skills:
  general: {title: Help, hours: office}
hours:
  office: {mon-fri: ["09:00-18:00"]}
operators:
  - {id: anna}
""",
    "intents/a.yaml": """\
intents:
  - id: price
    title: {en: Price}
    examples:
      en: |
        how much is it
        what does it cost

        price please
        is it dear
        what do you charge
    answer: {en: Five}
  - id: human
    title: {en: A person}
    examples: {en: [call somebody, a human please, let me talk to your staff, operator, is anybody there]}
    action: handoff
""",
    "kb/en/chain.md": "---\ntitle: Chain care\n---\nWipe it.\n",
}
OLD, NEW = "    answer: {en: Five}\n", "    answer: {en: Five}\n    "
ARTICLE = "---\ntitle: %s\n---\n%s\n"
FAULTS = [  # the code, its level, where it is found, the file, and what is written there instead of what
    ("unreadable", "error", "intents/b.yaml:2", "intents/b.yaml", None, b"# a\n\xff"),
    ("invalid-yaml", "error", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "skill: *x\n"),
    ("bad-head", "error", "kb/en/chain.md:1", "kb/en/chain.md", "---\ntitle", "title"),
    ("key-twice", "error", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "title: {en: Cost}\n"),
    ("unknown-key", "error", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "skil: general\n"),
    ("unknown-key", "error", "kb/en/chain.md:3", "kb/en/chain.md", "care\n", "care\ntagz: [a]\n"),
    ("unknown-key", "error", "bot/phrases.en.yaml:1", "bot/phrases.en.yaml", None, "gladd: Good."),
    ("missing-key", "error", "intents/a.yaml:2", "intents/a.yaml", "    title: {en: Price}\n", ""),
    ("wrong-value", "error", "handoff/desk.yaml:8", "handoff/desk.yaml", None, "routing: {offer_timeout: 60}\n"),
    ("wrong-value", "error", "tests/a.yaml:2", "tests/a.yaml", None, "title: t\nclock: now\nturns: [{customer: x}]"),
    ("bad-pattern", "error", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "patterns: ['(']\n"),
    ("unknown-name", "error", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "buttons: [prise]\n"),
    ("unknown-name", "error", "intents/a.yaml:12", "intents/a.yaml", OLD, "    article: price/list\n"),
    ("unknown-name", "error", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "skill: genral\n"),
    ("unknown-name", "error", "handoff/desk.yaml:3", "handoff/desk.yaml", "hours: office", "hours: offce"),
    ("defined-twice", "error", "intents/a.yaml:13", "intents/a.yaml", "id: human", "id: price"),
    ("contradiction", "error", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "article: chain\n"),
    ("no-intents", "error", "intents:1", "intents/a.yaml", SOUND["intents/a.yaml"], "# none"),
    (
        "no-examples",
        "error",
        "intents/a.yaml:17",
        "intents/a.yaml",
        None,
        "  - {id: a, title: {en: A}, action: none}\n",
    ),
    ("says-nothing", "error", "intents/a.yaml:2", "intents/a.yaml", OLD, ""),
    ("unwritten-answer", "error", "intents/a.yaml:12", "intents/a.yaml", "Five", "TODO"),
    ("merge-conflict", "error", "kb/en/chain.md:4", "kb/en/chain.md", "Wipe it.", "<<<<<<< HEAD\nWipe it."),
    ("empty-article", "error", "kb/en/chain.md:4", "kb/en/chain.md", "Wipe it.", ""),
    ("misplaced-article", "error", "kb/chain.md:1", "kb/chain.md", None, ARTICLE % ("A", "B")),
    ("no-vectors", "error", "handoff/desk.yaml:8", "handoff/desk.yaml", None, "matching: {semantic: nowhere}\n"),
    ("hours-overlap", "error", "handoff/desk.yaml:5", "handoff/desk.yaml", '18:00"', '18:00", "17:00-19:00"'),
    ("never-open", "error", "handoff/desk.yaml:5", "handoff/desk.yaml", 'mon-fri: ["09:00-18:00"]', ""),
    ("example-twice", "error", "intents/a.yaml:15", "intents/a.yaml", "call somebody", "how much is it?"),
    ("title-twice", "warning", "intents/a.yaml:14", "intents/a.yaml", "en: A person", "en: price!"),
    ("idle-button", "warning", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "buttons: [price]\n"),
    ("idle-button", "warning", "intents/a.yaml:13", "intents/a.yaml", OLD, NEW + "buttons: [human, human]\n"),
    (
        "unused-form",
        "warning",
        "intents/a.yaml:18",
        "intents/a.yaml",
        None,
        "forms:\n  size: [{id: size, question: {en: Which size?}}]\n",
    ),
    ("examples-alike", "warning", "intents/a.yaml:15", "intents/a.yaml", "call somebody", "how much is itt"),
    ("few-examples", "warning", "intents/a.yaml:15", "intents/a.yaml", "call somebody, ", ""),
    (
        "test-learnt",
        "warning",
        "intents/a.yaml:15",
        "intents/a.yaml",
        OLD,
        NEW + "tests:\n      en: |\n        is it dear\n",
    ),
    ("missing-locale", "warning", "intents/a.yaml:2", "handoff/desk.yaml", "[en]", "[en, ru]"),
    ("unspoken-locale", "warning", "intents/a.yaml:12", "intents/a.yaml", "en: Five", "en: Five, ru: Пять"),
    ("nobody-serves", "warning", "handoff/desk.yaml:1", "handoff/desk.yaml", "operators:\n  - {id: anna}\n", ""),
    ("closed-unasked", "warning", "handoff/desk.yaml:8", "handoff/desk.yaml", None, "inactivity: {customer: 10m}\n"),
    ("closed-unasked", "warning", "handoff/desk.yaml:9", "handoff/desk.yaml", None, "inactivity:\n  warn: 30m\n"),
    (
        "questions-cut-short",
        "warning",
        "handoff/desk.yaml:9",
        "handoff/desk.yaml",
        None,
        "retention:\n  questions: 999d",
    ),
    ("questions-cut-short", "warning", "handoff/desk.yaml:8", "handoff/desk.yaml", None, "retention: {messages: 9d}\n"),
    ("unknown-placeholder", "error", "bot/phrases.en.yaml:1", "bot/phrases.en.yaml", None, 'glad: "{who}"'),
    ("unknown-placeholder", "warning", "intents/a.yaml:12", "intents/a.yaml", "en: Five", 'en: "{price}"'),
    ("dead-link", "warning", "intents/a.yaml:12", "intents/a.yaml", "Five", '"[Five](prices)"'),
    ("dead-link", "warning", "kb/en/chain.md:4", "kb/en/chain.md", "it.", "[it](HTTPS://a.example) [so](so.md)."),
    ("html-in-text", "warning", "intents/a.yaml:12", "intents/a.yaml", "Five", "Five<br/><b>euro</b> <3 <x> `<p>`"),
    ("html-in-text", "warning", "kb/en/chain.md:4", "kb/en/chain.md", "it.", 'it <a href="/x">so</a>.'),
    ("unused-phrases", "warning", "bot/phrases.ru.yaml:1", "bot/phrases.ru.yaml", None, "glad: Рад."),
    ("unreachable-article", "warning", "kb/en/a.md:2", "kb/en/a.md", None, ARTICLE % ("???", "B")),
    ("unread-file", "warning", "intents/more/b.yaml:1", "intents/more/b.yaml", None, "intents: []"),
    ("unread-file", "warning", "bot/phrases.en.yml:1", "bot/phrases.en.yml", None, "glad: Good."),
    ("long-answer", "warning", "intents/a.yaml:12", "intents/a.yaml", "en: Five", "en: " + "five " * 900),
    ("long-label", "warning", "intents/a.yaml:3", "intents/a.yaml", "en: Price", "en: " + "price " * 11),
    ("long-id", "warning", f"kb/en/{'a' * 57}.md:1", f"kb/en/{'a' * 57}.md", None, ARTICLE % ("Wheels", "B")),
]
BY_THE_MATCHER = {"intents-overlap", "example-strays"}  # told in tests/intents/test_lint.py


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
