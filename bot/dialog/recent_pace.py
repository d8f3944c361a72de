"""The recent pace: read from the event log when somebody needs an estimate, and then kept for a while."""

from datetime import datetime, timedelta

from bot.dialog.ports import Transaction
from handoff.pace import Paces, paces

TICKETS = 200  # the last closed ones tell the pace
RECENT = timedelta(days=7)  # unless they are older
FRESH = timedelta(minutes=5)  # it changes slowly, and reading costs more than a turn


class RecentPace:
    """What one process knows of the pace."""

    def __init__(self) -> None:
        self._paces = Paces()
        self._read: datetime | None = None

    async def at(self, now: datetime, tx: Transaction) -> Paces:
        """The pace of each skill, at most FRESH old."""
        if self._read is None or not self._read <= now < self._read + FRESH:
            log = await tx.last_closed_logs(TICKETS)
            recent = {each.ticket for each in log if each.after == "closed" and each.at > now - RECENT}
            self._paces, self._read = paces(each for each in log if each.ticket in recent), now
        return self._paces
