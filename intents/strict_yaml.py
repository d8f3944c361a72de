"""YAML read strictly, with the line of every value."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from intents.codes import Code
from intents.errors import Fault, FaultsError, Level
from intents.looks import invisible

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 40

Place = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser is ten times faster where it is built
_WORDS: Mapping[str, bool | None] = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Located:
    """Plain data (dict, list, str, int, float, bool, None) and where each value stands in `file`.

    The lines of a block (`|`) that are not blank have places too, counted from 0 as the items of a list are.
    """

    file: str
    data: Any
    lines: Mapping[Place, int]

    def line_of(self, place: Place) -> int:
        """Line, from 1, of the value at `place` (keys and indices from the top) or of its nearest parent there is."""
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 1)

    def fault(self, place: Place, code: str, text: str, level: Level = "error") -> Fault:
        """What is wrong at `place` of this file."""
        return Fault(self.file, self.line_of(place), text, level, code=code)


def read(path: Path) -> Located:
    """Read one YAML file; raise FaultsError, with lines and remedies, if it is not one strict document.

    Strict: UTF-8, not empty, at most 1 MiB, no anchors, aliases or tags, no key twice. Only `true`, `false`, `null` and
    plain decimal integers and fractions are typed; all else (`no`, `010`, `1:30`, dates) is text, and so are keys.
    """
    file = str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        text = f"the file cannot be read ({error.strerror}); check its name and its permissions"
        raise _unreadable(file, 1, text) from error
    if len(raw) > MAX_BYTES:
        raise _unreadable(file, 1, f"the file has {len(raw)} bytes, more than {MAX_BYTES}; split it")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _unreadable(file, line, "the file is not UTF-8; save it with the encoding UTF-8") from error
    if not text.strip():  # as an editor leaves it for a moment, or a full disk for good
        raise _unreadable(file, 1, "the file is empty; write it, or remove it")
    return parse(text, file)


def parse(text: str, file: str) -> Located:
    """Parse one YAML document as `read` does; `file` is only a name for the faults."""
    building = _Building(file)
    try:
        building.document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        raise _refusal(file, *_misspelt(error, text)) from error
    except (yaml.YAMLError, UnicodeError) as error:  # a character that YAML does not allow; the reader knows no line
        line = next((n for n, row in enumerate(text.split("\n"), 1) if _FORBIDDEN.search(row)), 1)
        raise _unreadable(file, line, "this line holds a control character; remove it") from error
    if building.faults:
        raise FaultsError(building.faults)
    return Located(file, building.data, building.lines)


def _misspelt(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    """The line of what the parser stumbled on, or of where that began, and a remedy without the parser's jargon."""
    problem = error.problem or ""
    mark = error.context_mark if problem in _BEGUN and error.context_mark else error.problem_mark
    line = mark.line if mark else 0
    remedy = _REMEDIES.get(problem) or f"{problem}; check indentation, quotes and colons"
    rows = re.split(_BREAK, text)
    if (marked := next((at for at, row in enumerate(rows) if _CONFLICT.match(row)), None)) is not None:
        line, remedy = marked, "a mark of a merge conflict stands here; settle it, and remove all of its marks"
    elif _TAB.match(rows[line]):
        remedy = _REMEDIES[_BY_TAB]
    elif _TIGHT_ITEM.match(rows[line]):
        remedy = "a blank is missing behind the -"
    elif (at := next((each for each in (line, line - 1) if each >= 0 and invisible(rows[each])), None)) is not None:
        line, remedy = at, "a character that looks like a blank stands in this line; type its blanks anew"
    return line + 1, f"this is not valid YAML: {remedy}"


