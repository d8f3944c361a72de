"""Where the sentences of a workspace stand, so that a person can go there."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from intents.loader import files_of
from intents.strict_yaml import Located, Place, read

Section = Literal["examples", "tests"]
Whereabouts = Mapping[tuple[str | None, str, str], tuple[str, int]]


def whereabouts(folder: Path, section: Section = "examples") -> Whereabouts:
    """File and line of each sentence, by (intent, locale, sentence); the intent None stands for `out_of_scope`.

    For a folder that can be loaded. Raises FaultsError if meanwhile it cannot be read.
    """
    found: dict[tuple[str | None, str, str], tuple[str, int]] = {}
    for path in files_of(folder):
        located = read(path)
        rows = [row.strip() for row in path.read_text("utf-8-sig").split("\n")]
        for intent, place, sentences in _groups(located.data or {}, section):
            for locale, value in sentences.items():
                for text, line in _lines(located, rows, (*place, locale), value):
                    found.setdefault((intent, locale, text), (located.file, line))
    return found


def _groups(data: Any, section: Section) -> Iterator[tuple[str | None, Place, Mapping[str, Any]]]:
    for at, intent in enumerate(data.get("intents", ())):
        yield intent["id"], ("intents", at, section), intent.get(section, {})
    yield None, ("out_of_scope",), data.get("out_of_scope", {})


def _lines(located: Located, rows: Sequence[str], place: Place, value: Any) -> Iterator[tuple[str, int]]:
    """A list knows its lines; of a block of text only the first is known, and the sentences are looked for below."""
    if isinstance(value, list):
        yield from ((text.strip(), located.line_of((*place, at))) for at, text in enumerate(value))
        return
    first = line = located.line_of(place)
    last = first + value.count("\n")
    for sentence in filter(None, map(str.strip, value.splitlines())):
        line = next((at for at in range(line, last + 2) if rows[at - 1 : at] == [sentence]), first)
        yield sentence, line
