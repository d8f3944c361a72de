"""What customers meant who typed with the wrong layout on, in Latin letters, or without diacritics."""

from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bench.rewriting import REWRITINGS
from intents.common import COMMON
from intents.reader import Reader
from intents.text import fold, words_of
from tests.intents.conftest import SHOP

WORDS = {
    locale: {
        word
        for intent in SHOP.intents.values()
        for sentence in intent.examples.get(locale, ())
        for word in words_of(fold(sentence))
    }
    for locale in ("ru", "en", "lv")
}


def nothing_near(_: str) -> None:
    return None


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(WORDS, nothing_near)


def said(reader: Reader, text: str) -> list[str]:
    return words_of(reader.read(fold(text)) or fold(text))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbdtn", "привет"),
        ("GHBDTN!", "привет"),
        ("Lj,hsq ltym? rfr dthyenm ltymub", "добрый день, как вернуть деньги"),
        ("ult pfrfp?", "где заказ"),
        ("ult vjq pfrfp&", "где мой заказ"),
        ("lf", "да"),
        ("Vj;yj vyt gjpdjybnm? 'nj df;yj", "можно мне позвонить, это важно"),
        (",scnhj", "быстро"),
        ("pfrfp 104237 ult", "заказ 104237 где"),
        ("сколько стоит ljcnfdrf", "сколько стоит доставка"),
        ("руддщ", "hello"),
        ("Цруку шы ьн щквук", "where is my order"),
        ("Вщтэе ащкпуе ьн щквук", "don't forget my order"),
        ("where is my щквук", "where is my order"),
        ("лгк шк ьфты зфыгешогьы", "kur ir mans pasutijums"),
        ("лгк шк ьфты зфыэгеэшогьы", "kur ir mans pasutijums"),
        ("мшэтэы ьфты", "vins mans"),
        ("kur ir ьфты pasūtījums", "kur ir mans pasutijums"),
    ],
)
def test_a_wrong_layout_is_undone_even_in_one_word(reader: Reader, typed: str, meant: str):
    assert said(reader, typed) == words_of(fold(meant))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("skolko stoit dostavka", "сколько стоит доставка"),
        ("Skol'ko stoit dostavka?", "сколько стоит доставка"),
        ("gde moy zakaz", "где мой заказ"),
        ("gde moj zakaz, ya zhdu", "где мой заказ я жду"),
        ("4to s moej posylkoj", "что с моей посылкой"),
        ("xo4u vernut tovar", "хочу вернуть товар"),
        ("hochu wernut' tovar", "хочу вернуть товар"),
        ("mojno vernut den'gi", "можно вернуть деньги"),
        ("ščet za čto", "щет за что"),
        ("Zdravstvujte, oformit` vozvrat", "здравствуйте оформить возврат"),
        ("pozovite zhivogo operatora", "позовите живого оператора"),
        ("hello, skolko stoit dostavka", "hello сколько стоит доставка"),
        ("privet, posylka 104237 ne prishla", "привет посылка 104237 не пришла"),
    ],
)
def test_russian_in_latin_letters_is_read_whatever_the_standard_or_habit(reader: Reader, typed: str, meant: str):
    assert said(reader, typed) == words_of(fold(meant))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cik maksa piegade", "cik maksa piegade"),
        ("cik maksaa piegaade", "cik maksa piegade"),
        ("veelos atgriezt preci shodien", "velos atgriezt preci sodien"),
        ("v'elos atgriezt preci", "velos atgriezt preci"),
        ("kaut kur rigaa", "kaut kur riga"),
    ],
)
def test_latvian_is_read_however_its_diacritics_are_left_out(reader: Reader, typed: str, meant: str):
    assert said(reader, typed) == words_of(fold(meant))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "where is my order",
        "I want a refund, please!",
        "the quick brown fox jumps over it",
        "Can you ship a Shimano Deore derailleur?",
        "don't forget o'hare",
        "сколько стоит доставка",
        "как установить виндовс на ноутбук",
        "где мой iPhone 15 Pro",
        "есть велосипеды Trek и Scott",
        "Файл в PDF",
        "Labdien! Vēlos atgriezt preci",
        "kādi ir termiņi uz Daugavpili",
        "заказ SP-104237",
        "12345 !? 😀",
        "4 и 6",
        "σήμερα",
    ],
)
def test_what_makes_sense_is_left_as_it_is(reader: Reader, text: str):
    assert reader.read(fold(text)) is None


