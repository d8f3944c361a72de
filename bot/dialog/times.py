"""Times as a person would say them, in the customer's zone and language."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.dialog.scene import Scene


@lru_cache(256)
def is_zone(name: str) -> bool:
    """Whether this is the name of a time zone; a browser may send anything."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def clock(scene: Scene, at: datetime) -> str:
    """`09:00` on the customer's clock."""
    return f"{at.astimezone(ZoneInfo(scene.zone)):%H:%M}"


def when(scene: Scene, at: datetime) -> str:
    """`tomorrow at 09:00`, `on Monday, 4 May, at 09:00`; says whose time it is when that is not plain."""
    local = at.astimezone(ZoneInfo(scene.zone))
    today = scene.work.now.astimezone(ZoneInfo(scene.zone)).date()
    said = scene.phrase(_kind(local.date(), today), time=f"{local:%H:%M}", day=on_day(scene, local.date()))
    plain = local.utcoffset() == at.astimezone(ZoneInfo(scene.content.desk.timezone)).utcoffset()
    return said if plain else scene.phrase("when_your_time", when=said, city=city(scene))


def city(scene: Scene) -> str:
    """The city that stands for the customer's zone, in their language."""
    return scene.content.city_of(scene.zone, scene.locale)


def on_day(scene: Scene, day: date) -> str:
    """`on Monday, 4 May`."""
    phrases, locale = scene.content.phrases, scene.locale
    weekday = phrases.list(locale, "on_weekday")[day.weekday()]
    month = phrases.list(locale, "of_month")[day.month - 1]
    return phrases.say(locale, "on_day", weekday=weekday, day=day.day, month=month)


def day_label(scene: Scene, day: date) -> str:
    """`Today`, `Tomorrow`, `Mon, 4 May`: for a button."""
    phrases, locale = scene.content.phrases, scene.locale
    today = scene.work.now.astimezone(ZoneInfo(scene.zone)).date()
    match (day - today).days:
        case 0:
            return scene.phrase("label_today")
        case 1:
            return scene.phrase("label_tomorrow")
        case _:
            weekday = phrases.list(locale, "short_weekday")[day.weekday()]
            month = phrases.list(locale, "of_month")[day.month - 1]
            return phrases.say(locale, "label_day", weekday=weekday, day=day.day, month=month)


def _kind(day: date, today: date) -> str:
    match (day - today).days:
        case 0:
            return "when_today"
        case 1:
            return "when_tomorrow"
        case _:
            return "when_day"
