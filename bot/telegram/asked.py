"""What a command is answered with, and what every command needs."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.dialog.messages import Ref
from bot.dialog.operator_acts import OperatorAct
from bot.dialog.orders import Keyboard
from bot.dialog.topics import Topic
from bot.telegram.surroundings import Surroundings
from handoff.desk import Operator
from handoff.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Asked:
    """A command with what is known where it was written. `key` is the id of its message."""

    operator: Operator
    argument: str
    topic: Topic | None = None
    replied: Ref | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """An act, and the text (a phrase's key with its parameters; empty for none) that tells that it was done."""

    act: OperatorAct
    done: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    buttons: Keyboard = ()


@dataclass(frozen=True, slots=True)
class Said:
    """An answer with buttons, or with a chart below it."""

    text: str
    buttons: Keyboard = ()
    chart: str = ""


Answer = Deed | Said | str
Handler = Callable[[Surroundings, Asked], Awaitable[Answer]]


def form(around: Surroundings, asked: Asked, command: str) -> str:
    """How the command is used."""
    return around.say_to(asked.operator, "tg_form", form=around.say_to(asked.operator, f"tg_form_{command}"))


def number(text: str) -> int | None:
    """A number as people write it, `12` or `#12`."""
    digits = text.strip().removeprefix("#").removeprefix("№")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 18 else None  # noqa: PLR2004 - SQL's


async def tickets(around: Surroundings, topic: Topic) -> list[Ticket]:
    """The topic's open tickets that are not for later."""
    async with around.ports.store.read() as tx:
        return [each for each in await tx.tickets_of([topic.conversation]) if each.state_name != "scheduled"]


async def in_hand(around: Surroundings, asked: Asked, command: str) -> Ticket | str:
    """The ticket that somebody has in this topic, one's own first; else what to answer to the command."""
    if asked.topic is None:
        return form(around, asked, command)
    return await held(around, asked) or around.say_to(asked.operator, "tg_no_ticket")


async def held(around: Surroundings, asked: Asked) -> Ticket | None:
    """The ticket that an operator has in this topic, one's own first."""
    if asked.topic is None:
        return None
    engaged = [each for each in await tickets(around, asked.topic) if each.engaged]
    return next((each for each in engaged if each.operator == asked.operator.id), engaged[0] if engaged else None)
