"""Who is taken for whom: figures of each intent, and the pairs that overlap."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from intents.judging import Judged


@dataclass(frozen=True, slots=True)
class IntentFigures:
    """Of one intent: `recall` of its `support` sentences came to it, `precision` of those that came to it are its own.

    `wrong` are its sentences that went elsewhere, the surest mistakes first. Precision is None when nothing came.
    """

    intent: str
    precision: float | None
    recall: float
    f1: float
    support: int
    wrong: tuple[Judged, ...]


def by_intent(judged: Iterable[Judged]) -> list[IntentFigures]:
    """Every intent that has sentences, the worst first."""
    own: defaultdict[str, list[Judged]] = defaultdict(list)
    came: Counter[str | None] = Counter()
    for each in judged:
        if each.intent is not None:
            own[each.intent].append(each)
            came[each.got] += 1
    figures = [_figures(intent, sentences, came[intent]) for intent, sentences in own.items()]
    return sorted(figures, key=lambda each: (each.f1, -each.support, each.intent))


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two intents that are taken for each other: the sentences of the first that went to the second, and back."""

    intents: tuple[str, str]
    there: tuple[Judged, ...]
    back: tuple[Judged, ...]

    @property
    def count(self) -> int:
        """Sentences in both directions."""
        return len(self.there) + len(self.back)


def overlaps(judged: Iterable[Judged]) -> list[Overlap]:
    """Every pair that was confused, the most confused first; in a pair, who loses more sentences comes first."""
    went: defaultdict[tuple[str, str], list[Judged]] = defaultdict(list)
    for each in judged:
        if each.intent is not None and each.got is not None and not each.right:
            went[each.intent, each.got].append(each)
    pairs = []
    for one, two in sorted({(min(pair), max(pair)) for pair in went}):
        there, back = tuple(went.get((one, two), ())), tuple(went.get((two, one), ()))
        pairs.append(Overlap((one, two), there, back) if len(there) >= len(back) else Overlap((two, one), back, there))
    return sorted(pairs, key=lambda pair: -pair.count)


def _figures(intent: str, sentences: list[Judged], came: int) -> IntentFigures:
    hits = sum(each.right for each in sentences)
    wrong = sorted((each for each in sentences if not each.right), key=lambda each: -each.score)
    return IntentFigures(
        intent=intent,
        precision=hits / came if came else None,
        recall=hits / len(sentences),
        f1=2 * hits / (came + len(sentences)),
        support=len(sentences),
        wrong=tuple(wrong),
    )
