"""Plain files: what is read, and what is said of a file that is wrong."""

import pytest

from intents.errors import FaultsError
from intents.plain_files import Row, read_pairs, read_rows, read_texts


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def written(content, name="a.tsv"):
        (tmp_path / name).write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return (tmp_path / name).relative_to(tmp_path)

    return written


def test_text_and_intent_are_read_and_the_rest_is_ignored(file):
    found = file("где заказ\tOrder status\ttrain\n\n  привет \thello\n")
    assert read_rows(found) == [Row("где заказ", "Order status", 1), Row("привет", "hello", 3)]
    assert read_pairs(found) == [("где заказ", "Order status"), ("привет", "hello")]


def test_a_byte_order_mark_and_carriage_returns_are_no_part_of_the_text(file):
    assert read_pairs(file(b"\xef\xbb\xbfhi\thello\r\nbye\tbye\r\n")) == [("hi", "hello"), ("bye", "bye")]


def test_a_rare_line_separator_is_a_part_of_the_text(file):
    assert read_pairs(file("one\u2028two\x0bthree\thello\n")) == [("one\u2028two\x0bthree", "hello")]


def test_texts_need_no_tab(file):
    assert read_texts(file("погода\nкурс\toos\tx\n\tlost\n")) == ["погода", "курс"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "где заказ\tstatus\nпривет\n",
            "a.tsv:2: error: there is no tab in this line; write text<TAB>intent [wrong-value]",
        ),
        ("\tstatus\n", "a.tsv:1: error: the text is missing; write text<TAB>intent [wrong-value]"),
        ("text\t\n", "a.tsv:1: error: the intent is missing; write text<TAB>intent [wrong-value]"),
        ("\n \n", "a.tsv:1: error: the file is empty; write text<TAB>intent a line [wrong-value]"),
        (b"a\tb\n\xff\tb\n", "a.tsv:2: error: the file is not UTF-8; save it with the encoding UTF-8 [unreadable]"),
    ],
)
def test_a_wrong_file_is_one_line_with_place_and_remedy(file, content, said):
    with pytest.raises(FaultsError) as caught:
        read_rows(file(content))
    assert str(caught.value) == said


def test_a_missing_file_is_said_to_be_missing(file):
    there = file("").with_name("b.tsv")
    with pytest.raises(FaultsError, match=r"^b\.tsv:1: error: the file cannot be read \(No such file or directory\)"):
        read_texts(there)
