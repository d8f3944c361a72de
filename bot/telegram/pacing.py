"""Pacing: how often Telegram lets a bot post, kept before it has to say so."""

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """One post `every` so many seconds, after a quiet time up to `burst` at once."""

    every: float
    burst: int = 1


@dataclass(frozen=True, slots=True)
class Paces:
    """The defaults stay below 20 posts a minute in a group, whatever came before, and 30 a second in all."""

    group: Pace = Pace(3.5, 3)
    private: Pace = Pace(1.0, 5)
    overall: Pace = Pace(1 / 30, 10)


class Lane:
    """Turns at a pace (the generic cell rate algorithm); times are seconds of any one clock."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._due = 0.0  # when the next turn would come if there were no bursts

    def take(self, now: float) -> float:
        """Take the next turn; return how long to wait for it."""
        start = max(now, self._due - (self._pace.burst - 1) * self._pace.every)
        self._due = max(self._due, start) + self._pace.every
        return start - now


class Pacer:
    """Gives every post its turn: in its chat, and among all."""

    def __init__(self, paces: Paces) -> None:
        self._paces = paces
        self._overall = Lane(paces.overall)
        self._chats: dict[int, Lane] = {}

    async def turn(self, chat: int) -> None:
        """Return when the chat may be posted to. Groups have negative ids."""
        if chat not in self._chats:
            self._chats[chat] = Lane(self._paces.group if chat < 0 else self._paces.private)
        now = asyncio.get_running_loop().time()
        wait = self._chats[chat].take(now)
        wait = wait + self._overall.take(now + wait)
        if wait > 0:
            await asyncio.sleep(wait)
