"""Opening hours from `desk.yaml`: the week, the holidays, the single days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

import holidays

from bot.workspace.codes import Code
from bot.workspace.scalars import DAYS_KEY, INTERVAL, day_name, days, interval
from handoff.hours import DAY, Hours, Interval
from intents.codes import Code as Common
from intents.errors import Fault, FaultsError
from intents.fitting import Shape, fit, nearest
from intents.strict_yaml import Located, Place

FIRST_YEAR = 2025  # holidays of earlier years open nothing any more
YEARS_AHEAD = 4


class HolidaysShape(Shape):
    """Public holidays of a country, or of a part of it."""

    country: str
    """Two letters: LV."""
    subdivision: str | None = None
    """A part of the country with days of its own: BY of DE."""
    closed: bool = True
    """Whether the desk is closed on them."""


_TIMES = {"anyOf": [INTERVAL, {"type": "array", "items": INTERVAL}]}
PLAN: Mapping[str, Any] = {
    "type": "object",
    "description": 'One plan: days (mon, mon-fri, "mon,wed") with their times ("09:00-18:00"), holidays, single dates.',
    "properties": {
        "holidays": HolidaysShape.model_json_schema(),
        "dates": {
            "type": "object",
            "description": "Single days, which win over everything; [] is closed.",
            "patternProperties": {r"^\d{4}-\d{2}-\d{2}$": _TIMES},
            "additionalProperties": False,
        },
    },
    "patternProperties": {DAYS_KEY: _TIMES},
    "additionalProperties": False,
}


@dataclass(slots=True)
class _Plan:
    """One plan of the `hours:` section on its way to Hours."""

    located: Located
    place: Place
    until: int  # the last year whose holidays are looked up
    week: dict[int, tuple[Interval, ...]] = field(default_factory=dict)
    dates: dict[date, tuple[Interval, ...]] = field(default_factory=dict)
    free: frozenset[date] = frozenset()
    faults: list[Fault] = field(default_factory=list)

    def fault(self, place: Place, text: str, code: str = Common.WRONG_VALUE) -> None:
        self.faults.append(self.located.fault((*self.place, *place), code, text))

    def section(self, key: str, value: Any) -> None:
        if key == "holidays":
            self.free = self._holidays(value)
        elif key == "dates":
            self._dates(value)
        else:
            self._days(key, value)

    def _days(self, key: str, value: Any) -> None:
        try:
            named = days(key)
        except ValueError as error:
            self.fault((key,), str(error))
            return
        intervals = self._intervals((key,), value)
        for day in named:
            if day in self.week:
                text = f"{day_name(day)} already has hours in this plan; name every day once"
                self.fault((key,), text, Common.DEFINED_TWICE)
            self.week[day] = intervals

    def _dates(self, value: Any) -> None:
        if not isinstance(value, dict):
            self.fault(("dates",), "single days with their hours are expected here: {2026-12-31: []}")
            return
        for key, written in value.items():
            try:
                day = date.fromisoformat(key)
            except ValueError:
                self.fault(("dates", key), f'"{key}" is not a day; write it as 2026-12-31')
                continue
            self.dates[day] = self._intervals(("dates", key), written)

    def _intervals(self, place: Place, value: Any) -> tuple[Interval, ...]:
        found: list[Interval] = []
        for at, written in enumerate(value if isinstance(value, list) else [value]):
            try:
                found.append(interval(written))
            except ValueError as error:
                worded = not any(each.isdigit() for each in str(written))
                self.fault((*place, at), f"{error}, or [] for a closed day" if worded else str(error))
        found.sort(key=lambda each: each.start)
        for one, two in pairwise(found):
            if two.start < one.end:
                text = f"{_text(one)} and {_text(two)} overlap; make one of them, or part them"
                self.fault(place, text, Code.HOURS_OVERLAP)
        return tuple(found)

    def _holidays(self, value: Any) -> frozenset[date]:
        if not isinstance(value, dict):
            self.fault(("holidays",), "write {country: LV, closed: true}, with the country's two letters")
            return frozenset()
        try:
            shape = fit(HolidaysShape, self.located, (*self.place, "holidays"))
        except FaultsError as error:
            self.faults += error.faults
            return frozenset()
        known = holidays.list_supported_countries()
        if shape.country not in known:
            text = f'holidays of "{shape.country}" are not known; use two capital letters, as LV'
            self.fault(("holidays", "country"), text, Common.UNKNOWN_NAME)
            return frozenset()
        if shape.subdivision is not None and shape.subdivision not in known[shape.country]:
            remedy = nearest(shape.subdivision, known[shape.country])
            text = f'"{shape.subdivision}" is not a part of {shape.country}; {remedy}'
            self.fault(("holidays", "subdivision"), text, Common.UNKNOWN_NAME)
            return frozenset()
        years = range(FIRST_YEAR, self.until + 1)
        dates = holidays.country_holidays(shape.country, subdiv=shape.subdivision, years=years)
        return frozenset(dates) if shape.closed else frozenset()

    def across_midnight(self) -> None:
        for day, intervals in self.week.items():
            tomorrow = self.week.get((day + 1) % 7, ())
            if intervals and tomorrow and intervals[-1].end - DAY > tomorrow[0].start:
                late, early = _text(intervals[-1]), _text(tomorrow[0])
                names = f"{day_name(day)} {late} and {day_name((day + 1) % 7)} {early}"
                text = f"{names} overlap after midnight; end the first at 24:00, or begin the second later"
                self.fault((), text, Code.HOURS_OVERLAP)


def read_hours(
    located: Located, sections: Mapping[str, Mapping[str, Any]], zone: str, today: date, within: Place = ()
) -> dict[str, Hours]:
    """The plans of the `hours:` section by name, with holidays until some years after `today`. Raises FaultsError.

    The section stands `within` that part of the file.
    """
    faults: list[Fault] = []
    hours: dict[str, Hours] = {}
    for name, written in sections.items():
        plan = _plan(located, (*within, "hours", name), written, today)
        faults += plan.faults
        week = tuple(plan.week.get(day, ()) for day in range(7))
        hours[name] = Hours(zone, week, plan.dates, plan.free)
    if faults:
        raise FaultsError(faults)
    return hours


def _plan(located: Located, place: Place, written: Mapping[str, Any], today: date) -> _Plan:
    plan = _Plan(located, place, today.year + YEARS_AHEAD)
    for key, value in written.items():
        plan.section(key, value)
    plan.across_midnight()
    if not plan.week and not plan.faults:
        plan.fault((), f'"{place[-1]}" never opens; add days, as mon-fri: ["09:00-18:00"]', Code.NEVER_OPEN)
    return plan


def _text(each: Interval) -> str:
    end = each.end if each.end <= DAY else each.end - DAY
    return f"{each.start // 60:02}:{each.start % 60:02}-{end // 60:02}:{end % 60:02}"
