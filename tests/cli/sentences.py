"""Sentences to evaluate with, and the figures that are promised."""

from intents.held_out import HeldOut
from intents.ranking import Candidate, Ranking

FIGURES = [
    "accuracy",
    "macro_f1",
    "answer_precision",
    "answer_coverage",
    "oos_auroc",
    "oos_fpr95",
    "oos_rejected",
    "ece",
    "train_s",
    "p50_us",
    "p99_us",
    "n_train",
    "n_test",
]
TRAIN = """\
where is my parcel\tOrder status
track my order\tOrder status
order status please\tOrder status
i want my money back\trefund
how to return an item\trefund
when do you open\thours
opening hours\thours
"""

TEST = "where is my parcel\tOrder status\nreturn this\thours\nopening hours\thours\n"


def held(intents):
    """As if each intent were taken for the next one, by sentences of two locales."""
    names = list(intents)
    for intent, other in zip(names, [*names[2:], *names[:2]], strict=True):
        for locale in ("ru", "lv"):
            for at, text in enumerate(intents[intent].examples.get(locale, ())):
                yield HeldOut(
                    text, locale, intent, Ranking((Candidate(other if at % 2 else intent, 0.9),), "blend", ours=1.0)
                )
    yield HeldOut("какая завтра погода" * 9, "ru", None, Ranking((Candidate("cancel", 0.9),), "blend", ours=1.0))
