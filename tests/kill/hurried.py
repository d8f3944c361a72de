"""`frontline run`, life after life: imports are made once and each life is a fork, so that a start takes no seconds.

A line on standard input begins a life; its process id and, in the end, its exit status are told on standard output.
Telegram's paces are raised: the emulator has no limits, and a kill should find something on its way.
"""

import os
import sys
from functools import partial
from pathlib import Path

import bot.cli
import bot.process
import intents.classifier
import kb.search
from bot.telegram import room, window
from bot.telegram.pacing import Pace, Paces

PRELOADED = (bot.process, intents.classifier, kb.search)
FAST = Pace(0.0)


def live(log: Path) -> None:
    """The child's part."""
    with log.open("ab", buffering=0) as out:
        for stream in (1, 2):
            os.dup2(out.fileno(), stream)
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    sys.argv = ["frontline", "run"]
    bot.cli.main()


def main() -> None:
    """The parent's part: until standard input ends."""
    room.Tempo = partial(room.Tempo, Paces(FAST, FAST, FAST))
    window.PATIENCE = 10.0  # on a busy machine the emulator may be slow
    while sys.stdin.buffer.raw.readline():  # unbuffered: a fork must inherit nothing read
        child = os.fork()
        if child == 0:
            live(Path(sys.argv[1]))
            return
        os.write(1, b"%d\n" % child)
        os.write(1, b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    main()
