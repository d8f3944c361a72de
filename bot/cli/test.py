"""`frontline test`."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.surroundings import settings_and_log, workspace_meant
from bot.dialog.content import Content
from bot.rehearsal.errors import TurnError
from bot.rehearsal.player import play
from bot.rehearsal.script import Script, read_scripts
from bot.workspace.loading import load
from bot.workspace.places import places


def rehearse(
    workspace: Annotated[
        Path | None, typer.Argument(help="A folder; else FRONTLINE_WORKSPACE, else the sample.")
    ] = None,
) -> None:
    """Run a workspace's own tests: the sentences under `tests:` of its intents, and its dialogues.

    Example: frontline test my-shop
    """
    settings = settings_and_log()
    folder = workspace_meant(workspace)
    content = load(folder, settings.cache)
    scripts = read_scripts(places(folder).tests)
    failures = [*_strayed(content), *_failed(scripts, content)]
    for failure in failures:
        typer.echo(failure)
    sentences = sum(len(texts) for intent in content.intents.intents.values() for texts in intent.tests.values())
    typer.echo(f"{sentences} sentences, {len(scripts)} dialogues, {len(failures)} failures", err=True)
    if failures:
        raise typer.Exit(1)


def _strayed(content: Content) -> Iterator[str]:
    """Sentences that do not come to their intent first."""
    for intent in content.intents.intents.values():
        for locale, sentences in intent.tests.items():
            for sentence in sentences:
                candidates = content.ranker.rank(sentence, locale).candidates
                found = candidates[0].intent if candidates else "nothing"
                if found != intent.id:
                    where = f"{intent.file}:{intent.line}"
                    yield f'{where}: "{sentence}" ({locale}) is taken for {found}, not for {intent.id}'


def _failed(scripts: list[Script], content: Content) -> Iterator[str]:
    for script in scripts:
        with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
            try:
                asyncio.run(play(script, content, Path(folder) / "dialogue.db"))
            except TurnError as error:
                yield str(error)
