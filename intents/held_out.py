"""What the matcher makes of the catalogue's own sentences when it has not seen them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from intents.cascade import Matcher
from intents.exact import OUTSIDE
from intents.intent import Catalogue
from intents.ranking import Ranking
from intents.text import normalise
from intents.training import examples_of, learn

FOLDS = 5


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A sentence as its author wrote it, and how it is ranked by a matcher that was trained without it.

    `intent` is None for a sentence of `out_of_scope`.
    """

    text: str
    locale: str
    intent: str | None
    ranking: Ranking


def cross_validate(catalogue: Catalogue, locales: Sequence[str]) -> tuple[HeldOut, ...]:
    """Every example and every out-of-scope sentence, held out once, in file order. Deterministic; blocks for seconds.

    The sentences of an intent take turns in five folds; titles are always learnt, patterns take no part.
    """
    written = [
        *(
            (text, locale, intent.id)
            for intent in catalogue.intents.values()
            for locale, texts in intent.examples.items()
            for text in texts
        ),
        *((text, locale, None) for locale, texts in catalogue.out_of_scope.items() for text in texts),
    ]
    written = [each for each in written if each[1] in locales and normalise(each[0])]
    count: Counter[tuple[str | None, str]] = Counter()
    folds = []
    for _, locale, intent_id in written:
        folds.append(count[intent_id, locale] % FOLDS)
        count[intent_id, locale] += 1
    examples = examples_of(catalogue, locales)
    found: dict[int, HeldOut] = {}
    for fold in range(FOLDS):
        asked = [at for at, turn in enumerate(folds) if turn == fold]
        without = {(normalise(written[at][0]), written[at][1], written[at][2] or OUTSIDE) for at in asked}
        known = [each for each in examples if (each.text, each.locale, each.label) not in without]
        if not known:
            continue
        matcher = Matcher(learn(known), known, (), locales)
        for at in asked:
            text, locale, intent_id = written[at]
            found[at] = HeldOut(text, locale, intent_id, matcher.rank(text, locale))
    return tuple(found[at] for at in sorted(found))
