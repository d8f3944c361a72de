"""The people: what they write, press, edit and switch off, and what they see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kb.split import units
from tests.bot_api import changing
from tests.bot_api.media import body, keep
from tests.bot_api.world import ANONYMOUS, BOT, Chat, Json, Topic, World


@dataclass
class Query:
    """A button that was pressed."""

    world: World
    id: str

    @property
    def answer(self) -> Json | None:
        """`{"text": …, "show_alert": …}` once the bot has answered."""
        answer: Json | None = self.world.queries[self.id]["answer"]
        return answer

    async def answered(self) -> Json:
        await self.world.until(lambda: self.answer is not None)
        return self.answer or {}


class Person:
    """Somebody with an account; their private chat with the bot exists from their first act there."""

    def __init__(self, world: World, id: int, name: str, language: str) -> None:
        self.world, self.id = world, id
        self.user: Json = {"id": id, "is_bot": False, "first_name": name, "language_code": language}
        world.chats[id] = Chat(id, "private", open=False, last_id=10)

    @property
    def chat(self) -> Chat:
        return self.world.chats[self.id]

    def sees(self) -> list[Json]:
        """The bot's messages in the private chat."""
        return [message for message in self.chat.messages.values() if message["from"] is BOT]

    def reads(self) -> list[str]:
        """Their texts."""
        return [message.get("text", message.get("caption", "")) for message in self.sees()]

    # what the person does

    def says(self, text: str, *, to: Group | None = None, topic: int | None = None, **more: Any) -> Json:
        """Write in the private chat, or in a group's topic (its General without one)."""
        return self._post({"text": text}, to, topic, **more)

    def writes_in(self, topic: int, text: str, group: Group, **more: Any) -> Json:
        """Write in a topic."""
        return self.says(text, to=group, topic=topic, **more)

    def sends(self, kind: str, *, to: Group | None = None, topic: int | None = None, **more: Any) -> Json:
        """Send a file: kind photo, voice, document, sticker, …; caption and the like in `more`."""
        file = body(self.world, kind, keep(self.world, f"{kind}.bin", b"data of " + kind.encode()))
        return self._post(file, to, topic, **more)

    def sends_album(
        self, *kinds: str, caption: str = "", to: Group | None = None, topic: int | None = None
    ) -> list[Json]:
        """Several files in one album: separate updates, no end mark."""
        group = f"album-{self.world.number()}"
        return [
            self.sends(
                kind, to=to, topic=topic, media_group_id=group, **({"caption": caption} if caption and not i else {})
            )
            for i, kind in enumerate(kinds)
        ]

    def shares_contact(self, phone: str, user_id: int | None = None) -> Json:
        """Share a phone number: one's own, or (another id, 0 for none) somebody else's."""
        owner = self.id if user_id is None else user_id
        contact = {"phone_number": phone, "first_name": "Phone"} | ({"user_id": owner} if owner else {})
        return self._post({"contact": contact}, None, None)

    def edits(self, message: Json, text: str) -> Json:
        """Change one's own message."""
        field = "text" if "text" in message else "caption"
        stored = self.world.chats[message["chat"]["id"]].messages[message["message_id"]]
        stored |= {field: text, "edit_date": int(self.world.now())}
        self.world.tell("edited_message", dict(stored), message["chat"]["id"])
        return stored

    def finds(self, label: str, *, to: Group | None = None) -> tuple[str, Json] | None:
        """The newest button that has this label (or begins with it) or this callback data: its data, its message."""
        for message in reversed((to.chat if to else self.chat).messages.values()):
            for button in (b for row in message.get("reply_markup", {}).get("inline_keyboard", ()) for b in row):
                if button["text"].startswith(label) or button.get("callback_data", "").startswith(label):
                    return button["callback_data"], message
        return None

    def presses(self, label: str, *, to: Group | None = None, inaccessible: bool = False) -> Query:
        """Press that button."""
        found = self.finds(label, to=to)
        if found is None:
            raise AssertionError(f"nobody shows a button {label!r} to {self.user['first_name']}")
        return self.presses_data(*found, inaccessible=inaccessible)

    def presses_data(self, data: str, message: Json, *, inaccessible: bool = False) -> Query:
        """Press a button with any data, even one that no message shows any more."""
        query = Query(self.world, str(9_000_000 + self.world.number()))
        self.world.queries[query.id] = {"answer": None, "asked": self.world.now()}
        shown = {"chat": message["chat"], "message_id": message["message_id"], "date": 0} if inaccessible else message
        shown = {key: value for key, value in shown.items() if not key.startswith("_")}
        event = {"id": query.id, "from": self.user, "chat_instance": "1", "data": data, "message": shown}
        self.world.tell("callback_query", event, message["chat"]["id"])
        return query

    def blocks(self, blocked: bool = True) -> None:
        """Block the bot, or let it in again."""
        was, now = ("member", "kicked") if blocked else ("kicked", "member")
        self.chat.open = not blocked
        event = {
            "chat": self.chat.brief,
            "from": self.user,
            "date": int(self.world.now()),
            "old_chat_member": {"status": was, "user": BOT} | ({"until_date": 0} if was == "kicked" else {}),
            "new_chat_member": {"status": now, "user": BOT} | ({"until_date": 0} if now == "kicked" else {}),
        }
        self.world.tell("my_chat_member", event, self.id)

    def _post(self, content: Json, to: Group | None, topic: int | None, **more: Any) -> Json:
        chat = to.chat if to else self.chat
        if to is None:
            chat.open = True
        elif self.id in chat.removed:
            raise AssertionError(f"{self.user['first_name']} is not in the group and cannot write there")
        else:
            chat.members.add(self.id)  # who writes in a group is in it
        reply, author = more.pop("reply_to", None), ANONYMOUS if more.pop("anonymous", False) else self.user
        date = more.pop("date", None)
        message = self.world.post(chat, author, content | more, self.world.thread(chat, topic), reply)
        message |= {"date": date} if date is not None else {}
        if marks := _found(str(content.get("text", ""))):
            message["entities"] = [*message.get("entities", ()), *marks]
        self.world.tell("message", dict(message), chat.id)
        return message


