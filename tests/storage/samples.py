"""Ordinary conversations, messages and tickets for tests to vary."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.dialog.conversation import Conversation
from bot.dialog.messages import Author, AuthorKind, Message
from bot.dialog.records import Changes
from bot.storage.storage import Storage
from handoff.ticket import Kind, Ticket

NOW = datetime(2026, 5, 4, 18, 10, 0, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def conversation(called: str = "c1", **more: Any) -> Conversation:
    given = {"id": called, "channel": "widget", "address": f"visitor-{called}", "created": NOW, "touched": NOW} | more
    return Conversation(**given)


def message(seq: int = 1, conversation: str = "c1", **more: Any) -> Message:
    given = {"at": NOW, "author": Author(AuthorKind.CUSTOMER), "text": f"message {seq}"} | more
    return Message(conversation=conversation, seq=seq, **given)


def ticket(number: int = 1, conversation: str = "c1", **more: Any) -> Ticket:
    given = {"kind": Kind.CHAT, "skill": "general", "asked": NOW} | more
    return Ticket(number=number, conversation=conversation, **given)


async def save(storage: Storage, **changes: Any) -> None:
    """One transaction with these changes."""
    async with storage.work.begin() as work:
        await work.save(Changes(**changes))


async def begin_with(storage: Storage, *conversations: Conversation) -> None:
    """Conversations that exist, one at least."""
    every = conversations or (conversation(),)
    await save(storage, conversations={each.id: (each, True) for each in every})
