"""What the matcher makes of the catalogue's own sentences when it has not seen them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from intents.intent import Catalogue
from intents.ranking import Ranking
from intents.text import normalise
from intents.training import train
from intents.vectors import Vectors


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A sentence as its author wrote it, and how it is ranked by a matcher that was trained without it.

    `intent` is None for a sentence of `out_of_scope`.
    """

    text: str
    locale: str
    intent: str | None
    ranking: Ranking


def cross_validate(
    catalogue: Catalogue, locales: Sequence[str], cache: Path | None = None, vectors: Vectors | None = None
) -> tuple[HeldOut, ...]:
    """Every example and every out-of-scope sentence, held out once, in file order; what is said twice is asked once.

    The sentences of an intent take turns in five folds; of 4,000 sentences or more, one fold is asked. Titles are
    always learnt, patterns take no part. None where there is too little to learn from. Deterministic; training does all
    the work, so that it costs nothing with a cached model, and else blocks for seconds.
    """
    rankings = train(catalogue, locales, cache, vectors).held_out()
    found = []
    for text, locale, intent in _written(catalogue):
        ranking = rankings.pop((normalise(text), locale), None)
        if ranking is not None:
            found.append(HeldOut(text, locale, intent, ranking))
    return tuple(found)


def _written(catalogue: Catalogue) -> Iterator[tuple[str, str, str | None]]:
    for intent in catalogue.intents.values():
        for locale, texts in intent.examples.items():
            yield from ((text, locale, intent.id) for text in texts)
    for locale, texts in catalogue.out_of_scope.items():
        yield from ((text, locale, None) for text in texts)
