"""Findings as people, programs and GitHub's annotations read them."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace

from bot.cli.formats import Format, annotation, near
from bot.cli.surroundings import counted
from intents.errors import Fault

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}  # GitHub's workflow commands


def printed(findings: Sequence[Fault], form: Format) -> str:
    """All findings in this form, each line ended; paths below the current directory are relative to it."""
    return _PRINTERS[form]([replace(each, file=near(each.file)) for each in findings])


def summed_up(findings: Sequence[Fault]) -> str:
    """`1 error, 2 warnings`, with the notes where there are any."""
    counts = [(_count(findings, "error"), "error"), (_count(findings, "warning"), "warning")]
    notes = _count(findings, "note")
    return ", ".join(counted(*each) for each in (counts if not notes else [*counts, (notes, "note")]))


def _count(findings: Sequence[Fault], level: str) -> int:
    return sum(each.level == level for each in findings)


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
    return "".join(
        annotation(_COMMANDS[each.level], each.file, each.line, each.text, each.code) + "\n" for each in findings
    )


_PRINTERS: Mapping[Format, Callable[[Sequence[Fault]], str]] = {
    Format.TEXT: _text,
    Format.JSON: _json,
    Format.GITHUB: _github,
}
