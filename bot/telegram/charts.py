"""Charts of letters: how much there was in each hour, for posts that show no pictures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

BLOCKS: Final = "▁▂▃▄▅▆▇█"
NOTHING: Final = "·"
EVERY: Final = 3  # hours; so often one is named


def by_hour(rows: Mapping[str, Sequence[datetime]], zone: ZoneInfo) -> str:
    """A row of blocks for each name, one an hour on the zone's clock, all on one scale; empty without any moment."""
    counts = {name: Counter(at.astimezone(zone).hour for at in moments) for name, moments in rows.items()}
    hours = sorted({hour for each in counts.values() for hour in each})
    if not hours:
        return ""
    span, most = range(hours[0], hours[-1] + 1), max(max(each.values(), default=0) for each in counts.values())
    width = max(map(len, rows))
    axis = "".join(f"{hour:02d}".ljust(EVERY) for hour in span[::EVERY]).rstrip()
    lines = ["".join(_block(each[hour], most) for hour in span) for each in counts.values()]
    named = [f"{name.ljust(width)} {line}" for name, line in zip(counts, lines, strict=True)]
    return "\n".join([f"{' ' * width} {axis}", *named, f"{BLOCKS[-1]} = {most}"])


def _block(count: int, most: int) -> str:
    return BLOCKS[(count * len(BLOCKS) - 1) // most] if count else NOTHING
