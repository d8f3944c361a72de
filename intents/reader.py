"""What a text says that was typed with the wrong layout on, in Latin letters, or with its diacritics spelt out."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from intents.common import COMMON
from intents.keys import accented, in_cyrillic, in_latin
from intents.sounds import by_sound, decoded, habits, latin_of, sound, spelt_out, undoubled
from intents.text import words_of

STRANGE = 0.6  # below this share of letters in known words a text may say something else
NEAR = 2.0  # letters; what is doubtful in a word that is nearly a known one
LOOKS = 0.5  # what a letter counts at most in any other word, by the share of the word's trigrams that known words have
SHARED = 0.2  # the least share that a word can have that is nearly a known one
TAKEN = 1.0  # letters; what another way of typing must gain, and twice that beside words in the other script
SWITCH = 4.0  # letters; what a change of the way of typing within a text must gain
REMEMBERED = 8192

_LATIN = re.compile(r"[a-z\u00c0-\u024f]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATVIAN = re.compile("[āēīūģķļņ]")  # of its letters with diacritics those that no way to spell Russian has
_FIXED = re.compile(
    r"\S+@[\w-]+\.\w|\w+://|www\.\w|[a-z0-9-]+\.(?:com|org|net|info|eu|lv|lt|ee|ru|by|ua|uk|de|pl)\b|\S*\d\S*\d"
)
_PIECE = re.compile(r"[a-z`0-9]+")

Way = Callable[[str], Iterable[str]]
Reading = tuple[str, float]  # what a piece of text says, and how many of its letters make sense


class Reader:
    """Knows the words of a desk, and what else a strange text may say in them. Safe to share between threads."""

    def __init__(self, words: Mapping[str, Iterable[str]], nearest: Callable[[str], str | None]) -> None:
        """`words` are the desk's own by locale; `nearest` finds the known word that an unknown one is a slip of."""
        mine = {locale: {*own, *_common(locale)} for locale, own in words.items()}
        every = frozenset[str]().union(*mine.values())
        cyrillic = sorted(filter(_CYRILLIC.search, every))
        self._known = every.union(_common("en"))  # in any desk English is English
        self._nearest = nearest
        self._trigrams = frozenset(part for word in self._known for part in _trigrams(word))
        self._undoubled = {undoubled(word): word for word in sorted(mine.get("lv", ()))}
        self._by_sound = by_sound(cyrillic)
        self._latin_ways: tuple[Way, ...] = (self._plain, in_cyrillic, self._by_ear) if cyrillic else (self._plain,)
        self._cyrillic_ways: tuple[Way, ...] = (_as_it_is, in_latin) if any(map(_LATIN.search, every)) else (_as_it_is,)
        self._reading = lru_cache(REMEMBERED)(self._best)
        self._count = lru_cache(REMEMBERED)(self._count_letters)

    def read(self, folded: str) -> str | None:
        """What the folded text says; None if that is what it says as it stands.

        What makes sense is left alone, and so are addresses and numbers. Of a strange text each word between blanks is
        read in the way that makes most sense, but a change of the way within a text must gain much. Nobody who writes
        a part in Russian letters, or Latvian ones, spells out another in Latin letters.
        """
        if all(word in self._known for word in words_of(folded)):
            return None
        chunks = folded.split()
        scripts = [*map(_script, chunks)]
        latin = [at for at, script in enumerate(scripts) if script == "latin"]
        cyrillic = [at for at, script in enumerate(scripts) if script == "cyrillic"]
        ways = self._latin_ways[:2] if cyrillic or _LATVIAN.search(folded) else self._latin_ways
        both = bool(latin and cyrillic)
        for places, possible in ((latin, ways), (cyrillic, self._cyrillic_ways)):
            said = self._read([chunks[at] for at in places], possible, TAKEN * (1 + both))
            for at, text in zip(places, said, strict=True):
                chunks[at] = text
        reading = " ".join(chunks)
        return None if reading == " ".join(folded.split()) else reading

    def _read(self, chunks: Sequence[str], ways: Sequence[Way], taken: float) -> Sequence[str]:
        """The likeliest reading of chunks in one script."""
        if len(ways) == 1 or self._familiarity(chunks) >= STRANGE:
            return [self._reading(ways[0], chunk)[0] for chunk in chunks]
        return _path([[self._reading(way, chunk) for chunk in chunks] for way in ways], taken)

    def _familiarity(self, chunks: Sequence[str]) -> float:
        counts = [*map(self._count, chunks)]
        return sum(known for known, _ in counts) / max(sum(letters for _, letters in counts), 1)

    def _count_letters(self, chunk: str) -> tuple[int, int]:
        """How many letters stand in known words, and how many there are."""
        words = [word for word in words_of(chunk) if not word.isdecimal()]
        return sum(len(word) for word in words if word in self._known), sum(map(len, words))

    def _best(self, way: Way, chunk: str) -> Reading:
        return max(((text, self._sense(text)) for text in way(chunk)), key=lambda reading: reading[1])

    def _sense(self, text: str) -> float:
        return sum(len(word) * self._weight(word) for word in words_of(text) if not word.isdecimal())

    def _weight(self, word: str) -> float:
        if word in self._known:
            return 1.0
        parts = _trigrams(word)
        share = sum(part in self._trigrams for part in parts) / len(parts)
        if share >= SHARED and self._nearest(word):
            return 1 - NEAR / len(word)
        return LOOKS * share

    def _plain(self, chunk: str) -> Iterable[str]:
        """As it stands, but for diacritics that are spelt out in words that are unknown otherwise."""
        words = words_of(chunk)
        if not self._undoubled or all(word in self._known for word in words):
            return (chunk,)
        said = [word if word in self._known else self._bare(word) for word in words_of(accented(chunk))]
        return (chunk if said == words else " ".join(said),)

    def _bare(self, word: str) -> str:
        bare = undoubled(word)
        return self._undoubled.get(bare) or (bare if spelt_out(word) else word)

    def _by_ear(self, chunk: str) -> Iterable[str]:
        """As Russian in Latin letters: known words that sound so, or the likeliest spelling."""
        return (" ".join(map(self._heard, _PIECE.findall(latin_of(chunk)))),)

    def _heard(self, latin: str) -> str:
        guesses = decoded(latin)
        for way in habits(latin):
            words = self._by_sound.get(sound(way))
            if words:
                return next((guess for guess in guesses if guess in words), words[0])
        return max(guesses, key=self._weight)


