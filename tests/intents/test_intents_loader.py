"""Intents are loaded all or nothing, and every fault is named."""

from pathlib import Path

import pytest

from intents.errors import FaultsError
from intents.intent import Action, Catalogue, Field, Form, Link, Option, Related
from intents.loader import load

SOUND = """\
intents:
  - id: cost
    title: {ru: Цена, en: Price}
    examples:
      ru: |
        сколько стоит

        почём
      en: [how much is it]
    answer: {ru: Пять, en: Five}
"""


def loaded(folder: Path, *texts: str, locales: tuple[str, ...] = ("ru", "en")) -> Catalogue:
    for number, text in enumerate(texts):
        (folder / f"{number}.yaml").write_text(text, "utf-8")
    return load(
        folder, locales=locales, skills={"delivery", "general"}, articles={"delivery/cost"}, internal={"office"}
    )


def faults(folder: Path, *texts: str) -> list[tuple[str, int, str]]:
    with pytest.raises(FaultsError) as caught:
        loaded(folder, *texts)
    return [(Path(each.file).name, each.line, each.text) for each in caught.value.faults if each.level == "error"]


def with_(line: str) -> str:
    """The sound intent with one more line, which becomes line 11."""
    return SOUND + f"    {line}\n"


def test_a_whole_intent_keeps_everything_that_was_written(tmp_path: Path):
    text = """\
    forms:
      where:
        - {id: phone, question: {ru: Телефон?}, type: phone, required: false, error: {ru: Не номер}}
        - {id: kind, question: {ru: Какой?}, type: choice, options: [S, {id: m, title: {ru: Средний}}]}
    intents:
      - id: cost.v2
        title: {ru: Цена, en: Price}
        skill: delivery
        priority: high
        examples: {ru: [сколько стоит], en: [how much]}
        patterns: ['\\bтариф\\b']
        article: delivery/cost
        buttons: [cost.v2, {title: {ru: Тарифы}, url: https://example.com/rates}]
        handoff: never
        ask: [where]
        tests: {ru: [почём]}
      - id: human
        title: {ru: Человек}
        examples: {ru: [оператор], en: [agent]}
        action: handoff
    out_of_scope: {ru: [какая завтра погода]}
    """
    catalogue = loaded(tmp_path, text, "out_of_scope: {ru: [расскажи анекдот], en: [tell a joke]}")
    cost, human = catalogue.intents.values()
    assert (cost.id, cost.title, cost.skill, cost.priority) == (
        "cost.v2",
        {"ru": "Цена", "en": "Price"},
        "delivery",
        "high",
    )
    assert (cost.examples, cost.patterns) == ({"ru": ("сколько стоит",), "en": ("how much",)}, (r"\bтариф\b",))
    assert (cost.answer, cost.article, cost.handoff, cost.ask) == ({}, "delivery/cost", "never", ("where",))
    assert cost.buttons == (Related("cost.v2"), Link({"ru": "Тарифы"}, "https://example.com/rates"))
    assert (cost.tests, cost.action, cost.file, cost.line) == ({"ru": ("почём",)}, None, str(tmp_path / "0.yaml"), 6)
    assert (human.action, human.handoff, human.priority, human.skill) == (Action.HANDOFF, "offer", "normal", None)
    assert catalogue.forms == {
        "where": Form(
            "where",
            (
                Field("phone", {"ru": "Телефон?"}, "phone", required=False, error={"ru": "Не номер"}),
                Field(
                    "kind",
                    {"ru": "Какой?"},
                    "choice",
                    options=(Option("S", {"ru": "S", "en": "S"}), Option("m", {"ru": "Средний"})),
                ),
            ),
        )
    }
    assert catalogue.out_of_scope == {"ru": ("какая завтра погода", "расскажи анекдот"), "en": ("tell a joke",)}


def test_a_block_of_text_is_a_list_with_one_sentence_a_line(tmp_path: Path):
    assert loaded(tmp_path, SOUND).intents["cost"].examples["ru"] == ("сколько стоит", "почём")


