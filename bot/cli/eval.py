"""`frontline eval`."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.errors import WrongUseError
from bot.cli.evaluation.comparing import comparison, summed_up
from bot.cli.evaluation.content import measured, measured_at
from bot.cli.evaluation.data import compared, data
from bot.cli.evaluation.files import Files, measured_files
from bot.cli.evaluation.page import page
from bot.cli.evaluation.report import Report
from bot.cli.evaluation.table import one_line, table
from bot.cli.surroundings import Folder, settings_and_log, workspace_meant
from intents.changes import Change, changes


@dataclass(frozen=True, slots=True)
class _Found:
    """What is shown: a report, and beside it the one before the change, if that was asked for."""

    report: Report
    before: Report | None = None
    changes: tuple[Change, ...] = ()


def evaluate(  # noqa: PLR0913 - each is an option of the command
    workspace: Folder = None,
    *,
    train: Annotated[Path | None, typer.Option(metavar="FILE", help="Learn from this: text<TAB>intent a line.")] = None,
    test: Annotated[Path | None, typer.Option(metavar="FILE", help="Ask about this: text<TAB>intent a line.")] = None,
    oos: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Texts that belong to no intent, one a line.")
    ] = None,
    semantic: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Word vectors to see meaning by, with --train and --test.")
    ] = None,
    compare: Annotated[str | None, typer.Option(metavar="REV", help="What changed since this git revision.")] = None,
    locale: Annotated[str | None, typer.Option(help="Only the sentences of this language.")] = None,
    precision: Annotated[float | None, typer.Option(help="Share of right answers to aim at, 0.5 to 1.")] = None,
    worst: Annotated[int | None, typer.Option(metavar="N", min=0, help="Show only so many intents.")] = None,
    fail_under: Annotated[
        float | None, typer.Option(metavar="SHARE", help="Exit 1 if fewer are right, 0 to 1.")
    ] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page with pictures as well.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print data instead of a table.")] = False,
) -> None:
    """Measure how well customers are understood, and show what goes wrong.

    Without files each sentence of the workspace is asked of a matcher that has not learnt it.

    Example: frontline eval my-shop --compare HEAD~1 --html report.html
    """
    settings = settings_and_log()
    _check_share("--precision", precision, 0.5)
    _check_share("--fail-under", fail_under, 0.0)
    files = _files_of(train, test, oos, semantic)
    if html is not None:
        _claim(html)
    if files is None:
        found = _of_content(workspace_meant(workspace), compare, locale, precision, settings.cache)
    else:
        _refuse_beside_files({"WORKSPACE": workspace, "--compare": compare, "--locale": locale})
        found = _Found(measured_files(files, precision))
    if html is not None:
        html.write_text(page(found.report, found.before, found.changes), "utf-8")
    for line in _as_data(found) if as_json else _as_text(found, worst):
        typer.echo(line)
    share = found.report.measures.accuracy
    if fail_under is not None and share < fail_under:
        typer.echo(f"{share:.1%} are right, fewer than {fail_under:.1%}", err=True)
        raise typer.Exit(1)


def _of_content(
    folder: Path | None, revision: str | None, locale: str | None, precision: float | None, cache: Path | None
) -> _Found:
    if revision is None:
        _announce()
        return _Found(measured(folder, locale, precision, cache))
    if folder is None:
        raise WrongUseError("The sample that comes with Frontline has no revisions; name a folder of your own.")
    _announce()
    before = measured_at(revision, folder, locale, precision, cache)
    after = measured(folder, locale, precision, cache)
    return _Found(after, before, tuple(changes(before.judged, after.judged)))


def _announce() -> None:
    typer.echo("Each sentence is asked of a matcher that has not learnt it; this takes a while.", err=True)


def _files_of(train: Path | None, test: Path | None, oos: Path | None, semantic: Path | None) -> Files | None:
    if train and test:
        return Files(train, test, oos, semantic)
    if train or test:
        given, missing = ("--train", "--test") if train else ("--test", "--train")
        raise WrongUseError(f"{given} needs {missing} beside it: learn from one file, ask about the other.")
    if oos:
        raise WrongUseError("--oos goes with --train and --test; name all three.")
    if semantic:
        raise WrongUseError("--semantic goes with --train and --test; a workspace names its vectors in desk.yaml.")
    return None


def _refuse_beside_files(others: Mapping[str, object]) -> None:
    for name, value in others.items():
        if value is not None:
            raise WrongUseError(f"{name} is for the content of a workspace; leave it out, or leave --train and --test.")


def _check_share(name: str, share: float | None, least: float) -> None:
    if share is not None and not least <= share <= 1:
        raise WrongUseError(f"{name} is {share:g}; give a share from {least:g} to 1, such as 0.95.")


def _as_data(found: _Found) -> Iterator[str]:
    shown = data(found.report) if found.before is None else compared(found.before, found.report, found.changes)
    yield json.dumps(shown, ensure_ascii=False, indent=2)


def _as_text(found: _Found, worst: int | None) -> Iterator[str]:
    if found.before is None:
        yield from table(found.report, worst)
    else:
        yield from comparison(found.before, found.report, found.changes)
        typer.echo(summed_up(found.changes), err=True)
    typer.echo(one_line(found.report), err=True)


def _claim(file: Path) -> None:
    """Find out that a page cannot be written before the work, not after it; leave nothing if there is nothing yet."""
    new = not file.exists()
    try:
        file.open("a").close()
        if new:
            file.unlink()
    except OSError as error:
        why = error.strerror or "unknown reason"
        raise WrongUseError(f"{file} cannot be written ({why}); name a file in a folder that is there.") from error
