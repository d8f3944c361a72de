"""An appointment as a calendar file: iCalendar by RFC 5545, one event."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

LINE = 75  # octets before a line must be folded
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True)
class Appointment:
    """What stands in the calendar. `uid` stays the same when it is moved, `sequence` grows."""

    uid: str
    start: datetime
    end: datetime
    summary: str
    description: str = ""
    sequence: int = 0
    cancelled: bool = False


def ics(appointment: Appointment, now: datetime) -> str:
    """The file's text. Times are in UTC; a cancelled appointment takes itself out of the calendar it is opened in."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Frontline//Callbacks//EN",
        "CALSCALE:GREGORIAN",
        f"METHOD:{'CANCEL' if appointment.cancelled else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:{escaped(appointment.uid)}",
        f"SEQUENCE:{appointment.sequence}",
        f"DTSTAMP:{_instant(now)}",
        f"DTSTART:{_instant(appointment.start)}",
        f"DTEND:{_instant(appointment.end)}",
        f"STATUS:{'CANCELLED' if appointment.cancelled else 'CONFIRMED'}",
        f"SUMMARY:{escaped(appointment.summary)}",
        *([f"DESCRIPTION:{escaped(appointment.description)}"] if appointment.description else []),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    """A text value (RFC 5545, 3.3.11)."""
    return text.translate(_ESCAPED)


def folded(line: str) -> Iterator[str]:
    """The line in parts of at most 75 octets, no letter torn; all but the first begin with a space (3.1)."""
    part, room = "", LINE
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield part
            part, room = " ", LINE - 1
        part += letter
        room -= size
    yield part


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
