"""Reloading: the admin saves, and what was saved is served; what cannot be served is told to who can mend it.

The watchman, a process beside this one, reads every save, judges it and trains for it; here only the outcome is loaded,
in a thread. That still takes Python's lock for some tenths of a second, so the thread is made to give it up often: see
GIVE_WAY. Turns never wait for anything else, and each uses the content that was served when its batch began.
"""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from bot.dialog.acts import Act, Outcome, Surveyed, Swept
from bot.dialog.content import Content, Served
from bot.dialog.errors import DialogError
from bot.observe import Figures
from bot.settings import Settings
from bot.workspace.loading import Workspace, content_of, library_in, survey, usable
from bot.workspace.verdict import Verdict, broken
from bot.workspace.watchman import Watchman, watchman
from intents.errors import Fault, FaultsError
from kb.library import Library

log = logging.getLogger(__name__)

GIVE_WAY = 0.0005  # seconds for which a thread may keep Python's lock from a turn while content is loaded
PACE = 15.0  # seconds after each word of faults to the supervisors: who saves every second floods nobody
AGAIN = 1.0  # seconds; the first pause after something failed
LONGEST_PAUSE = 60.0


class Service(Protocol):
    """Who handles acts, and tells whoever shows something."""

    async def do(self, act: Act) -> Outcome:
        """Handle the act; returns after the commit."""
        ...

    def renewed(self) -> None:
        """Look at the content again."""
        ...


