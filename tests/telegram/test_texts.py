"""People's words are cut without losing a letter or a mark."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.dialog.messages import Author, AuthorKind, Entity, Message
from bot.telegram.texts import below, cut, pieces_of, shortened, signed
from kb.split import units


@given(st.text(max_size=200), st.integers(2, 40))
def test_pieces_are_short_enough_and_together_the_whole(text: str, limit: int) -> None:
    pieces = [piece for piece, _ in cut(text, [], limit)]
    assert "".join(pieces) == text
    assert all(0 < units(piece) <= limit for piece in pieces)


def test_a_mark_across_a_cut_goes_on_in_the_next_piece() -> None:
    pieces = list(cut("one two three", [Entity("bold", 4, 9)], 8))
    assert pieces == [("one two ", [Entity("bold", 4, 4)]), ("three", [Entity("bold", 0, 5)])]


def test_blanks_beyond_the_limit_are_no_post() -> None:
    said = Message("c1", 1, datetime.now(UTC), Author(AuthorKind.CUSTOMER), "a" * 4096 + "  ")
    assert [piece["text"] for piece in pieces_of(said)] == ["a" * 4096]


def test_a_name_before_the_words_moves_their_marks() -> None:
    assert signed("😀", "hi", [Entity("italic", 0, 2)]) == (
        "😀: hi",
        [Entity("bold", 0, 2), Entity("italic", 4, 2)],
    )


def test_what_is_shortened_says_so() -> None:
    assert shortened("a  b\nc", 5) == "a b c"
    assert shortened("abcdef", 4) == "abc…"


def test_an_article_is_quoted_below_the_question_and_a_file_without_words_is_not() -> None:
    ours = Message("c1", 2, datetime.now(UTC), Author(AuthorKind.OPERATOR), "It is 3 < 4", markdown="It is **3** < 4")
    [piece] = below("How & why", ours)
    assert piece["text"].startswith("<blockquote>How &amp; why</blockquote>\n")
    assert "<b>3</b>" in piece["text"]
    assert below("How & why", replace(ours, text="", markdown=None)) == []
    assert below("", ours) == pieces_of(ours)
