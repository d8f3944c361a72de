"""Sentences as people type them: with the wrong layout on, in Latin letters, without diacritics, in two languages.

Written apart from `intents.readings`, from the keyboards and the standards, so that neither hides the other's mistakes.
A rewriting takes a sentence and a source of chance, and returns None for a sentence that it would leave as it is.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from random import Random

Rewriting = Callable[[str, Random], str | None]

# the keys of a PC keyboard: US, the same with Shift, Russian, the same with Shift
_US = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./" + '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?' + "@#$^&"
_RU = "ёйцукенгшщзхъфывапролджэячсмитьбю." + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ," + '"№;:?'
_TO_US = str.maketrans(_RU, _US)
_TO_RU = str.maketrans(_US, _RU)
_AS_TYPED = str.maketrans({"—": "-", "–": "-", "«": '"', "»": '"', "’": "'"})

_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


def _spelt(ways: str) -> dict[str, str]:
    return dict(zip(_LETTERS, ways.split(), strict=True))


# ICAO Doc 9303, as in passports
_PASSPORT = _spelt("a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y * e iu ia")
# GOST 7.79-2000: system A (ISO 9), and system B, which needs no diacritics
_ISO_9 = _spelt("a b v g d e ë ž z i j k l m n o p r s t u f h c č š ŝ ʺ y ʹ è û â")
_GOST_B = _spelt("a b v g d e yo zh z i j k l m n o p r s t u f x cz ch sh shh `` y' ` e` yu ya")
# what people write in chats: each letter has its habits, and each writer some of them
_CHAT = {
    **_PASSPORT,
    "ё": "e/yo/jo", "ж": "zh/zh/j/z", "й": "y/j/i", "х": "h/h/kh/x", "ц": "c/ts", "ч": "ch/ch/4", "ш": "sh/sh/6/w",
    "щ": "sch/sh/shch", "ъ": "*", "ы": "y/i", "ь": "*/*/'", "э": "e", "ю": "yu/ju/u/iu", "я": "ya/ja/ia/a",
    "в": "v/v/w",
}  # fmt: skip # a table

_DOUBLED = {
    "ā": "aa", "ē": "ee", "ī": "ii", "ū": "uu", "č": "ch", "š": "sh", "ž": "zh",
    "ģ": "gj", "ķ": "kj", "ļ": "lj", "ņ": "nj",
}  # fmt: skip # a table
_CARELESS = {
    "ā": "aa/a", "ē": "ee/e", "ī": "ii/i", "ū": "uu/u", "č": "ch/c", "š": "sh/s", "ž": "zh/z",
    "ģ": "g/gj", "ķ": "k/kj", "ļ": "l/lj", "ņ": "n/nj",
}  # fmt: skip # a table

# words that slip from one language into another; a beginning stands for all forms
_FROM_RUSSIAN = {
    "доставк": "delivery", "заказ": "order", "оплат": "payment", "возврат": "refund", "вернуть": "return",
    "карт": "card", "товар": "item", "скидк": "discount", "магазин": "shop", "велосипед": "bike", "велик": "bike",
    "счёт": "invoice", "гаранти": "warranty", "размер": "size", "оператор": "support", "парол": "password",
    "аккаунт": "account", "кредит": "credit", "курьер": "courier", "посылк": "parcel", "деньги": "money",
}  # fmt: skip # a table
_FROM_LATVIAN = {
    "piegād": "delivery", "pasūtīj": "order", "maksāj": "payment", "samaks": "payment", "atgrie": "refund",
    "kart": "card", "prec": "item", "atlaid": "discount", "veikal": "shop", "velosip": "bike", "rēķin": "invoice",
    "garant": "warranty", "izmēr": "size", "operator": "support", "parol": "password", "kont": "account",
    "kurjer": "courier", "sūtījum": "parcel", "naud": "money",
}  # fmt: skip # a table
_FROM_ENGLISH = {
    "deliver": "доставка", "order": "заказ", "pay": "оплата", "refund": "возврат", "card": "карта",
    "discount": "скидка", "shop": "магазин", "bike": "велосипед", "invoice": "счёт", "warranty": "гарантия",
    "size": "размер", "password": "пароль", "courier": "курьер", "parcel": "посылка", "money": "деньги",
}  # fmt: skip # a table
_WORD = re.compile(r"[^\W\d_]+")


def _lettered(letters: Mapping[str, str]) -> Rewriting:
    """By a table with habits apart by "/" ("*" is nothing); one writer keeps to one habit for a letter."""

    def rewrite(text: str, random: Random) -> str | None:
        habits = {
            letter: random.choice(ways.split("/")).replace("*", "") if len(ways) > 1 else ways.replace("*", "")
            for letter, ways in letters.items()
        }
        habits |= {letter.upper(): way.capitalize() for letter, way in habits.items() if letter.upper() != letter}
        return _unless_same(text, text.translate(str.maketrans(habits)))

    return rewrite


def _layout(table: Mapping[int, str | int], *, accents: str | None = None, caps: bool = False) -> Rewriting:
    """With another layout on; `accents` is the dead key that comes before a letter with a diacritic."""

    def rewrite(text: str, _: Random) -> str | None:
        text = text.translate(_AS_TYPED)
        text = _bare(text, accents) if accents is not None else text
        typed = text.translate(table)
        return _unless_same(text, typed.swapcase() if caps else typed)

    return rewrite


def _one_word(table: Mapping[int, str | int], shortest: int = 3) -> Rewriting:
    """One word of several with another layout on."""

    def rewrite(text: str, random: Random) -> str | None:
        words = text.split()
        long = [at for at, word in enumerate(words) if len(word) >= shortest and _WORD.fullmatch(word)]
        if len(words) == 1 or not long:
            return None
        at = random.choice(long)
        words[at] = _bare(words[at]).translate(table)
        return " ".join(words)

    return rewrite


def _borrowing(words: Mapping[str, str]) -> Rewriting:
    """With the first word for which there is a foreign one replaced by it."""

    def rewrite(text: str, _: Random) -> str | None:
        for word in _WORD.findall(text):
            for beginning, foreign in words.items():
                if word.lower().startswith(beginning):
                    return text.replace(word, foreign, 1)
        return None

    return rewrite


def _greeting(words: str) -> Rewriting:
    return lambda text, _: f"{words} {text}"


def _bare(text: str, accent: str = "") -> str:
    """Latin letters without their diacritics, `accent` before each that had one."""
    return "".join(
        accent + parts[0] if (parts := unicodedata.normalize("NFD", each))[0] < "\u0250" and len(parts) > 1 else each
        for each in unicodedata.normalize("NFC", text)
    )


def _unless_same(text: str, typed: str) -> str | None:
    return typed if typed != text else None


REWRITINGS: Mapping[str, Mapping[str, Rewriting]] = {
    "ru": {
        "as written": lambda text, _: text,
        "layout": _layout(_TO_US),
        "layout, CAPS": _layout(_TO_US, caps=True),
        "layout, one word": _one_word(_TO_US),
        "passport": _lettered(_PASSPORT),
        "ISO 9": _lettered(_ISO_9),
        "GOST B": _lettered(_GOST_B),
        "chat": _lettered(_CHAT),
        "е for ё": lambda text, _: _unless_same(text, text.replace("ё", "е").replace("Ё", "Е")),
        "English word": _borrowing(_FROM_RUSSIAN),
        "здравствуйте, …": _greeting("здравствуйте,"),
        "hello, …": _greeting("hello,"),
    },
    "lv": {
        "as written": lambda text, _: text,
        "bare": lambda text, _: _unless_same(text, _bare(text)),
        "doubled": _lettered(_DOUBLED),
        "careless": _lettered(_CARELESS),
        "layout": _layout(_TO_RU, accents=""),
        "layout, dead key": _layout(_TO_RU, accents="'"),
        "layout, one word": _one_word(_TO_RU),
        "English word": _borrowing(_FROM_LATVIAN),
        "labdien, …": _greeting("labdien,"),
        "привет, …": _greeting("привет,"),
    },
    "en": {
        "as written": lambda text, _: text,
        "layout": _layout(_TO_RU),
        "layout, CAPS": _layout(_TO_RU, caps=True),
        "layout, one word": _one_word(_TO_RU),
        "Russian word": _borrowing(_FROM_ENGLISH),
        "hello, …": _greeting("hello,"),
        "привет, …": _greeting("привет,"),
    },
}
