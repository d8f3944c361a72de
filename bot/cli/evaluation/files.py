"""Measure matching on plain files."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from bot.cli.evaluation.report import Report
from bot.cli.surroundings import counted
from intents.evaluate import PRECISION, examine
from intents.plain_files import read_rows, read_texts
from intents.vectors import Vectors


@dataclass(frozen=True, slots=True)
class Files:
    """What to learn from, what to ask about, texts that belong to no intent, and a folder of word vectors."""

    train: Path
    test: Path
    oos: Path | None = None
    semantic: Path | None = None


def measured_files(files: Files, precision: float | None) -> Report:
    """Train on one file, ask about the others. Blocks for as long as that takes. Raises FaultsError, VectorsError."""
    vectors = Vectors.load(files.semantic) if files.semantic else None
    taught, asked = read_rows(files.train), read_rows(files.test)
    foreign = read_texts(files.oos) if files.oos else []
    wanted = precision or PRECISION
    found = examine(
        [(row.text, row.intent) for row in taught],
        [(row.text, row.intent) for row in asked],
        foreign,
        limits=wanted,
        vectors=vectors,
    )
    places = {
        (each.intent, each.locale, each.text): (str(files.test), row.line)
        for each, row in zip(found.judged, asked, strict=False)  # the foreign ones come last and stand elsewhere
    }
    counts = f"{counted(len(asked), 'sentence')} asked of a matcher trained on {len(taught):,} of {files.train}"
    about = counts + _unheard({row.intent for row in asked} - {row.intent for row in taught})
    return Report(files.test.name, about, wanted, found.limits, found.judged, places, found.figures)


def _unheard(intents: Collection[str]) -> str:
    """Words on the intents that are asked about and not taught; none of their sentences can be right."""
    return f", which has nothing of {', '.join(sorted(intents))}" if intents else ""
