"""What operators write after /callback is a moment on the customer's clock, or it is refused."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.dialog.moments import day_of, moment_of

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)  # 12:00 in Riga


def said(text, zone="Europe/Riga", now=TUESDAY):
    found = moment_of(text, now, zone)
    return found.strftime("%d %H:%M") if found else None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("10:30", "25 08:30"),
        ("15", "24 13:00"),
        ("3 pm", "24 13:00"),
        ("12 am", "24 22:00"),
        ("in 15", "24 13:00"),
        ("today 15:00", "24 13:00"),
        ("tomorrow at 10", "25 08:00"),
        ("Tomorrow, 10:00", "25 08:00"),
        ("завтра в 10", "25 08:00"),
        ("Завтра в 10 часов", "25 08:00"),
        ("послезавтра 9.30", "26 07:30"),
        ("сегодня в 18:00", "24 16:00"),
        ("rīt plkst. 10", "25 08:00"),
        ("rit 10.00", "25 08:00"),
        ("parīt 9", "26 07:00"),
        ("friday 9:00", "27 07:00"),
        ("on Fri at 9", "27 07:00"),
        ("в пятницу в 9", "27 07:00"),
        ("пт 9:00", "27 07:00"),
        ("piektdien 9.00", "27 07:00"),
        ("trešdien 9", "25 07:00"),
        ("tuesday 15:00", "24 13:00"),
        ("во вторник в 9", "01 07:00"),
        ("2026-12-01 10:00", "01 08:00"),
        ("01.12 10:00", "01 08:00"),
        ("1.12.2026 10:00", "01 08:00"),
        ("23.11 10:00", "23 08:00"),
        ("2026-12-01T10:00", "01 08:00"),
        ("завтра в 9 утра", "25 07:00"),
        ("сегодня в 3 часа дня", "24 13:00"),
        ("завтра в 12 ночи", "24 22:00"),
        ("rīt 7 vakarā", "25 17:00"),
        ("rīt 9 no rīta", "25 07:00"),
        ("4 декабря в 10", "04 08:00"),
        ("4 Dec 10:00", "04 08:00"),
        ("on December 4 at 10", "04 08:00"),
        ("4. decembrī plkst. 10", "04 08:00"),
        ("5 мая 10:00", "05 07:00"),
        ("tomorrow at ten", "25 08:00"),
        ("завтра в десять", "25 08:00"),
        ("rīt desmitos", "25 08:00"),
        ("rīt divpadsmitos", "25 10:00"),
        ("завтра в полдень", "25 10:00"),
        ("in 2 hours", "24 12:00"),
        ("in an hour", "24 11:00"),
        ("in half an hour", "24 10:30"),
        ("in an hour and a half", "24 11:30"),
        ("in 90 min.", "24 11:30"),
        ("через час", "24 11:00"),
        ("через два часа", "24 12:00"),
        ("через полчаса", "24 10:30"),
        ("через полтора часа", "24 11:30"),
        ("через 40 минут", "24 10:40"),
        ("pēc stundas", "24 11:00"),
        ("pēc divām stundām", "24 12:00"),
        ("pēc pusstundas", "24 10:30"),
        ("pēc desmit minūtēm", "24 10:10"),
        ("in two days at 10", "26 08:00"),
        ("через 2 дня в 10", "26 08:00"),
        ("pēc trim dienām desmitos", "27 08:00"),
    ],
)
def test_a_time_is_understood_in_three_languages(text, meant):
    assert said(text) == meant


def test_a_date_that_has_passed_is_the_next_years():
    assert moment_of("23.11 10:00", TUESDAY, "UTC").year == 2027


def test_it_is_the_customers_clock():
    assert said("tomorrow 10:00", "Asia/Tokyo") == "25 01:00"
    assert said("tomorrow 10:00", "UTC") == "25 10:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "soon",
        "25:00",
        "10:75",
        "yesterday 10:00",
        "2026-11-24 10:00",
        "31.02 9:00",
        "31 февраля 9:00",
        "4 smarch 9:00",
        "4 of 9:00",
        "today 10:00",
    ],
)
def test_what_names_no_moment_to_come_is_none(text):
    assert said(text) is None


@pytest.mark.parametrize(
    ("text", "due"), [("in 2 hours", "24 12:30"), ("через час", "24 11:30"), ("in 23 min", "24 10:30")]
)
def test_from_now_on_is_the_next_full_step(text, due):
    now = TUESDAY + timedelta(minutes=7)
    found = moment_of(text, now, "Europe/Riga", timedelta(minutes=30))
    assert found.strftime("%d %H:%M") == due


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow", 25),
        ("В пятницу!", 27),
        ("pirmdien", 30),
        ("in 3 days", 27),
        ("24.11", 24),
        ("now", None),
        ("10", None),
    ],
)
def test_a_day_alone_is_a_day(text, day):
    found = day_of(text, TUESDAY, "Europe/Riga")
    assert (found and found.day) == day
