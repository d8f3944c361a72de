"""Killed at any instant and started again, nothing that was accepted or promised is lost, and nothing is doubled.

FRONTLINE_KILL_SEED repeats the moments of an earlier run.
"""

import asyncio
import contextlib
import os
from pathlib import Path
from random import Random

import pytest

from tests.kill.accounts import faults_of, figures, repeats
from tests.kill.stage import Stage, stage

KILLS = 16
EARLY_KILLS = 2
LONGEST_LIFE = 4.0  # seconds of traffic
KINDS = ("time", "time", "start", "post", "post", "frame", "ack", "updates")


@pytest.mark.slow
@pytest.mark.timeout(240)
async def test_nothing_is_lost_or_doubled_by_kills_in_live_traffic(tmp_path: Path, models: Path) -> None:
    seed = int(os.environ.get("FRONTLINE_KILL_SEED") or Random().randrange(1_000_000))
    print(f"seed {seed}")  # noqa: T201 - told when it fails
    random = Random(seed)
    async with stage(tmp_path, models, random) as s:
        for _ in range(EARLY_KILLS):  # while it makes its database
            await s.frontline.start()
            await _some_time(random.uniform(0.05, 0.7))
            s.frontline.shoot()
            await s.frontline.dead()
        await s.frontline.start()
        await s.frontline.ready()
        async with s.traffic(each=2):
            for _ in range(KILLS):
                await _live_and_die(s, random)
            await s.frontline.ready()
        assert await s.frontline.stop() == 0
        print(figures(s, EARLY_KILLS + KILLS))  # noqa: T201 - told when it fails
        assert faults_of(s) == []
        assert max(repeats(s).values(), default=0) <= 1, repeats(s)


async def _live_and_die(s: Stage, random: Random) -> None:
    """The end at a random moment, after some time or in the middle of something, and the next start."""
    kind = random.choice(KINDS)
    if kind != "start":
        await s.frontline.ready()
    s.wire.arm(kind, random.randint(1, 25), s.frontline.shoot)
    await _some_time(random.uniform(0.05, LONGEST_LIFE), s.wire.sprung)
    s.wire.disarm()
    s.frontline.shoot()
    await s.frontline.dead()
    await s.frontline.start()


async def _some_time(seconds: float, unless: asyncio.Event | None = None) -> None:
    """The random moment itself; nothing is waited for."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await (unless or asyncio.Event()).wait()
