"""`frontline test`."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.surroundings import counted, settings_and_log, workspace_meant
from bot.dialog.content import Content
from bot.dialog.conversation import Talk
from bot.dialog.policy import Clarify, decide
from bot.rehearsal.errors import TurnError
from bot.rehearsal.player import play
from bot.rehearsal.script import Script, read_scripts
from bot.workspace.loading import load
from bot.workspace.places import places
from intents.ranking import Ranking


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
    counts = ((sentences, "sentence"), (len(scripts), "dialogue"), (len(failures), "failure"))
    typer.echo(", ".join(counted(*count) for count in counts), err=True)
    if failures:
        raise typer.Exit(1)


def _strayed(content: Content) -> Iterator[str]:
    """Sentences that do not come to their intent: it is neither the likeliest nor among those that are asked about."""
    for intent in content.intents.intents.values():
        for locale, sentences in intent.tests.items():
            for sentence in sentences:
                likely = _likely(content.ranker.rank(sentence, locale), content)
                if intent.id not in likely:
                    taken = " or ".join(likely) or "nothing that we know"
                    yield f'{intent.file}:{intent.line}: "{sentence}" ({locale}) is taken for {taken}, not {intent.id}'


def _likely(ranking: Ranking, content: Content) -> list[str]:
    intents, limits = content.intents.intents, content.thresholds
    decision = decide(ranking, Talk(), intents, limits, content.desk.escalation)
    if isinstance(decision, Clarify):
        return [each.id for each in decision.intents]
    return [each.intent for each in ranking.candidates[:1]]


def _failed(scripts: list[Script], content: Content) -> Iterator[str]:
    for script in scripts:
        with tempfile.TemporaryDirectory(prefix="frontline-") as folder:
            try:
                asyncio.run(play(script, content, Path(folder) / "dialogue.db"))
            except TurnError as error:
                yield str(error)
