"""Two versions of a content side by side, for people."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from bot.cli.evaluation.report import ALL, Report
from bot.cli.evaluation.table import thresholds
from bot.rehearsal.columns import WIDTH, aligned, cut, percent, width
from intents.changes import Change, Kind
from intents.judging import Judged
from intents.measures import Measures

MEANING: Mapping[Kind, str] = {
    Kind.BROKEN: "Right before, wrong now",
    Kind.MISLED: "Wrong before and now, and now answered",
    Kind.DOUBTED: "Right before and now, but answered no more",
    Kind.MENDED: "Wrong before, right now",
    Kind.ASSURED: "Right before and now, and now answered",
    Kind.ADDED: "New sentences",
    Kind.REMOVED: "Removed sentences",
}
SHARES = (
    ("accuracy", "accuracy"),
    ("macro F1", "macro_f1"),
    ("answered", "answer_coverage"),
    ("right when answered", "answer_precision"),
    ("asked back", "clarified"),
    ("not ours: rejected", "oos_rejected"),
    ("not ours: AUROC", "oos_auroc"),
)


def comparison(before: Report, after: Report, changes: Sequence[Change]) -> Iterator[str]:
    """The lines: figures before and after, then the sentences by what became of them."""
    yield f"Before: {before.name}, {before.about}."
    yield f"        {thresholds(before)}"
    yield f"After:  {after.name}, {after.about}."
    yield f"        {thresholds(after)}"
    for locale in after.by_locale:
        old, new = before.by_locale.get(locale), after.by_locale[locale]
        yield ""
        yield from aligned([("" if locale == ALL else locale, "before", "after", "change"), *differences(old, new)])
    for kind, group in groupby(changes, key=lambda change: change.kind):
        same = list(group)
        yield ""
        yield f"{MEANING[kind]}: {len(same)}"
        for change in same:
            yield from _lines(change, before, after)
    if not changes:
        yield ""
        yield "No sentence fares otherwise."


def summed_up(changes: Sequence[Change]) -> str:
    """How many sentences of each kind, in one line."""
    counts = {kind: sum(change.kind is kind for change in changes) for kind in Kind}
    return ", ".join(f"{count} {kind}" for kind, count in counts.items() if count) or "nothing changed"


def differences(old: Measures | None, new: Measures) -> Iterator[Sequence[str]]:
    """Name, before, after and change (in points) of each figure that both or one of the versions has."""
    yield "sentences", f"{old.n:,}" if old else "-", f"{new.n:,}", f"{new.n - old.n:+,}" if old else "-"
    for name, field in SHARES:
        was: float | None = getattr(old, field) if old else None
        now: float | None = getattr(new, field)
        if was is not None or now is not None:
            moved = "-" if was is None or now is None else f"{(now - was) * 100:+.1f}"
            yield name, percent(was), percent(now), moved


def verdict(each: Judged) -> str:
    """What was made of a sentence, in a few words."""
    return f"{each.got or 'nothing'} {each.score:.2f} {each.outcome}"


def story(change: Change) -> str:
    """What was made of the sentence before and after, and whether its author has moved it."""
    sides = [each for each in (change.before, change.after) if each is not None]
    told = " → ".join(verdict(each) for each in sides)
    meant = list(dict.fromkeys(each.intent or "none of ours" for each in sides))
    if len(sides) == 1:
        told = f"{'right' if sides[0].right else 'wrong'}: {told}"
    return f"{' → '.join(meant)}: {told}"


def _lines(change: Change, before: Report, after: Report) -> Iterator[str]:
    shown = change.shown
    place = (after if change.after else before).place_of(shown, short=True)
    tail = f"  ({shown.locale}) {place}"
    yield f'  "{cut(shown.text, WIDTH - 4 - width(tail))}"{tail}'
    yield f"      {cut(story(change), WIDTH - 6)}"
