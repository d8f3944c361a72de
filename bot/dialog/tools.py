"""What every batch of turns has at hand, whoever wrote."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.dialog.bridge import Bridge
from bot.dialog.recent_pace import RecentPace
from handoff.desk import Desk


@dataclass(frozen=True, slots=True)
class Tools:
    """Fresh ids, the group where a skill's operators sit (if any), and the recent pace.

    `calendar` gives the address of a promised callback's calendar file, `bridge` the way from the site into Telegram,
    `host` is the name under which the world knows us.
    """

    make_id: Callable[[], str]
    operators_venue: Callable[[Desk, str], str | None]
    pace: RecentPace = field(default_factory=RecentPace)
    calendar: Callable[[int], str] | None = None
    bridge: Bridge | None = None
    host: str = "localhost"
