"""`frontline check`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.surroundings import counted, workspace_meant
from bot.rehearsal.script import read_scripts
from bot.workspace.loading import survey
from bot.workspace.places import places
from intents.errors import Fault, FaultsError


def check(
    workspace: Annotated[
        Path | None, typer.Argument(help="A folder; else FRONTLINE_WORKSPACE, else the sample.")
    ] = None,
) -> None:
    """Read a workspace and list what is wrong with it, as file:line: level: text. Exit status 1 on errors.

    Example: frontline check my-shop
    """
    findings = sorted(_findings(workspace_meant(workspace)))
    for finding in findings:
        typer.echo(str(finding))
    errors = sum(finding.level == "error" for finding in findings)
    typer.echo(f"{counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}", err=True)
    if errors:
        raise typer.Exit(1)


def _findings(folder: Path | None) -> set[Fault]:
    found: set[Fault] = set()
    try:
        found.update(survey(folder, datetime.now(UTC).date()).warnings)
    except FaultsError as error:
        found.update(error.faults)
    try:
        read_scripts(places(folder).tests)
    except FaultsError as error:
        found.update(error.faults)
    return found