def test_files_are_taken_by_name_and_other_files_left_alone(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("not: [yaml")
    other = "intents:\n  - {id: a, title: {ru: x}, action: none, patterns: [y]}"
    catalogue = loaded(tmp_path, "# nothing yet", SOUND, other)
    assert [*catalogue.intents] == ["cost", "a"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("skil: delivery", 'unknown key "skil"; did you mean "skill"?'),
        ("skill: delivry", 'the skill "delivry" does not exist; did you mean "delivery"?'),
        ("skill: 7", '"skill" is 7; a text is expected here; put it in quotes'),
        ("priority: hot", '"hot" is not possible for "priority"; use low, normal, high or urgent'),
        ("handoff: no", '"no" is not possible for "handoff"; use offer, never or always'),
        (
            "action: fly",
            '"fly" is not possible for "action"; use handoff, callback, message, cancel, language or none',
        ),
        (
            "patterns: ['(']",
            'the pattern "(" does not compile (missing )); look-around and back-references do not exist',
        ),
        ("patterns: word", '"patterns" is "word"; a list is expected here: [one, two], or a line `- one` for each'),
        ("tests: five euros", "this is in no language; write the language before it, as in {en: …}"),
        ("tests: [five euros]", "this is in no language; write the language before it, as in {en: …}"),
        ("ask: [number]", 'the form "number" does not exist; none is defined'),
        ("buttons: [costs]", 'the intent "costs" does not exist; did you mean "cost"?'),
        (
            "buttons: [{title: {ru: x}, url: www.example.com}]",
            '"www.example.com" is not an address; begin it with https://',
        ),
        ("article: delivery/cost", '"cost" has both `answer` and `article`; keep one'),
        (
            "article: office",
            'the article "office" is for operators only; say `audience: customers` in it, or name another',
        ),
        ("action: handoff", '"cost" has an `action`, so what it answers is never said; keep one of them'),
        ("tests: {ru: ['']}", "the text is empty; write it or remove the key"),
        ("tests: {ru: 5}", '"ru" is 5; a list is expected here: [one, two], or a line `- one` for each'),
        ("patterns: ['.*']", 'the pattern ".*" is found in every message; say what there must be'),
        ("buttons: [{url: 'https://x.example'}]", 'the key "title" is missing; add it'),
    ],
)
def test_a_fault_in_an_intent_names_line_and_remedy(tmp_path: Path, line: str, said: str):
    assert ("0.yaml", 11, said) in faults(tmp_path, with_(line))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("intents:\n  - {id: а б, title: {ru: x}}", 2,
         '"а б" cannot be an id; use 1 to 48 Latin letters, digits, "_" and "."'),
        ("intents:\n  - {id: dеlivery, title: {ru: x}}", 2,
         '"dеlivery" cannot be an id; the е in it is not the character that it looks like; type it anew: "delivery"'),
        ("intents:\n  - {id: a}", 2, 'the key "title" is missing; add it'),
        ("intents:\n  - {id: a, title: {}}", 2, "nothing is written here; name at least one"),
        ("intents:\n  - {id: a, title: {ru: x}, action: none}", 2,
         '"a" has neither examples nor patterns; add `examples`'),
        ("intents:\n  - {id: a, title: {ru: x}, examples: {ru: [y]}}", 2,
         '"a" says nothing; add `answer`, `article`, `action` or `handoff: always`'),
        ("intents:\n  - {id: a, title: {ru: x}, examples: {ru: [y]}, article: delivery/cst}", 2,
         "the customers' article \"delivery/cst\" does not exist; did you mean \"delivery/cost\"?"),
        ("intents:\n  - {id: a, title: {ru: x}, examples: {ru: [y]}, answer: {ru: ToDo!}}", 2,
         'the answer of "a" is still to be written; write it in the place of ToDo!'),
        ("intents:\n  - {id: a, title: {ru: x}, examples: {ru: [y]}, action: handoff, handoff: never}", 2,
         '"a" hands over and never does; remove `handoff: never`'),
        ("forms:\n  f:\n    - {id: a, question: {ru: x}, options: [big, small]}", 3,
         'the field "a" has options and is no choice; add `type: choice`'),
        ("forms:\n  f:\n    - {id: a, question: {ru: x}, type: choice}", 3,
         'the field "a" is a choice without options; add `options`'),
        (SOUND + "forms:\n  f:\n    - {id: a, question: {ru: x}, pattern: '['}", 13,
         'the pattern "[" does not compile (missing ]); look-around and back-references do not exist'),
        ("intentz: []", 1, 'unknown key "intentz"; did you mean "intents"?'),
    ],
)  # fmt: skip # a table
def test_a_fault_in_a_file_names_line_and_remedy(tmp_path: Path, text: str, line: int, said: str):
    assert faults(tmp_path, text) == [("0.yaml", line, said)]


def test_a_field_or_an_option_defined_twice_names_both_places(tmp_path: Path):
    field = "{id: a, question: {ru: x}, type: choice, options: [S, M, {id: S, title: {ru: x}}]}"
    assert faults(tmp_path, f"forms:\n  f:\n    - {{id: a, question: {{ru: x}}}}\n    - {field}\n" + SOUND) == [
        ("0.yaml", 4, 'the field "a" is already defined on line 3; rename one'),
        ("0.yaml", 4, 'the option "S" is already defined on line 4; rename one'),
    ]


