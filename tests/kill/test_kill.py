"""Killed at any instant and started again, nothing that was accepted or promised is lost, and nothing is doubled."""

import asyncio
import os
from pathlib import Path
from random import Random

import pytest

from tests.kill.accounts import faults_of, figures, repeats
from tests.kill.stage import Stage, stage

KILLS = 20
LONGEST_LIFE = 3.0  # seconds of traffic
KINDS = ("time", "time", "start", "post", "post", "frame", "ack", "updates")


@pytest.mark.slow
@pytest.mark.timeout(240)
async def test_nothing_is_lost_or_doubled_by_kills_in_live_traffic(
    tmp_path: Path, models: Path, record_property: object
) -> None:
    seed = int(os.environ.get("FRONTLINE_KILL_SEED") or Random().randrange(1_000_000))
    print(f"seed {seed}")
    random = Random(seed)
    async with stage(tmp_path, models, random) as s:
        await s.frontline.start()
        await s.frontline.ready()
        await s.open_desk()
        async with asyncio.TaskGroup() as people:
            for number in (1, 2):
                people.create_task(s.crowd.asks(s.visitor(f"wa{number}")))
                people.create_task(s.crowd.talks(s.visitor(f"wt{number}")))
                people.create_task(s.crowd.asks(s.customer(f"ta{number}")))
                people.create_task(s.crowd.talks(s.customer(f"tt{number}")))
            people.create_task(s.crowd.books(s.visitor("wb")))
            people.create_task(s.crowd.books(s.customer("tb")))
            for _ in range(KILLS):
                await _live_and_die(s, random)
            await s.frontline.ready()
            s.crowd.leaving.set()
        await s.settled()
        assert await s.frontline.stop() == 0
        print(figures(s, KILLS))
        assert faults_of(s) == []
        assert max(repeats(s).values(), default=0) <= 1, repeats(s)


async def _live_and_die(s: Stage, random: Random) -> None:
    """The end at a random moment, after some time or in the middle of something, and the next start."""
    kind = random.choice(KINDS)
    if kind != "start":
        await s.frontline.ready()
        import time; print("ready", round(time.time()-1795337700,1))
    s.wire.arm(kind, random.randint(1, 25), s.frontline.shoot)
    life = random.uniform(0.05, LONGEST_LIFE)
    try:
        await asyncio.wait_for(s.wire.sprung.wait(), life)
    except TimeoutError:
        s.frontline.shoot()
    await s.frontline.dead()
    import time; print(s.frontline.lives, kind, round(time.time()-1795337700,1), len(s.api.posted), s.api.updates.next_id, s.rows("select count(*) from outbox"), s.rows("select count(*) from inbox where status='pending'"))
    await s.frontline.start()
