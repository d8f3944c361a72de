"""Search in articles by how much of a question each speaks of."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import log

from kb.article import Article, Hit
from kb.render import plain

SURE = 0.6  # from this score an article may be shown to a customer who did not ask for it by name
STEM = 5  # letters of a word that count; the rest is its ending
MAX_WORDS = 20
SNIPPET = 180
SHORTEST = 40  # characters; a shorter paragraph is a heading or a remark
_TITLE, _TAGS, _BODY = 3.0, 2.0, 1.0  # what a word is worth in each place
_SATURATION = 1.0  # a word that is worth as much gives half of what it can
_ALIKE = 0.6  # Dice's coefficient of the letter pairs of an unknown stem and a known one
_WORD = re.compile(r"[^\W_]+")
_FOLDS = str.maketrans({"ё": "е"})

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
_SMALL_WORDS = frozenset(_SMALL.split())


def stems(text: str) -> list[str]:
    """The words that carry meaning, by their beginnings."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_FOLDS)
    return [word[:STEM] for word in _WORD.findall(folded) if word not in _SMALL_WORDS]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The articles of one locale and audience with the worth of each stem in them; how many articles have a stem.

    `sharing` finds the stems that have a pair of letters.
    """

    entries: Sequence[tuple[Article, Mapping[str, float]]]
    spread: Mapping[str, int]
    pairs: Mapping[str, frozenset[str]]
    sharing: Mapping[str, Sequence[str]]

    @classmethod
    def of(cls, articles: Iterable[Article]) -> "_Shelf":
        entries = [(article, _worth(article)) for article in articles]
        spread = Counter(stem for _, worth in entries for stem in worth)
        pairs = {stem: _pairs(stem) for stem in spread}
        sharing: defaultdict[str, list[str]] = defaultdict(list)
        for stem, own in pairs.items():
            for pair in own:
                sharing[pair].append(stem)
        return cls(entries, spread, pairs, dict(sharing))

    def known(self, stem: str) -> str | None:
        """The stem if it stands in an article, else the one most like it: a slip, or another form of a short word."""
        if stem in self.spread:
            return stem
        pairs = _pairs(stem)
        akin = {name for pair in pairs for name in self.sharing.get(pair, ())}
        like, best = max(((_dice(pairs, self.pairs[name]), name) for name in akin), default=(0.0, ""))
        return best if like >= _ALIKE else None

    def rarity(self, stem: str | None) -> float:
        """Inverse document frequency, as in BM25; the greatest for a stem that stands nowhere."""
        found = self.spread.get(stem or "", 0)
        return log(1 + (len(self.entries) - found + 0.5) / (found + 0.5))


class Search:
    """An index of articles; immutable, cheap to ask."""

    def __init__(self, articles: Iterable[Article]) -> None:
        shelves: defaultdict[tuple[str, str], list[Article]] = defaultdict(list)
        for article in articles:
            shelves[article.locale, article.audience].append(article)
        self._shelves = {key: _Shelf.of(kept) for key, kept in shelves.items()}

    def search(self, query: str, locale: str, audience: str = "customers", limit: int = 3) -> list[Hit]:
        """Articles of the locale and audience that share a word with the query, best first, at most `limit`.

        A score is the share of the query's weight, rare words weighing more, that the article speaks of: 1 when each
        word stands in its title, tags and all over the body. From SURE on it is worth showing unasked.
        """
        shelf = self._shelves.get((locale, audience), _EMPTY)
        asked = list(dict.fromkeys(stems(query)[:MAX_WORDS]))
        if all(stem.isdigit() for stem in asked):
            return []  # a bare number stands in many articles and speaks of none
        known = [shelf.known(stem) for stem in asked]
        weights = [(stem, shelf.rarity(stem)) for stem in known]
        total = sum(weight for _, weight in weights)
        scores = [
            (sum(weight * _saturated(worth.get(stem or "", 0.0)) for stem, weight in weights), article)
            for article, worth in shelf.entries
        ]
        best = sorted(((score, article) for score, article in scores if score), key=lambda hit: (-hit[0], hit[1].id))
        return [Hit(article, score / total, _snippet(article, {*known})) for score, article in best[:limit]]


_EMPTY = _Shelf.of(())


def _worth(article: Article) -> Mapping[str, float]:
    worth: defaultdict[str, float] = defaultdict(float)
    for text, value in ((article.title, _TITLE), (" ".join(article.tags), _TAGS)):
        for stem in set(stems(text)):
            worth[stem] += value
    for stem, count in Counter(stems(plain(article.body))).items():
        worth[stem] += _BODY * (1 + log(count))
    return dict(worth)


def _saturated(worth: float) -> float:
    return worth / (worth + _SATURATION)


def _pairs(stem: str) -> frozenset[str]:
    padded = f" {stem}"
    return frozenset(padded[at : at + 2] for at in range(len(padded) - 1))


def _dice(one: frozenset[str], two: frozenset[str]) -> float:
    return 2 * len(one & two) / (len(one) + len(two))


def _snippet(article: Article, wanted: AbstractSet[str | None]) -> str:
    """The paragraph with most of the wanted words, on one line; a heading only where all is short."""
    paragraphs = [" ".join(paragraph.split()) for paragraph in plain(article.body).split("\n\n")]
    best = max(paragraphs, key=lambda each: (len(each) >= SHORTEST, len(wanted & {*stems(each)})))
    return best if len(best) <= SNIPPET else best[: SNIPPET - 1].rsplit(" ", 1)[0] + "…"
