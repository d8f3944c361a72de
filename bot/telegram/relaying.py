"""Relaying: the talk as its topic shows it, with the customer's files, replies and edits."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendMessage
from aiogram.types import Message as TelegramMessage
from aiogram.utils.formatting import Italic, Text

from bot.dialog.messages import AuthorKind, Message, Ref
from bot.dialog.orders import Announce, MarkFailed, RelayEdit, RelayMessage
from bot.dialog.topics import Topic
from bot.telegram import keyboards
from bot.telegram.cases import case_of
from bot.telegram.client import told, venue
from bot.telegram.copying import Source, copy, origin, reply_to, standing
from bot.telegram.faults import Fault, fault_of
from bot.telegram.forum import Forum
from bot.telegram.groups import Groups
from bot.telegram.joining import fits, joinable, joined, places
from bot.telegram.line import Line
from bot.telegram.surroundings import Surroundings
from bot.telegram.texts import Piece, clipped, pieces_of, signed, worded
from bot.telegram.uploading import Kept, kept, upload
from bot.telegram.window import recorded

_log = logging.getLogger(__name__)

EDIT_LIMIT = 3500


class Relay:
    """Carries out the orders that concern single messages. A message that stands in the topic is not posted again."""

    def __init__(self, around: Surroundings, groups: Groups, forum: Forum, line: Line) -> None:
        self._around, self._groups, self._forum, self._line = around, groups, forum, line

    async def message(self, order: RelayMessage, chat: int) -> None:
        """The customer's words and files, or what an operator said at the local desk."""
        message, refs, answered = await self._find(order.conversation, order.seq)
        if message is None:
            return
        files = kept(self._around.ports.files, message)
        source = origin(refs, chat) if message.attachments and not files else None
        if source is not None:
            copied = await self._copy(message, source, (refs, answered), chat)
            if copied:
                return
        pieces = self._pieces(message, len(files))
        topic = await self._around.ports.topics.find(message.conversation, chat)
        there = len(standing(refs, chat, topic.thread)) if topic else 0
        for piece in pieces[there:]:
            await self._say(message, chat, piece, answered)
        for file in files[max(0, there - len(pieces)) :]:
            await self._upload(message, chat, file)

    async def together(self, orders: Sequence[RelayMessage], chat: int) -> int:
        """As many of these messages, which follow one another, as one post can hold; returns how many that are."""
        messages: list[Message] = []
        replied: list[Ref] = []
        for order in orders:
            message, refs, answered = await self._find(order.conversation, order.seq)
            if message is None or await self._stands_there(refs, order.conversation, chat):
                break
            if not (fits(messages, message) if messages else joinable(message)):
                break
            messages.append(message)
            replied = replied or answered
        if len(messages) < 2:  # noqa: PLR2004 - one alone is not joined
            await self.message(orders[0], chat)
            return 1
        first = messages[0]
        sent = await self._post(first.conversation, first.seq, chat, worded(*joined(messages)), replied)
        await self._recorded(places(messages, chat, sent) if sent else [])
        return len(messages)

    async def edit(self, order: RelayEdit, chat: int) -> None:
        """What the customer changed a message to, as a reply to it."""
        message, refs, _ = await self._find(order.conversation, order.seq)
        if message is not None:
            text = f"✏️ {clipped(message.text, EDIT_LIMIT)}"
            await self._post(message.conversation, message.seq, chat, Piece(text=text, parse_mode=None), refs)

    async def announce(self, order: Announce, chat: int) -> None:
        """A line of ours."""
        await self._remark(order.conversation, chat, order.text, [])

    async def failed(self, order: MarkFailed, chat: int) -> None:
        """At the operator's message: why it did not arrive, and Retry."""
        _, refs, _ = await self._find(order.conversation, order.seq)
        case = await case_of(self._around, order.conversation)
        text = self._around.say_here("tg_undelivered", reason=order.reason)
        markup = keyboards.retry(self._around, case.ticket.number, order.seq) if case and case.ticket else ()
        piece = Piece(text=text, parse_mode=None, reply_markup=keyboards.drawn(markup))
        await self._post(order.conversation, order.seq, chat, piece, refs)

    async def _find(self, conversation: str, seq: int) -> tuple[Message | None, list[Ref], list[Ref]]:
        async with self._around.ports.store.read() as tx:
            message = await tx.message(conversation, seq)
            refs = await tx.refs_of(conversation, seq)
            answered = await tx.refs_of(conversation, message.reply_to) if message and message.reply_to else []
        return message, refs, answered

    async def _copy(self, message: Message, source: Source, known: tuple[list[Ref], list[Ref]], chat: int) -> bool:
        """False when nothing can be copied: then the operator at least learns what there was."""
        refs, answered = known
        if await self._stands_there(refs, message.conversation, chat):
            return True
        self._groups.doubt(chat)  # a copy's answer does not tell where it went: look before it is made

        async def send(topic: Topic, replies: bool) -> list[int]:
            reply = reply_to(answered, chat) if replies else None
            return await copy(self._line, source, chat, topic.thread, reply)

        try:
            copies = await self._forum.post(message.conversation, chat, message.seq - 1, send) or []
        except TelegramBadRequest as error:
            if fault_of(error) is not Fault.OTHER:
                raise
            _log.warning("not copied: %s", told(error, self._around.bot))
            return False
        await self._stands(message, chat, copies)
        if missing := len(source[1]) - len(copies):
            await self._remark(message.conversation, chat, self._around.say_here("tg_not_copied", count=missing), [])
        return True

    def _pieces(self, message: Message, files: int = 0) -> list[Piece]:
        """The words; files that cannot be shown are at least named."""
        text, entities = message.text, list(message.entities)
        if len(message.attachments) > files:
            names = " ".join(f"[{each.name or each.kind}]" for each in message.attachments)
            text = f"{text}\n{names}".strip()
        if message.author.kind is AuthorKind.OPERATOR:
            text, entities = signed(message.author.name, text, entities)
        return pieces_of(replace(message, text=text, entities=tuple(entities), markdown=None))

    async def _say(self, message: Message, chat: int, piece: Piece, answered: list[Ref]) -> None:
        sent = await self._post(message.conversation, message.seq, chat, piece, answered)
        await self._stands(message, chat, [sent] if sent else [])

    async def _upload(self, message: Message, chat: int, file: Kept) -> None:
        async def send(topic: Topic, replies: bool) -> TelegramMessage:
            del replies
            return await upload(lambda method: self._line.send(chat, method), file, chat, topic.thread)

        sent = await self._forum.post(message.conversation, chat, message.seq - 1, send)
        await self._stands(message, chat, [sent.message_id] if sent else [])

    async def _remark(self, conversation: str, chat: int, text: str, answered: list[Ref]) -> None:
        piece = Piece(**Text(Italic(clipped(text, EDIT_LIMIT))).as_kwargs())
        await self._post(conversation, 1 << 31, chat, piece, answered)

    async def _post(self, conversation: str, seq: int, chat: int, piece: Piece, answered: list[Ref]) -> int | None:
        async def send(topic: Topic, replies: bool) -> TelegramMessage:
            reply = reply_to(answered, chat) if replies else None
            method = SendMessage(chat_id=chat, message_thread_id=topic.thread, reply_parameters=reply, **piece)
            return await self._line.send(chat, method)

        sent = await self._forum.post(conversation, chat, seq - 1, send)
        return sent.message_id if sent else None

    async def _stands_there(self, refs: Sequence[Ref], conversation: str, chat: int) -> bool:
        topic = await self._around.ports.topics.find(conversation, chat)
        return topic is not None and bool(standing(refs, chat, topic.thread))

    async def _stands(self, message: Message, chat: int, ids: list[int]) -> None:
        await self._recorded([(Ref(venue(chat), str(each)), message.conversation, message.seq) for each in ids])

    async def _recorded(self, refs: list[tuple[Ref, str, int]]) -> None:
        await recorded(lambda: self._around.ports.outbox.sent([], refs))
        self._line.recorded()
