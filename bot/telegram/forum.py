"""The forum: a topic for each conversation that needs a person, opened, reopened, remade and named."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar

from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    CloseForumTopic,
    CreateForumTopic,
    DeleteForumTopic,
    DeleteMessage,
    EditForumTopic,
    ReopenForumTopic,
    SendMessage,
)
from aiogram.types import Message

from bot.dialog.topics import OfferPost, Topic, TopicState
from bot.telegram.cards import card, title
from bot.telegram.cases import Case, case_of
from bot.telegram.client import venue
from bot.telegram.errors import GroupUnfitError, TopicStaysError, TurnOverError
from bot.telegram.faults import Fault, fault_of
from bot.telegram.groups import Groups
from bot.telegram.line import Line
from bot.telegram.surroundings import Surroundings
from bot.telegram.window import recorded

T = TypeVar("T")
Send = Callable[[Topic, bool], Awaitable[T]]  # post into a topic, with or without what it replies to
REMEDIES = 4  # per post
CARD = "card"


class Forum:
    """Posts into topics. Only one worker posts to a group, so no two topics are made for one conversation."""

    def __init__(self, around: Surroundings, groups: Groups, line: Line) -> None:
        self._around, self._groups, self._line = around, groups, line
        self._due: dict[tuple[int, int], int] = {}  # by ticket and group: a card that waits, and up to which message

    async def post(self, conversation: str, chat: int, upto: int, send: Send[T]) -> T | None:
        """Post into the conversation's topic, whatever became of it; a new one has the talk up to the message `upto`.

        None for a conversation that is no more. Raises GroupUnfitError for a group without topics.
        """
        await self._groups.must_be_forum(chat)
        topic = await self.topic(conversation, chat, upto)
        replies = True
        for _ in range(REMEDIES):
            if topic is None:
                return None
            try:
                sent = await send(topic, replies)
            except TelegramBadRequest as error:
                match fault_of(error):
                    case Fault.TOPIC_GONE:
                        topic = await self._remade(topic, upto)
                    case Fault.TOPIC_CLOSED:
                        topic = await self._reopened(topic, upto)
                    case Fault.REPLY_GONE if replies:
                        replies = False
                    case _:
                        raise
            else:
                await self._verify(sent, topic)
                return sent
        raise GroupUnfitError(chat, "a topic vanishes as often as it is made", "Look who deletes topics there.")

    async def topic(self, conversation: str, chat: int, upto: int) -> Topic | None:
        """The topic, open, made if there is none."""
        topic = await self._around.ports.topics.find(conversation, chat)
        if topic is not None and topic.state is TopicState.CLOSED:
            return await self._reopened(topic, upto)
        if topic is not None and topic.state is TopicState.OPEN:
            return topic
        case = await case_of(self._around, conversation)
        return await self.open(case, chat, upto) if case else None

    async def open(self, case: Case, chat: int, upto: int) -> Topic:
        """A new topic with its card."""
        topic = await self._make(case, chat)
        await self.show_card(case, topic, upto)
        return topic

    async def _make(self, case: Case, chat: int) -> Topic:
        await self._groups.must_be_forum(chat)
        icon, rest = title(self._around, case)
        made = await self._line.send(chat, CreateForumTopic(chat_id=chat, name=f"{icon} {rest}".strip()))
        topic = Topic(case.conversation.id, chat, made.message_thread_id, TopicState.OPEN, rest, icon)
        await recorded(lambda: self._around.ports.topics.put(topic))
        self._line.recorded()
        return topic

    async def introduce(self, case: Case, chat: int, upto: int) -> None:
        """The ticket's topic, open and up to date, with its card. First the topic: an offer then brings the card along.

        Raises TurnOverError in the first turn.
        """
        known = await self._around.ports.topics.find(case.conversation.id, chat)
        if known is None or known.state is TopicState.GONE:
            await self._make(case, chat)
        which = (case.ticket.number if case.ticket else 0, chat)
        if self._due.get(which) != upto:
            self._due[which] = upto
            raise TurnOverError

        async def show(topic: Topic, _: bool) -> None:
            await self.show_card(case, topic, upto)
            if topic.title != title(self._around, case)[1]:  # an earlier ticket's; an icon has orders of its own
                await self.refresh(case, topic)

        await self.post(case.conversation.id, chat, upto, show)
        del self._due[which]

    async def due(self, ticket: int, topic: Topic) -> int | None:
        """Up to which message a card tells that is still to be posted in the topic; None when none is."""
        return None if await self._has_card(ticket, topic) else self._due.get((ticket, topic.chat))

    async def show_card(self, case: Case, topic: Topic, upto: int) -> None:
        """Post the card, once for a ticket in a topic."""
        if case.ticket is None or await self._has_card(case.ticket.number, topic):
            return
        text = card(self._around, case, upto).as_kwargs()
        sent = await self._line.send(
            topic.chat, SendMessage(chat_id=topic.chat, message_thread_id=topic.thread, **text)
        )
        await self._verify(sent, topic)
        post = OfferPost(case.ticket.number, "", CARD, venue(topic.chat), str(sent.message_id))
        await recorded(lambda: self._around.ports.topics.add_offer_post(post))

    async def refresh(self, case: Case, topic: Topic) -> None:
        """Title, icon and open or closed follow the ticket; one that another group has now is over here."""
        icon, rest = title(self._around, case)
        try:
            if (topic.icon, topic.title) != (icon, rest):
                name = f"{icon} {rest}".strip()
                thread, chat = topic.thread, topic.chat
                await self._line.change(chat, EditForumTopic(chat_id=chat, message_thread_id=thread, name=name))
                topic = replace(topic, icon=icon, title=rest)
                await self._around.ports.topics.put(topic)
            here = any(self._around.chat_of(each.skill) == topic.chat for each in case.open)
            if not here and topic.state is TopicState.OPEN:
                method = CloseForumTopic(chat_id=topic.chat, message_thread_id=topic.thread)
                await self._line.change(topic.chat, method)
                await self._around.ports.topics.put(replace(topic, state=TopicState.CLOSED))
        except TelegramBadRequest as error:
            if fault_of(error) is not Fault.TOPIC_GONE:
                raise
            await self._around.ports.topics.put(replace(topic, state=TopicState.GONE))  # remade with the next post

    async def remove(self, chat: int, thread: int) -> None:
        """Delete the topic with all that stands in it. Raises TopicStaysError where the bot may not."""
        try:
            await self._line.change(chat, DeleteForumTopic(chat_id=chat, message_thread_id=thread))
        except TelegramBadRequest as error:
            match fault_of(error):
                case Fault.TOPIC_GONE:
                    pass
                case Fault.NO_RIGHT:  # of this alone: the rest of what goes to the group need not wait for it
                    raise TopicStaysError(chat, thread, error.message) from error
                case _:
                    raise

    async def say_in_closed(self, chat: int, thread: int, method: SendMessage) -> None:
        """An answer to who has just closed the topic, or may write there all the same; it is closed again then."""
        await self._line.change(chat, ReopenForumTopic(chat_id=chat, message_thread_id=thread))
        await self._line.send(chat, method)
        await self._line.change(chat, CloseForumTopic(chat_id=chat, message_thread_id=thread))

    async def _reopened(self, topic: Topic, upto: int) -> Topic | None:
        method = ReopenForumTopic(chat_id=topic.chat, message_thread_id=topic.thread)
        try:
            await self._line.change(topic.chat, method)
        except TelegramBadRequest as error:
            if fault_of(error) is not Fault.TOPIC_GONE:
                raise
            return await self._remade(topic, upto)
        topic = replace(topic, state=TopicState.OPEN)
        await self._around.ports.topics.put(topic)
        return topic

    async def _remade(self, topic: Topic, upto: int) -> Topic | None:
        await self._around.ports.topics.put(replace(topic, state=TopicState.GONE))
        case = await case_of(self._around, topic.conversation)
        return await self.open(case, topic.chat, upto) if case else None

    async def _has_card(self, ticket: int, topic: Topic) -> bool:
        posts = await self._around.ports.topics.offer_posts(ticket)
        cards = (each for each in posts if each.kind == CARD or each.upto is not None)
        return any(int(each.id) > topic.thread for each in cards if each.venue == venue(topic.chat))

    async def _verify(self, sent: object, topic: Topic) -> None:
        """With topics switched off, Telegram drops the thread without a word: take the post back at once."""
        if isinstance(sent, Message) and sent.message_thread_id != topic.thread:
            self._groups.doubt(topic.chat)
            await self._line.change(topic.chat, DeleteMessage(chat_id=topic.chat, message_id=sent.message_id))
            await self._groups.must_be_forum(topic.chat)
            raise GroupUnfitError(topic.chat, "a post went astray", "Look at the group's topics.")
