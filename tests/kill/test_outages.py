"""Whatever else fails for a while, Frontline waits for it, and then everything arrives, in order and once."""

import asyncio
import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.bot_api.refusals import too_many
from tests.kill.accounts import faults_of, repeats
from tests.kill.stage import Stage, stage

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]
SEED = 7


@contextlib.contextmanager
def locked(s: Stage) -> Iterator[None]:
    """Somebody else keeps the database's file for writing."""
    with contextlib.closing(sqlite3.connect(s.frontline.database, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


async def test_while_the_database_is_locked_nothing_is_acknowledged_and_then_all_goes_on(
    tmp_path: Path, models: Path
) -> None:
    async with stage(tmp_path, models, Random(SEED)) as s:
        await s.frontline.start()
        await s.frontline.ready()
        async with s.traffic(each=1):
            await s.until(lambda: s.crowd.ledger.replies)
            with locked(s):
                await s.frontline.until_readiness(503)
                stored = {key for (key,) in s.rows("SELECT key FROM message WHERE author = 'customer'")}
                assert {key for visitor in s.visitors for key in visitor.acked} <= stored
                s.customers[0].says("question while-it-was-locked")
                await s.until(lambda: s.visitors[0].waiting)
                assert s.api.updates.waiting
            await s.frontline.ready()
            s.crowd.ledger.questions.append("question while-it-was-locked")
            await s.until(lambda: s.rows("SELECT 1 FROM message WHERE text = 'question while-it-was-locked'"))
        assert await s.frontline.stop() == 0
        assert _tracebacks_apart(faults_of(s)) == []
        assert not repeats(s)


async def test_a_polite_end_finishes_what_was_begun(tmp_path: Path, models: Path) -> None:
    async with stage(tmp_path, models, Random(SEED)) as s:
        await s.frontline.start()
        await s.frontline.ready()
        async with s.traffic(each=2):
            for more in (40, 60, 80):
                posts = len(s.api.posted) + more
                await s.until(lambda: len(s.api.posted) >= posts)
                assert await s.frontline.stop() == 0
                await s.frontline.start()
                await s.frontline.ready()
        assert await s.frontline.stop() == 0
        assert faults_of(s) == []
        assert not repeats(s)


async def test_while_telegram_is_down_everything_waits_and_then_arrives(tmp_path: Path, models: Path) -> None:
    async with stage(tmp_path, models, Random(SEED)) as s:
        await s.frontline.start()
        await s.frontline.ready()
        async with s.traffic(each=1):
            await s.until(lambda: s.crowd.ledger.replies)
            s.api.down = True
            await s.until(lambda: s.api.turned_away >= 10)
            s.api.down = False
        assert await s.frontline.stop() == 0
        assert faults_of(s) == []
        assert not repeats(s)


async def test_a_destination_that_is_limited_waits_as_told_and_no_other_waits_for_it(
    tmp_path: Path, models: Path
) -> None:
    async with stage(tmp_path, models, Random(SEED)) as s:
        await s.frontline.start()
        await s.frontline.ready()
        limited, free = s.customer("limited"), s.customer("free")
        s.api.refuse("sendMessage", too_many(2), chat=limited.person.id)
        texts = [f"question limited-{number}" for number in range(3)]
        for text in texts:
            limited.says(text)
        await s.until(lambda: s.api.turned_away)
        told = asyncio.get_running_loop().time()
        free.says("question free-1")
        await s.until(free.reads)
        assert limited.reads() == []
        await s.until(lambda: len(limited.reads()) == len(texts))
        assert asyncio.get_running_loop().time() - told > 1.5
        s.crowd.ledger.questions += [*texts, "question free-1"]
        await s.settled()
        assert await s.frontline.stop() == 0
        assert faults_of(s) == []
        assert not repeats(s)


def _tracebacks_apart(faults: list[str]) -> list[str]:
    return [each for each in faults if "traceback" not in each]
