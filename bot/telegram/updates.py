"""Which side an update belongs to: the customers' private chats or the operators' groups."""

import logging
from collections.abc import Callable, Sequence

from aiogram.types import CallbackQuery, Message, Update
from pydantic import ValidationError

from bot.dialog.acts import CustomerAct
from bot.dialog.bridge import CODE
from bot.dialog.operator_acts import Met
from bot.dialog.records import Incoming
from bot.telegram import customers, enrolling, presses
from bot.telegram.client import venue
from bot.telegram.commands import COMMANDS, command_of
from bot.telegram.errors import UnknownUpdateError
from bot.telegram.groups import Groups
from bot.telegram.membership import Membership
from bot.telegram.mentions import Usernames
from bot.telegram.operators import Operators
from bot.telegram.reading import text_of
from bot.telegram.surroundings import Surroundings
from handoff.desk import Operator

_log = logging.getLogger(__name__)

PRIVATE = "private"


class Updates:
    """The dispatcher's handler: reads the rows of one turn and sees that they end."""

    def __init__(
        self,
        around: Surroundings,
        groups: Groups,
        bot_name: str,
        ordered: Callable[[], None],
        met: Callable[[], None] = lambda: None,
    ) -> None:
        """`ordered` is called when an answer waits in the outbox, `met` when an operator has started the bot."""
        self._around, self._groups, self._bot_name, self._ordered, self._met = around, groups, bot_name, ordered, met
        self._usernames = Usernames(around)
        self._operators = Operators(around, bot_name, self._usernames)
        self._members = Membership(around, groups)

    async def handle(self, turn: Sequence[Incoming]) -> None:
        """One update, or the parts of one album."""
        with self._around.steady():
            await self._handle(turn)
        self._ordered()

    async def _handle(self, turn: Sequence[Incoming]) -> None:
        rows = [row.id for row in turn]
        updates = [_read(row, self._around) for row in turn]
        first = updates[0]
        if first.message is not None:
            await self._wrote([each.message for each in updates if each.message], rows)
        elif first.edited_message is not None:
            await self._edited(first.edited_message, rows)
        elif first.callback_query is not None:
            await self._pressed(first.callback_query, rows)
        elif first.my_chat_member is not None and first.my_chat_member.chat.type == PRIVATE:
            await self._customer(customers.shut_or_opened(first.my_chat_member), rows)
        else:
            await self._operators.end(rows)

    async def _wrote(self, parts: Sequence[Message], rows: Sequence[int]) -> None:
        first = parts[0]
        if first.migrate_to_chat_id is not None and await self._groups.is_ours(first.chat.id):
            await self._groups.move(first.chat.id, first.migrate_to_chat_id)
            await self._operators.end(rows)
        elif first.chat.type != PRIVATE:
            await self._in_group(parts, rows)
        elif (enrolling_now := enrolling.opened(first)) is not None:
            await self._operators.do(enrolling_now, first, rows)
        elif not await self._from_operator(first, rows):
            await self._customer(customers.spoken(parts), rows)

    async def _in_group(self, parts: Sequence[Message], rows: Sequence[int]) -> None:
        author = parts[0].from_user
        if await self._groups.is_ours(parts[0].chat.id):
            if author is not None:
                self._members.seen(author.id)
                await self._usernames.seen(author)
            await self._operators.wrote(parts, rows)
        else:
            await self._operators.end(rows)

    async def _from_operator(self, message: Message, rows: Sequence[int]) -> bool:
        """Operators can be reached in private once they have started the bot, and can give commands there."""
        operator = self._around.operator(message.from_user.id) if message.from_user else None
        command = command_of(text_of(message), self._bot_name)
        await self._usernames.seen(message.from_user)
        if operator is None or command is None or command[1].startswith(CODE):  # who looks from the customers' side
            return False
        if command[0] == "start":
            await self._around.service.do(Met(operator.id, venue(message.chat.id)), inbox=rows)
            await self._operators.end((), self._around.say_to(operator, "tg_met"), message)
            self._met()
            return True
        if command[0] not in COMMANDS:
            return False
        if await self._is_inside(operator):
            await self._operators.wrote([message], rows)
        else:
            await self._operators.end(rows, self._around.say_to(operator, "tg_not_in_group"), message)
        return True

    async def _is_inside(self, operator: Operator) -> bool:
        return operator.telegram is None or await self._members.holds(operator.telegram)

    async def _edited(self, message: Message, rows: Sequence[int]) -> None:
        if message.chat.type == PRIVATE:
            await self._customer(customers.edited(message), rows)
        elif await self._groups.is_ours(message.chat.id):
            await self._operators.edited(message, rows)
        else:
            await self._operators.end(rows)

    async def _pressed(self, query: CallbackQuery, rows: Sequence[int]) -> None:
        private = query.message is None or query.message.chat.type == PRIVATE
        if private and not (presses.is_operators(query.data or "") and self._around.operator(query.from_user.id)):
            outcome = await self._around.service.do(customers.pressed(query), inbox=rows)
            await presses.answer_outcome(self._around, query, outcome)
        elif (operator := self._around.operator(query.from_user.id)) and not await self._is_inside(operator):
            await presses.answer(self._around, query, self._around.say_to(operator, "tg_not_in_group"), alert=True)
            await self._operators.end(rows)
        elif not await presses.press(self._around, query, rows):
            await self._operators.end(rows)

    async def _customer(self, act: CustomerAct | None, rows: Sequence[int]) -> None:
        if act is None:
            await self._operators.end(rows)
        else:
            await self._around.service.do(act, inbox=rows)


def _read(row: Incoming, around: Surroundings) -> Update:
    try:
        return Update.model_validate(row.payload, context={"bot": around.bot})
    except ValidationError as error:
        raise UnknownUpdateError(row.key, str(error.errors(include_url=False)[0]["msg"])) from error
