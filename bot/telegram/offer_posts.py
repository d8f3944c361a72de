"""The posts that show an offer, in topics and in private: made, rewritten, remembered."""

import logging

from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import Message, User
from aiogram.utils.formatting import Text, TextMention

from bot.dialog.orders import Keyboard
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
from handoff.ticket import Ticket

_log = logging.getLogger(__name__)

LATEST = 1 << 31  # the whole talk, for a topic that has to be made


class OfferPosts:
    """Puts offers before operators, whatever they look like."""

    def __init__(self, around: Surroundings, forum: Forum, line: Line) -> None:
        self._around, self._forum, self._line = around, forum, line

    async def of(self, ticket: int) -> list[OfferPost]:
        """What shows offers of this ticket; its card does not."""
        return [each for each in await self._around.ports.topics.offer_posts(ticket) if each.kind != CARD]

    async def in_topic(self, ticket: Ticket, chat: int, text: Text, buttons: Keyboard) -> int | None:
        """Post in the ticket's topic; the post's id, None when there is no such conversation any more."""

        async def send(topic: Topic, _: bool) -> Message:
            method = SendMessage(
                chat_id=chat,
                message_thread_id=topic.thread,
                reply_markup=keyboards.drawn(buttons),
                **text.as_kwargs(),
            )
            return await self._line.send(chat, method)

        sent = await self._forum.post(ticket.conversation, chat, LATEST, send)
        return sent.message_id if sent is not None else None

    async def privately(self, chat: int, text: Text, buttons: Keyboard = ()) -> int | None:
        """None when it did not arrive; the group has it, so nothing is tried again."""
        try:
            method = SendMessage(chat_id=chat, reply_markup=keyboards.drawn(buttons), **text.as_kwargs())
            return (await self._line.send(chat, method)).message_id
        except AiogramError as error:
            _log.info("an operator was not reached in private: %s", told(error, self._around.bot))
            return None

    async def link(self, conversation: str, chat: int, locale: str) -> Keyboard:
        """What opens the conversation's topic, for who reads of it elsewhere."""
        return keyboards.open_topic(self._around, locale, await self._around.ports.topics.find(conversation, chat))

    async def rewrite(self, post: OfferPost, text: str, buttons: Keyboard) -> None:
        """The post says this now."""
        chat, markup = chat_of(post.venue), keyboards.drawn(buttons)
        method = EditMessageText(chat_id=chat, message_id=int(post.id), text=text, reply_markup=markup, parse_mode=None)
        try:
            await self._line.change(chat, method)
        except TelegramBadRequest as error:
            if fault_of(error) is Fault.OTHER:
                _log.warning("an offer's post was not settled: %s", told(error, self._around.bot))

    async def remember(self, ticket: Ticket, operator: str, kind: str, chat: int, message: int) -> None:
        """Where it stands."""
        post = OfferPost(ticket.number, operator, kind, venue(chat), str(message))
        await recorded(lambda: self._around.ports.topics.add_offer_post(post))

    async def forget(self, ticket: int, settled: list[OfferPost]) -> None:
        """These are settled."""
        topics = self._around.ports.topics
        stay = [each for each in await topics.offer_posts(ticket) if each.kind == CARD or each not in settled]
        await topics.drop_offer_posts(ticket)
        for each in stay:
            await topics.add_offer_post(each)


def words(around: Surroundings, ticket: Ticket, locale: str) -> str:
    """What is offered."""
    kind, skill = around.say(locale, f"tg_kind_{ticket.kind}"), skill_of(around, ticket, locale)
    phone = f" {around.content().show_phone(ticket.phone)}" if ticket.phone else ""
    return around.say(locale, "tg_offer", ticket=ticket.number, kind=kind, skill=skill) + phone


async def in_private(around: Surroundings, ticket: Ticket, locale: str) -> Text:
    """What is offered, by whom and what was asked: there is no card beside it."""
    async with around.ports.store.read() as tx:
        names = [each.name for each in await tx.conversations_by_id([ticket.conversation])]
    offered, question = words(around, ticket, locale), shortened(ticket.brief.question, 500)
    said = [f"{offered[:1].upper()}{offered[1:]}", *(shortened(each, 100) for each in names), question]
    return Text("\n".join(each for each in said if each))


def mention(operator: Operator, locale: str) -> Text:
    """The operator's name, so that they are called."""
    name = titled(operator.name, locale) or operator.id
    if operator.telegram is None:
        return Text(name)
    return TextMention(name, user=User(id=operator.telegram, is_bot=False, first_name=name))
