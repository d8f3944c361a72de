"""Takes: a waiting ticket shown to everybody who may have it, until one has it."""

from typing import Final

from aiogram.utils.formatting import Text

from bot.dialog.orders import SettleTake, ShowTake
from bot.dialog.topics import OfferPost
from bot.telegram import keyboards
from bot.telegram.client import chat_of, venue
from bot.telegram.offer_posts import OfferPosts, in_private, mention, words
from bot.telegram.surroundings import Surroundings
from handoff.desk import Operator, titled
from handoff.ticket import Ticket

TO_ALL: Final = "take"  # in the topic; its operators stand together in one field
TO_ONE: Final = "take_private"
AND: Final = ","


class Taking:
    """Carries out the orders of a broadcast."""

    def __init__(self, around: Surroundings, posts: OfferPosts) -> None:
        self._around, self._posts = around, posts

    async def show(self, order: ShowTake, chat: int) -> None:
        """One post in the topic that calls them all, and one for each who can be reached in private; nobody twice."""
        async with self._around.ports.store.read() as tx:
            ticket = await tx.ticket(order.ticket)
            private = {each.operator: each.private_chat for each in await tx.duties() if each.private_chat}
        if ticket is None or not ticket.waiting:
            return
        posts = await self._posts.of(ticket.number)
        called = {who for each in posts if each.kind == TO_ALL for who in each.operator.split(AND)}
        reached = {each.operator for each in posts if each.kind == TO_ONE}
        operators = self._around.desk.operators
        fresh = [operators[each] for each in order.operators if each in operators and each not in called]
        if fresh:
            await self._in_topic(fresh, ticket, chat)
        for each in order.operators:
            if each in private and each in operators and each not in reached:
                await self._in_private(operators[each], ticket, chat_of(private[each] or ""), chat)

    async def settle(self, order: SettleTake, chat: int) -> None:
        """The buttons go; who has taken it gets those of their own work."""
        async with self._around.ports.store.read() as tx:
            ticket = await tx.ticket(order.ticket)
        posts = [each for each in await self._posts.of(order.ticket) if each.kind in (TO_ALL, TO_ONE)]
        for post in posts:
            await self._settle(post, order, ticket, chat)
        await self._posts.forget(order.ticket, posts)

    async def _settle(self, post: OfferPost, order: SettleTake, ticket: Ticket | None, chat: int) -> None:
        around, operators = self._around, self._around.desk.operators
        locale, by = around.locale_of(operators.get(post.operator) if post.kind == TO_ONE else None), order.by
        if by:
            name = titled(operators[by].name, locale) if by in operators else by
            text = around.say(locale, "tg_settled_accepted", operator=name, ticket=order.ticket)
        else:
            key = "tg_settled_closed" if order.outcome == "closed" else "tg_take_withdrawn"
            text = around.say(locale, key, ticket=order.ticket)
        works = ticket is not None and ticket.engaged and (post.kind == TO_ALL or post.operator == ticket.operator)
        buttons = keyboards.ending(around, locale, ticket) if ticket and works else ()
        if ticket and works and post.kind == TO_ONE:
            buttons += await self._posts.link(ticket.conversation, chat, locale)
        await self._posts.rewrite(post, ticket, text, buttons)

    async def _in_topic(self, operators: list[Operator], ticket: Ticket, chat: int) -> None:
        locale = self._around.desk.default_locale
        names: list[Text | str] = []
        for each in operators:
            names += [", "] if names else []
            names.append(mention(each, locale))
        text = Text(*names, ": ", words(self._around, ticket, locale))
        post = OfferPost(ticket.number, AND.join(each.id for each in operators), TO_ALL, venue(chat), "")
        await self._posts.in_topic(post, ticket, text, keyboards.take(self._around, locale, ticket))

    async def _in_private(self, operator: Operator, ticket: Ticket, private: int, chat: int) -> None:
        locale = self._around.locale_of(operator)
        link = await self._posts.link(ticket.conversation, chat, locale)
        buttons = keyboards.take(self._around, locale, ticket) + link
        sent = await self._posts.privately(private, await in_private(self._around, ticket, locale), buttons)
        if sent is not None:
            await self._posts.remember(OfferPost(ticket.number, operator.id, TO_ONE, venue(private), str(sent)))
