"""The schemas that editors use say what the loaders say: of every file there is, and of what people get wrong."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from bot.cli.schemas import PACKAGED, schemas, write_schemas
from intents.strict_yaml import parse, read

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "bot" / "content" / "starter"
KINDS = {"intents": "intents", "handoff": "desk", "bot": "phrases", "tests": "dialogue"}  # by folder of a workspace

FILES = [
    *((path, "intents") for path in (ROOT / "intents" / "content").glob("*.yaml")),
    (ROOT / "handoff" / "content" / "desk.yaml", "desk"),
    (ROOT / "handoff" / "content" / "replies.yaml", "replies"),
    *((path, "phrases") for path in (ROOT / "bot" / "content").glob("phrases.*.yaml")),
    *((path, "dialogue") for path in (ROOT / "bot" / "content" / "tests").glob("*.yaml")),
    *((path, "dialogue") for path in (ROOT / "tests" / "dialogues").glob("*.yaml")),
    *((path, "replies" if path.stem == "replies" else KINDS[path.parent.name]) for path in STARTER.rglob("*.yaml")),
]


@cache
def validator(kind):
    return Draft7Validator(schemas()[f"{kind}.schema.json"])


def data_of(text):
    return parse(text, "f.yaml").data


def test_the_packaged_schemas_are_those_of_the_models(tmp_path):
    for path in write_schemas(tmp_path):
        assert (PACKAGED / path.name).read_text("utf-8") == path.read_text("utf-8"), (
            "write them anew: frontline check --schema bot/content/schema"
        )


ARTICLES = [*(ROOT / "kb" / "content").rglob("*.md"), *STARTER.rglob("*.md")]


@pytest.mark.parametrize("path", ARTICLES, ids=str)
def test_the_head_of_every_article_fits(path):
    head = path.read_text("utf-8").split("---\n")[1]
    assert [each.message for each in validator("article").iter_errors(data_of(head))] == []


def test_the_article_of_a_new_workspace_names_its_schema():
    (path,) = STARTER.rglob("*.md")
    assert path.read_text("utf-8").splitlines()[1] == (
        "# yaml-language-server: $schema=../../.schema/article.schema.json"
    )


@pytest.mark.parametrize("kind", ["intents", "desk", "replies", "phrases", "dialogue", "article"])
def test_every_schema_is_one(kind):
    Draft7Validator.check_schema(validator(kind).schema)


@pytest.mark.parametrize(("path", "kind"), FILES, ids=lambda each: each.name if isinstance(each, Path) else each)
def test_every_file_of_sample_starter_and_tests_fits(path, kind):
    assert [each.message for each in validator(kind).iter_errors(read(path).data)] == []


def named_schema(path):
    first = path.read_text("utf-8").splitlines()[0]
    return re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)[1]


@pytest.mark.parametrize(("path", "kind"), [each for each in FILES if ROOT / "tests" not in each[0].parents], ids=str)
def test_every_file_of_sample_and_starter_names_a_schema_that_is_there(path, kind, tmp_path):
    named = named_schema(path)
    if STARTER in path.parents:
        assert named == f"../.schema/{kind}.schema.json"  # `frontline init` puts it there
    else:
        assert (path.parent / named).resolve() == PACKAGED / f"{kind}.schema.json"


INTENT = "intents:\n  - {id: a, title: {en: A}, examples: {en: [b]}, "
SKILLS = "skills: {general: {}}\n"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("intents", INTENT + "action: none}"),
        ("intents", "intents:\n  - id: a\n    title: {en: A}\n    examples:\n      en: |\n        one\n        two\n"),
        ("intents", "forms: {f: [{id: a, question: {en: Q}, type: choice, options: [S, {id: m, title: {en: M}}]}]}"),
        ("intents", "out_of_scope: {en: [what is the weather]}"),
        ("desk", SKILLS + 'hours: {h: {"mon-wed, Fri": ["09:00-13:00"], sat: "22:00-02:00"}}'),
        ("desk", SKILLS + "hours: {h: {mon: [], holidays: {country: LV}, dates: {2026-12-31: []}}}"),
        ("desk", SKILLS + "operators: [{id: anna, skills: {general: 1}, name: Anna}]"),
        ("desk", SKILLS + 'callbacks: {slot: 1h, lead: 0m, window: "10:00-20:00"}'),
        ("replies", "replies: {hello: {en: Hello}, 'ещё-минуту': {ru: Минуту}}"),
        ("phrases", "glad: You are welcome."),
        ("dialogue", "title: t\nclock: 2026-05-04T21:10+03:00\nturns:\n  - clock: +90s\n  - operator: {anna: accept}"),
        ("dialogue", "title: t\nclock: 2026-05-04T21:10Z\noperators: {anna: paused}\nturns:\n  - bot: {contains: x}"),
    ],
)
def test_every_way_to_write_it_fits(kind, text):
    assert [each.message for each in validator(kind).iter_errors(data_of(text))] == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("intents", "intentz: []"),
        ("intents", INTENT + "skil: b}"),
        ("intents", INTENT + "skill: 7}"),
        ("intents", INTENT + "priority: hot}"),
        ("intents", INTENT + "tests: {en: 5}}"),
        ("intents", INTENT + "buttons: [{title: {en: B}, url: www.example.com}]}"),
        ("intents", "intents:\n  - {id: а б, title: {en: A}}"),
        ("intents", "intents:\n  - {id: a}"),
        ("intents", "intents:\n  - {id: a, title: {}}"),
        ("intents", "intents:\n  - {id: a, title: {en: ' '}}"),
        ("desk", "locales: [en]"),
        ("desk", SKILLS + "routng: {}"),
        ("desk", SKILLS + "routing: {offer_timeout: 60}"),
        ("desk", SKILLS + "routing: {offer_timeout: 0s}"),
        ("desk", SKILLS + "routing: {strategy: loudest}"),
        ("desk", SKILLS + "operators: [{id: anna, skills: {general: 2.0}}]"),
        ("desk", SKILLS + "hours: {h: {mom: '09:00-10:00'}}"),
        ("desk", SKILLS + "hours: {h: {mon: '9-18'}}"),
        ("desk", SKILLS + "hours: {h: {dates: {31.12.2026: []}}}"),
        ("desk", SKILLS + "hours: {h: {holidays: LV}}"),
        ("desk", "skills: {'two words': {}}"),
        ("replies", "replys: {}"),
        ("replies", "replies: {hello: Hello}"),
        ("replies", "replies: {two words: {en: Hello}}"),
        ("article", "titel: A"),
        ("article", "tags: [a]"),
        ("article", "title: A\ntags: a"),
        ("article", "title: A\naudience: staff"),
        ("phrases", "gladd: x"),
        ("phrases", "glad: 7"),
        ("dialogue", "title: t\nclock: yesterday\nturns: [{customer: x}]"),
        ("dialogue", "title: t\nclock: 2026-05-04T21:10Z\nturns: []"),
        ("dialogue", "title: t\nclock: 2026-05-04T21:10Z\nturns: [{customer: x, press: y}]"),
        ("dialogue", "title: t\nclock: 2026-05-04T21:10Z\nturns: [{custmer: x}]"),
        ("dialogue", "title: t\nclock: 2026-05-04T21:10Z\nturns: [{clock: 90s}]"),
        ("dialogue", "title: t\nclock: 2026-05-04T21:10Z\noperators: {anna: asleep}\nturns: [{customer: x}]"),
    ],
)
def test_a_typical_mistake_does_not_fit(kind, text):
    assert list(validator(kind).iter_errors(data_of(text)))


def keys(schema):
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for each in schema.values():
            yield from keys(each)


@pytest.mark.parametrize("kind", ["intents", "desk", "replies", "phrases", "article"])
def test_an_editor_has_something_to_say_of_every_key(kind):
    silent = {name for name, each in keys(validator(kind).schema) if not {"description", "$ref"} & each.keys()}
    assert silent == set()


def test_the_schemas_are_plain_json(tmp_path):
    for path in write_schemas(tmp_path / "new" / "folder"):
        assert json.loads(path.read_text("utf-8"))["$schema"].startswith("http://json-schema.org/draft-07/")
