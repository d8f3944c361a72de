"""How the desk file writes durations, times of day and days of the week."""

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from handoff.hours import DAY, Interval
from intents.looks import retyped

_DURATION = re.compile(r"(\d{1,6})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL_DAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
_HOUR = 60


def duration(value: Any) -> timedelta:
    """`90s`, `15m`, `2h`, `14d`. Raises ValueError with the remedy."""
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if not found:
        remedy = _retyped(value, _DURATION) or "write a number with s, m, h or d: 90s, 15m, 2h, 14d"
        raise ValueError(f"{_named(value)} is not a duration; {remedy}")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _some(value: Any) -> timedelta:
    if not (found := duration(value)):
        raise ValueError(f'"{value}" is no time at all; write a longer one')
    return found


def interval(value: Any) -> Interval:
    """`09:00-18:00`; 24:00 ends a day, and an end before the beginning is on the next one. Raises ValueError."""
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    if not found:
        remedy = _retyped(value, _SPAN) or 'write it as "09:00-18:00"'
        raise ValueError(f"{_named(value)} is not a stretch of the day; {remedy}")
    hours, minutes = (int(found[1]), int(found[3])), (int(found[2]), int(found[4]))
    start, end = (hour * _HOUR + minute for hour, minute in zip(hours, minutes, strict=True))
    if start >= DAY or end > DAY or max(minutes) >= _HOUR:
        raise ValueError(f'"{value}" has a time that no clock shows; a day is 00:00 to 24:00')
    if start == end:
        raise ValueError(f'"{value}" is no time at all; write "00:00-24:00" for the whole day, [] for none')
    return Interval(start, end if end > start else end + DAY)


def _named(value: Any) -> str:
    """The value as it is written, if it is written in one piece."""
    return f'"{value}"' if isinstance(value, str | int | float) and value != "" else "what stands here"


def _retyped(value: Any, form: re.Pattern[str]) -> str | None:
    return retyped(value, form.fullmatch) if isinstance(value, str) else None


def days(value: str) -> tuple[int, ...]:
    """`mon`, `mon-fri`, `mon,wed`, `sat-mon`, as numbers from Monday's 0. Raises ValueError."""
    found: list[int] = []
    for part in value.lower().replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if first not in _DAYS or (last or first) not in _DAYS:
            raise ValueError(f'"{value}" is neither days nor a key we know; {_day_meant(value)}')
        start, end = _DAYS.index(first), _DAYS.index(last or first)
        found += [(start + step) % 7 for step in range((end - start) % 7 + 1)]
    return tuple(found)


def _day_meant(value: str) -> str:
    if value.lower() in _FULL_DAYS:
        return f'write "{value.lower()[:3]}"'
    usual = f'days are {" ".join(_DAYS)}, mon-fri or mon,wed, beside "holidays" and "dates"'
    return retyped(value, re.compile(DAYS_KEY).match) or usual


def day_name(day: int) -> str:
    """`mon` for 0."""
    return _DAYS[day]


def _window(value: Any) -> tuple[int, int]:
    whole = interval(value)
    if whole.end > DAY:
        raise ValueError(f'"{value}" crosses midnight; begin and end on the same day')
    return whole.start, whole.end


_SPELT = "|".join(f"[{day[0].upper()}{day[0]}]{day[1:]}" for day in _DAYS)
DAYS_KEY = f"^ *({_SPELT}) *([-,] *({_SPELT}) *)*$"  # what `days` reads, for editors
INTERVAL = {"type": "string", "pattern": f"^{_SPAN.pattern}$"}

Duration = Annotated[
    timedelta, BeforeValidator(duration), WithJsonSchema({"type": "string", "pattern": f"^{_DURATION.pattern}$"})
]
Stretch = Annotated[  # a duration that is not zero
    timedelta,
    BeforeValidator(_some),
    WithJsonSchema({"type": "string", "pattern": f"^(?=.*[1-9]){_DURATION.pattern}$"}),
]
Window = Annotated[tuple[int, int], BeforeValidator(_window), WithJsonSchema(INTERVAL)]
