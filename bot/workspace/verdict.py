"""Verdicts: what the watchman says of a save, as a line between two processes."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from intents.errors import Fault


@dataclass(frozen=True, slots=True)
class Verdict:
    """The files are sound in this version, and a matcher for them is in the cache; unless there are faults."""

    version: str
    faults: Sequence[Fault] = ()

    def line(self) -> str:
        """The verdict as one line of JSON."""
        return json.dumps(asdict(self))


def verdict_of(line: str | bytes) -> Verdict:
    """The verdict again. Raises ValueError for what is none."""
    try:
        said = json.loads(line)
        return Verdict(said["version"], tuple(Fault(**fault) for fault in said["faults"]))
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"no verdict: {line!r}") from error
