"""A calendar file that every calendar reads."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import example, given
from hypothesis import strategies as st

from handoff.appointment import Appointment, escaped, folded, ics

NINE = datetime(2026, 5, 5, 9, tzinfo=timezone(timedelta(hours=3)))
NOW = datetime(2026, 5, 4, 18, 10, 11, 999, tzinfo=UTC)


def test_an_appointment_is_one_event_with_its_times_in_utc():
    call = Appointment("7@desk.example", NINE, NINE + timedelta(minutes=30), "Звонок", "Да; мы, вам\nпозвоним", 3)
    assert ics(call, NOW).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Frontline//Callbacks//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:7@desk.example",
        "SEQUENCE:3",
        "DTSTAMP:20260504T181011Z",
        "DTSTART:20260505T060000Z",
        "DTEND:20260505T063000Z",
        "STATUS:CONFIRMED",
        "SUMMARY:Звонок",
        r"DESCRIPTION:Да\; мы\, вам\nпозвоним",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_cancelled_one_takes_itself_out():
    gone = ics(Appointment("7@desk.example", NINE, NINE, "Call", cancelled=True), NOW)
    assert "METHOD:CANCEL\r\n" in gone
    assert "STATUS:CANCELLED\r\n" in gone
    assert "DESCRIPTION" not in gone


@example("SUMMARY:" + "Звонок, " * 30)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=300))
def test_no_line_is_longer_than_75_octets_and_none_loses_a_letter(line: str):
    parts = list(folded(line))
    assert all(len(each.encode()) <= 75 for each in parts)
    assert all(each.startswith(" ") for each in parts[1:])
    assert parts[0] + "".join(each[1:] for each in parts[1:]) == line
    assert len(parts) <= 1 + len(line.encode()) // 71


@given(st.text(max_size=50))
def test_a_text_has_no_line_breaks_of_its_own_and_can_be_read_back(text: str):
    value = escaped(text)
    assert "\n" not in value
    assert "\r" not in value
    back, letters = "", iter(value)
    for letter in letters:
        back += {"n": "\n"}.get(other := next(letters), other) if letter == "\\" else letter
    assert back == text.replace("\r", "")
