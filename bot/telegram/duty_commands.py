"""Commands about oneself: coming, pausing, going."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.dialog.operator_acts import Declare
from bot.telegram.asked import Answer, Asked, Deed, Handler, form
from bot.telegram.surroundings import Surroundings
from handoff.operators import Presence

LONGEST_PAUSE: Final = 24 * 60  # minutes


async def _online(_around: Surroundings, asked: Asked) -> Answer:
    return Deed(Declare(asked.operator.id, Presence.ONLINE), "tg_online")


async def _offline(_around: Surroundings, asked: Asked) -> Answer:
    return Deed(Declare(asked.operator.id, Presence.OFFLINE), "tg_offline")


async def _pause(around: Surroundings, asked: Asked) -> Answer:
    if not asked.argument:
        return Deed(Declare(asked.operator.id, Presence.PAUSED), "tg_paused")
    if not (asked.argument.isascii() and asked.argument.isdigit()) or not 0 < int(asked.argument) <= LONGEST_PAUSE:
        return form(around, asked, "pause")
    until = around.clock() + timedelta(minutes=int(asked.argument))
    return Deed(Declare(asked.operator.id, Presence.PAUSED, until), "tg_paused")


COMMANDS: Final[Mapping[str, Handler]] = {"online": _online, "pause": _pause, "offline": _offline}
