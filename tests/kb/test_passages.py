"""What is shown of an article is the sentence that speaks of the question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workspace.knowledge import words
from kb.article import Article
from kb.passages import SNIPPET, sentences
from kb.search import Search

TERMS = """\
# Всё о доставке

## По Риге

Курьер приедет завтра. **Посылки** до 20 кг, ул. Миера тоже. За город дольше.

## В Эстонию

- Идём неделю: 7 €.
- Велосипеды везём
  отдельно.

1. Вещи в [пакомат](https://shop.example/lockers) стоят три евро.

Цена. От пяти евро за доставку курьером на дом.
"""


def meanings(word: str) -> list[str]:
    return ["delivery"] if word in {"отправка", "доставка"} else []


def snippet(query: str, body: str = TERMS, locale: str = "ru") -> str:
    [hit] = Search([Article("it", locale, "Доставка", body)], words).search(query, locale)
    return hit.snippet


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("посылка", "Посылки до 20 кг, ул. Миера тоже."),
        ("за город", "За город дольше."),
        ("велосипед", "Велосипеды везём отдельно."),
        ("пакомат", "Вещи в пакомат стоят три евро."),
        ("цена", "Цена. От пяти евро за доставку курьером на дом."),
        ("в Эстонию", "Идём неделю: 7 €."),
        ("курьер", "Курьер приедет завтра."),
    ],
)
def test_a_snippet_is_the_sentence_that_speaks_of_the_question(query: str, sentence: str):
    assert snippet(query) == sentence


def test_a_sentence_that_says_it_in_another_word_is_chosen_if_none_has_the_word_itself():
    meant = "Магазин работает каждый день. Доставка стоит три евро. Заходите к нам в гости."
    both = "Доставка стоит три евро. Отправка по будням вечером."
    search = Search([Article("a", "ru", "x", meant), Article("b", "ru", "x", both)], words, concepts=meanings)
    shown = {hit.document.id: hit.snippet for hit in search.search("отправка", "ru")}
    assert shown == {"a": "Доставка стоит три евро.", "b": "Отправка по будням вечером."}


def test_a_long_sentence_is_cut_to_what_says_it_in_another_word():
    article = Article("it", "ru", "x", f"{'слово ' * 60}доставка {'слово ' * 60}")
    [hit] = Search([article], words, concepts=meanings).search("отправка", "ru")
    assert "доставка" in hit.snippet


def test_what_only_the_title_speaks_of_is_shown_from_the_beginning():
    assert snippet("доставка", "## Сроки\n\nДва дня по городу. Пять по стране.") == "Два дня по городу. Пять по стране."


def test_an_article_of_headings_shows_them():
    assert snippet("сроки", "# Сроки\n\n## Цены") == "Сроки Цены"


def test_an_article_that_is_a_picture_has_nothing_to_show():
    assert snippet("доставка", "![](https://shop.example/map.png)") == ""


def test_a_long_sentence_is_cut_to_the_words_around_those_that_were_asked_for():
    body = "Here we talk of many things at length, " * 9 + "until the zebra comes to the giraffe, " + "and so on " * 30
    shown = snippet("zebra giraffe", body, "en")
    assert len(shown) <= SNIPPET
    assert "until the zebra comes to the giraffe" in shown
    assert shown[0] == shown[-1] == "…"
    assert shown.strip("…") in " ".join(body.split()), "nothing is left out in between"
    assert {*shown.strip("…").replace(",", "").split()} <= {*body.replace(",", "").split()}, "and no word is cut"


def test_a_long_sentence_that_begins_or_ends_with_what_was_asked_is_cut_on_one_side():
    start, end = snippet("zebra", "Zebra " + "word " * 99, "en"), snippet("zebra", "word " * 99 + "zebra", "en")
    assert start.startswith("Zebra word")
    assert start.endswith("word…")
    assert end.startswith("…word")
    assert end.endswith("word zebra")


def test_a_text_without_an_end_is_read_in_parts():
    [first, second] = sentences("word " * 199 + "here " + "giraffe " * 9)
    assert first.endswith("word here")
    assert second.startswith("giraffe")


def test_a_word_longer_than_a_snippet_is_cut():
    shown = snippet("доставка", "ы" * 400)
    assert shown == "ы" * (SNIPPET - 2) + "…"


@given(st.text(alphabet="зебра жираф.,", min_size=1, max_size=900))
def test_a_snippet_is_never_too_long(body: str):
    found = Search([Article("it", "ru", "зебра", body)], words).search("зебра жираф", "ru")
    assert all(len(hit.snippet) <= SNIPPET and "\n" not in hit.snippet for hit in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The first one is here. The second one is there.", ["The first one is here.", "The second one is there."]),
        (
            "Мы находимся на ул. Бривибас, дом 5. Заходите к нам!",
            ["Мы находимся на ул. Бривибас, дом 5.", "Заходите к нам!"],
        ),
        ("Visērtāk atbraukt ar 11. tramvaju no centra.", ["Visērtāk atbraukt ar 11. tramvaju no centra."]),
        ("«Можно ли вернуть покупку?» Да, в любой день.", ["«Можно ли вернуть покупку?»", "Да, в любой день."]),
        ("Yes. We deliver to Estonia.", ["Yes. We deliver to Estonia."]),
        ("From 9.30 to 18.00 every working day", ["From 9.30 to 18.00 every working day"]),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, expected: list[str]):
    assert sentences(text) == expected
