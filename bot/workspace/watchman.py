"""The watchman's process, as the serving one sees it: started, asked, listened to, ended."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bot.workspace.verdict import Verdict, verdict_of

LONGEST_LINE = 1 << 24  # bytes; a line holds every fault of a save
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Watchman:
    """One process of `bot.workspace.watching`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    def ask(self) -> None:
        """It shall look now, and answer even if nothing has changed."""
        assert self._process.stdin is not None
        self._process.stdin.write(b"\n")

    async def verdicts(self) -> AsyncIterator[Verdict]:
        """What it finds, until it ends. Raises ValueError when it says something else."""
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            yield verdict_of(line)


@asynccontextmanager
async def watchman(folder: Path | None, cache: Path, served: str, *, once: bool) -> AsyncIterator[Watchman]:
    """The process for the time of the block: it looks once, or goes on watching. Raises OSError if it cannot start."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "bot.workspace.watching"),
        *(str(folder or ""), str(cache), served, "once" if once else "on"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, **ONE_THREAD},
        limit=LONGEST_LINE,
    )
    try:
        yield Watchman(process)
    finally:
        with suppress(ProcessLookupError):
            process.kill()  # it has nothing to finish
        await asyncio.shield(process.communicate())
