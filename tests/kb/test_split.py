"""Long texts are cut at their best joints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.errors import LimitError
from kb.split import split, units


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("short", 10, ["short"]),
        ("  short\n", 5, ["short"]),
        ("", 10, []),
        (" \n ", 10, []),
        ("one\n\ntwo\n\nthree", 8, ["one\n\ntwo", "three"]),
        ("one\n \n\ntwo", 4, ["one", "two"]),
        ("a line\nb line\nc line", 13, ["a line\nb line", "c line"]),
        ("First one. Second! Third? 4.5 fourth", 18, ["First one. Second!", "Third? 4.5 fourth"]),
        ("one two three", 8, ["one two", "three"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("ab abcdefgh cd", 4, ["ab", "abcd", "efgh", "cd"]),
        ("para one\n\nvery long paragraph here\n\nend", 10, ["para one", "very long", "paragraph", "here", "end"]),
        ("😀😀😀", 4, ["😀😀", "😀"]),
        ("😀😀", 3, ["😀", "😀"]),
    ],
)
def test_a_text_is_cut_at_paragraphs_then_lines_sentences_words_and_last_anywhere(
    text: str, limit: int, pieces: list[str]
):
    assert split(text, limit) == pieces


@given(st.text(alphabet="ab. \n😀ё!\t", max_size=200), st.integers(2, 40))
def test_nothing_but_blanks_is_lost_and_no_piece_is_too_long_or_empty(text: str, limit: int):
    pieces = split(text, limit)
    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(piece.strip() and units(piece) <= limit for piece in pieces)


def test_length_is_counted_as_telegram_counts():
    assert [units(text) for text in ("", "ё", "😀", "a😀")] == [0, 1, 2, 3]


def test_a_limit_in_which_no_emoji_fits_is_refused():
    with pytest.raises(LimitError, match="pieces of 1 UTF-16 units; ask for 2 or more"):
        split("a", 1)
