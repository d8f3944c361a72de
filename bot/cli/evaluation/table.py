"""An evaluation as a table for people, at most 100 columns wide."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from bot.cli.evaluation.report import Report
from bot.cli.surroundings import counted
from bot.rehearsal.columns import NONE, WIDTH, aligned, cut, percent, width
from intents.confusion import IntentFigures, Overlap, by_intent, overlaps
from intents.evaluate import Figures
from intents.judging import Judged
from intents.measures import Measures
from intents.thresholds import USUAL

_HEAD = (
    "",
    "sentences",
    "accuracy",
    "F1",
    "answered",
    "precision",
    "clarified",
    "ECE",
    "not ours",
    "rejected",
    "AUROC",
)
_PAIRS = 30  # overlaps shown when nobody says how many
_SAMPLES = 2  # sentences shown of an overlap, in each direction
_NAME = 48  # columns for the name of an intent
_TAKEN = 28  # the same beside a sentence
_SHORTEST = 16  # columns for a sentence, whatever else stands in its line


def table(report: Report, worst: int | None = None) -> Iterator[str]:
    """The lines: figures, intents with what went wrong, overlaps. `worst` bounds the intents and the overlaps."""
    yield from wrap(f"{report.name}: {report.about}.", WIDTH, break_long_words=False)
    yield thresholds(report)
    yield ""
    yield from _overall(report)
    yield ""
    yield from _intents(report, by_intent(report.judged), worst)
    yield from _overlapping(overlaps(report.judged), worst)
    yield from _foreign(report)


def thresholds(report: Report) -> str:
    """The thresholds in words."""
    limits = report.limits
    said = f"Answered from {limits.answer:.2f} if {limits.gap:.2f} ahead, asked back from {limits.clarify:.2f}"
    if limits == USUAL:
        return f"{said}, as is usual: there are too few sentences to choose for {report.precision:.0%} right answers."
    return f"{said}; {report.precision:.0%} of the answers should be right."


def one_line(report: Report) -> str:
    """The whole in one line."""
    figures = report.measures
    return (
        f"{counted(figures.n, 'sentence')}, {percent(figures.accuracy)} right, "
        f"{percent(figures.answer_coverage)} answered, {percent(figures.answer_precision)} of these right"
    )


def _overall(report: Report) -> list[str]:
    if report.figures is not None:
        return aligned(of_files(report.figures))
    return aligned([_HEAD, *(_row(locale, figures) for locale, figures in report.by_locale.items())])


def _row(name: str, figures: Measures) -> Sequence[str]:
    return (
        name,
        f"{figures.n:,}",
        percent(figures.accuracy),
        percent(figures.macro_f1),
        percent(figures.answer_coverage),
        percent(figures.answer_precision),
        percent(figures.clarified),
        f"{figures.ece:.2f}",
        f"{figures.n_oos:,}",
        percent(figures.oos_rejected),
        percent(figures.oos_auroc),
    )


def of_files(figures: Figures) -> list[Sequence[str]]:
    """Name and value of each figure that there is."""
    rows = [
        ("accuracy", percent(figures.accuracy)),
        ("macro F1", percent(figures.macro_f1)),
        ("answered", percent(figures.answer_coverage)),
        ("right when answered", percent(figures.answer_precision)),
        ("not ours: AUROC", percent(figures.oos_auroc)),
        ("not ours: FPR95", percent(figures.oos_fpr95)),
        ("not ours: rejected", percent(figures.oos_rejected)),
        ("calibration error", f"{figures.ece:.3f}"),
        ("training", f"{figures.train_s:.2f} s"),
        ("one match, p50", f"{figures.p50_us:,.0f} µs"),
        ("one match, p99", f"{figures.p99_us:,.0f} µs"),
        ("sentences taught", f"{figures.n_train:,}"),
        ("sentences tested", f"{figures.n_test:,}"),
    ]
    return [row for row in rows if row[1] != NONE]


def _intents(report: Report, every: Sequence[IntentFigures], worst: int | None) -> Iterator[str]:
    shown = every[:worst]
    head = ("Intents, worst first", "sentences", "recall", "precision", "F1")
    rows = aligned([head, *(_intent_row(each) for each in shown)])
    sentences = _sentences(report, [wrong for each in shown for wrong in each.wrong])
    yield rows[0]
    for each, row in zip(shown, rows[1:], strict=True):
        yield row
        yield from (next(sentences) for _ in each.wrong)
    if len(shown) < len(every):
        yield f"and {len(every) - len(shown)} more"


def _intent_row(each: IntentFigures) -> Sequence[str]:
    name = cut(each.intent, _NAME)
    return (name, f"{each.support:,}", percent(each.recall), percent(each.precision), percent(each.f1))


def _sentences(report: Report, judged: Sequence[Judged]) -> Iterator[str]:
    """Each sentence in a line: where it stands, what it says, with which score it is taken for what."""
    several = len({each.locale for each in report.judged}) > 1
    rows = [
        (
            report.place_of(each, short=True),
            each.locale if several else "",
            f"{each.score:.2f}",
            each.outcome.value,
            cut(each.got or "nothing", _TAKEN),
        )
        for each in judged
    ]
    others = sum(max(map(width, column)) + 2 for column in zip(*rows, strict=True) if any(column))
    room = max(WIDTH - 4 - others, _SHORTEST)
    cells = [(*row[:2], cut(each.text, room), *row[2:]) for row, each in zip(rows, judged, strict=True)]
    yield from aligned(cells, left=6, indent=4)


def _overlapping(pairs: Sequence[Overlap], worst: int | None) -> Iterator[str]:
    """The pairs that more than one sentence speaks of."""
    often = [pair for pair in pairs if pair.count > 1][: _PAIRS if worst is None else worst]
    if not often:
        return
    yield ""
    yield "Intents that overlap, by the sentences that go to the other one"
    for pair in often:
        first, second = pair.intents
        yield cut(f"{first} and {second}: {pair.count} ({len(pair.there)} there, {len(pair.back)} back)", WIDTH)
        for other, sentences in ((second, pair.there), (first, pair.back)):
            for each in sentences[:_SAMPLES]:
                yield f'    "{cut(each.text, WIDTH - 10 - width(other))}" to {other}'
    rest = len(pairs) - len(often)
    if rest:
        yield f"and {counted(rest, 'more pair')}"


def _foreign(report: Report) -> Iterator[str]:
    answered = [each for each in report.judged if each.intent is None and each.answered]
    if answered:
        yield ""
        yield "None of ours, and answered all the same"
        yield from _sentences(report, sorted(answered, key=lambda each: -each.score))
