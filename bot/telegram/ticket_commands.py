"""Commands about the ticket of a topic: taking, holding, booking, closing."""

from collections.abc import Iterable, Mapping
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialog.moments import moment_of
from bot.dialog.operator_acts import Close, Hold, Promise, Take
from bot.dialog.orders import Keyboard
from bot.dialog.times import is_zone
from bot.telegram.asked import Answer, Asked, Deed, Handler, form, in_hand, number, tickets
from bot.telegram.keyboards import ending, open_topic
from bot.telegram.surroundings import Surroundings
from handoff.ticket import Kind, OnHold, Reason, Result, Ticket

CLOSING: Final = (Reason.RESOLVED, Reason.NO_ANSWER, Reason.CANCELLED)  # what an operator may say of a talk


async def _take(around: Surroundings, asked: Asked) -> Answer:
    wanted = number(asked.argument)
    if wanted is not None:
        async with around.ports.store.read() as tx:
            return await _taken(around, asked, wanted, await tx.ticket(wanted))
    if asked.argument or asked.topic is None:
        return form(around, asked, "take")
    open_ones = await tickets(around, asked.topic)
    free = [each for each in open_ones if not each.engaged] or open_ones
    if not free:
        return around.say_to(asked.operator, "tg_no_ticket")
    return await _taken(around, asked, free[0].number, free[0])


async def _taken(around: Surroundings, asked: Asked, number: int, ticket: Ticket | None) -> Deed:
    """With what one may want next, and elsewhere than in its topic the way there."""
    buttons: Keyboard = ()
    if ticket is not None:
        locale = around.desk.default_locale  # everybody sees the buttons
        buttons = ending(around, locale, ticket)
        chat = around.chat_of(ticket.skill)
        if asked.topic is None and chat is not None:
            buttons += open_topic(around, locale, await around.ports.topics.find(ticket.conversation, chat))
    return Deed(Take(asked.operator.id, number), "tg_taken", buttons=buttons)


async def _close(around: Surroundings, asked: Asked) -> Answer:
    ticket = await in_hand(around, asked, "close")
    if isinstance(ticket, str):
        return ticket
    if ticket.kind is Kind.CALLBACK:
        result = _meant(around, asked, "tg_result_", Result)
        if result or not asked.argument:
            return Deed(Close(asked.operator.id, ticket.number, result=Result(result) if result else None))
        return around.say_to(asked.operator, "op_needs_result", ticket=ticket.number, results=_results(around, asked))
    reason = _meant(around, asked, "tg_reason_", CLOSING) if asked.argument else Reason.RESOLVED
    return Deed(Close(asked.operator.id, ticket.number, Reason(reason))) if reason else form(around, asked, "close")


def _meant(around: Surroundings, asked: Asked, prefix: str, codes: Iterable[str]) -> str | None:
    """How it ended: by its code or by its name in one of the desk's languages."""
    word = asked.argument.casefold()
    for code in codes:
        names = {around.say(locale, f"{prefix}{code}").casefold() for locale in around.desk.locales}
        if word == code or word in names:
            return code
    return None


def _results(around: Surroundings, asked: Asked) -> str:
    return ", ".join(around.say_to(asked.operator, f"tg_result_{each}").lower() for each in Result)


async def _hold(around: Surroundings, asked: Asked) -> Answer:
    ticket = await in_hand(around, asked, "hold")
    if asked.argument:
        return form(around, asked, "hold")
    if isinstance(ticket, str):
        return ticket
    on = not isinstance(ticket.state, OnHold)
    return Deed(Hold(asked.operator.id, ticket.number, on), "tg_held" if on else "tg_resumed")


async def _callback(around: Surroundings, asked: Asked) -> Answer:
    ticket = await in_hand(around, asked, "callback")
    if isinstance(ticket, str):
        return ticket
    if not asked.argument:
        return Deed(Promise(asked.operator.id, ticket.number), "tg_times_offered")
    zone = await _zone(around, ticket.conversation)
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
