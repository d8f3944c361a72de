"""An evaluation as one page that needs nothing else: no script, no font, no network."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from bot.cli.evaluation.charts import coverage_curve, reliability_diagram
from bot.cli.evaluation.comparing import MEANING, story
from bot.cli.evaluation.heat_map import heat_map, pictured
from bot.cli.evaluation.markup import Html, el, joined
from bot.cli.evaluation.report import Report
from bot.cli.evaluation.table import of_files, thresholds
from bot.cli.surroundings import counted
from bot.rehearsal.columns import percent
from intents.changes import Change, Kind
from intents.confusion import IntentFigures, Overlap, by_intent, overlaps
from intents.judging import Judged
from intents.measures import Measures, curve, reliability

_STYLE = Path(__file__).with_name("page.css")
_OPEN = 3  # intents whose sentences are shown at once
_PAIRS = 20
_COLUMNS = (
    "", "sentences", "accuracy", "macro F1", "answered", "precision", "ECE", "not ours", "rejected", "AUROC",
)  # fmt: skip # the columns, as they stand side by side
_TOLD = frozenset({"accuracy", "answered", "right when answered", "not ours: rejected"})
_BAD = frozenset({Kind.BROKEN, Kind.MISLED, Kind.DOUBTED})


def page(report: Report, before: Report | None = None, changes: Sequence[Change] = ()) -> str:
    """The whole page; with the version before a change, also what the change did."""
    sections = [
        _figures(report, before),
        *([_changed(before, report, changes)] if before else []),
        _curves(report),
        *_confusion(report),
        _intents(report),
        *_overlapping(overlaps(report.judged)),
        *_foreign(report),
    ]
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("title", f"{report.name}: how well it is understood"),
        el("style", Html(_STYLE.read_text("utf-8"))),
    )
    header = el(
        "header",
        el("p", "Frontline evaluation", class_="kicker"),
        el("h1", report.name),
        el("p", f"{report.about}. {thresholds(report)}", class_="lead"),
    )
    return f"<!doctype html>\n{el('html', head, el('body', header, el('main', *sections)), lang='en')}\n"


def _section(title: str, about: str, *content: str, class_: str | None = None) -> Html:
    lead = [el("p", about, class_="about")] if about else []
    return el("section", el("h2", title), *lead, *content, class_=class_)


def _figures(report: Report, before: Report | None) -> Html:
    now, was = report.measures, before.measures if before else None
    shown = [
        ("accuracy", "right at the first guess", f"of {now.n:,} sentences"),
        ("answer_coverage", "answered", "without asking back"),
        ("answer_precision", "right when answered", f"goal {report.precision:.0%}"),
        ("clarified", "asked back", "“did you mean …?”"),
        ("oos_rejected", "not ours, and not answered", f"of {now.n_oos:,} sentences"),
    ]
    tiles = [
        el(
            "div",
            el("p", percent(getattr(now, field)), class_="big"),
            el("p", name, class_="what"),
            el("p", hint, *_moved(field, was, now) if was else (), class_="hint"),
            class_="tile",
        )
        for field, name, hint in shown
        if getattr(now, field) is not None
    ]
    return el("section", el("div", *tiles, class_="tiles"), _details(report))


def _moved(field: str, was: Measures, now: Measures) -> Iterator[Html]:
    """By how many points; neither more nor fewer questions asked back are better by themselves."""
    if getattr(was, field) is not None:
        points = round((getattr(now, field) - getattr(was, field)) * 100, 1)
        mark = None if field == "clarified" or not points else "up" if points > 0 else "down"
        yield Html(" · ")
        yield el("b", f"{points:+.1f}", class_=mark)


def _details(report: Report) -> Html:
    """A row for each locale; of files the figures that the tiles do not show."""
    if report.figures is not None:
        named = [pair for pair in of_files(report.figures) if pair[0] not in _TOLD]
        return _table([name for name, _ in named], [[value for _, value in named]])
    rows = [
        (
            locale,
            f"{each.n:,}",
            percent(each.accuracy),
            percent(each.macro_f1),
            percent(each.answer_coverage),
            percent(each.answer_precision),
            f"{each.ece:.2f}",
            f"{each.n_oos:,}",
            percent(each.oos_rejected),
            percent(each.oos_auroc),
        )
        for locale, each in report.by_locale.items()
    ]
    return _table(_COLUMNS, rows)


def _table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> Html:
    head = el("tr", *(el("th", name, scope="col") for name in names))
    body = [el("tr", *(el("td", cell) for cell in row)) for row in rows]
    return el("div", el("table", el("thead", head), el("tbody", *body), class_="plain"), class_="wide")


def _changed(before: Report, after: Report, changes: Sequence[Change]) -> Html:
    groups = []
    for kind, group in groupby(changes, key=lambda change: change.kind):
        same = list(group)
        rows = [_sentence(after if each.after else before, each.shown, el("span", story(each))) for each in same]
        mark = "down" if kind in _BAD else "up"
        groups.append(_folded(MEANING[kind], (el("b", str(len(same)), class_=mark),), rows, open_=kind in _BAD))
    return _section(f"Since {before.name}", "" if groups else "No sentence fares otherwise.", *groups)


def _curves(report: Report) -> Html:
    figures, limits = report.measures, report.limits
    chosen = (limits.answer, figures.answer_coverage, figures.answer_precision) if figures.answer_coverage else None
    covered = el(
        "figure",
        el("h3", "How much is answered, how much of it is right"),
        coverage_curve(curve(report.judged, limits.gap), report.precision, chosen),
        el("figcaption", "Each point is a threshold: the stricter, the further left. The dot is where the bot stands."),
    )
    honest = el(
        "figure",
        el("h3", "Whether a score keeps its word"),
        reliability_diagram(reliability(report.judged)),
        el("figcaption", "On the line, 0.9 means right nine times in ten. Below it, scores promise too much."),
    )
    return el("section", covered, honest, class_="pair")


def _confusion(report: Report) -> Iterator[Html]:
    intents = pictured(report.judged)
    if intents:
        of_all = len({name for each in report.judged for name in (each.intent, each.got)} - {None})
        how = "A row is what was meant, a column what it was taken for; point at a number, or look below."
        about = f"{len(intents)} of {of_all} intents, the most confused ones. {how}"
        yield _section("Who is taken for whom", about, el("div", heat_map(report.judged, intents), class_="wide"))


def _intents(report: Report) -> Html:
    every = by_intent(report.judged)
    faulty = [each for each in every if each.wrong]
    rows = [_intent(report, each, open_=at < _OPEN) for at, each in enumerate(faulty)]
    perfect = [each.intent for each in every if not each.wrong]
    rest = [el("p", f"Without a mistake: {', '.join(sorted(perfect))}.", class_="about")] if perfect else []
    return _section(
        "Intents, worst first", "Each with its sentences that went elsewhere, the surest mistake first.", *rows, *rest
    )


def _intent(report: Report, each: IntentFigures, *, open_: bool) -> Html:
    figures = (
        el("span", el("i", style=f"width:{each.recall:.0%}"), class_="bar"),
        el("span", f"{each.recall:.0%} of {each.support} came here"),
        el("span", f"precision {percent(each.precision)}"),
    )
    rows = [_line(report, wrong) for wrong in each.wrong]
    return _folded(each.intent, figures, rows, open_=open_)


def _folded(title: str, figures: Sequence[str], rows: Iterable[str], *, open_: bool) -> Html:
    summary = el("summary", el("strong", title), el("span", *figures, class_="sums"))
    return el("details", summary, el("ul", *rows), open="open" if open_ else None)


def _line(report: Report, each: Judged) -> Html:
    loud = "loud" if each.answered else None
    taken = el("span", "→ ", el("b", each.got or "nothing"), f" {each.score:.2f} ", el("em", each.outcome, class_=loud))
    return _sentence(report, each, taken)


def _sentence(report: Report, each: Judged, told: Html) -> Html:
    place = el("small", report.place_of(each, short=True), title=report.place_of(each))
    return el("li", el("span", each.text, class_="said", lang=each.locale), told, place)


def _overlapping(pairs: Sequence[Overlap]) -> Iterator[Html]:
    if not pairs:
        return
    cards = []
    for pair in pairs[:_PAIRS]:
        first, second = pair.intents
        lists = [
            joined(
                el("p", f"{one} → {other}: {len(sentences)}", class_="way"),
                el("ul", *(el("li", each.text, lang=each.locale) for each in sentences[:3])),
            )
            for one, other, sentences in ((first, second, pair.there), (second, first, pair.back))
            if sentences
        ]
        cards.append(el("article", *lists))
    more = f" {counted(len(pairs) - _PAIRS, 'more pair')} not shown." if len(pairs) > _PAIRS else ""
    about = f"Say more clearly what tells them apart, or make one intent of two.{more}"
    yield _section("Intents that overlap", about, el("div", *cards, class_="cards"))


def _foreign(report: Report) -> Iterator[Html]:
    answered = [each for each in report.judged if each.intent is None and each.answered]
    if answered:
        rows = [_line(report, each) for each in sorted(answered, key=lambda each: -each.score)]
        yield _section("None of ours, and answered all the same", "", el("ul", *rows, class_="sentences"))
