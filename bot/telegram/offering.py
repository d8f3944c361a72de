"""Offers to one operator: shown in the topic and in private, and settled there."""

import math
from datetime import datetime

from aiogram.methods import SendMessage
from aiogram.utils.formatting import Text

from bot.dialog.orders import Keyboard, SettleOffer, ShowOffer, TellOperator
from bot.dialog.topics import OfferPost
from bot.telegram import keyboards
from bot.telegram.client import chat_of, venue
from bot.telegram.line import Line
from bot.telegram.offer_posts import OfferPosts, in_private, mention, words
from bot.telegram.surroundings import Surroundings
from handoff.desk import Operator, titled
from handoff.ticket import Offered, Ticket

IN_TOPIC, IN_PRIVATE = "topic", "private"


class Offering:
    """Carries out the orders that concern one operator."""

    def __init__(self, around: Surroundings, posts: OfferPosts, line: Line) -> None:
        self._around, self._posts, self._line = around, posts, line

    async def show(self, order: ShowOffer, chat: int) -> None:
        """Nothing is shown of an offer that is over, nor twice of one that stands."""
        operator = self._around.desk.operators.get(order.operator)
        async with self._around.ports.store.read() as tx:
            ticket = await tx.ticket(order.ticket)
            duties = {each.operator: each for each in await tx.duties()}
        seconds = math.ceil((datetime.fromisoformat(order.deadline) - self._around.clock()).total_seconds())
        if operator is None or ticket is None or seconds <= 0 or not _is_offered(ticket, operator):
            return
        shown = {each.kind for each in await self._posts.of(ticket.number) if each.operator == operator.id}
        if IN_TOPIC not in shown:
            await self._in_topic(operator, ticket, seconds, chat)
        private = duties[operator.id].private_chat if operator.id in duties else None
        if private and IN_PRIVATE not in shown:
            link = await self._posts.link(ticket.conversation, chat, self._around.locale_of(operator))
            await self._in_private(operator, ticket, seconds, chat_of(private), link)

    async def settle(self, order: SettleOffer, chat: int) -> None:
        """The buttons go, and the post says what became of it."""
        operator = self._around.desk.operators.get(order.operator)
        async with self._around.ports.store.read() as tx:
            ticket = await tx.ticket(order.ticket)
        posts = [each for each in await self._posts.of(order.ticket) if each.operator == order.operator]
        mine = [each for each in posts if each.kind in (IN_TOPIC, IN_PRIVATE)]
        for post in mine:
            locale = self._around.locale_of(operator if post.kind == IN_PRIVATE else None)
            names = {"operator": self._name(order.operator, locale), "by": self._name(order.by, locale)}
            text = self._around.say(locale, f"tg_settled_{order.outcome}", ticket=order.ticket, **names)
            theirs = order.outcome == "accepted" or (order.outcome == "taken" and post.kind == IN_TOPIC)
            engaged = ticket is not None and ticket.engaged
            buttons = keyboards.ending(self._around, locale, ticket) if ticket and engaged and theirs else ()
            if ticket and buttons and post.kind == IN_PRIVATE:
                buttons += await self._posts.link(ticket.conversation, chat, locale)
            await self._posts.rewrite(post, ticket, text, buttons)
        await self._posts.forget(order.ticket, mine)

    def _name(self, operator: str, locale: str) -> str:
        known = self._around.desk.operators.get(operator)
        return titled(known.name, locale) if known else operator

    async def tell(self, order: TellOperator, chat: int) -> None:
        """In private if possible, else in General with a mention."""
        operator = self._around.desk.operators.get(order.operator)
        async with self._around.ports.store.read() as tx:
            private = next((each.private_chat for each in await tx.duties() if each.operator == order.operator), None)
        link = await self._posts.link(order.about, chat, self._around.locale_of(operator)) if order.about else ()
        if private and await self._posts.privately(chat_of(private), Text(order.text), link) is not None:
            return
        if order.alone:
            return
        who = mention(operator, self._around.desk.default_locale) if operator else Text(order.operator)
        said = Text(who, ": ", order.text).as_kwargs()
        await self._line.send(chat, SendMessage(chat_id=chat, reply_markup=keyboards.drawn(link), **said))

    async def _in_topic(self, operator: Operator, ticket: Ticket, seconds: int, chat: int) -> None:
        locale = self._around.desk.default_locale
        text = Text(mention(operator, locale), ": ", words(self._around, ticket, locale))
        buttons = keyboards.offer(self._around, locale, ticket, seconds)
        post = OfferPost(ticket.number, operator.id, IN_TOPIC, venue(chat), "")
        await self._posts.in_topic(post, ticket, text, buttons)

    async def _in_private(self, operator: Operator, ticket: Ticket, seconds: int, private: int, link: Keyboard) -> None:
        locale = self._around.locale_of(operator)
        buttons = keyboards.offer(self._around, locale, ticket, seconds) + link
        sent = await self._posts.privately(private, await in_private(self._around, ticket, locale), buttons)
        if sent is not None:
            await self._posts.remember(OfferPost(ticket.number, operator.id, IN_PRIVATE, venue(private), str(sent)))


def _is_offered(ticket: Ticket, operator: Operator) -> bool:
    return isinstance(ticket.state, Offered) and ticket.operator == operator.id