def _found(text: str) -> list[Json]:
    """What Telegram marks by itself: a command at the beginning, and public names."""
    kinds = {"bot_command": r"^/\w+(@\w+)?", "mention": r"(?<!\w)@[A-Za-z]\w{4,31}"}
    return [
        {"type": kind, "offset": units(text[: found.start()]), "length": units(found[0])}
        for kind, pattern in kinds.items()
        for found in re.finditer(pattern, text)
    ]


class Group:
    """A group, as those in it see it and those who run it change it."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world, self.chat = world, chat

    @property
    def id(self) -> int:
        return self.chat.id

    @property
    def topics(self) -> list[Topic]:
        """The topics that are there, oldest first."""
        return [topic for topic in self.chat.topics.values() if not topic.deleted]

    def shows(self, topic: int | None = None) -> list[Json]:
        """The bot's messages in a topic, or in General; service messages left out."""
        return [
            message
            for message in self.chat.messages.values()
            if message["from"] is BOT
            and (message["message_thread_id"] if message.get("is_topic_message") else None) == topic
            and not any(key.startswith("forum_") for key in message)
        ]

    def reads(self, topic: int | None = None) -> list[str]:
        """Their texts."""
        return [message.get("text", message.get("caption", "")) for message in self.shows(topic)]

    def admits(self, person: Person) -> None:
        """The person is in the group from now on."""
        self.chat.members.add(person.id)
        self.chat.removed.discard(person.id)

    def removes(self, person: Person) -> None:
        """Somebody who runs the group throws the person out; what was posted can still be seen."""
        self.chat.members.discard(person.id)
        self.chat.removed.add(person.id)

    def delete_topic(self, topic: int) -> None:
        """By hand; no update tells the bot."""
        changing.remove(self.world, self.chat, self.chat.topics[topic])

    def close_topic(self, topic: int, by: Person, *, closed: bool = True) -> None:
        """Close or reopen by hand."""
        changing.turn(self.world, self.chat, self.chat.topics[topic], by.user, closed=closed)

    def switch_topics(self, on: bool) -> None:
        """Topics on or off, in the group's settings."""
        self.chat.is_forum = on

    def migrate(self, to: int = -1009876543210) -> None:
        """The group becomes a supergroup with another id; its topics and messages go with it."""
        old = self.chat
        self.chat = self.world.chats[to] = Chat(
            to,
            "supergroup",
            old.title,
            old.is_forum,
            old.messages,
            old.topics,
            old.admins,
            old.members,
            old.removed,
            last_id=old.last_id,
        )
        old.moved_to, old.messages, old.topics = to, {}, {}
        told = self.world.post(old, BOT, {"migrate_to_chat_id": to})
        self.world.tell("message", told, old.id)
