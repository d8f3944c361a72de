"""The posts that show an offer, in topics and in private: made, rewritten, remembered."""

import logging
from dataclasses import replace

from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import Message, User
from aiogram.utils.formatting import Text, TextMention, as_list

from bot.dialog.orders import Keyboard
from bot.dialog.topics import OfferPost, Topic
from bot.telegram import keyboards
from bot.telegram.cards import card, skill_of
from bot.telegram.cases import case_of
from bot.telegram.client import chat_of, told
from bot.telegram.faults import Fault, fault_of
from bot.telegram.forum import CARD, Forum
from bot.telegram.line import Line
from bot.telegram.surroundings import Surroundings
from bot.telegram.texts import shortened
from bot.telegram.window import recorded
from handoff.desk import Operator, titled
from handoff.ticket import Ticket
from kb.split import units

_log = logging.getLogger(__name__)

LATEST = 1 << 31  # the whole talk, for a topic that has to be made


class OfferPosts:
    """Puts offers before operators, whatever they look like."""

    def __init__(self, around: Surroundings, forum: Forum, line: Line) -> None:
        self._around, self._forum, self._line = around, forum, line

    async def of(self, ticket: int) -> list[OfferPost]:
        """What shows offers of this ticket; its card does not."""
        return [each for each in await self._around.ports.topics.offer_posts(ticket) if each.kind != CARD]

    async def in_topic(self, post: OfferPost, ticket: Ticket, text: Text, buttons: Keyboard) -> None:
        """Post in the ticket's topic, in one with its card if that is not there yet, and remember where (`post.id`)."""
        chat, upto = chat_of(post.venue), None

        async def send(topic: Topic, _: bool) -> Message:
            nonlocal upto
            upto = await self._forum.due(ticket.number, topic)
            said = (await self._beside_card(ticket, upto, text)).as_kwargs()
            markup = keyboards.drawn(buttons)
            method = SendMessage(chat_id=chat, message_thread_id=topic.thread, reply_markup=markup, **said)
            return await self._line.send(chat, method)

        sent = await self._forum.post(ticket.conversation, chat, LATEST, send)
        if sent is not None:
            await self.remember(replace(post, id=str(sent.message_id), upto=upto))

    async def _beside_card(self, ticket: Ticket, upto: int | None, text: Text) -> Text:
        case = await case_of(self._around, ticket.conversation, ticket.number) if upto is not None else None
        if case is None or upto is None:
            return text
        return as_list(card(self._around, case, upto, units(text.as_kwargs()["text"])), "", text)

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

    async def rewrite(self, post: OfferPost, ticket: Ticket | None, text: str, buttons: Keyboard) -> None:
        """The post says this now; a card in it stays."""
        chat, markup = chat_of(post.venue), keyboards.drawn(buttons)
        said = (await self._beside_card(ticket, post.upto, Text(text)) if ticket else Text(text)).as_kwargs()
        method = EditMessageText(chat_id=chat, message_id=int(post.id), reply_markup=markup, **said)
        try:
            await self._line.change(chat, method)
        except TelegramBadRequest as error:
            if fault_of(error) is Fault.OTHER:
                _log.warning("an offer's post was not settled: %s", told(error, self._around.bot))

    async def remember(self, post: OfferPost) -> None:
        """Where it stands."""
        await recorded(lambda: self._around.ports.topics.add_offer_post(post))

    async def forget(self, ticket: int, settled: list[OfferPost]) -> None:
        """These are settled; a card stays one."""
        topics = self._around.ports.topics
        stay = [each for each in await topics.offer_posts(ticket) if each not in settled]
        stay += [replace(each, operator="", kind=CARD, upto=None) for each in settled if each.upto is not None]
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
