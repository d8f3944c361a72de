"""`frontline init`."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.errors import CommandError
from bot.cli.schemas import PACKAGED
from bot.cli.surroundings import made

STARTER = Path(__file__).parents[1] / "content" / "starter"


def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an empty one.")]) -> None:
    """Write a small workspace with comments, to begin with.

    Example: frontline init my-shop
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CommandError(f"{folder} is not empty. Name a new folder, so that nothing is overwritten.")
    shutil.copytree(STARTER, made(folder), dirs_exist_ok=True)
    shutil.copytree(PACKAGED, folder / ".schema")  # the files name these, for editors
    typer.echo(f"Your workspace is in {folder}. Next:")
    typer.echo(f"  frontline check {folder}")
    typer.echo(f"  frontline test {folder}")
    typer.echo(f"  frontline chat {folder}")
    typer.echo(f"  FRONTLINE_WORKSPACE={folder} frontline run")
