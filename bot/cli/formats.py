"""Forms that findings and failures are told in: to people, to programs, to the checks of a repository on GitHub."""

from enum import StrEnum
from pathlib import Path


class Format(StrEnum):
    """How they are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def near(file: str) -> str:
    """The path as it is from the current directory, if it lies below it."""
    path, here = Path(file).absolute(), Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else file


def annotation(command: str, file: str, line: int, text: str, title: str | None = None) -> str:
    """A workflow command (error, warning or notice), which GitHub shows beside the line.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    headed = "" if title is None else f",title={title.translate(_PROPERTY)}"
    return f"::{command} file={file.translate(_PROPERTY)},line={line}{headed}::{text.translate(_DATA)}"


_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})
