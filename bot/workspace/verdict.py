"""Verdicts: what the watchman says of a save, as a line between two processes."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from intents.codes import Code
from intents.errors import Fault


@dataclass(frozen=True, slots=True)
class Verdict:
    """The files are sound in this version, and a matcher for them is in the cache; unless there are faults.

    While it is still trained, the verdict is not yet `final`: whoever will serve the version can read it meanwhile.
    """

    version: str
    faults: Sequence[Fault] = ()
    final: bool = True

    def line(self) -> str:
        """The verdict as one line of JSON."""
        return json.dumps(asdict(self))


def broken(version: str, folder: Path | None, error: Exception) -> Verdict:
    """The verdict on files that are sound, and yet something of ours fails on them."""
    text = f"it cannot be used ({type(error).__name__}: {error}); undo the last change, and tell us"
    return Verdict(version, (Fault(str(folder or "sample"), 1, text, code=Code.UNREADABLE),))


def verdict_of(line: str | bytes) -> Verdict:
    """The verdict again. Raises ValueError for what is none."""
    try:
        said = json.loads(line)
        return Verdict(said["version"], tuple(Fault(**fault) for fault in said["faults"]), said["final"])
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"no verdict: {line!r}") from error
