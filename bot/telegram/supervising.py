"""Commands about who works here: one's own capacity, and what supervisors change."""

from collections.abc import Mapping
from typing import Final

from bot.dialog.operator_acts import Reskill, SetCapacity, SwitchBroadcast
from bot.telegram.asked import Answer, Asked, Deed, Handler, form
from bot.telegram.surroundings import Surroundings
from handoff.naming import levels_named, told_apart

LONGEST: Final = 4  # digits of a number that anybody means
SWITCH: Final = {"on": True, "off": False}


async def _capacity(around: Surroundings, asked: Asked) -> Answer:
    word = asked.argument
    if not word:
        return Deed(SetCapacity(asked.operator.id, None))
    if not (word.isascii() and word.isdigit() and len(word) <= LONGEST):
        return form(around, asked, "capacity")
    return Deed(SetCapacity(asked.operator.id, int(word)))


async def _skills(around: Surroundings, asked: Asked) -> Answer:
    whom, changes = told_apart(asked.argument)
    levels = levels_named(changes)
    if not whom or levels is None:
        return form(around, asked, "skills")
    return Deed(Reskill(asked.operator.id, whom, levels))


async def _broadcast(around: Surroundings, asked: Asked) -> Answer:
    on = SWITCH.get(asked.argument.casefold())
    return form(around, asked, "broadcast") if on is None else Deed(SwitchBroadcast(asked.operator.id, on))


COMMANDS: Final[Mapping[str, Handler]] = {"capacity": _capacity, "skills": _skills, "broadcast": _broadcast}
