"""Measure the content of a workspace, as it stands or as it stood at a revision."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.cli.errors import WrongUseError
from bot.cli.evaluation.errors import NothingToMeasureError
from bot.cli.evaluation.report import Report
from bot.cli.evaluation.revision import checked_out
from bot.cli.surroundings import counted
from bot.workspace.loading import survey, usable
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
    workspace = survey(folder, datetime.now(UTC).date())
    desk, catalogue, kept = workspace.desk.desk, workspace.intents, usable(cache)
    if locale is not None and locale not in desk.locales:
        raise WrongUseError(f'The desk does not speak "{locale}"; {nearest(locale, desk.locales)}.')
    name = str(folder) if folder else "the sample"
    wanted = desk.precision if precision is None else precision
    limits = train(catalogue, desk.locales, kept, workspace.vectors).thresholds(wanted)
    held = cross_validate(catalogue, desk.locales, kept, workspace.vectors)
    held = tuple(each for each in held if locale in (None, each.locale))
    if not any(each.intent for each in held):
        raise NothingToMeasureError(name)
    own = {each.intent for each in held if each.intent}
    counts = f"{counted(len(held), 'sentence')} of {counted(len(own), 'intent')}"
    about = f"{counts}, each asked of a matcher that had not learnt it"
    return Report(name, about, wanted, limits, judge(held, limits), whereabouts(places(folder).intents))


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
