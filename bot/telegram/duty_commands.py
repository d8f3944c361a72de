"""Commands about oneself: coming, pausing, going."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.dialog.operator_acts import Declare
from bot.telegram.asked import Answer, Asked, Deed, Handler, form
from bot.telegram.glances import clock
from bot.telegram.surroundings import Surroundings
from handoff.operators import Presence

LONGEST_PAUSE: Final = 24 * 60  # minutes


async def _online(_around: Surroundings, asked: Asked) -> Answer:
    return Deed(Declare(asked.operator.id, Presence.ONLINE), "tg_online")


async def _offline(around: Surroundings, asked: Asked) -> Answer:
    """Who has work in hand learns what becomes of it, and how to keep it."""
    act = Declare(asked.operator.id, Presence.OFFLINE)
    async with around.ports.store.read() as tx:
        count = sum(each.engaged for each in await tx.held(asked.operator.id))
    if not count:
        return Deed(act, "tg_offline")
    seconds = round(around.desk.routing.grace.total_seconds())
    return Deed(act, "tg_offline_with", {"count": count, "seconds": seconds})


async def _pause(around: Surroundings, asked: Asked) -> Answer:
    if not asked.argument:
        return Deed(Declare(asked.operator.id, Presence.PAUSED), "tg_paused")
    if not (asked.argument.isascii() and asked.argument.isdigit()) or not 0 < int(asked.argument) <= LONGEST_PAUSE:
        return form(around, asked, "pause")
    until = around.clock() + timedelta(minutes=int(asked.argument))
    said = clock(around, until, around.clock())
    return Deed(Declare(asked.operator.id, Presence.PAUSED, until), "tg_paused_until", {"time": said})


COMMANDS: Final[Mapping[str, Handler]] = {"online": _online, "pause": _pause, "offline": _offline}
