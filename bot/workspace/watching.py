"""Watching: `python -m bot.workspace.watching` runs beside the serving process, reads each save and trains for it.

A process of its own, rather than a thread, since a thread that trains takes Python's lock from the turns. With one save
after another, at 30 turns a second on two busy cores, a thread made p99 of the turns 4.6 times what it was (p50 3.5
times), and this process 1.1 to 1.4 times; `bench/reload.py` measures it. It is kept, with the libraries that training
needs (some 100 MB), since to load them takes longer than to train, and a save shall be live within two seconds. The
trained matcher goes into the cache folder, from where the serving process takes it as plain arrays.

Each verdict is a line on standard output. A line on standard input asks for one now; its end, which comes with the end
of the serving process however that ends, is the end of this one too.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

from watchfiles import watch

from bot.workspace.loading import prepare, survey
from bot.workspace.places import Places, places
from bot.workspace.verdict import Verdict, broken
from intents.errors import FaultsError
from intents.intent import Catalogue, Intent
from intents.training import train

SETTLE = 0.1  # seconds without a change after which a save is taken for complete
LONGEST_SETTLE = 10  # times that; who saves on and on is not waited for
SWEEP = 0.75  # seconds; changes that no event tells of (links, remote folders) are found by then
STEP = 10  # milliseconds in which events gather
MODEST = 5  # how much less than the serving process it gets of a processor that both want


class Watchman:
    """Judges the workspace in `folder` (the packaged sample without one), each version once."""

    def __init__(
        self, folder: Path | None, cache: Path, served: str, foretell: Callable[[Verdict], None] = lambda _: None
    ) -> None:
        """`served` is a version that is known to be good; `foretell` is told of one that is, and has to be trained."""
        self._folder, self._cache, self._last, self._foretell = folder, cache, Verdict(served), foretell
        self._places = places(folder)
        self._signature: object = None

    def look(self, asked: Event) -> Verdict | None:
        """The verdict on what there is, if any file may have changed or somebody asks; waits for quiet."""
        wanted = asked.is_set()
        asked.clear()
        if not wanted and self._places.signature() == self._signature:
            return None
        self._signature = self._quiet(asked)
        version = self._places.version()
        verdict = self._judge(version) if wanted or version != self._last.version else self._last
        if verdict.faults and self._places.signature() != self._signature:
            self._signature = None
            return None  # half of a larger change; the other half is judged
        self._last = verdict
        return verdict

    def _quiet(self, asked: Event) -> object:
        seen = self._places.signature()
        for _ in range(LONGEST_SETTLE):
            asked.wait(SETTLE)
            before, seen = seen, self._places.signature()
            if seen == before:
                break
        return seen

    def _judge(self, version: str) -> Verdict:
        try:
            workspace = survey(self._folder, datetime.now(UTC).date())
            self._foretell(Verdict(workspace.version, final=False))
            prepare(workspace, self._cache)
        except FaultsError as error:
            return Verdict(version, error.faults)
        except Exception as error:  # noqa: BLE001 - the worker's edge: a fault of ours must not end the watch
            return broken(version, self._folder, error)
        return Verdict(workspace.version)


def wakes(where: Places, asked: Event) -> Iterator[None]:
    """Yields whenever something may have changed, or somebody asks, and every so often in any case."""
    while True:
        yield
        folders = where.folders()
        try:
            for _ in watch(
                *folders,
                watch_filter=None,
                debounce=10 * STEP,
                step=STEP,
                rust_timeout=int(SWEEP * 1000),
                yield_on_timeout=True,
                stop_event=asked,
            ):
                yield
                if where.folders() != folders:
                    break
        except OSError:  # a folder went in this moment, or the system has no more watches to give
            asked.wait(SWEEP)


def _warm_up() -> None:
    """Load what training needs, before it is needed."""
    intents = {name: Intent(name, {"en": name}, examples={"en": (f"{name} it", f"to {name}")}) for name in ("go", "do")}
    with suppress(Exception):  # if so little cannot be trained on, the first save waits a little longer
        train(Catalogue(intents, {}, {}), ("en",), None)


def _listen(asked: Event) -> None:
    for _ in sys.stdin:
        asked.set()
    os._exit(0)  # nobody is served any more


def main() -> None:
    """Arguments: the workspace's folder or nothing, the cache's, the version that is served, `on` or `once`."""
    folder, cache, served, mode = sys.argv[1:]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both; the serving process decides when we end
    os.nice(MODEST)
    asked = Event()
    Thread(target=_listen, args=(asked,), daemon=True).start()
    watchman = Watchman(Path(folder) if folder else None, Path(cache), served, _tell)
    if mode == "once":
        asked.set()
        _tell(watchman.look(asked))
        return
    _warm_up()
    for _ in wakes(places(Path(folder) if folder else None), asked):
        _tell(watchman.look(asked))


def _tell(verdict: Verdict | None) -> None:
    if verdict is not None:
        sys.stdout.write(f"{verdict.line()}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
