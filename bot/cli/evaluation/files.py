"""Measure matching on plain files."""

from pathlib import Path

from bot.cli.evaluation.report import Report
from intents.evaluate import PRECISION, examine
from intents.plain_files import read_rows, read_texts


def measured_files(train: Path, test: Path, oos: Path | None, precision: float | None) -> Report:
    """Train on one file, ask about the others. Blocks for as long as that takes. Raises FaultsError."""
    taught, asked = read_rows(train), read_rows(test)
    foreign = read_texts(oos) if oos else []
    wanted = precision or PRECISION
    found = examine(
        [(row.text, row.intent) for row in taught],
        [(row.text, row.intent) for row in asked],
        foreign,
        precision=wanted,
    )
    places = {
        (each.intent, each.locale, each.text): (str(test), row.line)
        for each, row in zip(found.judged, asked, strict=False)  # the foreign ones come last and stand elsewhere
    }
    about = f"{len(asked):,} sentences of {test} asked of a matcher trained on {len(taught):,} of {train}"
    return Report(test.name, about, wanted, found.limits, found.judged, places, found.figures)
