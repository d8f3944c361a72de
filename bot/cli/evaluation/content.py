"""Measure the content of a workspace, as it stands or as it stood at a revision."""

from collections.abc import Mapping
from pathlib import Path

from bot.cli.evaluation.errors import NothingToMeasureError, WrongUseError
from bot.cli.evaluation.report import Report
from bot.cli.evaluation.revision import checked_out
from bot.workspace.loading import load
from bot.workspace.places import places
from intents.errors import Fault, FaultsError
from intents.fitting import nearest
from intents.held_out import cross_validate
from intents.judging import judge
from intents.training import train
from intents.whereabouts import whereabouts


def measured(folder: Path | None, locale: str | None, precision: float | None, cache: Path | None) -> Report:
    """Cross-validate the workspace (the packaged sample without a folder). Blocks for seconds, maybe minutes.

    `locale` narrows the report, not the training; `precision` stands in for the desk's own. Raises FaultsError,
    WrongUseError for a locale that the desk does not speak, NothingToMeasureError.
    """
    content = load(folder, cache)
    desk, catalogue = content.desk, content.intents
    if locale is not None and locale not in desk.locales:
        raise WrongUseError(f'The desk does not speak "{locale}"; {nearest(locale, desk.locales)}.')
    name = str(folder) if folder else "the sample"
    limits = content.thresholds if precision is None else train(catalogue, desk.locales, cache).thresholds(precision)
    held = [each for each in cross_validate(catalogue, desk.locales, cache) if locale in (None, each.locale)]
    if not any(each.intent for each in held):
        raise NothingToMeasureError(name)
    own = {each.intent for each in held if each.intent}
    about = f"{len(held):,} sentences of {len(own)} intents, each asked of a matcher that had not learnt it"
    return Report(
        name, about, precision or desk.precision, limits, judge(held, limits), whereabouts(places(folder).intents)
    )


def measured_at(revision: str, folder: Path, locale: str | None, precision: float | None, cache: Path | None) -> Report:
    """The same of the folder as it was at a git revision. Raises RevisionError, and what `measured` raises."""
    with checked_out(folder, revision) as then:
        try:
            report = measured(then, locale, precision, cache)
        except FaultsError as error:
            raise FaultsError(
                Fault(_at(revision, then, each.file), each.line, each.text, each.level, code=each.code)
                for each in error.faults
            ) from error
        moved: Mapping[str, str] = {file: _at(revision, then, file) for file, _ in report.places.values()}
    located = {key: (moved[file], line) for key, (file, line) in report.places.items()}
    return Report(f"{folder} at {revision}", report.about, report.precision, report.limits, report.judged, located)


def _at(revision: str, then: Path, file: str) -> str:
    """How git names a file of a revision."""
    return f"{revision}:{Path(file).relative_to(then)}"
