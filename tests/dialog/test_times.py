"""Times as people say them."""

from datetime import UTC, datetime

import pytest

from bot.dialog.conversation import Conversation
from bot.dialog.scene import Scene
from bot.dialog.times import clock, day_label, is_zone, when
from bot.dialog.tools import Tools
from bot.dialog.work import Work
from tests.dialog.shop import desk

TOOLS = Tools(lambda: "id", lambda _desk, _skill: None)
TRILINGUAL = desk(locales=("en", "ru", "lv"))


def scene(now: datetime, locale: str = "en", zone: str | None = None) -> Scene:
    talk = Conversation("c", "widget", "v", now, now, locale=locale, zone=zone)
    return Scene(Work(None, TRILINGUAL, TOOLS, now), talk)  # nothing is read


MONDAY = datetime(2026, 5, 4, 18, 10, tzinfo=UTC)  # 21:10 in Riga


@pytest.mark.parametrize(
    ("locale", "at", "said"),
    [
        ("en", datetime(2026, 5, 4, 19, 0, tzinfo=UTC), "today at 22:00"),
        ("en", datetime(2026, 5, 5, 6, 0, tzinfo=UTC), "tomorrow at 09:00"),
        ("en", datetime(2026, 5, 8, 6, 30, tzinfo=UTC), "on Friday, 8 May, at 09:30"),
        ("ru", datetime(2026, 5, 4, 19, 0, tzinfo=UTC), "сегодня в 22:00"),
        ("ru", datetime(2026, 5, 5, 6, 0, tzinfo=UTC), "завтра в 09:00"),
        ("ru", datetime(2026, 5, 12, 6, 0, tzinfo=UTC), "во вторник, 12 мая, в 09:00"),
        ("lv", datetime(2026, 5, 4, 19, 0, tzinfo=UTC), "šodien plkst. 22:00"),
        ("lv", datetime(2026, 5, 5, 6, 0, tzinfo=UTC), "rīt plkst. 09:00"),
        ("lv", datetime(2026, 5, 8, 6, 0, tzinfo=UTC), "piektdien, 8. maijā, plkst. 09:00"),
    ],
)
def test_a_time_is_said_as_a_native_would(locale, at, said):
    assert when(scene(MONDAY, locale), at) == said


@pytest.mark.parametrize(
    ("locale", "zone", "said"),
    [
        ("en", "America/New_York", "tomorrow at 02:00, your time (New York)"),
        ("ru", "America/New_York", "завтра в 02:00 по вашему времени (Нью-Йорк)"),
        ("lv", "Asia/Tokyo", "šodien plkst. 15:00 pēc jūsu laika (Tokija)"),
        ("ru", "Asia/Kolkata", "завтра в 11:30 по вашему времени (Калькутта)"),
        ("ru", "Etc/GMT-5", "завтра в 11:00 по вашему времени (UTC+5)"),
        ("en", "Europe/Tallinn", "tomorrow at 09:00"),
        ("en", "Europe/Riga", "tomorrow at 09:00"),
        ("en", None, "tomorrow at 09:00"),
    ],
)
def test_a_customer_whose_clock_differs_is_told_that_it_is_theirs(locale, zone, said):
    assert when(scene(MONDAY, locale, zone), datetime(2026, 5, 5, 6, 0, tzinfo=UTC)) == said


def test_today_is_the_customers_today():
    at = datetime(2026, 5, 4, 22, 0, tzinfo=UTC)
    assert when(scene(MONDAY, zone="Asia/Tokyo"), at).startswith("today at 07:00")
    assert when(scene(MONDAY), at) == "tomorrow at 01:00"


def test_the_clock_change_is_kept_in_mind():
    saturday = datetime(2026, 10, 24, 9, 0, tzinfo=UTC)
    assert when(scene(saturday), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == "tomorrow at 03:30"
    assert when(scene(saturday), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == "tomorrow at 03:30"
    assert when(scene(saturday), datetime(2026, 10, 26, 7, 0, tzinfo=UTC)) == "on Monday, 26 October, at 09:00"
    # for three weeks in spring New York is an hour nearer than in winter; what counts is the promised day
    assert when(scene(saturday, zone="America/New_York"), datetime(2026, 10, 26, 7, 0, tzinfo=UTC)) == (
        "on Monday, 26 October, at 03:00, your time (New York)"
    )


def test_zones_may_agree_today_and_not_on_the_day():
    march = datetime(2026, 3, 28, 9, 0, tzinfo=UTC)  # Riga and Cairo both are two hours ahead, until Sunday
    assert "your time" not in when(scene(march, zone="Africa/Cairo"), march)
    assert "your time" in when(scene(march, zone="Africa/Cairo"), datetime(2026, 3, 29, 9, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("locale", "labels"),
    [
        ("en", ["Today", "Tomorrow", "Wed, 6 May"]),
        ("ru", ["Сегодня", "Завтра", "Ср, 6 мая"]),
        ("lv", ["Šodien", "Rīt", "T, 6. maijā"]),
    ],
)
def test_days_on_buttons_are_short(locale, labels):
    here = scene(MONDAY, locale)
    days = [datetime(2026, 5, day, tzinfo=UTC).date() for day in (4, 5, 6)]
    assert [day_label(here, each) for each in days] == labels


def test_a_button_shows_the_customers_clock():
    assert clock(scene(MONDAY, zone="Asia/Kolkata"), MONDAY) == "23:40"


@pytest.mark.parametrize("name", ["", "Riga", "../../etc/passwd", "Europe", "Mars/Base", "a\0b", "x" * 5000])
def test_what_a_browser_calls_its_zone_is_checked(name):
    assert not is_zone(name)
    assert is_zone("Europe/Riga")
