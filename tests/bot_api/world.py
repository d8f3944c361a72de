"""Chats, topics, people, files and messages, as Telegram keeps them."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.bot_api.refusals import UPGRADED, RefusalError, bad, too_many
from tests.bot_api.updates import Updates
from tests.patience import PATIENCE

Json = dict[str, Any]
BOT: Json = {"id": 42, "is_bot": True, "first_name": "Frontline", "username": "frontline_bot"}
ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
SERVICE = frozenset(
    {"forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"}
    | {"pinned_message", "migrate_to_chat_id", "migrate_from_chat_id", "new_chat_members", "left_chat_member"}
)


@dataclass
class Topic:
    """A forum topic; its id is the id of the service message that made it."""

    id: int
    name: str
    closed: bool = False
    deleted: bool = False


@dataclass
class Chat:
    """A chat with its messages by id, as JSON. Private chats have the id of their person."""

    id: int
    type: str
    title: str = ""
    is_forum: bool = False
    messages: dict[int, Json] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    admins: dict[int, Json] = field(default_factory=dict)  # user id -> rights
    members: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)  # who was a member and is kept out
    open: bool = True  # a person has started the bot and has not blocked it; the bot is in the group
    moved_to: int | None = None
    last_id: int = 0
    posts: deque[float] = field(default_factory=deque)

    @property
    def brief(self) -> Json:
        told: Json = {"id": self.id, "type": self.type}
        told |= {"title": self.title} if self.title else {}
        return told | ({"is_forum": True} if self.is_forum else {})


class World:
    """Everything there is. `per_minute` limits a group's posts, None for no limit; `limited` counts refusals."""

    def __init__(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, tuple[str, bytes]] = {}
        self.queries: dict[str, Json] = {}
        self.calls: list[tuple[str, Any]] = []
        self.commands: dict[str, list[Json]] = {}
        self.per_minute: int | None = None
        self.limited = 0
        self.clock: Callable[[], float] = time.time
        self.shift = 0.0  # seconds by which this world is ahead of the machine
        self.changed = asyncio.Event()
        self.updates = Updates(self.now)
        self._numbers = count(1)

    def now(self) -> float:
        return self.clock() + self.shift

    def number(self) -> int:
        return next(self._numbers)

    def touch(self) -> None:
        self.changed.set()

    async def until(self, condition: Callable[[], object], seconds: float = PATIENCE) -> None:
        """Wait until the condition holds; it is looked at whenever the world changes, and often besides."""
        async with asyncio.timeout(seconds):
            while not condition():
                self.changed.clear()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(0.02):
                        await self.changed.wait()

    def chat(self, id_: Any) -> Chat:
        """The chat, if the bot may know it."""
        found = self.chats.get(int(id_))
        if found is None:
            raise bad("chat not found")
        if found.moved_to is not None:
            raise RefusalError(400, UPGRADED, migrate_to_chat_id=found.moved_to)
        return found

    def writable(self, id_: Any, *, counts: bool = True) -> Chat:
        """The chat, if the bot may write there now; a post in a group counts against the group's limit."""
        chat = self.chat(id_)
        if not chat.open:
            was = "bot was blocked by the user" if chat.type == "private" else "bot was kicked from the supergroup chat"
            raise RefusalError(403, was)
        if counts and chat.type != "private" and self.per_minute is not None:
            self._count(chat, self.per_minute)
        return chat

    def _count(self, chat: Chat, limit: int) -> None:
        now = self.now()
        while chat.posts and chat.posts[0] <= now - 60:
            chat.posts.popleft()
        if len(chat.posts) >= limit:
            self.limited += 1
            raise too_many(int(chat.posts[0] + 60 - now) + 1)
        chat.posts.append(now)

    def thread(self, chat: Chat, thread: int | None) -> int | None:
        """Where a post with this thread goes. Topics switched off: silently to the chat itself."""
        if thread is None or not chat.is_forum:
            return None
        topic = chat.topics.get(thread)
        if topic is None or topic.deleted:
            raise bad("message thread not found")
        if topic.closed:
            raise bad("TOPIC_CLOSED")
        return thread

    def post(
        self, chat: Chat, author: Json, content: Json, thread: int | None = None, reply: Json | None = None
    ) -> Json:
        """Put a message into a chat, in the shape in which the Bot API tells of it."""
        chat.last_id += 1
        message: Json = {"message_id": chat.last_id, "from": author, "chat": chat.brief, "date": int(self.now())}
        message["_at"] = self.now()  # what begins with _ is for tests to see
        if author is ANONYMOUS:
            message["sender_chat"] = chat.brief
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
            created = chat.messages.get(thread)
            message |= {"reply_to_message": _shallow(created)} if created and thread != chat.last_id else {}
        elif reply is not None and chat.is_forum:
            message["message_thread_id"] = reply["message_id"]  # a thread of replies in General is not a topic
        if reply is not None:
            message["reply_to_message"] = _shallow(reply)
        message |= content
        chat.messages[chat.last_id] = message
        self.touch()
        return message

    def tell(self, kind: str, event: Json, chat: int) -> int:
        """Queue an update for the bot."""
        event = {key: value for key, value in event.items() if not key.startswith("_")}
        return self.updates.add(kind, event, chat)


def _shallow(message: Json) -> Json:
    return {key: value for key, value in message.items() if key != "reply_to_message" and not key.startswith("_")}