def test_a_sentence_said_twice_in_a_block_is_pointed_at_where_it_stands(tmp_path: Path):
    other = SOUND.replace("cost", "price").replace("сколько стоит", "за сколько").replace("how much is it", "price")
    [(file, line, said)] = faults(tmp_path, SOUND, other)
    assert (file, line) == ("1.yaml", 8)
    assert said == f'"почём" is already said under "cost" at {tmp_path / "0.yaml"}:8; keep it in one place'


def test_an_id_or_a_form_defined_twice_names_both_places(tmp_path: Path):
    form = "forms: {f: [{id: a, question: {ru: x}}]}\n"
    other = SOUND.replace("сколько стоит", "а").replace("почём", "б").replace("how much is it", "c")
    assert faults(tmp_path, form + SOUND, form + other) == [
        ("1.yaml", 1, f'the form "f" is already defined at {tmp_path / "0.yaml"}:1; rename one'),
        ("1.yaml", 3, f'the intent "cost" is already defined at {tmp_path / "0.yaml"}:3; rename one'),
    ]


def test_the_same_sentence_under_two_intents_names_both_places_however_it_is_written(tmp_path: Path):
    other = (
        "intents:\n  - id: b\n    title: {ru: Б}\n    action: none\n    examples: {ru: ['  СКОЛЬКО, стоит?'], en: [x]}"
    )
    [(file, line, said)] = faults(tmp_path, SOUND, other)
    assert (file, line) == ("1.yaml", 5)
    assert said == f'"СКОЛЬКО, стоит?" is already said under "cost" at {tmp_path / "0.yaml"}:6; keep it in one place'


def test_a_sentence_cannot_be_both_ours_and_out_of_scope(tmp_path: Path):
    [(_, line, said)] = faults(tmp_path, SOUND + "out_of_scope:\n  ru: [почем]")
    assert line == 12
    assert 'already said under "cost"' in said


def test_the_same_words_in_two_languages_are_a_warning_only(tmp_path: Path):
    other = "intents:\n  - {id: b, title: {ru: Б}, action: none, examples: {ru: [how much is it], en: [x]}}"
    [warning] = loaded(tmp_path, SOUND, other).warnings
    assert 'already said under "cost"' in warning.text


def test_a_locale_without_examples_is_a_warning(tmp_path: Path):
    [warning] = loaded(tmp_path, SOUND, locales=("ru", "en", "lv")).warnings
    text = '"cost" has no examples in "lv"; add some, or it is met in other languages only'
    assert str(warning) == f"{tmp_path / '0.yaml'}:2: warning: {text} [missing-locale]"


def test_an_intent_of_patterns_alone_is_sound(tmp_path: Path):
    catalogue = loaded(tmp_path, "intents:\n  - {id: a, title: {ru: x}, action: none, patterns: [y]}")
    assert catalogue.warnings == ()


def test_a_text_in_a_language_that_the_desk_does_not_speak_is_a_warning(tmp_path: Path):
    warnings = loaded(tmp_path, SOUND.replace("{ru: Цена", "{rus: Цены, ru: Цена")).warnings
    assert [(each.line, each.text) for each in warnings] == [
        (3, 'the desk does not speak "rus", so this is left out; did you mean "ru"?')
    ]


def test_so_is_a_sentence_out_of_scope_in_such_a_language(tmp_path: Path):
    [warning] = loaded(tmp_path, SOUND + "out_of_scope:\n  de: [das Wetter]").warnings
    assert (warning.line, warning.text) == (12, 'the desk does not speak "de", so this is left out; known are: en, ru')


def test_a_field_may_take_any_answer_by_its_pattern(tmp_path: Path):
    assert loaded(tmp_path, SOUND + "forms: {f: [{id: a, question: {ru: x}, pattern: '.*'}]}").forms


def test_a_folder_without_intents_is_a_fault(tmp_path: Path):
    assert faults(tmp_path) == [(tmp_path.name, 1, "there is no intent here; add a file with `intents:`")]


def test_faults_of_all_files_come_together_in_order(tmp_path: Path):
    found = faults(tmp_path, "a: 1\na: 2", with_("skil: x") + "    prioriti: y\n", "intents: *x")
    assert [(file, line) for file, line, _ in found] == [("0.yaml", 2), ("1.yaml", 11), ("1.yaml", 12), ("2.yaml", 1)]


def test_the_sample_shop_of_the_package_is_sound():
    content = Path(__file__).parents[2] / "intents" / "content"
    articles = Path(__file__).parents[2] / "kb" / "content" / "ru"
    catalogue = load(
        content,
        locales=("ru", "en", "lv"),
        skills={"sales", "delivery", "workshop", "general"},
        articles={str(path.relative_to(articles).with_suffix("")) for path in articles.rglob("*.md")},
    )
    assert {"human", "greeting", "thanks", "goodbye", "callback", "cancel"} <= catalogue.intents.keys()
    assert all(fault.level == "warning" for fault in catalogue.warnings)
