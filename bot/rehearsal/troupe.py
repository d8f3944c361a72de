"""Who plays: the customers with their addresses, and what each was shown since the last act."""

from collections.abc import Sequence

from bot.dialog.acts import Present, Sender
from bot.dialog.conversation import Conversation
from bot.dialog.messages import AuthorKind, Message, Ref
from bot.dialog.orders import TellOperator
from bot.dialog.ports import Transaction
from bot.rehearsal.errors import MismatchError
from bot.rehearsal.script import ScriptShape
from bot.rehearsal.stage import Stage
from handoff.ticket import Ticket

_Marks = dict[str, tuple[int, int]]  # conversation -> how many messages and notes there were


class Troupe:
    """The customers of one dialogue, by the name that its turns give them."""

    def __init__(self, stage: Stage, shape: ScriptShape) -> None:
        self.stage = stage
        self._shape = shape
        self._marks: _Marks = {}
        self._met: dict[str, None] = {}
        self._keys = 0
        self._orders = 0

    def sender(self, who: str) -> Sender:
        """The customer as the channel knows them."""
        self._met[who] = None
        shape = self._shape
        return Sender(self._channel(who), who, who, language=shape.locale, zone=shape.zone, conversation=who)

    def _channel(self, who: str) -> str:
        return self._shape.channels.get(who, self._shape.channel)

    async def turn_page(self, who: str, *, opened: bool) -> None:
        """A visitor leaves the page, or comes back to it."""
        if opened:
            self.stage.away.discard(who)
            await self.stage.do(Present(who))
        else:
            self.stage.away.add(who)

    def new_key(self) -> str:
        """An id that no act has had yet."""
        self._keys += 1
        return f"key-{self._keys}"

    def ref(self, who: str, key: str) -> Ref:
        """Where the customer's message with this key stands in their chat."""
        return Ref(f"{self._channel(who)}:{who}", key)

    async def mark(self) -> None:
        """An act begins: what comes from here on is since the last act."""
        self._orders = len(await self.stage.orders())
        async with self.stage.read() as tx:
            for each in await self._known(tx):
                self._marks[each.id] = (each.last_seq, len(await tx.notes(each.id)))

    async def conversation(self, tx: Transaction, who: str) -> Conversation:
        """The customer's conversation."""
        found = await tx.conversations([(self._channel(who), who)])
        if not found:
            raise MismatchError(f"a conversation with {who}", "none; let them write first")
        return found[-1]  # the one that is continued there, if any is

    async def told(self, who: str) -> list[Message]:
        """What the customer was shown since the last act: everything but their own words."""
        new = await self._new_messages(who)
        return [each for each in new if each.author.kind is not AuthorKind.CUSTOMER]

    async def shown_to_operators(self, who: str) -> list[str]:
        """The customer's words and the notes since the last act."""
        said = [each.text for each in await self._new_messages(who) if each.author.kind is AuthorKind.CUSTOMER]
        async with self.stage.read() as tx:
            conversation = await self.conversation(tx, who)
            _, seen = self._marks.get(conversation.id, (0, 0))
            return [*said, *(text for _, _, text in (await tx.notes(conversation.id))[seen:])]

    async def told_to_operator(self, who: str) -> list[str]:
        """What this operator alone was told since the last act."""
        new = (await self.stage.orders())[self._orders :]
        return [each.text for each in new if isinstance(each, TellOperator) and each.operator == who]

    async def messages(self, who: str) -> Sequence[Message]:
        """Everything that was said."""
        async with self.stage.read() as tx:
            return await tx.messages((await self.conversation(tx, who)).id)

    async def tickets(self) -> list[Ticket]:
        """The open tickets of everybody, the newest last."""
        async with self.stage.read() as tx:
            found = await tx.tickets_of([each.id for each in await self._known(tx)])
        return sorted(found, key=lambda each: each.number)

    async def _known(self, tx: Transaction) -> list[Conversation]:
        return await tx.conversations([(self._channel(who), who) for who in self._met])

    async def _new_messages(self, who: str) -> list[Message]:
        async with self.stage.read() as tx:
            conversation = await self.conversation(tx, who)
            seen, _ = self._marks.get(conversation.id, (0, 0))
            return await tx.messages(conversation.id, seen)
