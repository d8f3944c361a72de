"""What every command finds around it: settings, the log, the workspace that is meant."""

import logging
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.errors import WrongUseError
from bot.observe import start_logging
from bot.settings import Settings, read_settings, unknown_names


def _folder(named: Path | None) -> Path | None:
    if named is not None and not named.is_dir():
        what, remedy = (
            ("is a file", "name the folder of the workspace")
            if named.exists()
            else ("does not exist", f"name the folder of a workspace, or make one: frontline init {named}")
        )
        raise WrongUseError(f"{named} {what}; {remedy}")
    return named


Folder = Annotated[
    Path | None,
    typer.Argument(callback=_folder, help="A folder; else FRONTLINE_WORKSPACE, else the sample."),
]

log = logging.getLogger(__name__)


def settings_and_log() -> Settings:
    """The settings, with the log begun as they say. Raises SettingsError."""
    settings = read_settings()
    hidden = (settings.secret, settings.telegram_token, settings.telegram_webhook_secret)
    start_logging(settings.log_level, settings.log_format, [each.get_secret_value() for each in hidden if each])
    for line in unknown_names():
        log.warning("%s", line)
    return settings


def made(folder: Path) -> Path:
    """The folder, made if it is missing. Raises WrongUseError when nothing can be written there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise WrongUseError(f"{folder} cannot be written ({error.strerror}); name another folder") from error


def counted(number: int, thing: str) -> str:
    """A number with its noun: 1 error, 2 errors."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def of_the_sample(folder: Path | None, command: str) -> str:
    """What to put before words about the packaged sample, lest they are taken for one's own; empty for a folder."""
    if folder is not None:
        return ""
    here = f", not this folder, which is `frontline {command} .`" if Path("handoff/desk.yaml").exists() else ""
    return f"the packaged sample{here}: "


def workspace_meant(named: Path | None) -> Path | None:
    """The folder on the command line, else that of the settings, else (None) the packaged sample."""
    return named if named is not None else read_settings().workspace
