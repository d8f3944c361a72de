"""The operators' buttons: `<verb>:<ticket>[:<arg>]`."""

import logging
import re
from collections.abc import Sequence
from typing import Final

from aiogram.exceptions import AiogramError
from aiogram.types import CallbackQuery

from bot.dialog.acts import Done, Outcome, Refused
from bot.dialog.operator_acts import Accept, Close, Decline, OperatorAct, Redeliver, Take
from bot.telegram.client import told
from bot.telegram.surroundings import Surroundings
from handoff.desk import Operator
from handoff.ticket import Result

_log = logging.getLogger(__name__)

PRESS: Final = re.compile(r"(accept|decline|take|close|result|retry):(\d{1,18})(?::(\w{1,30}))?")
ANSWER_LIMIT: Final = 200


def is_operators(data: str) -> bool:
    """Whether a button is one of ours; a customer's ids never look so."""
    return PRESS.fullmatch(data) is not None


async def press(around: Surroundings, query: CallbackQuery, rows: Sequence[int]) -> bool:
    """Do what the button says and answer it. False when there was nothing to do: then the rows are not ended."""
    operator = around.operator(query.from_user.id)
    if operator is None:
        await answer(around, query, around.say_here("tg_stranger", id=query.from_user.id), alert=True)
        return False
    act = await _act(around, operator, query.data or "")
    if act is None:
        await answer(around, query, around.say_to(operator, "tg_button_unknown"), alert=True)
        return False
    outcome = await around.service.do(act, inbox=rows)
    await answer_outcome(around, query, outcome, around.say_to(operator, f"tg_did_{type(act).__name__.lower()}"))
    return True


async def answer_outcome(around: Surroundings, query: CallbackQuery, outcome: Outcome, done: str = "") -> None:
    """Done in a passing line, a refusal as an alert."""
    match outcome:
        case Refused(text=text):
            await answer(around, query, text, alert=True)
        case Done():
            await answer(around, query, done)


async def answer(around: Surroundings, query: CallbackQuery, text: str, *, alert: bool = False) -> None:
    """End the waiting at the button. A query that is too old, or a network that fails, changes nothing else."""
    try:
        await around.bot.answer_callback_query(query.id, text[:ANSWER_LIMIT] or None, show_alert=alert)
    except AiogramError as error:
        _log.info("a button was not answered: %s", told(error, around.bot))


async def _act(around: Surroundings, operator: Operator, data: str) -> OperatorAct | None:
    found = PRESS.fullmatch(data)
    if found is None:
        return None
    verb, ticket, argument = found[1], int(found[2]), found[3] or ""
    match verb:
        case "accept":
            return Accept(operator.id, ticket)
        case "decline":
            return Decline(operator.id, ticket)
        case "take":
            return Take(operator.id, ticket)
        case "close":
            return Close(operator.id, ticket)
        case "result":
            return Close(operator.id, ticket, result=Result(argument)) if argument in set(Result) else None
        case _:
            return await _retry(around, operator, ticket, argument)


async def _retry(around: Surroundings, operator: Operator, number: int, seq: str) -> OperatorAct | None:
    async with around.ports.store.read() as tx:
        ticket = await tx.ticket(number)
    known = ticket is not None and seq.isascii() and seq.isdigit()
    return Redeliver(operator.id, ticket.conversation, int(seq)) if ticket and known else None
