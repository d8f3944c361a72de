"""Commands about the ticket of a topic: taking, holding, booking, closing."""

from collections.abc import Mapping
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialog.moments import moment_of
from bot.dialog.operator_acts import Close, Hold, Promise, Take
from bot.dialog.times import is_zone
from bot.telegram.asked import Answer, Asked, Deed, Handler, form, held, number, tickets
from bot.telegram.surroundings import Surroundings
from handoff.ticket import Kind, OnHold, Reason, Result

CLOSING: Final = (Reason.RESOLVED, Reason.NO_ANSWER, Reason.CANCELLED)  # what an operator may say of a talk


async def _take(around: Surroundings, asked: Asked) -> Answer:
    wanted = number(asked.argument)
    if wanted is not None:
        return Deed(Take(asked.operator.id, wanted), "tg_taken")
    if asked.argument or asked.topic is None:
        return form(around, asked, "take")
    open_ones = await tickets(around, asked.topic)
    free = [each for each in open_ones if not each.engaged] or open_ones
    if not free:
        return around.say_to(asked.operator, "tg_no_ticket")
    return Deed(Take(asked.operator.id, free[0].number), "tg_taken")


async def _close(around: Surroundings, asked: Asked) -> Answer:
    if asked.topic is None:
        return form(around, asked, "close")
    ticket = await held(around, asked)
    if ticket is None:
        return around.say_to(asked.operator, "tg_no_ticket")
    word = asked.argument.lower()
    if ticket.kind is Kind.CALLBACK and word in set(Result):
        return Deed(Close(asked.operator.id, ticket.number, result=Result(word)))
    if word and word not in CLOSING:
        return form(around, asked, "close")
    return Deed(Close(asked.operator.id, ticket.number, Reason(word) if word else Reason.RESOLVED))


async def _hold(around: Surroundings, asked: Asked) -> Answer:
    if asked.topic is None or asked.argument:
        return form(around, asked, "hold")
    ticket = await held(around, asked)
    if ticket is None:
        return around.say_to(asked.operator, "tg_no_ticket")
    on = not isinstance(ticket.state, OnHold)
    return Deed(Hold(asked.operator.id, ticket.number, on), "tg_held" if on else "tg_resumed")


async def _callback(around: Surroundings, asked: Asked) -> Answer:
    if asked.topic is None:
        return form(around, asked, "callback")
    ticket = await held(around, asked)
    if ticket is None:
        return around.say_to(asked.operator, "tg_no_ticket")
    if not asked.argument:
        return Deed(Promise(asked.operator.id, ticket.number), "tg_times_offered")
    zone = await _zone(around, asked.topic.conversation)
    at = moment_of(asked.argument, around.clock(), zone, around.desk.callbacks.slot)
    if at is None:
        return form(around, asked, "callback")
    said = f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} ({zone})"
    return Deed(Promise(asked.operator.id, ticket.number, at), "tg_promised", {"when": said})


async def _zone(around: Surroundings, conversation: str) -> str:
    """The customer's, as far as it is known and is one."""
    async with around.ports.store.read() as tx:
        [known] = await tx.conversations_by_id([conversation])
    return known.zone if known.zone and is_zone(known.zone) else around.desk.timezone


COMMANDS: Final[Mapping[str, Handler]] = {"take": _take, "close": _close, "hold": _hold, "callback": _callback}
