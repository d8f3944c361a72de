"""The customer's zone, asked for once where the channel does not tell it: a city, an offset, or the time there."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialog.buttons import cancel
from bot.dialog.conversation import Awaiting
from bot.dialog.messages import Button
from bot.dialog.scene import Scene
from bot.dialog.times import is_zone

NEAR: Final = (-3, -2, -1, 1, 2, 3)  # hours from ours that are worth a button
_HOUR: Final = timedelta(hours=1)
_QUARTER: Final = timedelta(minutes=15)
_DAY: Final = timedelta(days=1)
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_OFFSET: Final = re.compile(r"(?:utc|gmt)?\s*([+\u2212-])\s*(\d{1,2})(?::?([0-5]\d))?")
_EARLIEST, _LATEST = -12 * _HOUR, 14 * _HOUR
_ODD: Final = {  # offsets of no whole hour, with a place that keeps them all the year
    timedelta(hours=-9, minutes=-30): "Pacific/Marquesas",
    timedelta(hours=3, minutes=30): "Asia/Tehran",
    timedelta(hours=4, minutes=30): "Asia/Kabul",
    timedelta(hours=5, minutes=30): "Asia/Kolkata",
    timedelta(hours=5, minutes=45): "Asia/Kathmandu",
    timedelta(hours=6, minutes=30): "Asia/Yangon",
    timedelta(hours=8, minutes=45): "Australia/Eucla",
    timedelta(hours=9, minutes=30): "Australia/Darwin",
}


def ask(scene: Scene) -> None:
    """Which zone the customer is in; the hours that are likely are a press away."""
    scene.set_talk(awaiting=Awaiting.ZONE, subject=None, form=None)
    ours = scene.work.now.astimezone(ZoneInfo(scene.content.desk.timezone))
    hours = [
        Button(f"zone:{int((_offset(ours) + each * _HOUR).total_seconds()) // 60}", f"{ours + each * _HOUR:%H:%M}")
        for each in NEAR
    ]
    scene.say("ask_zone", [*hours, cancel(scene)])


def known(scene: Scene, text: str) -> bool:
    """Whether the text named a zone, which is remembered then; else it is asked again."""
    zone = zone_in(text, scene.work.now, scene.content.desk.timezone, scene.content.zone_of)
    if zone is None:
        scene.say("zone_unknown", [cancel(scene)])
        return False
    keep(scene, zone)
    return True


def keep(scene: Scene, zone: str) -> None:
    """From now on the customer's times are on this clock."""
    scene.stop_waiting()
    scene.set(zone=zone)


def zone_in(text: str, now: datetime, ours: str, zone_of: Callable[[str], str | None]) -> str | None:
    """The zone that the text names: `Рига`, `Europe/Riga`, `UTC+3`, `+5:30`, or the time on its clocks now, `14:35`."""
    words = " ".join(text.split()).strip(" .,!?")
    if "/" in words and is_zone(words):
        return words
    clock, offset = _CLOCK.fullmatch(words), _OFFSET.fullmatch(words.casefold())
    if clock:
        return zone_at(_ahead(timedelta(hours=int(clock[1]), minutes=int(clock[2])), now), now, ours)
    if offset:
        size = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return zone_at(size if offset[1] == "+" else -size, now, ours)
    return zone_of(words)


def zone_at(offset: timedelta, now: datetime, ours: str) -> str | None:
    """A zone with this offset from UTC: ours if that has it now, else one that never changes its clock; or None."""
    if _offset(now.astimezone(ZoneInfo(ours))) == offset:
        return ours
    if not _EARLIEST <= offset <= _LATEST:
        return None
    hours, rest = divmod(offset, _HOUR)
    if rest:
        return _ODD.get(offset)
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"  # POSIX counts the other way round


def _offset(local: datetime) -> timedelta:
    return local.utcoffset() or timedelta()


def _ahead(shown: timedelta, now: datetime) -> timedelta:
    """How far ahead of UTC a clock is that shows this time of day now, give or take seven minutes; at most 12 hours."""
    utc = timedelta(hours=now.hour, minutes=now.minute)
    ahead = round((shown - utc) / _QUARTER) * _QUARTER
    return _DAY / 2 - (_DAY / 2 - ahead) % _DAY
