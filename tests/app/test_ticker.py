"""The ticker: due alarms become acts, in one process at a time."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.dialog.acts import Done, Rang, Swept
from bot.dialog.errors import StoreUnavailableError
from bot.dialog.records import Alarm, Published
from bot.ticker import Ticker

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


class Rows:
    """Alarms and the lease, as a table would have them."""

    def __init__(self, *alarms, holder=None):
        self.alarms, self.holder = list(alarms), holder
        self.asked, self.down = asyncio.Event(), 0

    async def due(self, now, limit=200):
        return sorted((each for each in self.alarms if each.due <= now), key=lambda each: each.due)[:limit]

    async def next_due(self):
        self.asked.set()
        return min((each.due for each in self.alarms), default=None)

    async def hold(self, name, holder, now, seconds):
        self.asked.set()
        if self.down:
            self.down -= 1
            raise StoreUnavailableError("it sleeps")
        self.holder = self.holder or holder
        return self.holder == holder

    async def release(self, name, holder):
        self.holder = None


class Hands:
    """Who handles acts: an alarm that was handled is cleared, one in `broken` raises."""

    def __init__(self, rows, broken=()):
        self.rows, self.broken, self.acts = rows, broken, asyncio.Queue()
        self.unwell = []  # how the next sweeps fail

    async def do(self, act):
        if isinstance(act, Swept) and self.unwell:
            raise self.unwell.pop()
        if isinstance(act, Rang):
            if act.subject in self.broken:
                raise ValueError(act)
            self.rows.alarms = [each for each in self.rows.alarms if each.subject != act.subject]
        self.acts.put_nowait(act)
        return Done()


@asynccontextmanager
async def ticking(rows, hands, clock=lambda: NOW):
    ticker = Ticker(rows, rows, hands, clock, "me")
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        task = tasks.create_task(ticker.run())
        yield ticker
        task.cancel()


def alarm(subject, seconds):
    return Alarm("offer", subject, NOW + timedelta(seconds=seconds))


async def test_everything_due_is_rung_after_a_look_over_the_whole_desk():
    rows = Rows(alarm("2", -5), alarm("1", -60), alarm("3", 600))
    hands = Hands(rows)
    async with ticking(rows, hands):
        assert [await hands.acts.get() for _ in range(3)] == [Swept(), Rang("offer", "1"), Rang("offer", "2")]
    assert [each.subject for each in rows.alarms] == ["3"]


async def test_an_alarm_rings_when_its_time_has_come():
    began = asyncio.get_running_loop().time()
    rows = Rows(alarm("1", 0.2))
    hands = Hands(rows)

    def clock():
        return NOW + timedelta(seconds=asyncio.get_running_loop().time() - began)

    async with ticking(rows, hands, clock):
        assert [await hands.acts.get() for _ in range(2)] == [Swept(), Rang("offer", "1")]


async def test_a_commit_that_set_an_alarm_is_heard_at_once():
    rows = Rows()
    hands = Hands(rows)
    async with ticking(rows, hands) as ticker:
        assert await hands.acts.get() == Swept()
        await rows.asked.wait()
        rows.alarms.append(alarm("1", 0))
        ticker.publish(Published(desk=True))
        ticker.publish(Published(alarms=True))
        assert await hands.acts.get() == Rang("offer", "1")


async def test_nothing_rings_while_another_process_has_the_lease():
    rows = Rows(alarm("1", -1), holder="other")
    hands = Hands(rows)
    async with ticking(rows, hands) as ticker:
        await rows.asked.wait()
        rows.holder = None
        ticker.publish(Published(alarms=True))
        assert await hands.acts.get() == Swept()
        assert await hands.acts.get() == Rang("offer", "1")


async def test_the_lease_is_given_up_at_the_end():
    rows = Rows()
    hands = Hands(rows)
    async with ticking(rows, hands):
        await hands.acts.get()
        assert rows.holder == "me"
    assert rows.holder is None


async def test_an_alarm_that_fails_holds_up_no_other(caplog):
    rows = Rows(alarm("1", -2), alarm("2", -1))
    hands = Hands(rows, broken={"1"})
    async with ticking(rows, hands):
        assert [await hands.acts.get() for _ in range(2)] == [Swept(), Rang("offer", "2")]
    assert [each.subject for each in rows.alarms] == ["1"]
    assert "The alarm offer of 1 failed" in caplog.text


async def test_a_database_that_is_down_is_waited_for():
    rows = Rows(alarm("1", -1))
    rows.down = 1
    hands = Hands(rows)
    async with ticking(rows, hands) as ticker:
        await rows.asked.wait()
        assert hands.acts.empty()
        ticker.publish(Published(alarms=True))
        assert await hands.acts.get() == Swept()


@pytest.mark.parametrize("fault", [ValueError("a row that nobody understands"), StoreUnavailableError("it sleeps")])
async def test_a_sweep_that_fails_is_made_up_for_and_ends_nothing(fault):
    rows = Rows(alarm("1", -5))
    hands = Hands(rows)
    hands.unwell = [fault]
    async with ticking(rows, hands) as ticker:
        await rows.asked.wait()
        ticker.publish(Published(alarms=True))
        done = [await hands.acts.get() for _ in range(2)]
    assert sorted(map(str, done)) == sorted(map(str, [Swept(), Rang("offer", "1")]))
