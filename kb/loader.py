"""Load articles from a folder, all or nothing."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import cast, get_args

from kb.article import Article, Audience
from kb.catalogue import Catalogue
from kb.errors import Code, Fault, FaultsError
from kb.front_matter import Head, HeadError, Value, head_of

MAX_BYTES = 1024 * 1024
_CONFLICT = re.compile(r"(?:<{7}|>{7}) ")  # as git leaves them where it could not merge


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the front matter: what kind of value it takes, and what an editor says of it."""

    kind: type[Value]
    says: str


KEYS: Mapping[str, Key] = {
    "title": Key(str, "What the article answers, in a customer's words; it is the text of the button."),
    "tags": Key(tuple, "Other words for it that neither title nor text has: [parcel, courier]."),
    "audience": Key(str, "Who may read it: customers, or operators alone."),
}


def load(folder: Path, *, locales: Sequence[str]) -> Catalogue:
    """Every `<locale>/**/*.md` of the folder as one catalogue; an article's id is its path below the locale.

    Raises FaultsError with every fault of every file. A missing folder is an empty catalogue: articles are optional.
    """
    articles: dict[tuple[str, str], Article] = {}
    faults: list[Fault] = []
    for path in files_of(folder):
        try:
            locale, name = _name(folder, path, locales)
            articles[name, locale] = _article(path, name, locale)
        except FaultsError as error:
            faults.extend(error.faults)
    if any(fault.level == "error" for fault in faults):
        raise FaultsError(faults)
    return Catalogue(articles, tuple(faults))


def files_of(folder: Path) -> list[Path]:
    """The articles that are read, in order. Hidden files and folders are an editor's or a system's own."""
    found = [path for path in folder.glob("[!.]*") if path.suffix == ".md"]
    for locale in folder.glob("[!.]*/"):  # may be a link, and what it leads to is read
        for within, folders, names in os.walk(locale):  # which passes over a folder that goes meanwhile
            folders[:] = (name for name in folders if not name.startswith("."))
            shown = (*folders, *(name for name in names if not name.startswith(".")))
            found += (Path(within, name) for name in shown if name.endswith(".md"))
    return sorted(found)


def _name(folder: Path, path: Path, locales: Sequence[str]) -> tuple[str, str]:
    locale, *rest = path.relative_to(folder).with_suffix("").parts
    if not rest:
        text = f"the article is in no locale's folder; move it to kb/{locales[0]}/"
        raise FaultsError([Fault(str(path), 1, text, code=Code.MISPLACED_ARTICLE)])
    if locale not in locales:
        text = f'the desk does not speak "{locale}", so the article is left out; its locales are {", ".join(locales)}'
        raise FaultsError([Fault(str(path), 1, text, "warning", code=Code.UNSPOKEN_LOCALE)])
    return locale, "/".join(rest)


def _article(path: Path, name: str, locale: str) -> Article:
    file = str(path)
    rows = _text(path).splitlines()
    for line, row in enumerate(rows, 1):
        if _CONFLICT.match(row):
            text = "a mark of a merge conflict stands here; settle it, and remove all of its marks"
            raise FaultsError([Fault(file, line, text, code=Code.MERGE_CONFLICT)])
    try:
        head = head_of(rows)
    except HeadError as error:
        raise FaultsError([Fault(file, error.line, str(error), code=error.code)]) from error
    body = "\n".join(rows[head.body_line - 1 :]).strip()
    faults = [*_faults(file, head)]
    if not body:
        text = "the article is empty; write it or remove the file"
        faults.append(Fault(file, head.body_line, text, code=Code.EMPTY_ARTICLE))
    if faults:
        raise FaultsError(faults)
    values = head.values
    return Article(
        id=name,
        locale=locale,
        title=str(values["title"]),
        body=body,
        tags=tuple(values.get("tags", ())),
        audience=cast("Audience", values.get("audience", "customers")),
        file=file,
    )


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = f"the file cannot be read ({error.strerror}); check its permissions"
        raise FaultsError([Fault(str(path), 1, reason, code=Code.UNREADABLE)]) from error
    if len(raw) > MAX_BYTES:
        text = f"the file has {len(raw)} bytes, more than {MAX_BYTES}; split it"
        raise FaultsError([Fault(str(path), 1, text, code=Code.UNREADABLE)])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        remedy = "the file is not UTF-8; save it with the encoding UTF-8"
        raise FaultsError([Fault(str(path), line, remedy, code=Code.UNREADABLE)]) from error


def _faults(file: str, head: Head) -> Iterator[Fault]:
    if not head.values.get("title"):
        text = "the article has no title; add `title:` to the front matter"
        yield Fault(file, head.lines.get("title", 1), text, code=Code.MISSING_KEY)
    for key, value in head.values.items():
        for code, text in _wrong(key, value):
            yield Fault(file, head.lines[key], text, code=code)


def _wrong(key: str, value: Value) -> Iterator[tuple[Code, str]]:
    known = KEYS.get(key)
    if known is None:
        close = get_close_matches(key, KEYS, n=1)
        remedy = f'did you mean "{close[0]}"?' if close else f"known are: {', '.join(KEYS)}"
        yield Code.UNKNOWN_KEY, f'unknown key "{key}"; {remedy}'
    elif not isinstance(value, known.kind) and value:
        yield Code.WRONG_VALUE, f'"{key}" must be {"a text" if known.kind is str else "a list, [one, two]"}'
    elif key == "audience" and value not in get_args(Audience):
        yield Code.WRONG_VALUE, f'"{value}" is no audience; use {" or ".join(get_args(Audience))}'
