"""The right article is found, with a score that says how sure that is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.workspace.knowledge import words
from kb.article import Answer, Article
from kb.catalogue import Catalogue
from kb.index import SYNONYM
from kb.library import Library
from kb.search import SURE, Search

TERMS = """\
## Сроки

Курьер приедет за два дня, за город дольше.

В Эстонию посылки идут неделю и стоят семь евро.
"""
RETURNS = "Вернуть покупку можно за тридцать дней. Деньги придут на карту."
ARTICLES = (
    Article("delivery", "ru", "Доставка", TERMS, ("курьер", "посылка")),
    Article("returns", "ru", "Возврат товара", RETURNS, ("обмен",)),
    Article("ebikes", "ru", "Электровелосипеды", "Батареи хватает на сто километров.", ("батарея", "зарядка")),
    Article("delivery", "en", "Delivery", "The courier comes within two days."),
    Article("late", "ru", "Если посылка опаздывает", "Позвоните перевозчику.", audience="operators"),
)
ANSWERS = (
    Answer("hours", "ru", "Часы работы", "Магазин открыт **по будням с 10 до 19**."),
    Answer("hours", "en", "Opening hours", "The shop is open on working days."),
)

SEARCH = Search([*ARTICLES, *ANSWERS], words)


def found(query: str, locale: str = "ru", audience: str = "customers") -> list[str]:
    return [hit.document.id for hit in SEARCH.search(query, locale, audience)]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("доставка", "delivery"), ("сколько стоит доставить в Эстонию?", "delivery"), ("вернуть товар", "returns"),
        ("как оформить возврат товаров", "returns"), ("электровелосипедов батарея", "ebikes"), ("зарядка", "ebikes"),
        ("ВОЗВРАТ", "returns"), ("деньги на карту", "returns"),
        ("вазврат", "returns"), ("достака", "delivery"), ("батареии", "ebikes"),
    ],
)  # fmt: skip # a table
def test_an_article_is_found_by_its_words_in_any_form_and_with_slips(query: str, name: str):
    assert found(query)[0] == name


@pytest.mark.parametrize("query", ["", "???", "как и где", "жираф", "a", "xyzzy plugh"])
def test_nothing_is_found_where_nothing_speaks_of_it(query: str):
    assert found(query) == []


def test_each_locale_is_searched_by_itself():
    assert found("courier", "en") == ["delivery"]
    assert found("courier", "lv") == []


def test_customers_find_no_articles_for_operators_and_operators_find_everything():
    assert found("посылка опаздывает", audience="operators")[0] == "late"
    assert set(found("посылка опаздывает", audience="operators")) == {"late", "delivery"}
    assert "late" not in found("посылка опаздывает")
    assert found("до скольки магазин открыт", audience="operators") == ["hours"]


def test_a_short_answer_is_found_beside_the_articles():
    [hit] = SEARCH.search("в какие часы магазин открыт", "ru")
    assert hit.document == ANSWERS[0]
    assert hit.snippet == "Магазин открыт по будням с 10 до 19."
    assert hit.score >= SURE


def test_best_come_first_and_no_more_than_were_asked_for():
    hits = SEARCH.search("возврат товара курьером", "ru")
    assert [hit.document.id for hit in hits] == ["returns", "delivery"]
    assert hits[0].score > hits[1].score
    assert len(SEARCH.search("возврат товара курьером", "ru", limit=1)) == 1


def test_a_question_that_the_title_answers_is_sure_and_one_by_the_way_is_not():
    assert SEARCH.search("доставка курьером", "ru")[0].score >= SURE
    assert SEARCH.search("можно ли заказать торт на карту", "ru")[0].score < SURE


def test_a_word_in_the_title_weighs_more_than_one_in_the_text():
    articles = [Article("a", "en", "Bells", "Of locks too."), Article("b", "en", "Locks", "Of bells too.")]
    assert [hit.document.id for hit in Search(articles, words).search("locks", "en")] == ["b", "a"]


def test_a_word_in_a_short_text_weighs_more_than_one_in_a_long_text():
    long = "All about chains. " + "Wheels turn round and round. " * 40
    articles = [Article("a", "en", "Bicycles", long), Article("b", "en", "Bicycles", "All about chains.")]
    assert [hit.document.id for hit in Search(articles, words).search("chain", "en")] == ["b", "a"]


def test_a_rare_word_weighs_more_than_one_that_is_everywhere():
    shops = [Article(f"shop{n}", "en", "Our shop", f"The shop number {n} in town.") for n in range(9)]
    rare = Article("z", "en", "Zebra", "Stripes.")
    assert Search([*shops, rare], words).search("shop zebra", "en")[0].document == rare


@pytest.mark.parametrize(
    ("query", "locale", "text"),
    [
        ("цепь", "ru", "Смазать цепи"), ("рама", "ru", "Купить раму"), ("ķēde", "lv", "Mainīt ķēdi"),
        ("kedes", "lv", "Mainīt ķēdi"), ("piegāde", "lv", "Piegādes laiks"), ("piegades", "lv", "Piegādes laiks"),
        ("bikes", "en", "Wash a bike"), ("еще", "ru", "нет"), ("самокаты", "ru", "Самокатов нет"),
    ],
)  # fmt: skip # a table
def test_short_words_are_found_in_other_forms_and_latvian_without_its_marks(query: str, locale: str, text: str):
    hits = Search([Article("it", locale, "x", text)], words).search(query, locale)
    assert [hit.document.title for hit in hits] == ([] if query == "еще" else ["x"])


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("цепью", ("Чистая цепь", "Смазать цепи")), ("рама", ("Купить раму", "Из рамы")),
        ("ķēdes", ("Ķēde", "Mainīt ķēdi")), ("bikes", ("A bike", "Two bikes")), ("price", ("Prices", "One price")),
    ],
)  # fmt: skip # a table
def test_a_short_word_in_one_form_is_found_in_every_other(query: str, texts: tuple[str, str]):
    search = Search([Article(text, "ru", "x", text) for text in texts], words)
    assert {hit.document.body for hit in search.search(query, "ru")} == {*texts}


def test_words_are_read_as_the_caller_reads_them():
    article = Article("it", "en", "Ёлка", "x")
    assert Search([article], words).search("ЕЛКА", "en")
    assert not Search([article], str.split).search("ЕЛКА", "en")


def test_a_word_deep_in_a_long_paragraph_is_found():
    long = Article("long", "en", "Long", "lots of talk " * 200 + "zebra " + "x" * 600 + " giraffe")
    search = Search([long], words)
    assert search.search("zebra", "en")
    assert search.search("giraffe", "en")


@given(st.text(max_size=120) | st.text(alphabet="авозртдк ё", max_size=60))
def test_scores_are_shares_in_falling_order(query: str):
    scores = [hit.score for hit in SEARCH.search(query, "ru")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def library(*articles: Article, answers: tuple[Answer, ...] = ()) -> Library:
    return Library(Catalogue({(each.id, each.locale): each for each in articles}), "ru", words, answers)


def test_a_library_finds_by_id_and_by_question():
    whole = library(*ARTICLES, answers=ANSWERS)
    assert whole.get("delivery", "en") == ARTICLES[3]
    assert whole.get("returns", "en") == ARTICLES[1]
    assert whole.get("nothing", "en") is None
    assert whole.search("courier", "en")[0].document == ARTICLES[3]
    assert whole.search("opening hours", "en")[0].document == ANSWERS[1]


def test_where_nothing_is_found_the_default_locale_helps_with_what_is_missing():
    whole = library(*ARTICLES, answers=ANSWERS)
    assert [hit.document for hit in whole.search("возврат", "en")] == [ARTICLES[1]]
    assert whole.search("курьер", "en") == [], "the article about it is there in English"
    assert whole.search("часы работы", "en") == [], "and so is the answer"
    assert [hit.document for hit in whole.search("курьер", "lv")] == [ARTICLES[0]], "nothing is written in Latvian"
    assert whole.search("courier", "ru") == []


def test_an_article_with_an_operators_edition_is_for_operators_in_every_language():
    kept = Article("claims", "ru", "Рекламации", "Слова для всех.")
    inner = Article("claims", "en", "Claims", "Words for us.", audience="operators")
    whole = library(kept, inner)
    assert whole.search("рекламации", "ru") == []
    assert whole.search("рекламации", "en") == []
    [hit] = whole.search("рекламации", "ru", "operators")
    assert (hit.document.id, hit.document.audience) == ("claims", "operators")
    assert {whole.get("claims", locale).audience for locale in ("ru", "en")} == {"operators"}
    assert whole.get("nothing", "ru") is None


def test_a_bare_number_finds_nothing():
    numbered = Article("terms", "en", "Delivery terms", "Parcels of up to 20 kg travel for 4 days.")
    assert Search([numbered], words).search("4", "en") == []
    assert Search([numbered], words).search("20 kg", "en") != []


MEANINGS = {
    "shipping": ["delivery"], "delivery": ["delivery"], "доставка": ["delivery"],
    "shopping": ["shop"], "fees": ["price"], "price": ["price"], "parcels": ["parcel"], "parsels": ["parcel"],
}  # fmt: skip # a table


def meant(query: str, *articles: Article, locale: str = "en", fallback: str | None = None) -> list[tuple[str, float]]:
    search = Search(articles, words, fallback, lambda word: MEANINGS.get(word, ()))
    return [(hit.document.id, hit.score) for hit in search.search(query, locale)]


def test_a_word_finds_others_of_its_meaning():
    articles = Article("terms", "en", "Delivery price", "x"), Article("chain", "en", "Chains", "x")
    assert [name for name, _ in meant("shipping fees", *articles)] == ["terms"]
    assert [name for name, _ in meant("доставка", *articles)] == ["terms"], "of whatever language"
    assert Search(articles, words).search("shipping fees", "en") == []


def test_the_word_itself_is_worth_more_than_another_of_its_meaning():
    articles = Article("a", "en", "Delivery", "x"), Article("b", "en", "Shipping", "x")
    [(first, most), (second, less)] = meant("shipping", *articles)
    assert (first, second) == ("b", "a")
    assert less == pytest.approx(SYNONYM * most)


def test_a_meaning_counts_once_beside_the_word_itself():
    article = Article("it", "en", "Shipping", "x")
    assert meant("shipping", article)[0][1] == Search([article], words).search("shipping", "en")[0].score


def test_synonyms_alone_are_sure_of_nothing():
    [(_, score)] = meant("shipping fees", Article("it", "en", "Delivery price", "Delivery price. " * 30))
    assert 0.8 * SYNONYM < score < SURE


def test_a_word_that_no_document_has_weighs_as_much_as_its_meaning():
    shops = [Article(f"shop{n}", "en", "Delivery", "x") for n in range(9)]
    rare = Article("z", "en", "Zebra", "x")
    [(name, score), *_] = meant("shipping zebra", *shops, rare)
    assert name == "z"
    assert score >= SURE


def test_a_word_of_another_meaning_is_no_slip():
    articles = Article("mall", "en", "Shopping", "x"), Article("terms", "en", "Delivery", "x")
    assert [name for name, _ in meant("shipping", *articles)] == ["terms"]
    assert [name for name, _ in meant("shiping", *articles)] == ["mall"], "as nothing is known of what it means"
    forms = Article("it", "en", "Parcels", "x")
    assert meant("parsels", forms) == meant("parcels", forms), "and one of the same may be"


def test_an_article_of_the_default_locale_that_has_the_word_goes_before_one_that_only_means_it():
    own, other = Article("a", "en", "Delivery", "x"), Article("b", "ru", "Доставка", "x")
    assert meant("доставка", own, other, fallback="ru")[0][0] == "b"
    assert meant("доставка", own, fallback="ru")[0][0] == "a"
    assert meant("delivery", own, other, fallback="ru")[0][0] == "a"