def _path(rows: Sequence[Sequence[Reading]], taken: float) -> list[str]:
    """The texts of the most sensible way through the columns; a row is a way of typing, the first the plain one."""
    paths: list[tuple[float, list[str]]] = [(-taken if at else 0.0, []) for at in range(len(rows))]
    for column in zip(*rows, strict=True):
        best, leader = max(paths, key=lambda path: path[0])
        paths = [
            (max(score, best - SWITCH) + sense, [*(so_far if score >= best - SWITCH else leader), text])
            for (score, so_far), (text, sense) in zip(paths, column, strict=True)
        ]
    return max(paths, key=lambda path: path[0])[1]


@lru_cache(REMEMBERED)
def _script(chunk: str) -> Literal["latin", "cyrillic"] | None:
    """The script of a chunk that may be read otherwise: not of one in both, an address, or a number."""
    latin, cyrillic = _LATIN.search(chunk), _CYRILLIC.search(chunk)
    if bool(latin) is bool(cyrillic) or _FIXED.match(chunk):
        return None
    return "latin" if latin else "cyrillic"


def _common(locale: str) -> set[str]:
    return {part for word in COMMON.get(locale, ()) for part in words_of(word)}


def _as_it_is(chunk: str) -> Iterable[str]:
    return (chunk,)


def _trigrams(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[at : at + 3] for at in range(len(word))]
