"""A zone as people name it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.dialog.zones import zone_at, zone_in
from bot.workspace.cities import zone_of

RIGA = "Europe/Riga"
MAY = datetime(2026, 5, 5, 9, 2, tzinfo=UTC)  # 12:02 in Riga


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Рига", RIGA),
        ("  rīga. ", RIGA),
        ("Нью-Йорк", "America/New_York"),
        ("Europe/Vilnius", "Europe/Vilnius"),
        ("Europe/Atlantis", None),
        ("UTC+5", "Etc/GMT-5"),
        ("gmt -3", "Etc/GMT+3"),
        ("+5:30", "Asia/Kolkata"),
        ("−04:00", "Etc/GMT+4"),
        ("+3", RIGA),
        ("UTC+0", "UTC"),
        ("+14", "Etc/GMT-14"),
        ("+15", None),
        ("-13", None),
        ("+1:15", None),
        ("12:05", RIGA),
        ("9.00", "UTC"),
        ("14:32", "Asia/Kolkata"),
        ("23:02", "Etc/GMT+10"),
        ("21:02", "Etc/GMT-12"),
        ("21:20", None),
        ("25:00", None),
        ("Riga please", None),
        ("", None),
    ],
)
def test_a_zone_is_named_by_city_by_offset_or_by_the_time_on_its_clocks(text, zone):
    assert zone_in(text, MAY, RIGA, zone_of) == zone


def test_every_clock_on_earth_is_told_from_its_time_of_day():
    for quarter in range(-48 + 1, 49):
        offset = quarter * timedelta(minutes=15)
        found = zone_in(f"{MAY + offset:%H:%M}", MAY, RIGA, zone_of)
        assert found == zone_at(offset, MAY, RIGA)
