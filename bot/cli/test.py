"""`frontline test`."""

import asyncio
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.failures import Failure, as_github, as_json, as_text
from bot.cli.formats import Format, near
from bot.cli.sentences import Tried, shares, try_sentences
from bot.cli.surroundings import Folder, counted, of_the_sample, settings_and_log, workspace_meant
from bot.dialog.content import Content
from bot.rehearsal.errors import TurnError
from bot.rehearsal.player import play
from bot.rehearsal.script import Script, read_scripts
from bot.workspace.loading import load
from bot.workspace.places import places


def rehearse(
    workspace: Folder = None,
    form: Annotated[Format, typer.Option("--format", help="How to tell failures.")] = Format.TEXT,
) -> None:
    """Run a workspace's own tests: the sentences under `tests:` of its intents, and its dialogues.

    Exit status 1 when one fails.

    Example: frontline test my-shop
    """
    settings = settings_and_log()
    folder = workspace_meant(workspace)
    content = load(folder, settings.cache)
    scripts = read_scripts(places(folder).tests)
    tried = try_sentences(content, places(folder).intents)
    failed = [*(each.failure for each in tried if each.failure), *_failed(scripts, content)]
    failures = [replace(each, file=near(each.file)) for each in failed]
    _tell(form, tried, len(scripts), failures, of_the_sample(folder, "test"))
    if failures:
        raise typer.Exit(1)


def _tell(form: Format, tried: Sequence[Tried], dialogues: int, failures: Sequence[Failure], whose: str) -> None:
    match form:
        case Format.JSON:
            typer.echo(as_json(shares(tried), dialogues, failures))
            return
        case Format.GITHUB:
            lines = [as_github(each) for each in failures]
        case Format.TEXT:
            lines = [as_text(each) for each in failures]
    for line in lines:
        typer.echo(line)
    for locale, share in shares(tried).items():
        right = f"{share.right} of {counted(share.count, 'sentence')} right ({share.right / share.count:.1%})"
        typer.echo(f"{locale}: {right}, {share.answered / share.count:.1%} answered", err=True)
    counts = ((len(tried), "sentence"), (dialogues, "dialogue"), (len(failures), "failure"))
    typer.echo(whose + ", ".join(counted(*count) for count in counts), err=True)


def _failed(scripts: Sequence[Script], content: Content) -> Iterator[Failure]:
    for at, script in enumerate(scripts, 1):
        _show_progress(f"dialogue {at} of {len(scripts)}: {Path(script.file).name}")
        with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
            try:
                asyncio.run(play(script, content, Path(folder) / "dialogue.db"))
            except TurnError as error:
                yield Failure("dialogue", error.file, error.line, error.said)
    _show_progress("")


def _show_progress(line: str) -> None:
    """On a terminal, in one line that is written over."""
    if _on_terminal():
        typer.echo(f"\r\x1b[K{line}", nl=False, err=True)


def _on_terminal() -> bool:
    return sys.stderr.isatty()
