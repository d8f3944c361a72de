"""Texts as search sees them: the words that carry meaning, without their endings, and what they stand for."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

Words = Callable[[str], Sequence[str]]
Concepts = Callable[[str], Sequence[str]]

STEM = 5  # letters of a word that count; the rest is its ending
REMEMBERED = 8192
SHORTEST = 3  # letters that are left of a word at least
PASSAGE = 160  # characters that a `Words` takes at once; it may give up after so many words
# what short words end with: "цепь, цепи, цепью", "ķēde, ķēdes, ķēdi", "bike, bikes"
_ENDING = re.compile(r"(?:[аеиоуыэюяьй]+|[aeiouyāēīū]*[sš]?)$")

_SMALL = """
    а без бы в вам вас вы где да для до ее если есть еще же за и из или их к как какая какие какой когда кто ли мне мой
    моя мое мои могу можно мы на надо не нет но ну о об он она они от по под при про с сколько там то ты у уже хочу что
    чтобы это этот я нужно пожалуйста подскажите здравствуйте привет ваш ваша ваши вами
    a about am an and any are as at be been but by can could do does for from get has have hello hi how i if in is it
    may me much many my no not of on one or our please so that the there they this to us want was we what when where
    which who why will with would you your
    ar arī bet bez cik es ir jums jūs jūsu ja ka kad kas kā kāda kādas kādi kāds ko kur labdien lai līdz lūdzu man mana
    mani mans mēs nav ne no par pie pēc tas tā to un uz vai var varu
"""


def no_concepts(_: str) -> Sequence[str]:
    """For texts whose words stand for nothing but themselves."""
    return ()


class Stemmer:
    """Cuts texts into words and words down to terms.

    `words` normalises a passage and cuts it into words; `concepts` says what a word stands for.
    """

    def __init__(self, words: Words, concepts: Concepts) -> None:
        self._words = words
        self._concepts = concepts
        self._small = frozenset(word for line in _SMALL.splitlines() for word in words(line))

    def words(self, text: str) -> list[str]:
        """The words that carry meaning, normalised."""
        passages = _passages(" ".join(text.split()))
        return [word for passage in passages for word in self._words(passage) if word not in self._small]

    def terms(self, text: str) -> list[str]:
        """What the same words are found by: their stems and concepts."""
        return [term for word in self.words(text) for term in (stem(word), *self.concepts(word))]

    def concepts(self, word: str) -> list[str]:
        """What the word stands for, marked so as to be no stem."""
        return [f"={concept}" for concept in self._concepts(word)]


@lru_cache(REMEMBERED)
def stem(word: str) -> str:
    """The beginning of a word, as far as its forms share it."""
    bare = word[:SHORTEST] + _ENDING.sub("", word[SHORTEST:])
    return bare[:STEM]


def _passages(text: str) -> Iterator[str]:
    """The text in parts of at most PASSAGE characters, cut between words where there are any."""
    while len(text) > PASSAGE:
        cut = text.rfind(" ", 0, PASSAGE) + 1 or PASSAGE
        yield text[:cut]
        text = text[cut:]
    yield text
