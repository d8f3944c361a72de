"""The operators' commands: each becomes an act, or an answer with the right form."""

import re
from collections.abc import Mapping
from typing import Final

from bot.telegram import (
    desk_commands,
    duty_commands,
    passing_commands,
    supervising,
    talk_commands,
    ticket_commands,
)
from bot.telegram.asked import Answer, Asked, Handler
from bot.telegram.surroundings import Surroundings
from handoff.desk import Operator

COMMAND: Final = re.compile(r"/([A-Za-z_]+)(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)


def command_of(text: str, bot_name: str) -> tuple[str, str] | None:
    """Name and argument; None for what is no command of ours."""
    found = COMMAND.fullmatch(text.strip())
    if found is None or (found[2] or bot_name).lower() != bot_name.lower():
        return None
    return found[1].lower(), (found[3] or "").strip()


async def obey(around: Surroundings, name: str, asked: Asked) -> Answer:
    """The act that the command means, or a text that answers it."""
    handler = COMMANDS.get(name)
    if handler is None:
        return around.say_to(asked.operator, "tg_unknown_command", command=name)
    return await handler(around, asked)


def commands_of(operator: Operator | None) -> list[str]:
    """The names of the commands that an operator may use; without one, those of everybody."""
    supervises = operator is not None and operator.supervises
    return [name for name in COMMANDS if supervises or name not in FOR_SUPERVISORS]


async def _help(around: Surroundings, asked: Asked) -> Answer:
    """What works anywhere, and what in a topic only."""
    mine = commands_of(asked.operator)
    parts = [[each for each in mine if each in HERE], [each for each in mine if each not in HERE]]
    told = [around.say_to(asked.operator, "tg_help")]
    for key, names in zip(("tg_help_anywhere", "tg_help_topic"), parts, strict=True):
        told += ["", around.say_to(asked.operator, key)]
        told += [around.say_to(asked.operator, f"tg_form_{each}") for each in names]
    return "\n".join(told)


HERE: Final = frozenset(
    {
        "online",
        "pause",
        "offline",
        "take",
        "c",
        "kb",
        "queue",
        "who",
        "stats",
        "capacity",
        "skills",
        "broadcast",
        "help",
    }
)  # they work anywhere, the others in a topic only
FOR_SUPERVISORS: Final = frozenset({"assign", "skills", "broadcast"})
COMMANDS: Final[Mapping[str, Handler]] = {
    **duty_commands.COMMANDS,
    **ticket_commands.COMMANDS,
    **passing_commands.COMMANDS,
    **talk_commands.COMMANDS,
    **desk_commands.COMMANDS,
    **supervising.COMMANDS,
    "help": _help,
}
