"""YAML is read strictly, and every fault names its line."""

from pathlib import Path

import pytest

from intents.errors import FaultsError
from intents.strict_yaml import MAX_BYTES, parse, read


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(FaultsError) as caught:
        parse(text, "desk.yaml")
    return [(fault.line, fault.text) for fault in caught.value.faults]


def test_a_document_becomes_plain_data_with_lines():
    located = parse("a: 1\nb:\n  - x\n  - {c: y}\n", "f.yaml")
    assert located.data == {"a": 1, "b": ["x", {"c": "y"}]}
    assert [located.line_of(place) for place in [(), ("a",), ("b",), ("b", 0), ("b", 1, "c")]] == [1, 1, 2, 3, 4]


def test_each_filled_line_of_a_block_has_its_own_place():
    located = parse("a: |\n\n  x\n\n  y\nb: >\n  z\n", "f.yaml")
    assert [located.line_of(place) for place in [("a",), ("a", 0), ("a", 1), ("b", 0)]] == [1, 3, 5, 6]


def test_the_line_of_what_is_missing_is_that_of_its_nearest_parent():
    located = parse("a:\n  b:\n    c: 1\n", "f.yaml")
    assert located.line_of(("a", "b", "nothing", 3)) == 2
    assert parse("", "f.yaml").line_of(("a",)) == 1


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("1:30", "1:30"), ("010", "010"), ("0x1F", "0x1F"),
        ("1_000", "1_000"), ("1e3", "1e3"), ("2026-12-24", "2026-12-24"), (".5", ".5"), ("True", "True"),
        ("true", True), ("false", False), ("null", None), ("~", None), ("", None),
        ("0", 0), ("-7", -7), ("-1001234567890", -1001234567890), ("1.50", 1.5), ("-0.25", -0.25),
        ('"7"', "7"), ("'true'", "true"), ("|\n  7", "7"), ("<<", "<<"),
    ],
)  # fmt: skip # a table
def test_only_plain_numbers_booleans_and_null_are_typed(written: str, read_as: object):
    value = parse(f"key: {written}", "f.yaml").data["key"]
    assert (value, type(value)) == (read_as, type(read_as))


def test_keys_are_always_text():
    assert parse("no: a\n1: b\n2026-12-31: c\nnull: d", "f.yaml").data == {
        "no": "a", "1": "b", "2026-12-31": "c", "null": "d",
    }  # fmt: skip # a table


def test_an_empty_document_is_nothing():
    assert parse("# only a comment\n", "f.yaml").data is None


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3", 3, 'the key "a" stands here twice (first on line 1); keep one'),
        ("a: &x 1", 1, "the anchor &x is not allowed; remove it"),
        ("a: 1\nb: *x", 2, "the alias *x is not allowed; write the value out"),
        (
            "a: !!python/name:os.system x",
            1,
            "the tag !!python/name:os.system is not allowed; remove it",
        ),
        ("--- 1\n--- 2", 2, "a second document begins; keep one per file, without ---"),
        ("a: 1\n? [x]\n: 2", 2, "a key must be a plain word; check the colons and braces here"),
        ("a:\n  " + "[" * 60 + "]" * 60, 2, "more than 40 levels are nested here; flatten them"),
        ("a: 1\nb: \x01", 2, "this line holds a control character; remove it"),
        ("\ud800", 1, "this line holds a control character; remove it"),
    ],
)
def test_what_is_not_strict_is_refused_with_line_and_remedy(text: str, line: int, said: str):
    assert faults(text) == [(line, said)]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: x\n\tc: y", 3, "a tab stands before the text; use blanks"),
        ("a: 1\nb: [\n\tx]\nc:\n\t- y", 5, "a tab stands before the text; use blanks"),
        ("a: @x", 1, "a text cannot begin so; put it in quotes"),
        ("a: within: a day", 1, "put a text that has one in quotes"),
        ("a: 1\n c: 2", 2, "see whether the line above lacks one or is indented otherwise"),
        ("a: 1\nexamples\nb: 2", 2, "this line lacks a colon with a blank behind it, or"),
        ("a:\n  b: 1\n c: 2", 3, "this line is not indented like the lines around it"),
        ("a: 'it's'", 1, "a quote in it ends too early"),
        ('a: "x\nb: "y"', 2, "one in the line above is never closed"),
        ("a:\n<<<<<<< HEAD\n  b: 1\n=======\n  b: 2\n>>>>>>> other\n", 2, "a mark of a merge conflict stands here"),
        ("a:\n  - b\n  -c: d", 3, "a blank is missing behind the -"),
        ("a: 1\nb:\u00a02\nc: 3", 2, "a character that looks like a blank stands in this line"),
        ("a:\n  b: 1\n\u00a0 c: 2\n  d: 3", 3, "a character that looks like a blank stands in this line"),
        ("\u2028a: 1\r\nb: 2\r\n c: 3", 4, "see whether the line above"),
        ("- a\nb: c", 2, "this line follows a list and is no item"),
        ("a: [x, y\nb: z", 2, "a list above is not closed"),
        ("a: {x: y\nb: z", 2, "a brace above is not closed"),
        ('a: 1\nb: "x\nc: y\n', 2, "a quote that opens here is never closed"),
        (r'a: "\d"', 1, "use single quotes"),
        ("a: - b", 1, "begin it on a line below"),
        ("a: **bold**", 1, "a text cannot begin with * or &"),
        ("a: ]", 1, "did not find expected node content; check indentation, quotes and colons"),
    ],
)
def test_what_is_not_yaml_is_refused_at_the_line_where_it_goes_wrong_in_plain_words(text: str, line: int, said: str):
    [(at, told)] = faults(text)
    assert at == line
    assert told.startswith("this is not valid YAML: ")
    assert said in told


def test_an_alias_bomb_is_refused_before_it_grows():
    bomb = "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]"
    assert faults(bomb) == [(1, "the anchor &a is not allowed; remove it")]


def test_all_doubled_keys_are_named_at_once():
    assert [line for line, _ in faults("a: 1\na: 2\nb: {c: 1, c: 2}")] == [2, 3]


def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path: Path):
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: \xd0\xb4\xd0\xb0")
    located = read(file)
    assert (located.file, located.data) == (str(file), {"a": "да"})


@pytest.mark.parametrize(
    ("raw", "line", "said"),
    [
        (b"a: 1\nb: \xff", 2, "the file is not UTF-8; save it with the encoding UTF-8"),
        (b" \n\n", 1, "the file is empty; write it, or remove it"),
        (b"#" * (MAX_BYTES + 1), 1, f"the file has {MAX_BYTES + 1} bytes, more than {MAX_BYTES}; split it"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused(tmp_path: Path, raw: bytes, line: int, said: str):
    file = tmp_path / "a.yaml"
    file.write_bytes(raw)
    with pytest.raises(FaultsError) as caught:
        read(file)
    assert str(caught.value) == f"{file}:{line}: error: {said} [unreadable]"


def test_a_missing_file_is_a_fault_too(tmp_path: Path):
    with pytest.raises(FaultsError, match="the file cannot be read"):
        read(tmp_path / "nowhere.yaml")
