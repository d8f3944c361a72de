"""Moments as people write them: `tomorrow 10:00`, `завтра в десять`, `piektdien 9.30`, `in 2 hours`, `2026-12-01 10`.

English, Russian and Latvian words are known, whoever writes them.
"""

import re
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialog.numerals import in_digits
from handoff.hours import instant

_DAYS: Final = {  # words, without diacritics, for days from today on
    0: ("today", "сегодня", "sodien"),
    1: ("tomorrow", "завтра", "rit", "ritdien"),
    2: ("послезавтра", "parit"),
}
_WEEKDAYS: Final = (  # a word for a weekday begins so
    r"mon(day)?|пн|понедельник\w*|pirmdien\w*",
    r"tue(s|sday)?|вт|вторник\w*|otrdien\w*",
    r"wed(nesday)?|ср|сред\w*|tresdien\w*",
    r"thu(r|rs|rsday)?|чт|четверг\w*|ceturtdien\w*",
    r"fri(day)?|пт|пятниц\w*|piektdien\w*",
    r"sat(urday)?|сб|суббот\w*|sestdien\w*",
    r"sun(day)?|вс|воскресень\w*|svetdien\w*",
)
_LITTLE: Final = re.compile(r"\b(at|on|in|в|во|plkst|pulksten|o'clock|час(ов|а)?)\b\.?")
_HALVES: Final = r"am|утра|ночи|no rita|pm|дня|вечера|vakara|pecpusdiena"
_TIME: Final = re.compile(rf"(?<![\d.:-])([01]?\d|2[0-3])(?:[:.]([0-5]\d))?\s*({_HALVES})?$")
_BEFORE_NOON: Final = {"am", "утра", "ночи", "no rita"}
_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})\.(\d{1,2})\.?(\d{4})?(?!\d)")
_NAMED: Final = re.compile(r"(?P<day>\d{1,2})\.? (?P<month>[^\W\d]{3,})|(?P<named>[^\W\d]{3,}) (?P<at>\d{1,2})")
_MONTHS: Final = (  # a word for a month begins so
    ("jan", "янв"),
    ("feb", "фев"),
    ("mar", "мар"),
    ("apr", "апр"),
    ("may", "mai", "май", "мая"),
    ("jun", "июн"),
    ("jul", "июл"),
    ("aug", "авг"),
    ("sep", "сен"),
    ("oct", "okt", "окт"),
    ("nov", "ноя"),
    ("dec", "дек"),
)
_PLAIN: Final = str.maketrans("āčēģīķļņšūžё", "acegiklnsuzе")
_NOON: Final = 12
_MINUTE: Final = timedelta(minutes=1)
_HOURS: Final = ("h", "ч", "s")
_SPAN: Final = re.compile(
    r"(?:in|через|pec) (?:(?P<count>an?|\d{1,3}(?:\.5)?) ?)?"
    r"(?P<unit>h|hrs?|hours?|ч|час(?:а|ов)?|st|stund\w+|m|min\w*|мин\w*)"
)
_SHORT: Final = (
    (re.compile(r"\b(an|one) hour and a half\b|\bone and a half hours\b"), "1.5 hours"),
    (re.compile(r"\bhalf an hour\b|\bполчаса\b|\bpusstund\w*"), "30 min"),
)
_DAYS_AHEAD: Final = re.compile(r"(?:через |pec )?(\d{1,2}) (?:days?|день|дн[яе]й?|dien\w+)")


def moment_of(text: str, now: datetime, zone: str, step: timedelta = _MINUTE) -> datetime | None:
    """The moment (UTC) after `now` that the text names on the zone's clock; None when it names none.

    A time without a day is the next such time. `in 2 hours` means the first full `step` of the day that is no sooner.
    """
    plain = _plain(text)
    ahead = _SPAN.fullmatch(plain)
    if ahead is not None:
        return _rounded(now + _length(ahead["count"], ahead["unit"]), zone, step)
    words = _without_little(plain)
    found = _TIME.search(words)
    if found is None:
        return None
    minute = _minute(int(found[1]), int(found[2] or 0), found[3])
    today = now.astimezone(ZoneInfo(zone)).date()
    named = words[: found.start()].removesuffix("t").strip()  # of 2026-12-01T10:00
    days = _days(named, today) if named else [today, today + timedelta(days=1)]
    moments = (instant(zone, day, minute) for day in days)
    return next((each for each in moments if each > now), None)


def day_of(text: str, now: datetime, zone: str) -> date | None:
    """The day from today on that the text names and no more; None when it names none."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return next((each for each in _days(_without_little(_plain(text)), today) if each >= today), None)


def _plain(text: str) -> str:
    """Small letters without marks, numbers in digits."""
    words = " ".join(text.casefold().translate(_PLAIN).replace(",", " ").split()).strip(" .!?")
    for pattern, meant in _SHORT:
        words = pattern.sub(meant, words)
    return in_digits(words)


def _without_little(plain: str) -> str:
    return " ".join(_LITTLE.sub(" ", plain).split())


def _length(number: str | None, unit: str) -> timedelta:
    each = timedelta(hours=1) if unit.startswith(_HOURS) else _MINUTE
    return each * float(number) if number and number[0].isdigit() else each


def _rounded(at: datetime, zone: str, step: timedelta) -> datetime:
    local = at.astimezone(ZoneInfo(zone))
    since = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return at + (-since % step)


def _minute(hour: int, minute: int, half: str | None) -> int:
    if half is not None:
        hour = hour % _NOON + (0 if half in _BEFORE_NOON else _NOON)
    return hour * 60 + minute


def _days(words: str, today: date) -> list[date]:
    """The days that the words may mean, nearest first."""
    for ahead, known in _DAYS.items():
        if words in known:
            return [today + timedelta(days=ahead)]
    if found := _DAYS_AHEAD.fullmatch(words):
        return [today + timedelta(days=int(found[1]))]
    for weekday, known_as in enumerate(_WEEKDAYS):
        if re.fullmatch(known_as, words):
            ahead = (weekday - today.weekday()) % 7
            return [today + timedelta(days=ahead), today + timedelta(days=ahead + 7)]
    return _dates(words, today)


def _dates(words: str, today: date) -> list[date]:
    found = _DATE.fullmatch(words)
    if found is None:
        return _dates_by_month(words, today)
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    years = [int(year)] if year else [today.year, today.year + 1]
    return [made for each in years if (made := _date(each, int(month), int(day)))]


def _dates_by_month(words: str, today: date) -> list[date]:
    """`4 May`, `May 4`, `4 мая`, `4. maijā`: this year or the next."""
    found = _NAMED.fullmatch(words)
    if found is None:
        return []
    named, day = found["month"] or found["named"], int(found["day"] or found["at"])
    months = [number for number, begins in enumerate(_MONTHS, 1) if named.startswith(begins)]
    years = (today.year, today.year + 1)
    return [made for month in months for each in years if (made := _date(each, month, day))]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
