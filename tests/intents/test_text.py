"""Text is folded the same way wherever it is compared."""

import pytest

from intents.text import MAX_CHARACTERS, MAX_WORDS, fold, normalise, words_of


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Ёлка,  ЕЩЁ?!", "елка еще"),
        ("ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("за́мок", "замок"),
        ("Pasūtījums №1", "pasutijums no1"),
        ("KĀDI TERMIŅI? Łódź, señor Müller", "kadi termini lodz senor muller"),
        ("мой чаёк", "мой чаек"),
        ("snake_case_word", "snake case word"),
        ("заказ 104237", "заказ 0000"),
        ("SP104237 и 12", "sp0000 и 12"),
        ("йод", "йод"),
        ("... 😀 !!!", ""),
    ],
)
def test_case_form_punctuation_and_long_numbers_make_no_difference(written: str, seen: str):
    assert normalise(written) == seen


def test_a_long_message_is_read_at_its_beginning():
    assert len(words_of(fold("я " * 4000))) == MAX_WORDS
    assert len(fold("ﷺ" * 4000)) <= MAX_CHARACTERS
