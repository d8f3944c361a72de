"""A small shop to match against."""

import pytest

from intents.cascade import Matcher
from intents.intent import Catalogue, Intent
from intents.training import train

LOCALES = ("ru", "en", "lv")


def intent(name: str, title: str, ru: str, en: str, lv: str = "", patterns: tuple[str, ...] = ()) -> Intent:
    written = {"ru": ru, "en": en, "lv": lv}
    examples = {locale: tuple(filter(None, text.split("; "))) for locale, text in written.items()}
    return Intent(name, {"ru": title}, examples=examples, patterns=patterns)


INTENTS = (
    intent("cost", "Стоимость доставки",
           "сколько стоит доставка; цена доставки за город; почём привезти заказ; стоимость курьера",
           "how much is delivery; delivery price; shipping cost; what do you charge for shipping",
           "cik maksā piegāde; piegādes cena"),
    intent("time", "Срок доставки",
           "когда привезут; сколько дней идёт посылка; срок доставки; как долго ждать курьера",
           "when will it arrive; how long does delivery take; delivery time",
           "kad piegādās; cik ilgi jāgaida"),
    intent("status", "Где мой заказ",
           "где мой заказ; статус заказа; отследить посылку; что с моей посылкой",
           "where is my order; order status; track my parcel; order 104237 status",
           "kur ir mans pasūtījums", (r"\bтрек[- ]?номер\b", r"\btracking\b")),
    intent("refund", "Возврат",
           "хочу вернуть товар; верните деньги; как оформить возврат",
           "i want a refund; return an item; how do i get my money back",
           "vēlos atgriezt preci"),
    intent("hours", "Часы работы",
           "во сколько вы открываетесь; часы работы; вы работаете в воскресенье",
           "opening hours; are you open on sunday; when do you close",
           "darba laiks; vai strādājat svētdien"),
    intent("human", "Оператор",
           "позовите оператора; хочу поговорить с человеком; живой человек",
           "talk to a human; agent please; real person",
           "gribu runāt ar cilvēku", (r"\bоператор", r"\bменеджер\b")),
    intent("hello", "Приветствие",
           "привет; здравствуйте; добрый день", "hello; good morning; hey there", "labdien; sveiki"),
    intent("manager", "Директор", "пожаловаться начальству", "complain to the boss", "", (r"\bменеджер\b",)),
)  # fmt: skip # a table

SHOP = Catalogue(
    {each.id: each for each in INTENTS},
    out_of_scope={"ru": ("какая завтра погода", "расскажи анекдот"), "en": ("what is the weather", "tell me a joke")},
)


@pytest.fixture(scope="session")
def shop() -> Catalogue:
    return SHOP


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return train(SHOP, LOCALES, None)
