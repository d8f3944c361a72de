"""The language of a text, when it is clear."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from intents.common import COMMON
from intents.courtesy import beyond_greeting
from intents.text import bare

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "latin": re.compile("[a-z\u00c0-\u024f]"),
    "cyrillic": re.compile("[\u0400-\u04ff]"),
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
_LATIN_WORDS: Mapping[str, frozenset[str]] = {
    "en": COMMON["en"] - {bare(word) for word in COMMON["lv"]},
    "lv": frozenset(map(bare, COMMON["lv"])) - COMMON["en"],
}
_LETTERS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"[wqxy]|th|ck|oo|ee|ou|ea|gh|ph|([lsptfrcm])\1|ing$|tion|(?<=.[^aeiou])ed$|[^aeiou]le$"),
    "lv": re.compile(
        r"[iu]$|(?:as|is|us|os|ies|am|iet|jat|sana)$|(?<=[^aeiou])a$|(?<=.)j|dz|ks[ti]|^(?:pie|aiz|ne)[a-z]"
    ),
}
_HOOKED = re.compile("[āčēģīķļņšūž]")
REMEMBERED = 8192  # words
_COMMON_WORD = 3  # votes; of any word in a script that only one of the locales uses: one more if it is common
_CLEAR = 3
_AHEAD = 3


def detect(text: str, locales: Sequence[str]) -> str | None:
    """One of `locales`, or None when the text does not tell: too short, mixed, numbers, a name, "ok".

    Each word has votes, and a language must be well ahead; so a foreign word, a brand or a foreign greeting changes
    nothing.
    English and Latvian are told apart by words and letters, Latvian without diacritics too; any other locale by its
    script alone, and only when no other of the locales shares that script. What was typed in a wrong layout or in
    Latin letters must have been read before.
    """
    words = _WORD.findall(text.lower())
    matter = beyond_greeting([bare(word) for word in words])
    spoken = tuple(locales)
    votes = _votes(words[len(words) - len(matter) :], spoken) or _votes(words, spoken)
    (most, best), (second, _) = [*sorted(((count, each) for each, count in votes.items()), reverse=True), *_NOBODY][:2]
    return best if best in locales and most >= _CLEAR and most >= second + _AHEAD else None


_NOBODY = ((0, ""), (0, ""))


def _votes(words: Iterable[str], locales: tuple[str, ...]) -> dict[str, int]:
    votes: dict[str, int] = {}
    for word in words:
        for language, count in _votes_of(word, locales):
            votes[language] = votes.get(language, 0) + count
    return votes


@lru_cache(REMEMBERED)
def _votes_of(word: str, locales: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    script = next((name for name, letters in _SCRIPTS.items() if letters.match(word)), None)
    if script == "latin":
        found = ((language, _latin_votes(word, language)) for language in _LATIN_WORDS)
        return tuple((language, count) for language, count in found if count)
    sharing = [locale for locale in locales if _LOCALE_SCRIPTS.get(locale) == script]
    if len(sharing) != 1 or len(word) == 1:
        return ()
    common = word.replace("ё", "е") in COMMON.get(sharing[0], ())
    return ((sharing[0], _COMMON_WORD + common),)


def _latin_votes(word: str, language: str) -> int:
    if language == "lv" and _HOOKED.search(word):
        return _COMMON_WORD
    plain = bare(word)
    if plain in _LATIN_WORDS[language]:
        return _COMMON_WORD
    return len(_LETTERS[language].findall(plain)) if len(plain) > _CLEAR else 0
