"""Russian in Latin letters, and Latvian without its diacritics: what a word sounds like, however it is spelt."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from intents.text import bare

_HOOKED = str.maketrans({"ž": "zh", "č": "ch", "š": "sh", "ŝ": "shh", "û": "yu", "â": "ya", "è": "e`", "ë": "yo"})
_QUOTES = str.maketrans(dict.fromkeys("'’ʹ´", "`") | dict.fromkeys('"ʺ', "``"))
_DIGIT = re.compile(r"(?<=[a-z])[46](?![\d])|(?<!\d)[46](?=[a-z])")
_DIGITS = {"4": "ch", "6": "sh"}

# one letter for a sound, whichever standard or habit spelt it
_ALIKE = {
    **dict.fromkeys(("shch", "sch", "shh", "sh"), "S"), "ch": "C", "zh": "z", "kh": "h", "x": "h",
    **dict.fromkeys(("ts", "tz", "cz"), "c"), **dict.fromkeys(("yo", "jo", "io", "ye", "je", "ie"), "e"),
    **dict.fromkeys(("yu", "ju", "iu"), "u"), **dict.fromkeys(("ya", "ja", "ia"), "a"),
    "y": "i", "j": "i", "w": "v", "q": "k", "`": "",
}  # fmt: skip # a table of letters
_RUSSIAN = "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я"
_CANONICAL_LATIN = "a b v g d e zh z i j k l m n o p r s t u f h c ch sh shch ` y ` e yu ya"
_CANONICAL = dict(zip(_RUSSIAN.split(), _CANONICAL_LATIN.split(), strict=True))
_SOFT = re.compile(r"i+(?=[aeu])|(.)(?=\1)")  # a soft vowel is a vowel, and a double letter one
_HABITS = (("j", "zh"), ("w", "sh"))  # letters that stand for another sound with some writers

_LETTERS = {
    "shch": "щ", "sch": "щ", "shh": "щ", "sh": "ш", "ch": "ч", "zh": "ж", "kh": "х", "h": "х", "x": "х",
    "tsya": "тся", "tsja": "тся", "tsia": "тся", "ts": "ц", "tz": "ц", "cz": "ц", "c": "ц",
    "yo": "е", "jo": "е", "ye": "е", "je": "е", "e`": "э", "yu": "ю", "ju": "ю", "iu": "ю", "ya": "я", "ja": "я",
    "ia": "я", "iia": "ия", "iya": "ия", "ija": "ия", "iiu": "ию", "iyu": "ию", "iju": "ию", "iie": "ие", "iye": "ие",
    "y`": "ы", "``": "ъ", "`": "ь", "j": "ж", "y": "ы", "w": "в", "q": "к",
    **dict(zip("abvgdeziklmnoprstuf", "абвгдезиклмнопрстуф", strict=True)),
}  # fmt: skip # a table of letters
# the endings of words, and what stands beside a vowel
_PLACES = (
    (re.compile(r"y`?[ijy]\b"), "ый"), (re.compile(r"(?<=[kgh])i[ijy]\b"), "ий"), (re.compile(r"i[jy]\b"), "ий"),
    (re.compile(r"ii\b"), "ии"), (re.compile(r"(?<=[bvgdzklmnprstf])ye\b"), "ые"),
    (re.compile(r"(?<=[aeiouy`])[yj](?![aeiou])|(?<=[aeou])i\b"), "й"), (re.compile(r"\be(?=[tlkfm])"), "э"),
    (re.compile(r"tes`?$"), "тесь"), (re.compile(r"(?<=[ai])l([ai])s`?$"), r"л\1сь"),
    (re.compile(r"ts(?=[lktpv])"), "тс"),
)  # fmt: skip # a table of letters
_EITHER = ((re.compile(r"(?<=[aeou])i(?=[bcdfgklmnprstvz])"), "й"), (re.compile(r"ia"), "иа"),
           (re.compile(r"l(?=[bdgmnsz]|ch|sh)"), "ль"))  # fmt: skip # a table of letters

_DOUBLED = {
    "aa": "a", "ee": "e", "ii": "i", "uu": "u", "sh": "s", "ch": "c", "zh": "z", "gj": "g", "kj": "k", "lj": "l",
    "nj": "n",
}  # fmt: skip # a table of letters
_LONG = re.compile("[a-z]{3}aa|[bdgkmnprstz]uu|ii(?=[bdgklmnprstvz])")


def _substitution(table: Mapping[str, str]) -> Callable[[str], str]:
    pattern = re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    return lambda text: pattern.sub(lambda found: table[found[0]], text)


_alike, _letters, _undoubled = map(_substitution, (_ALIKE, _LETTERS, _DOUBLED))


def latin_of(chunk: str) -> str:
    """The folded chunk in a to z and "`" (a soft or hard sign), digits that stand for letters spelt out."""
    plain = bare(chunk.translate(_HOOKED)).translate(_QUOTES)
    return _DIGIT.sub(lambda found: _DIGITS[found[0]], plain)


def sound(latin: str) -> str:
    """One spelling for all the ways to write a Russian word in Latin letters, but for `habits`."""
    return _SOFT.sub("", _alike(latin.replace("`", "")))


def by_sound(words: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Russian words by what `sound` makes of their Latin spellings."""
    found: dict[str, list[str]] = {}
    for word in words:
        letters = [_CANONICAL.get(letter, letter) for letter in word]
        # letters apart may look like one sound together, as in сх and тс, or be spelt otherwise
        for key in {sound("".join(letters)), _SOFT.sub("", "".join(map(_alike, letters)))}:
            found.setdefault(key, []).append(word)
    return found


def habits(latin: str) -> list[str]:
    """The word, and what else it may be with some writers."""
    found = [latin]
    for letter, other in _HABITS:
        found += [each.replace(letter, other) for each in found if letter in each]
    return found


def decoded(latin: str) -> list[str]:
    """What spelling the word may have in Russian, the likeliest first."""
    for place, letters in _PLACES:
        latin = place.sub(letters, latin)
    found = [latin]
    for place, letters in _EITHER:
        found += [place.sub(letters, each) for each in found if place.search(each)]
    return [*map(_letters, found)]


def undoubled(word: str) -> str:
    """A Latvian word whose diacritics are spelt out (piegaade, shodien) as a bare one: piegade, sodien."""
    return _undoubled(word)


def spelt_out(word: str) -> bool:
    """Whether the word has vowels doubled that no other language doubles."""
    return bool(_LONG.search(word))
