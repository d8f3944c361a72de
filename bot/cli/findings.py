"""Findings as people, programs and GitHub's annotations read them."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from enum import StrEnum
from pathlib import Path

from bot.cli.surroundings import counted
from intents.errors import Fault

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}  # GitHub's workflow commands


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def printed(findings: Sequence[Fault], form: Format) -> str:
    """All findings in this form, each line ended; paths below the current directory are relative to it."""
    return _PRINTERS[form]([replace(each, file=_near(each.file)) for each in findings])


def summed_up(findings: Sequence[Fault]) -> str:
    """`1 error, 2 warnings`, with the notes where there are any."""
    counts = [(_count(findings, "error"), "error"), (_count(findings, "warning"), "warning")]
    notes = _count(findings, "note")
    return ", ".join(counted(*each) for each in (counts if not notes else [*counts, (notes, "note")]))


def _count(findings: Sequence[Fault], level: str) -> int:
    return sum(each.level == level for each in findings)


def _near(file: str) -> str:
    path, here = Path(file).absolute(), Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else file


def _text(findings: Sequence[Fault]) -> str:
    return "".join(f"{each}\n" for each in findings)


def _json(findings: Sequence[Fault]) -> str:
    """One object: `errors`, `warnings`, `notes` are counts, `findings` have code, level, file, line and text."""
    whole = {
        **{f"{level}s": _count(findings, level) for level in _COMMANDS},
        "findings": [asdict(each) for each in findings],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _github(findings: Sequence[Fault]) -> str:
    """Workflow commands: docs.github.com/actions/reference/workflow-commands-for-github-actions."""
    return "".join(
        f"::{_COMMANDS[each.level]} file={_property(each.file)},line={each.line},title={_property(each.code)}"
        f"::{_escaped(each.text)}\n"
        for each in findings
    )


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


_PRINTERS: Mapping[Format, Callable[[Sequence[Fault]], str]] = {
    Format.TEXT: _text,
    Format.JSON: _json,
    Format.GITHUB: _github,
}
