"""`frontline chat`."""

from typing import Annotated

import typer

from bot.cli.surroundings import Folder, of_the_sample, settings_and_log, workspace_meant
from bot.rehearsal.terminal import converse
from bot.workspace.loading import load


def chat(
    workspace: Folder = None,
    locale: Annotated[str, typer.Option(help="The language of the customer's device.")] = "",
    explain: Annotated[bool, typer.Option("--explain", help="Show votes, scores, the decision and why.")] = False,
) -> None:
    """Talk to the bot in the terminal; nothing is kept. Buttons have numbers; an empty line or Ctrl-D ends.

    Example: frontline chat my-shop --locale ru --explain
    """
    settings = settings_and_log()
    folder = workspace_meant(workspace)
    content = load(folder, settings.cache)
    said = "Write as a customer would. A number presses a button, an empty line ends."
    typer.echo(of_the_sample(folder, "chat") + said, err=True)
    converse(content, locale, explain=explain)
