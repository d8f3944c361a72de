"""Orders to customers: showing, editing and hiding messages in their private chats."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.methods import DeleteMessage, EditMessageCaption, EditMessageText, SendDocument, SendMessage
from aiogram.types import BufferedInputFile, InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

from bot.dialog.acts import Undelivered
from bot.dialog.messages import Message, Ref
from bot.dialog.orders import HideMessage, ShowEdit, ShowFile, ShowMessage
from bot.dialog.scene import READS_BY_SEQ
from bot.telegram.client import venue
from bot.telegram.copying import Source, copy, origin, reply_to, standing
from bot.telegram.elsewhere import asked_elsewhere
from bot.telegram.keyboards import inline, phone_button, phone_keyboard
from bot.telegram.line import Line
from bot.telegram.surroundings import Surroundings
from bot.telegram.texts import Piece, below, pieces_of
from bot.telegram.uploading import kept, upload
from bot.telegram.window import recorded

CustomerOrder = ShowMessage | ShowFile | ShowEdit | HideMessage
Refs = list[tuple[Ref, str, int]]
KEYBOARD = "telegram:keyboard:"


@dataclass(frozen=True, slots=True)
class Found:
    """A message, where it stands, where the one it answers stands, and the customer's language.

    `question` is what it answers, where the customer asked that on the site and it does not stand in the chat.
    """

    message: Message
    refs: Sequence[Ref]
    answered: Sequence[Ref]
    locale: str
    question: str = ""


class ToCustomers:
    """Carries out orders to private chats. What stands there already is not sent again."""

    def __init__(self, around: Surroundings, line: Line) -> None:
        self._around, self._line = around, line
        self._keyboards: dict[int, bool] = {}  # chats in which Telegram's own keyboard is shown

    async def carry_out(self, order: CustomerOrder, chat: int) -> None:
        """Raises what Telegram refuses, as aiogram raises it."""
        found = await self._find(order.conversation, order.seq, chat)
        if found is None:
            return
        match order:
            case ShowMessage():
                await self._show(found, chat)
            case ShowFile():
                await self._hand(found, order, chat)
            case ShowEdit():
                await self._edit(found, chat)
            case HideMessage():
                for each in standing(found.refs, chat):
                    await self._line.change(chat, DeleteMessage(chat_id=chat, message_id=each))

    async def _find(self, conversation: str, seq: int, chat: int) -> Found | None:
        async with self._around.ports.store.read() as tx:
            message = await tx.message(conversation, seq)
            if message is None:
                return None
            refs = await tx.refs_of(conversation, seq)
            answered = await tx.refs_of(conversation, message.reply_to) if message.reply_to else []
            known = await tx.conversations_by_id([conversation])
            question = await asked_elsewhere(tx, message, chat) if known and known[0].channel == READS_BY_SEQ else ""
        locale = known[0].locale if known else self._around.desk.default_locale
        return Found(message, refs, answered, locale, question)

    async def _show(self, found: Found, chat: int) -> None:
        message, there = found.message, len(standing(found.refs, chat))
        files = kept(self._around.ports.files, message)
        source = origin(found.refs, chat) if message.attachments and not files else None
        if source is not None:
            if not there:
                await self._copy(found, source, chat)
            return
        texts = below(found.question, message)
        pieces = texts[there:]
        if pieces:
            await self._say(found, chat, pieces)
        for file in files[max(0, there - len(texts)) :]:
            sent = await upload(lambda method: self._line.send(chat, method), file, chat)
            await self._stands(message, chat, [sent.message_id])

    async def _say(self, found: Found, chat: int, pieces: Sequence[Piece]) -> None:
        """The words, from the first piece that does not stand there; the buttons are under the last."""
        message = found.message
        await self._fold_keyboard(message, chat)
        markup, shares = inline(message.buttons), phone_button(message.buttons)
        reply = reply_to(found.answered, chat)
        for number, piece in enumerate(pieces):
            last = number == len(pieces) - 1
            keyboard = self._markup(message, chat, markup) if last else None
            sent = await self._line.send(
                chat, SendMessage(chat_id=chat, reply_parameters=reply, reply_markup=keyboard, **piece)
            )
            await self._stands(message, chat, [sent.message_id])
        if shares is not None and markup is not None:
            hint = self._around.say(found.locale, "tg_share_phone")
            await self._line.send(chat, SendMessage(chat_id=chat, text=hint, reply_markup=phone_keyboard(shares.label)))
        await self._keep_keyboard(chat, shares is not None)

    async def _hand(self, found: Found, order: ShowFile, chat: int) -> None:
        if standing(found.refs, chat):
            return
        file = BufferedInputFile(order.content.encode(), order.name)
        method = SendDocument(chat_id=chat, document=file, caption=found.message.text, parse_mode=None)
        sent = await self._line.send(chat, method)
        await self._stands(found.message, chat, [sent.message_id])

    async def _copy(self, found: Found, source: Source, chat: int) -> None:
        message = found.message
        copies = await copy(self._line, source, chat, None, reply_to(found.answered, chat))
        await self._stands(message, chat, copies)
        if missing := len(source[1]) - len(copies):
            reason = self._around.say_here("tg_not_copied", count=missing)
            await self._around.service.do(Undelivered(message.conversation, message.seq, reason))

    async def _edit(self, found: Found, chat: int) -> None:
        message, here = found.message, standing(found.refs, chat)
        if not here:
            return
        if message.attachments:
            piece = next(iter(pieces_of(message)), Piece(text=""))
            caption = {"caption": piece["text"], "caption_entities": piece.get("entities")}
            method = EditMessageCaption(chat_id=chat, message_id=here[0], parse_mode=None, **caption)
            await self._line.change(chat, method)
            return
        for each, piece in zip(here, below(found.question, message), strict=False):
            await self._line.change(chat, EditMessageText(chat_id=chat, message_id=each, **piece))

    async def _stands(self, message: Message, chat: int, ids: Sequence[int]) -> None:
        """Recorded after each post, so that a long text that broke off goes on where it stopped."""
        refs: Refs = [(Ref(venue(chat), str(each)), message.conversation, message.seq) for each in ids]
        await recorded(lambda: self._around.ports.outbox.sent([], refs))
        self._line.recorded()

    # Telegram's own keyboard, which alone can share a phone number

    def _markup(
        self, message: Message, chat: int, markup: InlineKeyboardMarkup | None
    ) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
        shares = phone_button(message.buttons)
        if markup is not None:
            return markup
        if shares is not None:
            return phone_keyboard(shares.label)
        return ReplyKeyboardRemove() if self._folds(message, chat) else None

    def _folds(self, message: Message, chat: int) -> bool:
        return phone_button(message.buttons) is None and self._keyboards.get(chat, False)

    async def _fold_keyboard(self, message: Message, chat: int) -> None:
        if chat not in self._keyboards:
            self._keyboards[chat] = bool(await self._around.ports.keep.get(f"{KEYBOARD}{chat}"))
        if self._folds(message, chat) and inline(message.buttons) is not None:
            await self._line.send(chat, SendMessage(chat_id=chat, text="✓", reply_markup=ReplyKeyboardRemove()))

    async def _keep_keyboard(self, chat: int, shown: bool) -> None:
        if self._keyboards.get(chat, False) != shown:
            self._keyboards[chat] = shown
            await self._around.ports.keep.put(f"{KEYBOARD}{chat}", "shown" if shown else "")
