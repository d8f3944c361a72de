"""Pacing: how often Telegram lets a bot post, kept before it has to say so."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

A_MOMENT = 1e-6  # seconds; less is an error of rounding


@dataclass(frozen=True, slots=True)
class Pace:
    """One post `every` so many seconds, after a quiet time up to `burst` at once."""

    every: float
    burst: int = 1


@dataclass(frozen=True, slots=True)
class Paces:
    """The defaults stay below 20 posts a minute in a group, whatever came before, and 30 a second in all."""

    group: Pace = Pace(3.75, 4)
    private: Pace = Pace(1.0, 5)
    overall: Pace = Pace(1 / 30, 10)


class Watch:
    """The time that pacing goes by, in seconds of any one clock; a test may bring its own."""

    def now(self) -> float:
        """The time."""
        return asyncio.get_running_loop().time()

    async def wait(self, seconds: float, news: asyncio.Event | None = None) -> None:
        """Return after so long, or as soon as there is news."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await (news or asyncio.Event()).wait()


class Turns:
    """Turns at a pace (the generic cell rate algorithm). Who posted before `since` is not known: the burst fills up."""

    def __init__(self, pace: Pace, since: float = float("-inf")) -> None:
        self._pace = pace
        self._due = since + (pace.burst - 1) * pace.every  # when the next turn would come if there were no bursts

    def wait(self, now: float, leave: int = 0) -> float:
        """How long until a turn can be taken that leaves so many of the burst to others."""
        wait = max(self._due, now) - (self._pace.burst - 1 - leave) * self._pace.every - now
        return wait if wait > A_MOMENT else 0.0

    def take(self, now: float) -> float:
        """Take the next turn; return how long to wait for it."""
        wait = self.wait(now)
        self._due = max(self._due, now + wait) + self._pace.every
        return wait

    def empty(self, now: float) -> None:
        """Nothing is left of the burst but one post."""
        self._due = max(self._due, now + (self._pace.burst - 1) * self._pace.every)


class Pacer:
    """Gives every post its turn: in its chat, and among all. Groups have negative ids."""

    def __init__(self, paces: Paces, watch: Watch) -> None:
        self._paces, self._watch = paces, watch
        self._begun = watch.now()
        self._overall = Turns(paces.overall)
        self._chats: dict[int, Turns] = {}
        self._limited: set[int] = set()

    async def turn(self, chat: int) -> None:
        """Take the next turn; return when it has come."""
        now, turns = self._watch.now(), self._turns(chat)
        if chat in self._limited:
            self._limited.remove(chat)
            turns.empty(now)
        wait = turns.take(now)
        wait = wait + self._overall.take(now + wait)
        if wait > 0:
            await self._watch.wait(wait)

    def wait(self, chat: int, leave: int) -> float:
        """How long until the chat has a turn, when so many of its burst are to be left to what is more urgent."""
        return self._turns(chat).wait(self._watch.now(), leave)

    def holds(self, chat: int, posts: int, leave: int) -> bool:
        """Whether so many posts can go at once, and leave so many more."""
        return self._turns(chat).wait(self._watch.now(), leave + posts - 1) <= 0

    def every(self, chat: int) -> float:
        """Seconds from one post to the next, when many wait."""
        return (self._paces.group if chat < 0 else self._paces.private).every

    def limited(self, chat: int) -> None:
        """Telegram has told the chat to wait: after that there is no burst until it has filled up again."""
        self._limited.add(chat)

    def _turns(self, chat: int) -> Turns:
        if chat not in self._chats:
            group = Turns(self._paces.group, self._begun) if chat < 0 else None
            self._chats[chat] = group or Turns(self._paces.private)
        return self._chats[chat]
