"""Offers: shown in the topic and in private, and settled there."""

import logging
import math
from datetime import datetime

from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import Message, User
from aiogram.utils.formatting import Text, TextMention

from bot.dialog.orders import Keyboard, SettleOffer, ShowOffer, TellOperator
from bot.dialog.topics import OfferPost, Topic
from bot.telegram import keyboards
from bot.telegram.cards import skill_of
from bot.telegram.client import chat_of, told, venue
from bot.telegram.faults import Fault, fault_of
from bot.telegram.forum import CARD, Forum
from bot.telegram.line import Line
from bot.telegram.surroundings import Surroundings
from bot.telegram.texts import shortened
from bot.telegram.window import recorded
from handoff.desk import Operator, titled
from handoff.ticket import Offered, Ticket

_log = logging.getLogger(__name__)

IN_TOPIC, IN_PRIVATE = "topic", "private"
LATEST = 1 << 31  # the whole talk, for a topic that has to be made


class Offering:
    """Carries out the orders that concern one operator."""

    def __init__(self, around: Surroundings, forum: Forum, line: Line) -> None:
        self._around, self._forum, self._line = around, forum, line

    async def show(self, order: ShowOffer, chat: int) -> None:
        """Nothing is shown of an offer that is over, nor twice of one that stands."""
        operator = self._around.desk.operators.get(order.operator)
        async with self._around.ports.store.read() as tx:
            ticket = await tx.ticket(order.ticket)
            duties = {each.operator: each for each in await tx.duties()}
        seconds = math.ceil((datetime.fromisoformat(order.deadline) - self._around.clock()).total_seconds())
        if operator is None or ticket is None or seconds <= 0 or not _is_offered(ticket, operator):
            return
        shown = {each.kind for each in await self._posts(ticket.number, operator.id)}
        if IN_TOPIC not in shown:
            await self._in_topic(operator, ticket, seconds, chat)
        private = duties[operator.id].private_chat if operator.id in duties else None
        if private and IN_PRIVATE not in shown:
            await self._in_private(operator, ticket, seconds, chat_of(private))

    async def settle(self, order: SettleOffer) -> None:
        """The buttons go, and the post says what became of it."""
        operator = self._around.desk.operators.get(order.operator)
        async with self._around.ports.store.read() as tx:
            ticket = await tx.ticket(order.ticket)
        posts = await self._posts(order.ticket, order.operator)
        for post in posts:
            locale = self._around.locale_of(operator if post.kind == IN_PRIVATE else None)
            name = titled(operator.name, locale) if operator else order.operator
            text = self._around.say(locale, f"tg_settled_{order.outcome}", operator=name, ticket=order.ticket)
            accepted = order.outcome == "accepted" and ticket is not None and ticket.engaged
            markup = keyboards.ending(self._around, locale, ticket) if accepted and ticket else ()
            await self._rewrite(post, text, markup)
        await self._forget(order.ticket, posts)

    async def tell(self, order: TellOperator, chat: int) -> None:
        """In private if possible, else in General with a mention."""
        operator = self._around.desk.operators.get(order.operator)
        async with self._around.ports.store.read() as tx:
            private = next((each.private_chat for each in await tx.duties() if each.operator == order.operator), None)
        if private and await self._privately(chat_of(private), Text(order.text), ()) is not None:
            return
        who = _mention(operator, self._around.desk.default_locale) if operator else Text(order.operator)
        await self._line.send(chat, SendMessage(chat_id=chat, **Text(who, ": ", order.text).as_kwargs()))

    async def _in_topic(self, operator: Operator, ticket: Ticket, seconds: int, chat: int) -> None:
        locale = self._around.desk.default_locale
        text = Text(_mention(operator, locale), ": ", self._words(ticket, locale)).as_kwargs()
        markup = keyboards.offer(self._around, locale, ticket, seconds)

        async def send(topic: Topic, _: bool) -> Message:
            method = SendMessage(
                chat_id=chat, message_thread_id=topic.thread, reply_markup=keyboards.drawn(markup), **text
            )
            return await self._line.send(chat, method)

        sent = await self._forum.post(ticket.conversation, chat, LATEST, send)
        if sent is not None:
            await self._remember(ticket, operator, IN_TOPIC, chat, sent.message_id)

    async def _in_private(self, operator: Operator, ticket: Ticket, seconds: int, private: int) -> None:
        locale = self._around.locale_of(operator)
        question = shortened(ticket.brief.question, 500)
        text = Text(self._words(ticket, locale), f"\n{question}" if question else "")
        sent = await self._privately(private, text, keyboards.offer(self._around, locale, ticket, seconds))
        if sent is not None:
            await self._remember(ticket, operator, IN_PRIVATE, private, sent)

    async def _privately(self, chat: int, text: Text, markup: Keyboard) -> int | None:
        """None when it did not arrive; the group has it, so nothing is tried again."""
        try:
            method = SendMessage(chat_id=chat, reply_markup=keyboards.drawn(markup), **text.as_kwargs())
            return (await self._line.send(chat, method)).message_id
        except AiogramError as error:
            _log.info("an operator was not reached in private: %s", told(error, self._around.bot))
            return None

    async def _rewrite(self, post: OfferPost, text: str, markup: Keyboard) -> None:
        chat = chat_of(post.venue)
        buttons = keyboards.drawn(markup)
        method = EditMessageText(
            chat_id=chat, message_id=int(post.id), text=text, reply_markup=buttons, parse_mode=None
        )
        try:
            await self._line.change(chat, method)
        except TelegramBadRequest as error:
            if fault_of(error) is Fault.OTHER:
                _log.warning("an offer's post was not settled: %s", told(error, self._around.bot))

    def _words(self, ticket: Ticket, locale: str) -> str:
        kind, skill = self._around.say(locale, f"tg_kind_{ticket.kind}"), skill_of(self._around, ticket, locale)
        phone = f" {ticket.phone}" if ticket.phone else ""
        return self._around.say(locale, "tg_offer", ticket=ticket.number, kind=kind, skill=skill) + phone

    async def _posts(self, ticket: int, operator: str) -> list[OfferPost]:
        return [each for each in await self._around.ports.topics.offer_posts(ticket) if each.operator == operator]

    async def _remember(self, ticket: Ticket, operator: Operator, kind: str, chat: int, message: int) -> None:
        post = OfferPost(ticket.number, operator.id, kind, venue(chat), str(message))
        await recorded(lambda: self._around.ports.topics.add_offer_post(post))

    async def _forget(self, ticket: int, settled: list[OfferPost]) -> None:
        topics = self._around.ports.topics
        stay = [each for each in await topics.offer_posts(ticket) if each.kind == CARD or each not in settled]
        await topics.drop_offer_posts(ticket)
        for each in stay:
            await topics.add_offer_post(each)


def _is_offered(ticket: Ticket, operator: Operator) -> bool:
    return isinstance(ticket.state, Offered) and ticket.operator == operator.id


def _mention(operator: Operator, locale: str) -> Text:
    name = titled(operator.name, locale) or operator.id
    if operator.telegram is None:
        return Text(name)
    return TextMention(name, user=User(id=operator.telegram, is_bot=False, first_name=name))
