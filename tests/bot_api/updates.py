"""Updates on their way to the bot: kept a day, confirmed by offset, polled by one, or pushed to a webhook in order."""

import asyncio
import contextlib
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession

from tests.bot_api.refusals import TWO_POLLERS, WEBHOOK_IS_SET, RefusalError

DAY = 24 * 60 * 60
BY_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass
class Waiting:
    """An update that is not confirmed. `given` tells that the bot has seen it."""

    update: dict[str, Any]
    chat: int
    at: float
    given: bool = False


@dataclass
class Updates:
    """The queue. `attempts` lists each try of a webhook: (update id, status)."""

    now: Callable[[], float]
    next_id: int = 700_000_001
    waiting: deque[Waiting] = field(default_factory=deque)
    allowed: frozenset[str] | None = None
    hook: str = ""
    secret: str = ""
    first_delay: float = 0.02
    polls: int = 0
    attempts: list[tuple[int, int]] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _poll: asyncio.Future[None] | None = None
    _pushers: dict[int, asyncio.Task[None]] = field(default_factory=dict)

    def add(self, kind: str, event: dict[str, Any], chat: int) -> int:
        if (kind not in self.allowed) if self.allowed else (kind in BY_REQUEST):
            return 0
        number, self.next_id = self.next_id, self.next_id + 1
        self.waiting.append(Waiting({"update_id": number, kind: event}, chat, self.now()))
        self._wake()
        return number

    def quiet_week(self) -> None:
        """After a week without updates their numbers begin anywhere."""
        self.next_id = 1 + secrets.randbelow(600_000_000)

    def expire(self) -> None:
        self.waiting = deque(each for each in self.waiting if each.at > self.now() - DAY)

    async def poll(self, offset: int | None, limit: int, seconds: float) -> list[dict[str, Any]]:
        if self.hook:
            raise RefusalError(409, WEBHOOK_IS_SET)
        self.polls += 1
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(RefusalError(409, TWO_POLLERS))
        mine = self._poll = asyncio.get_running_loop().create_future()
        try:
            return await self._batch(mine, offset, limit, seconds)
        finally:
            if mine.done():
                mine.exception()
            if self._poll is mine:
                self._poll = None

    async def _batch(
        self, mine: asyncio.Future[None], offset: int | None, limit: int, seconds: float
    ) -> list[dict[str, Any]]:
        self.expire()
        if offset is not None:
            self.waiting = deque(
                each for each in self.waiting if not (each.given and each.update["update_id"] < offset)
            )
        deadline = asyncio.get_running_loop().time() + seconds
        while not self.waiting and (left := deadline - asyncio.get_running_loop().time()) > 0:
            self._news.clear()
            news = asyncio.get_running_loop().create_task(self._news.wait())
            await asyncio.wait({news, mine}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
            news.cancel()
            if mine.done():
                mine.result()
        batch = list(self.waiting)[:limit]
        for each in batch:
            each.given = True
        return [each.update for each in batch]

    def set_hook(self, url: str, secret: str) -> None:
        self.hook, self.secret = url, secret
        self._wake()

    def _wake(self) -> None:
        self._news.set()
        for chat in {each.chat for each in self.waiting} if self.hook else ():
            if chat not in self._pushers or self._pushers[chat].done():
                self._pushers[chat] = asyncio.get_running_loop().create_task(self._push(chat))

    async def _push(self, chat: int) -> None:
        """One chat's updates, in order: the next only after this one was taken, with growing delays between tries."""
        delay = self.first_delay
        async with ClientSession() as session:
            while self.hook and (head := next((each for each in self.waiting if each.chat == chat), None)):
                status = 0
                with contextlib.suppress(ClientError):
                    headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
                    async with session.post(self.hook, json=head.update, headers=headers) as response:
                        status = response.status
                self.attempts.append((head.update["update_id"], status))
                if 200 <= status < 300:
                    self.waiting.remove(head)
                    delay = self.first_delay
                else:
                    await asyncio.sleep(delay)
                    delay *= 2

    def close(self) -> None:
        for task in self._pushers.values():
            task.cancel()
