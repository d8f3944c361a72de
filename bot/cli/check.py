"""`frontline check`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.findings import printed, summed_up
from bot.cli.formats import Format
from bot.cli.schemas import write_schemas
from bot.cli.surroundings import Folder, made, of_the_sample, workspace_meant
from bot.rehearsal.script import read_scripts
from bot.settings import read_settings
from bot.workspace.lint import lint
from bot.workspace.loading import survey, usable
from bot.workspace.places import places
from intents.errors import Fault, FaultsError

Quick = Annotated[bool, typer.Option("--quick", help="Leave out what takes seconds: intents that overlap.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit status 1 on warnings too.")]
Form = Annotated[Format, typer.Option("--format", help="github: annotations for GitHub Actions.")]
Schema = Annotated[
    Path | None,
    typer.Option(file_okay=False, metavar="DIR", help="Only write JSON Schemas of the files, for editors, to DIR."),
]


def check(
    workspace: Folder = None,
    quick: Quick = False,
    strict: Strict = False,
    form: Form = Format.TEXT,
    schema: Schema = None,
) -> None:
    """Read a workspace and list what is wrong or odd, as file:line: level: text [code]. Exit status 1 on errors.

    Example: frontline check my-shop
    """
    if schema is not None:
        typer.echo("\n".join(map(str, write_schemas(made(schema)))))
        return
    folder = workspace_meant(workspace)
    findings = sorted(_findings(folder, quick=quick))
    typer.echo(printed(findings, form), nl=False)
    typer.echo(of_the_sample(folder, "check") + summed_up(findings), err=True)
    levels = {each.level for each in findings}
    if "error" in levels or (strict and "warning" in levels):
        raise typer.Exit(1)


def _findings(folder: Path | None, *, quick: bool) -> set[Fault]:
    found: set[Fault] = set()
    try:
        read_scripts(places(folder).tests)
    except FaultsError as error:
        found.update(error.faults)
    try:
        workspace = survey(folder, datetime.now(UTC).date())
        found.update(workspace.warnings)
        found.update(lint(folder, workspace, quick=quick, cache=usable(read_settings().cache)))
    except FaultsError as error:
        found.update(error.faults)
    return found
