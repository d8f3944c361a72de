"""By hand: what it means when somebody closes or reopens a topic in Telegram itself."""

from collections.abc import Sequence
from dataclasses import replace

from aiogram.types import Message

from bot.dialog.acts import Refused
from bot.dialog.operator_acts import Close
from bot.dialog.orders import Announce, Order, Post
from bot.dialog.records import Changes
from bot.dialog.topics import Topic, TopicState
from bot.telegram.asked import tickets
from bot.telegram.client import venue
from bot.telegram.surroundings import Surroundings
from handoff.desk import Operator


def is_by_hand(message: Message) -> bool:
    """Whether somebody else than the bot itself has closed or reopened a topic."""
    by_bot = message.from_user is not None and message.bot is not None and message.from_user.id == message.bot.id
    return bool(message.forum_topic_closed or message.forum_topic_reopened) and not by_bot


async def turned(around: Surroundings, message: Message, topic: Topic | None, rows: Sequence[int]) -> None:
    """Who closes the topic of their ticket closes the ticket; anybody else only the topic, and that is undone.

    Reopening the topic of a conversation that is over changes nothing: there is nobody waiting to be talked to.
    """
    orders: list[Order] = []
    if topic is not None and message.forum_topic_closed:
        await around.ports.topics.put(replace(topic, state=TopicState.CLOSED))
        orders = await _closed(around, _operator(around, message), topic, rows)
    elif topic is not None:
        await around.ports.topics.put(replace(topic, state=TopicState.OPEN))
        orders = await _reopened(around, _operator(around, message), topic)
    changes = Changes(inbox_done=list(rows), orders=[(venue(message.chat.id), each) for each in orders])
    async with around.ports.store.begin() as tx:
        await tx.save(changes)


async def _closed(around: Surroundings, operator: Operator | None, topic: Topic, rows: Sequence[int]) -> list[Order]:
    """What is said in the topic is posted there, and so reopens it."""
    concerned = await tickets(around, topic)
    if not concerned:
        return []
    mine = next((each for each in concerned if operator and each.engaged and each.operator == operator.id), None)
    if mine is None or operator is None:
        return [Announce(topic.conversation, around.say_here("tg_not_yours_to_close", ticket=concerned[-1].number))]
    outcome = await around.service.do(Close(operator.id, mine.number), inbox=rows)
    return [Announce(topic.conversation, outcome.text)] if isinstance(outcome, Refused) else []


async def _reopened(around: Surroundings, operator: Operator | None, topic: Topic) -> list[Order]:
    if operator is None or await tickets(around, topic):
        return []
    return [Post(around.say_to(operator, "tg_reopened_for_nothing"), topic.thread)]


def _operator(around: Surroundings, message: Message) -> Operator | None:
    """Who writes as the group cannot be told from others."""
    known = message.from_user is not None and message.sender_chat is None
    return around.operator(message.from_user.id) if known and message.from_user else None