@pytest.mark.parametrize("fixed", ["gde@pfrfp.lv", "https://ghbdtn.ru/zakaz", "www.zakaz.org", "zakaz.lv", "sp-104237"])
def test_addresses_and_numbers_stay_in_a_text_that_is_read_otherwise(reader: Reader, fixed: str):
    assert reader.read(f"ult vjq pfrfp {fixed}") == f"где мой заказ {fixed}"
    assert reader.read(f"gde moj zakaz {fixed}") == f"где мой заказ {fixed}"


def test_the_likelier_of_two_spellings_is_the_one_whose_letters_go_together():
    reader = Reader({"ru": {"большой", "больше", "стоит", "войска"}}, nothing_near)
    assert said(reader, "skolko stoit, pobolshe by") == ["сколько", "стоит", "побольше", "бы"]


def test_a_word_nearly_known_makes_sense():
    reader = Reader({"ru": {"заказы", "казик"}, "en": {"zakaz"}}, {"zakazik": "zakaz"}.get)
    assert reader.read("zakazik") is None
    assert Reader({"ru": {"заказы", "казик"}, "en": {"zakaz"}}, nothing_near).read("zakazik") == "заказик"


def test_who_writes_in_their_own_letters_does_not_spell_out_others():
    reader = Reader({"ru": {"трек", "заказать", "слова", "звали", "файл"}, "lv": {"kāds"}}, nothing_near)
    assert reader.read("trek") == "трек"
    assert reader.read("есть велосипеды trek") is None
    assert reader.read("kads zakazat") == "kads заказать"
    assert reader.read("kāds zakazat") is None
    assert reader.read("файл в pdf") is None


def test_a_desk_without_russian_reads_none_and_one_without_latin_letters_no_latin():
    assert Reader({"en": {"order"}, "lv": {"preci"}}, nothing_near).read("skolko stoit ghbdtn") is None
    assert Reader({"ru": {"заказ"}}, nothing_near).read("руддщ") is None
    assert Reader({"ru": {"заказ"}}, nothing_near).read("where is my thing") is None
    assert Reader({"en": {"order"}}, nothing_near).read("juus maaju") is None
    assert Reader({}, nothing_near).read("руддщ hello") is None


# nedelu is Latvian too, and й and и after a vowel are one letter in some standards
TWO_LANGUAGES = Reader({"ru": WORDS["ru"], "en": WORDS["en"]}, nothing_near)
ENGLISH = {part for word in WORDS["en"] | COMMON["en"] for part in words_of(word)}
_CLEAR = sorted(word for word in WORDS["ru"] | COMMON["ru"] if len(word) > 3 and word[-1] not in "ий")
_SCHEMES = ("layout", "layout, CAPS", "ISO 9", "GOST B")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(_CLEAR), min_size=2, max_size=8), st.sampled_from(_SCHEMES))
def test_known_russian_words_are_recovered_from_every_standard(words: list[str], scheme: str):
    typed = REWRITINGS["ru"][scheme](" ".join(words), Random(0))
    assert typed is not None
    assume(ENGLISH.isdisjoint(words_of(fold(typed))))  # stop
    assert said(TWO_LANGUAGES, typed) == words


# a dead key before a last letter is as well an English 's
LATIN = {
    locale: sorted(word for word in WORDS[locale] | COMMON[locale] if len(word) > 2 and word[-1] != "š")
    for locale in ("en", "lv")
}


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(("en", "lv")).flatmap(
        lambda locale: st.tuples(st.just(locale), st.lists(st.sampled_from(LATIN[locale]), min_size=2, max_size=8))
    ),
    st.sampled_from(("layout", "layout, dead key", "bare")),
)
def test_known_latin_words_are_recovered_from_the_russian_layout(
    reader: Reader, sentence: tuple[str, list[str]], scheme: str
):
    locale, words = sentence
    text = " ".join(words)
    typed = REWRITINGS[locale].get(scheme, lambda text, _: text)(text, Random(0)) or text
    assert said(reader, typed) == words_of(fold(text))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="абвгджэюхъё ,.ghdtnroqwy'`\"[];/?@#46āščž̌-", max_size=60))
def test_any_text_has_a_reading_and_always_the_same(reader: Reader, text: str):
    folded = fold(text)
    assert reader.read(folded) == reader.read(folded) != folded
