"""The operators' side: what is written in the group, as acts."""

from collections.abc import Sequence

from aiogram.types import Message

from bot.dialog.acts import Done, Refused
from bot.dialog.operator_acts import Note, OperatorAct, Resay, Say
from bot.dialog.orders import Post
from bot.dialog.records import Changes
from bot.dialog.topics import Topic
from bot.telegram import keyboards
from bot.telegram.asked import Asked, Deed, Said, tickets
from bot.telegram.by_hand import is_by_hand, turned
from bot.telegram.client import venue
from bot.telegram.commands import command_of, obey
from bot.telegram.mentions import Usernames, text_with_ids
from bot.telegram.reading import attachments_of, entities_of, is_said, key_of, kind_of, ref_of, reply_of, text_of
from bot.telegram.surroundings import Surroundings
from handoff.desk import Operator

NOTE = "//"
NOTHING = Said("")
ANONYMOUS = "telegram:anonymous:"


class Operators:
    """Turns messages of the group into acts. Each call ends the inbox rows it is given."""

    def __init__(self, around: Surroundings, bot_name: str, usernames: Usernames) -> None:
        self._around, self._bot_name, self._usernames = around, bot_name, usernames
        self._hinted: set[int] = set()  # tickets; after a restart the hint comes once more

    async def wrote(self, parts: Sequence[Message], rows: Sequence[int]) -> None:
        """One message, or the parts of one album."""
        first = parts[0]
        if is_by_hand(first):
            await turned(self._around, first, await self._topic(first), rows)
        elif not is_said(first) or first.from_user is None:
            await self.end(rows)
        elif first.sender_chat is not None:
            await self._anonymous(first, rows)
        elif first.from_user.is_bot:
            await self.end(rows)
        else:
            text = await text_with_ids(first, self._around, self._usernames)
            command = command_of(text, self._bot_name)
            operator = self._around.operator(first.from_user.id)
            if command is not None:
                await self._command(first, operator, command, rows)
            elif operator is None:
                await self.end(rows)  # being in the group gives nothing
            else:
                await self._words(parts, operator, rows)

    async def edited(self, message: Message, rows: Sequence[int]) -> None:
        """An edit of what went to the customer; edits of anything else concern nobody."""
        operator = self._around.operator(message.from_user.id) if message.from_user else None
        ref = ref_of(message)
        async with self._around.ports.store.read() as tx:
            known = await tx.find([ref])
        if operator is None or ref not in known:
            await self.end(rows)
            return
        await self.do(Resay(operator.id, ref, text_of(message), entities_of(message)), message, rows)

    async def end(self, rows: Sequence[int], answer: str | Said = "", to: Message | None = None) -> None:
        """The update has no act: it is done, and perhaps answered."""
        changes, said = Changes(inbox_done=list(rows)), Said(answer) if isinstance(answer, str) else answer
        if said.text and to is not None:
            post = Post(said.text, _thread(to), to.message_id, said.buttons, said.chart)
            changes.orders.append((venue(to.chat.id), post))
        async with self._around.ports.store.begin() as tx:
            await tx.save(changes)

    async def _anonymous(self, message: Message, rows: Sequence[int]) -> None:
        """Who writes as the group cannot be told from others: asked once a topic to write as themselves."""
        place = f"{ANONYMOUS}{message.chat.id}:{_thread(message) or 0}"
        first = await self._around.ports.keep.put_once(place, "asked")
        await self.end(rows, self._around.say_here("tg_anonymous") if first else "", message)

    async def _command(
        self, message: Message, operator: Operator | None, command: tuple[str, str], rows: Sequence[int]
    ) -> None:
        name, argument = command
        if operator is None:
            user = message.from_user.id if message.from_user else 0
            await self.end(rows, self._around.say_here("tg_stranger", id=user), message)
            return
        topic = await self._topic(message)
        asked = Asked(operator, argument, topic, reply_of(message), key_of(message))
        meant = await obey(self._around, name, asked)
        match meant:
            case Deed(act=act, done=done, params=params, buttons=buttons):
                text = self._around.say_to(operator, done, **params) if done else ""
                await self.do(act, message, rows, Said(text, buttons))
            case answer:
                await self.end(rows, answer, message)

    async def _words(self, parts: Sequence[Message], operator: Operator, rows: Sequence[int]) -> None:
        first = parts[0]
        topic = await self._topic(first)
        if topic is None:
            await self.end(rows)
            return
        worded = next((part for part in parts if text_of(part)), first)
        text = text_of(worded)
        if text.startswith(NOTE) or not await self._holds(operator, topic):
            kept = text.removeprefix(NOTE).strip() or f"[{kind_of(first)}]"
            hint = NOTHING if text.startswith(NOTE) else await self._hint(operator, topic)
            await self.do(Note(operator.id, topic.conversation, kept), first, rows, hint)
            return
        said = Say(
            operator.id,
            topic.conversation,
            key_of(first),
            text,
            entities_of(worded),
            tuple(each for part in parts for each in attachments_of(part)),
            tuple(map(ref_of, parts)),
            reply_of(first),
        )
        await self.do(said, first, rows)

    async def do(self, act: OperatorAct, message: Message, rows: Sequence[int], done: Said = NOTHING) -> None:
        """Hand the act in and answer where it was written: a refusal always, success when there is something to say."""
        outcome = await self._around.service.do(act, inbox=rows)
        match outcome:
            case Refused(text=text):
                await self.end((), text, message)
            case Done(text=text):
                if text or done.text:
                    await self.end((), text or done, message)

    async def _hint(self, operator: Operator, topic: Topic) -> Said:
        """Who writes to a customer whom nobody has taken yet is told, once for a ticket, that it stays a note."""
        waiting = [each for each in await tickets(self._around, topic) if not each.engaged]
        mine = next((each for each in waiting if each.operator in (None, operator.id)), None)
        if mine is None or mine.number in self._hinted:
            return NOTHING
        self._hinted.add(mine.number)
        locale = self._around.desk.default_locale  # everybody in the topic sees the button
        text = self._around.say_to(operator, "tg_only_a_note", ticket=mine.number)
        return Said(text, keyboards.take(self._around, locale, mine))

    async def _topic(self, message: Message) -> Topic | None:
        thread = _thread(message)
        return await self._around.ports.topics.by_thread(message.chat.id, thread) if thread is not None else None

    async def _holds(self, operator: Operator, topic: Topic) -> bool:
        async with self._around.ports.store.read() as tx:
            tickets = await tx.tickets_of([topic.conversation])
        return any(each.engaged and each.operator == operator.id for each in tickets)


def _thread(message: Message) -> int | None:
    """The topic; a thread of replies in General is none."""
    return message.message_thread_id if message.is_topic_message else None
