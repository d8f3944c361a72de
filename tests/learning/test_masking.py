"""Nothing that tells who asked reaches what an admin may paste into a repository."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning.masking import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("пишите на anna.p@mail.ru, спасибо", "пишите на … спасибо"),
        ("I am @anna_p there", "I am … there"),
        ("see https://shop.lv/cart?id=7&u=anna now", "see … now"),
        ("www.facebook.com/anna и t.me/anna", "… и …"),
        ("order 20431 is late", "order 0000 is late"),
        ("заказ A-20431/7 где", "заказ 0000/7 где"),
        ("zvaniet +371 29 123 456 vakarā", "zvaniet 0000 vakarā"),
        ("тел. (29) 12-34-56", "тел. 0000"),
        ("card 4111 1111 1111 1111", "card 0000"),
        ("IBAN LV80BANK0000435195001", "IBAN 0000"),
        ("код 550e8400-e29b-41d4-a716-446655440000", "код 0000"),
        ("родилась 12.05.1990", "родилась 0000"),
        ("меня зовут Иван Петров, где заказ", "меня зовут …, где заказ"),
        ("my name is john and I wait", "my name is … and I wait"),
        ("one\ntwo\u2028three\x07  four", "one two three four"),
    ],
)
def test_what_tells_who_asked_is_masked(text, shown):
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    ["с 9 до 18, 10-14 дней", "шина 700x35c, 29 дюймов", "iPhone 15 и 3 шт", "цена 120 €", "привет.как дела", "18:30?"],
)
def test_what_tells_nothing_about_who_asked_stays(text):
    assert masked(text) == text


@pytest.mark.parametrize(
    ("names", "text", "shown"),
    [
        (("Анна Петрова",), "Это Анна Петрова, передайте Анной Петровой", "Это … …, передайте … …"),
        (("Фёдор",), "это ФЕДОР, для Федора", "это …, для …"),
        (("Jānis Bērziņš",), "Janis te, zvaniet Jānim Bērziņam", "… te, zvaniet … …"),
        (("", "anna_p77"), "my nick is Anna_P77", "my nick is …"),
        (("Li",), "Li's list", "…'s list"),
        (("Вера",), "верну велосипед, это Вера", "верну велосипед, это …"),
        (("A.",), "a bike", "a bike"),
    ],
)
def test_the_customers_own_name_is_masked_in_every_form(names, text, shown):
    assert masked(text, names) == shown


@given(
    st.text(max_size=40),
    st.sampled_from(["29123456", "+371 29 123 456", "4111-1111-1111-1111", "anna@mail.ru", "https://a.lv/x", "Анна"]),
    st.text(max_size=40),
)
def test_whatever_stands_around_it(before, secret, after):
    shown = masked(f"{before} {secret} {after}", ("Анна",))
    assert secret not in re.sub(r"\s", "", before + after) or secret not in shown
    assert not re.search(r"\d{5}", shown.replace("0000", ""))
    assert "\n" not in shown
