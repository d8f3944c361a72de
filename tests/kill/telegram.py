"""The emulated Telegram, with a memory of what was posted in which life of the bot, and wires to trip over."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tests.bot_api import BotApi, Person
from tests.bot_api.refusals import RefusalError
from tests.bot_api.updates import Updates
from tests.bot_api.world import BOT, Chat, Json


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of the bot, as it was when it was posted; `message` is the living one, which edits change."""

    life: int
    chat: int
    thread: int | None
    text: str
    first: str  # its buttons, as they were
    message: Json

    @property
    def buttons(self) -> list[str]:
        """What its buttons do now."""
        rows = self.message.get("reply_markup", {}).get("inline_keyboard", ())
        return [button.get("callback_data", "") for row in rows for button in row]


class WatchedUpdates(Updates):
    """Updates that tell when they were handed out."""

    passes: Callable[[str], None]

    async def poll(self, offset: int | None, limit: int, seconds: float) -> list[dict[str, Any]]:
        batch = await super().poll(offset, limit, seconds)
        if batch:
            self.passes("updates")
        return batch


class WatchedApi(BotApi):
    """`life` says in which life of the bot we are; `passes` is told of each post before the bot can know of it."""

    def __init__(self, life: Callable[[], int], passes: Callable[[str], None]) -> None:
        super().__init__()
        self.life, self.passes = life, passes
        self.posted: list[Posted] = []
        self.made: dict[int, int] = {}  # topic -> life
        self.changes = 0
        self.down = False
        self.turned_away = 0  # calls that were refused as planned
        self.updates = WatchedUpdates(self.now)
        self.updates.passes = passes

    def _planned(self, name: str, call: Any) -> bool:
        if self.down:
            self.refuse(name, RefusalError(502, "Bad Gateway"))
        try:
            return super()._planned(name, call)
        except RefusalError:
            self.turned_away += 1
            raise

    def touch(self) -> None:
        self.changes += 1
        super().touch()

    def post(
        self, chat: Chat, author: Json, content: Json, thread: int | None = None, reply: Json | None = None
    ) -> Json:
        message = super().post(chat, author, content, thread, reply)
        if author is BOT and "forum_topic_created" in content:
            self.made[message["message_id"]] = self.life()
        elif author is BOT and not any(key.startswith("forum_") for key in content):
            text = str(content.get("text", content.get("caption", "")))
            buttons = str(content.get("reply_markup", ""))
            self.posted.append(Posted(self.life(), chat.id, thread, text, buttons, message))
        if author is BOT:
            self.passes("post")
        return message


class TelegramCustomer:
    """A customer in Telegram, with the same face as a visitor of the site.

    `stored` gives the texts of the conversation: the one post that a kill may repeat is no news to a customer, who
    would otherwise answer the end of an earlier talk in the middle of the next.
    """

    def __init__(self, person: Person, name: str, stored: Callable[[], Iterable[str]]) -> None:
        self.person, self.name, self._stored = person, name, stored
        self.said: list[str] = []
        self.pressed = 0

    def says(self, text: str) -> None:
        """Write."""
        self.said.append(text)
        self.person.says(text)

    def presses(self, button: str) -> None:
        """Press the newest button whose data begins so."""
        self.pressed += 1
        self.person.presses(button)

    def finds(self, button: str) -> str | None:
        """That button's data."""
        found = self.person.finds(button)
        return found[0] if found else None

    def reads(self) -> list[str]:
        """What others have said, without repeats."""
        said, read = Counter(self._stored()), Counter(self.person.reads())
        return [*(said & read).elements()]
