"""The ticker rings the bell: due-times are rows, and here is who looks at them in time."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.dialog.acts import Act, Outcome, Rang, Swept
from bot.dialog.errors import DialogError
from bot.dialog.ports import Alarms, Leases
from bot.dialog.records import Alarm, Published

_log = logging.getLogger(__name__)

TICK = 1.0  # seconds; a bell that was lost is heard at the next tick
LEASE = "ticker"
LEASE_SECONDS = 3 * TICK  # how long the alarms of a killed process wait


class Service(Protocol):
    """Who handles acts."""

    async def do(self, act: Act) -> Outcome:
        """Handle one act, durably."""
        ...


class Ticker:
    """Turns due alarms into acts, in one process at a time. As an audience it hears of nearer alarms."""

    def __init__(
        self, alarms: Alarms, leases: Leases, service: Service, clock: Callable[[], datetime], holder: str
    ) -> None:
        """`holder` names this process among those that share the database."""
        self._alarms, self._leases, self._service = alarms, leases, service
        self._clock, self._holder = clock, holder
        self._bell = asyncio.Event()
        self._swept = False

    def publish(self, published: Published) -> None:
        """Look again when alarms were set or moved."""
        if published.alarms:
            self._bell.set()

    async def run(self) -> None:
        """Ring until cancelled; then give the lease up, so that another process need not wait for its end."""
        scheduler = AsyncIOScheduler(timezone=UTC, executors={"default": AsyncIOExecutor()})
        forgiving = {"misfire_grace_time": None, "coalesce": True}
        scheduler.add_job(self._wake, IntervalTrigger(seconds=TICK, timezone=UTC), **forgiving)
        scheduler.start()
        try:
            while True:
                self._bell.clear()
                delay = await self._look()
                if delay is not None:
                    at = DateTrigger(datetime.now(UTC) + delay)
                    scheduler.add_job(self._wake, at, id="nearest", replace_existing=True, **forgiving)
                await self._bell.wait()
        finally:
            scheduler.shutdown(wait=False)
            await self._give_up()

    async def _wake(self) -> None:
        self._bell.set()

    async def _look(self) -> timedelta | None:
        """Ring what is due; say how long until the next one, None to wait for the tick."""
        try:
            if not await self._leases.hold(LEASE, self._holder, self._clock(), LEASE_SECONDS):
                self._swept = False
                return None
            if not self._swept:  # what happened while nobody rang
                self._swept = await self._sweep()
            await self._ring()
            due = await self._alarms.next_due()
        except DialogError as error:
            _log.warning("The ticker waits: %s", error)
            return None
        left = due - self._clock() if due else None
        return left if left and left > timedelta(0) else None  # one that is still due failed; the tick tries again

    async def _sweep(self) -> bool:
        """Whether the desk was looked over; what keeps us from it must not keep the alarms from ringing."""
        try:
            await self._service.do(Swept())
        except DialogError:
            raise
        except Exception:  # noqa: BLE001 - the worker's edge, as below
            _log.exception("The desk could not be looked over; it is tried again later")
            return False
        return True

    async def _ring(self) -> None:
        rung: set[Alarm] = set()
        while due := set(await self._alarms.due(self._clock())) - rung:
            rung |= due
            async with asyncio.TaskGroup() as tasks:
                for alarm in sorted(due, key=lambda each: each.due):
                    tasks.create_task(self._act(alarm))

    async def _act(self, alarm: Alarm) -> None:
        try:
            await self._service.do(Rang(alarm.kind, alarm.subject))
        except Exception:  # noqa: BLE001 - the worker's edge: the alarm stays in its row
            _log.exception("The alarm %s of %s failed; it is rung again later", alarm.kind, alarm.subject)

    async def _give_up(self) -> None:
        try:
            await self._leases.release(LEASE, self._holder)
        except DialogError as error:
            _log.warning("The ticker's lease runs out by itself: %s", error)
