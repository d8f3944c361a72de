"""An evaluation as data, whose keys `docs/evaluating.md` lists."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from bot.cli.evaluation.report import Report
from intents.changes import Change
from intents.confusion import by_intent, overlaps
from intents.judging import Judged
from intents.measures import curve, reliability


def data(report: Report) -> dict[str, Any]:
    """Of a workspace everything that was measured; of files the figures alone."""
    if report.figures is not None:
        return asdict(report.figures)
    return {
        **summary(report),
        "intents": [
            {
                "intent": each.intent,
                "precision": each.precision,
                "recall": each.recall,
                "f1": each.f1,
                "support": each.support,
                "wrong": _sentences(report, each.wrong),
            }
            for each in by_intent(report.judged)
        ],
        "overlaps": [
            {
                "intents": list(pair.intents),
                "count": pair.count,
                "there": _sentences(report, pair.there),
                "back": _sentences(report, pair.back),
            }
            for pair in overlaps(report.judged)
        ],
        "oos_answered": _sentences(report, [each for each in report.judged if each.intent is None and each.answered]),
        "curve": [asdict(point) for point in curve(report.judged, report.limits.gap)],
        "reliability": [asdict(each) for each in reliability(report.judged)],
    }


def summary(report: Report) -> dict[str, Any]:
    """What was measured, under which thresholds, and the figures of all and of each locale."""
    return {
        "name": report.name,
        "precision": report.precision,
        "thresholds": asdict(report.limits),
        "figures": {locale: asdict(figures) for locale, figures in report.by_locale.items()},
    }


def compared(before: Report, after: Report, changes: Iterable[Change]) -> dict[str, Any]:
    """Both versions, and what differs."""
    return {
        "before": summary(before),
        "after": summary(after),
        "changes": [
            {
                "kind": each.kind,
                "text": each.shown.text,
                "locale": each.shown.locale,
                "place": (after if each.after else before).place_of(each.shown),
                "before": _verdict(each.before),
                "after": _verdict(each.after),
            }
            for each in changes
        ],
    }


def _sentences(report: Report, judged: Iterable[Judged]) -> list[dict[str, Any]]:
    return [
        {"text": each.text, "locale": each.locale, "place": report.place_of(each), **(_verdict(each) or {})}
        for each in judged
    ]


def _verdict(each: Judged | None) -> dict[str, Any] | None:
    if each is None:
        return None
    return {"intent": each.intent, "got": each.got, "score": each.score, "outcome": each.outcome, "right": each.right}
