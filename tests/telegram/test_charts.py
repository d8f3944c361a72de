"""Charts of letters: how much there was in each hour."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.telegram.charts import by_hour

RIGA = ZoneInfo("Europe/Riga")  # two hours ahead of UTC in November


def at(*hours: int) -> list[datetime]:
    return [datetime(2026, 11, 27, hour, 30, tzinfo=UTC) for hour in hours]


def test_each_hour_is_a_block_on_the_desks_clock_and_all_rows_have_one_scale() -> None:
    asked, taken = at(6, *[7] * 8, *[8] * 4, 13), at(*[7] * 2, 8, 13)
    assert by_hour({"asked": asked, "taken": taken}, RIGA).splitlines() == [
        "      08 11 14",
        "asked ▁█▄····▁",
        "taken ·▂▁····▁",
        "█ = 8",
    ]


def test_where_nothing_happened_there_is_no_chart() -> None:
    assert by_hour({"asked": [], "taken": []}, RIGA) == ""


def test_one_in_the_day_is_drawn_and_not_hidden() -> None:
    assert by_hour({"asked": at(7), "taken": []}, RIGA).splitlines() == ["      09", "asked █", "taken ·", "█ = 1"]