class Reloader:
    """Keeps what is served in line with the files."""

    def __init__(
        self, settings: Settings, served: Served, service: Service, figures: Figures, pace: float = PACE
    ) -> None:
        """Where `settings` say that nothing is watched, the files are read again only when somebody asks."""
        self._workspace, self._cache, self._watches = settings.workspace, settings.cache, settings.watch == "on"
        self._served, self._service, self._figures, self._pace = served, service, figures, pace
        self.refused: str | None = None  # the version of the files, while it cannot be served
        self._watchman: Watchman | None = None
        self._draft: _Draft | None = None  # of what the watchman trains for
        self._wanted = asyncio.Event()
        self._news = asyncio.Event()
        self._news.set()  # what an earlier process told may be over
        figures.serves(served.content.version)

    def ask(self) -> None:
        """Read the files now (SIGHUP); the log tells what came of it even if nothing has changed."""
        log.info("Reading the workspace again, as asked.")
        self._wanted.set()
        if self._watchman is not None:
            self._watchman.ask()

    def _hang_up(self, from_terminal: bool) -> None:
        if from_terminal and not _has_terminal():  # its window was closed
            os.kill(os.getpid(), signal.SIGTERM)
        else:
            self.ask()

    async def run(self) -> None:
        """Until cancelled. On the main thread's loop SIGHUP asks."""
        if hasattr(signal, "SIGHUP"):
            asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, self._hang_up, _has_terminal())
        with ExitStack() as closing:
            cache = usable(self._cache) or Path(closing.enter_context(TemporaryDirectory()))
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._tell_forever())
                await self._follow(cache)

    async def _follow(self, cache: Path) -> None:
        pause = AGAIN
        while True:
            if not self._watches:
                await self._wanted.wait()
            heard = False
            try:
                heard = await self._hear(cache)
            except (OSError, ValueError) as error:
                log.warning("The workspace is not watched: %s", error)
            finally:
                self._watchman = None
            if not heard or self._watches:  # it should have gone on
                pause = AGAIN if heard else min(pause * 2, LONGEST_PAUSE)
                log.warning("The process that watches the workspace has ended; it is started again in %.0f s.", pause)
                await asyncio.sleep(pause)

    async def _hear(self, cache: Path) -> bool:
        """Follow one watchman to its end; whether it had anything to say."""
        heard, served = False, self._served.content.version
        async with watchman(self._workspace, cache, served, once=not self._watches) as self._watchman:
            async for verdict in self._watchman.verdicts():
                heard = True
                await self._act_on(verdict, cache)
        return heard

    async def _act_on(self, verdict: Verdict, cache: Path) -> None:
        if not verdict.final:
            await self._read_ahead(verdict.version)
            return
        asked, known = self._wanted.is_set(), verdict.version == self.refused
        self._wanted.clear()
        try:
            if verdict.faults and (asked or not known):
                self._refuse(verdict)
            elif not verdict.faults and verdict.version != self._served.content.version:
                await self._renew(verdict, cache)
            elif not verdict.faults and (asked or self.refused):
                log.info("Content %s is served, as before.", verdict.version)
                self._found(None, ())
        except Exception:  # the worker's edge: what is served goes on
            log.exception("Content %s is not brought into use", verdict.version)

    async def _read_ahead(self, version: str) -> None:
        """Read what will be served as soon as the watchman has trained for it; what goes wrong here is told then."""
        with suppress(Exception), _giving_way():
            self._draft = await asyncio.to_thread(_read, self._workspace, version)

    async def _renew(self, verdict: Verdict, cache: Path) -> None:
        draft, self._draft = self._draft, None
        try:
            with _giving_way():
                content = await asyncio.to_thread(_load, self._workspace, cache, verdict.version, draft)
        except Exception as error:  # something of ours fails on these files: whoever wrote them should know
            log.exception("Content %s cannot be loaded", verdict.version)
            self._refuse(broken(verdict.version, self._workspace, error))
            return
        if content is None:
            return
        self._served.content = content
        count = len(content.intents.intents)
        log.info("Content %s is live: %d intents in %s.", content.version, count, ", ".join(content.desk.locales))
        self._figures.reloads.labels("good").inc()
        self._figures.serves(content.version)
        self._found(None, ())
        await self._sweep()

    def _refuse(self, verdict: Verdict) -> None:
        errors = [fault for fault in verdict.faults if fault.level == "error"]
        for fault in verdict.faults:
            log.log(logging.ERROR if fault.level == "error" else logging.WARNING, "%s", fault)
        log.error("What was saved is not served; content %s goes on.", self._served.content.version)
        self._figures.reloads.labels("bad").inc()
        self._found(verdict.version, tuple(_briefly(fault, self._workspace) for fault in errors))

    def _found(self, refused: str | None, faults: tuple[str, ...]) -> None:
        self.refused, self._served.faults = refused, faults
        self._figures.bad.set(bool(faults))
        self._service.renewed()
        self._news.set()

    async def _sweep(self) -> None:
        """The new desk may have room for who waits, and no place for who serves."""
        while True:
            try:
                await self._service.do(Swept())
            except DialogError as error:
                log.warning("The desk is looked over later: %s", error)
                await asyncio.sleep(AGAIN)
            else:
                return

    async def _tell_forever(self) -> None:
        """Whatever happened meanwhile, the supervisors are told how it stands, and not too often."""
        told: tuple[str, ...] | None = None
        while True:
            await self._news.wait()
            self._news.clear()
            faults = self._served.faults
            if faults == told:
                continue
            try:
                await self._service.do(Surveyed(faults))
                told = faults
                await asyncio.sleep(self._pace if faults else 0)
            except DialogError as error:
                log.warning("The supervisors are told later: %s", error)
                self._news.set()
                await asyncio.sleep(AGAIN)
            except Exception:  # the worker's edge: it stands in the log and at the desk
                log.exception("The supervisors are not told")


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


@contextmanager
def _giving_way() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(GIVE_WAY)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@dataclass(frozen=True, slots=True)
class _Draft:
    """Content without its matcher."""

    workspace: Workspace
    library: Library


def _read(workspace: Path | None, version: str) -> _Draft | None:
    """The files, if they still are what was judged; else there will be another verdict."""
    try:
        found = survey(workspace, datetime.now(UTC).date())
    except FaultsError:
        return None
    return _Draft(found, library_in(found)) if found.version == version else None


def _load(workspace: Path | None, cache: Path, version: str, draft: _Draft | None) -> Content | None:
    if draft is None or draft.workspace.version != version:
        draft = _read(workspace, version)
    return content_of(draft.workspace, cache, draft.library) if draft else None


def _briefly(fault: Fault, workspace: Path | None) -> str:
    """The fault as people are told it: its file is named as in the workspace."""
    file = Path(fault.file)
    within = workspace is not None and file.is_relative_to(workspace)
    name = file.relative_to(workspace) if workspace and within else file.name
    return f"{name}:{fault.line}: {fault.text}"
