"""Load a whole workspace: everything is sound and becomes content, or every fault is named."""

import logging
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import intents.loader
import kb.errors
import kb.loader
from bot.dialog.content import Content
from bot.dialog.phrases import Phrases
from bot.dialog.replies import Replies
from bot.workspace.cities import city_of, zone_of
from bot.workspace.desk import LoadedDesk, load_desk
from bot.workspace.knowledge import library_of
from bot.workspace.phones import read_phone, show_phone
from bot.workspace.phrases import load_phrases
from bot.workspace.places import Places, places
from bot.workspace.replies import load_replies
from bot.workspace.semantic import load_vectors
from intents.codes import Code
from intents.errors import Fault, FaultsError
from intents.intent import Catalogue
from intents.patterns import compiled
from intents.training import train, train_ahead
from intents.vectors import Vectors
from kb.catalogue import Catalogue as Articles
from kb.library import Library
from kb.render import plain
from kb.search import SURE
from kb.split import split

log = logging.getLogger(__name__)
T = TypeVar("T")
TRIES = 5


class _Anything(Collection[str]):
    """Stands for names that could not be loaded: what refers to them is not accused."""

    def __contains__(self, name: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class Workspace:
    """The files, read and found sound; `warnings` did not stop them. `vectors` only if the desk asks for them."""

    desk: LoadedDesk
    intents: Catalogue
    articles: Articles
    phrases: Phrases
    replies: Replies
    vectors: Vectors | None
    version: str
    warnings: tuple[Fault, ...]


@dataclass(slots=True)
class _Reading:
    """Collects the faults of all parts."""

    faults: list[Fault] = field(default_factory=list)

    def part(self, load: Callable[[], T]) -> T | None:
        """What was loaded, or None and its faults."""
        try:
            return load()
        except FaultsError as error:
            self.faults += error.faults
        except kb.errors.FaultsError as error:
            self.faults += map(_ours, error.faults)
        return None


def survey(folder: Path | None, today: date) -> Workspace:
    """Read the workspace (the packaged sample without a folder), all files of it as they were at one instant.

    Raises FaultsError with every fault of every file.
    """
    where = places(folder)
    for _ in range(TRIES):
        version = where.version()
        try:
            found: Workspace | FaultsError = _read(where, version, today)
        except FaultsError as error:
            found = error
        if where.version() == version:
            break
    else:
        text = "files change while they are read; save them, and wait a moment"
        found = FaultsError([Fault(str(folder or where.desk), 1, text, code=Code.UNREADABLE)])
    if isinstance(found, FaultsError):
        raise found
    return found


def _read(where: Places, version: str, today: date) -> Workspace:
    reading = _Reading()
    desk = reading.part(lambda: load_desk(where.desk, today))
    locales = desk.desk.locales if desk else _folders(where)
    articles = reading.part(lambda: kb.loader.load(where.kb, locales=locales))
    catalogue = reading.part(
        lambda: intents.loader.load(
            where.intents,
            locales=locales if desk else (),
            skills=desk.desk.skills if desk else _Anything(),
            articles=articles.for_customers if articles is not None else _Anything(),
            internal=articles.ids - articles.for_customers if articles is not None else (),
        )
    )
    phrases = reading.part(lambda: load_phrases(where.phrases))
    replies = reading.part(lambda: load_replies(where.replies))
    vectors = reading.part(lambda: load_vectors(desk.semantic, where.desk.parents[1]) if desk else None)
    if reading.faults or not (desk and articles is not None and catalogue and phrases and replies is not None):
        raise FaultsError(_worth_saying(reading.faults, desk))
    warnings = (*desk.warnings, *map(_ours, articles.warnings), *catalogue.warnings)
    return Workspace(desk, catalogue, articles, phrases, replies, vectors, version, warnings)


def load(folder: Path | None, cache: Path | None) -> Content:
    """The workspace as content, its matcher trained, or taken from the cache. Blocks for seconds: keep it off the loop.

    Raises FaultsError with every fault; then there is no content at all.
    """
    return content_of(survey(folder, datetime.now(UTC).date()), usable(cache))


def prepare(workspace: Workspace, cache: Path) -> None:
    """Have in the cache what takes long in `content_of`, for another process. Blocks for seconds."""
    train_ahead(workspace.intents, workspace.desk.desk.locales, cache, workspace.vectors)


def library_in(workspace: Workspace) -> Library:
    """The workspace's articles and answers, ready to be searched."""
    return library_of(workspace.articles, workspace.intents, workspace.desk.desk)


def content_of(workspace: Workspace, cache: Path | None, library: Library | None = None) -> Content:
    """The workspace as content, with its `library` if that was made before.

    Where its matcher is not in the cache, this trains it.
    """
    if workspace.warnings:
        log.info("The workspace has warnings; `frontline check` lists them.")
    desk = workspace.desk.desk
    matcher = train(workspace.intents, desk.locales, cache, workspace.vectors)
    return Content(
        version=workspace.version,
        desk=desk,
        intents=workspace.intents,
        ranker=matcher,
        thresholds=matcher.thresholds(desk.precision),
        library=library or library_in(workspace),
        phrases=workspace.phrases,
        plain=plain,
        split=split,
        phone=read_phone,
        matches=matches,
        sure=SURE,
        replies=workspace.replies,
        city_of=city_of,
        zone_of=zone_of,
        show_phone=show_phone,
    )


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text fits the pattern, in linear time."""
    return _compiled(pattern).fullmatch(text) is not None


@lru_cache(256)
def _compiled(pattern: str) -> Any:
    return compiled(pattern)


def _folders(where: Places) -> Sequence[str]:
    return [path.name for path in where.kb.glob("*") if path.is_dir()] or ["en"]


def _worth_saying(faults: Sequence[Fault], desk: LoadedDesk | None) -> Sequence[Fault]:
    """Without a desk a warning may be wrong."""
    return faults if desk else [fault for fault in faults if fault.level == "error"]


def _ours(fault: kb.errors.Fault) -> Fault:
    return Fault(fault.file, fault.line, fault.text, fault.level, code=fault.code)


def usable(cache: Path | None) -> Path | None:
    """The folder, made if need be; None, with a warning, when nothing can be kept there."""
    if cache is None:
        return None
    with suppress(OSError):
        cache.mkdir(parents=True, exist_ok=True)
        if os.access(cache, os.W_OK):
            return cache
    log.warning(
        "Nothing can be kept in %s, so each start trains anew. Set FRONTLINE_CACHE to a writable folder.", cache
    )
    return None
