"""The language of a text, when it is clear."""

import re
from collections.abc import Mapping, Sequence

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "latin": re.compile("[a-z\u00c0-\u024f]"),
    "greek": re.compile("[\u0370-\u03ff]"),
    "hebrew": re.compile("[\u0590-\u05ff]"),
    "arabic": re.compile("[\u0600-\u06ff]"),
    "georgian": re.compile("[\u10a0-\u10ff]"),
    "armenian": re.compile("[\u0530-\u058f]"),
}
_LOCALE_SCRIPTS = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky"), "cyrillic"),
    **dict.fromkeys(("ar", "fa", "ur"), "arabic"),
    "el": "greek",
    "he": "hebrew",
    "ka": "georgian",
    "hy": "armenian",
}

_ENGLISH = """
    the a an is are was were be been am i i'm you he she it we they my your our their me him her us them this that
    these those what where when why how who which do does did don't can can't could would will won't should have has
    had not no yes and or but if of in on at to for from with by about much many long any some there here please hello
    hi hey thanks thank want need get order delivery payment return money price cost ship shipping card refund help
    open hours account password good morning
"""
_LATVIAN = """
    un vai ir es jūs mēs viņš viņa tas tā kas kur kad kā kāpēc cik kāda kāds kādi kādas man mans mana manu jums jūsu
    mūsu ko par no uz ar pie pēc līdz bez var varu varat nav nevaru gribu vēlos lūdzu paldies labdien sveiki čau jā nē
    bet ja arī tikai vēl jau šo šis šī to te tur ļoti daudz maksā maksāt piegāde piegādes pasūtījums pasūtījumu preci
    preces atgriezt nauda naudu cena rēķins strādājat labrīt labvakar
    ka ludzu velos pasutijums pasutijumu piegade piegades maksa kapec lidz loti stradajat
"""
_WORDS: Mapping[str, frozenset[str]] = {"en": frozenset(_ENGLISH.split()), "lv": frozenset(_LATVIAN.split())}
_LETTERS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"[wqxy]|th|ck|oo|ee|ou|gh|ph|ing\b"),
    "lv": re.compile(r"[āčēģīķļņšūž]|[aeiou]j|dz|(?:as|is|us|šana|iet|ju|am|ām)\b"),
}
_WORD_WEIGHT = 3
_CLEAR = 3
_AHEAD = 2


def detect(text: str, locales: Sequence[str]) -> str | None:
    """One of `locales`, or None when the text does not tell: too short, mixed, numbers, a name, "ok".

    Russian, English and Latvian are told apart by words and letters; any other locale by its script alone, and only
    when no other of the locales shares that script.
    """
    words = _WORD.findall(text.lower())
    script = _script("".join(words))
    if script is None:
        return None
    sharing = [locale for locale in locales if _LOCALE_SCRIPTS.get(locale, "latin") == script]
    if script != "latin":
        return sharing[0] if len(sharing) == 1 and sum(map(len, words)) > 1 else None
    return _by_words(words, sharing)


def _script(letters: str) -> str | None:
    """The script of three quarters of the letters; of a third if it is not Latin, since brands are written in Latin."""
    for name, pattern in _SCRIPTS.items():
        share = len(pattern.findall(letters)) / max(len(letters), 1)
        if share >= (0.75 if name == "latin" else 0.35):
            return name
    return None


def _by_words(words: Sequence[str], locales: Sequence[str]) -> str | None:
    scores = sorted(((_score(words, locale), locale) for locale in ("en", "lv")), reverse=True)
    (best, locale), (second, _) = scores
    if best < _CLEAR or best < second + _AHEAD:
        return None
    return locale if locale in locales else None


def _score(words: Sequence[str], locale: str) -> int:
    known = sum(word in _WORDS[locale] for word in words)
    return _WORD_WEIGHT * known + len(_LETTERS[locale].findall(" ".join(words)))