_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what the parser counts
_CONFLICT = re.compile(r"(?:<{7}|>{7}) ")  # as git leaves them where it could not merge
_TIGHT_ITEM = re.compile(r" *-[^\s-]")
_TAB = re.compile(r"[ -]*\t")  # where indentation is expected
_BY_TAB = "found a tab character that violates indentation"
_BEGUN = {"could not find expected ':'", "found unexpected end of stream"}
_REMEDIES: Mapping[str, str] = {
    _BY_TAB: "a tab stands before the text; use blanks instead",
    "found character that cannot start any token": "a text cannot begin so; put it in quotes",
    "mapping values are not allowed in this context": "there is a colon too many; put a text that has one in quotes, "
    "and see whether the line above lacks one or is indented otherwise",
    "could not find expected ':'": "this line lacks a colon with a blank behind it, "
    "or is not indented like the lines around it",
    "did not find expected key": "this line is not indented like the lines around it, or a quote in it ends too early, "
    "or one in the line above is never closed",
    "did not find expected '-' indicator": "this line follows a list and is no item of it; "
    "put a - before it, or indent it like the keys around it",
    "did not find expected ',' or ']'": "a list above is not closed; add a comma, a ] or a quote",
    "did not find expected ',' or '}'": "a brace above is not closed; add a comma, a } or a quote",
    "found unexpected end of stream": "a quote that opens here is never closed; close it",
    "found unknown escape character": "a backslash in double quotes; use single quotes",
    "block sequence entries are not allowed in this context": "a list begins behind a key; begin it on a line below",
    "did not find expected alphabetic or numeric character": "a text cannot begin with * or &; put it in quotes",
}
_YAML_TAGS = "tag:yaml.org,2002:"  # what !! stands for
_FORBIDDEN = re.compile(r"[^\t\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _unreadable(file: str, line: int, text: str) -> FaultsError:
    return FaultsError([Fault(file, line, text, code=Code.UNREADABLE)])


def _refusal(file: str, line: int, text: str) -> FaultsError:
    return FaultsError([Fault(file, line, text, code=Code.INVALID_YAML)])


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _scalar(event: yaml.ScalarEvent) -> str | int | float | bool | None:
    value: str = event.value
    if not event.implicit[0]:  # quoted or block: the author said text
        return value
    if value in _WORDS:
        return _WORDS[value]
    if _INTEGER.fullmatch(value):
        return int(value)
    return float(value) if _DECIMAL.fullmatch(value) else value


@dataclass(slots=True)
class _Building:
    """One document on its way from parser events to data."""

    file: str
    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def document(self, events: Iterator[yaml.Event]) -> None:
        seen = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    raise _refusal(self.file, _line(event), "a second document begins; keep one per file, without ---")
                seen = True
                self.data = self._value(next(events), events, ())

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], place: Place) -> Any:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent):
            raise _refusal(self.file, line, f"the alias *{event.anchor} is not allowed; write the value out")
        assert isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)  # what else a value can be
        if event.anchor:
            raise _refusal(self.file, line, f"the anchor &{event.anchor} is not allowed; remove it")
        if event.tag:
            tag = event.tag.replace(_YAML_TAGS, "!!")
            raise _refusal(self.file, line, f"the tag {tag} is not allowed; remove it")
        if len(place) > MAX_DEPTH:
            raise _refusal(self.file, line, f"more than {MAX_DEPTH} levels are nested here; flatten them")
        self.lines.setdefault(place, line)
        if isinstance(event, yaml.ScalarEvent):
            if event.style == "|":
                self._rows(event.value, line, place)
            return _scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, place)
        return self._mapping(events, place)

    def _rows(self, text: str, line: int, place: Place) -> None:
        """A block of lines may be meant as a list: its rows that are not blank have places as items have."""
        filled = [number for number, row in enumerate(text.splitlines(), line + 1) if row.strip()]
        self.lines.update({(*place, at): number for at, number in enumerate(filled)})

    def _sequence(self, events: Iterator[yaml.Event], place: Place) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            items.append(self._value(event, events, (*place, len(items))))
        return items

    def _mapping(self, events: Iterator[yaml.Event], place: Place) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise _refusal(self.file, line, "a key must be a plain word; check the colons and braces here")
            key: str = event.value
            if key in pairs:
                first = self.lines[(*place, key)]
                text = f'the key "{key}" stands here twice (first on line {first}); keep one'
                self.faults.append(Fault(self.file, line, text, code=Code.KEY_TWICE))
            self.lines.setdefault((*place, key), line)
            value = self._value(next(events), events, (*place, key))
            pairs.setdefault(key, value)
        return pairs
