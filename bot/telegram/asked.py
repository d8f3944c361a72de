"""What a command is answered with, and what every command needs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.dialog.messages import Ref
from bot.dialog.operator_acts import OperatorAct
from bot.dialog.topics import Topic
from bot.telegram.surroundings import Surroundings
from handoff.desk import Operator


@dataclass(frozen=True, slots=True)
class Asked:
    """A command with what is known where it was written."""

    operator: Operator
    argument: str
    topic: Topic | None = None
    replied: Ref | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """An act, and the text (a phrase's key; empty for none) that tells that it was done."""

    act: OperatorAct
    done: str = ""


Answer = Deed | str
Handler = Callable[[Surroundings, Asked], Awaitable[Answer]]


def form(around: Surroundings, asked: Asked, command: str) -> str:
    """How the command is used."""
    return around.say_to(asked.operator, "tg_form", form=around.say_to(asked.operator, f"tg_form_{command}"))
