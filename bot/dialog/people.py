"""People: one customer wherever they wrote, and what is kept of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Person:
    """One customer: every conversation of theirs, joined or merged, with all of its tickets.

    `venues` are the chats that they write from (`telegram:1001`), `topics` where operators read them: (chat, thread).
    """

    conversations: tuple[str, ...]
    tickets: tuple[int, ...] = ()
    venues: tuple[str, ...] = ()
    topics: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is to be erased of a person at this time: all of it, or (`before`) what was said before then."""

    person: Person
    at: datetime
    before: datetime | None = None


class People(Protocol):
    """Who the customers are, for those who look after them from outside of their talks."""

    async def named(self, customer: str) -> Sequence[Person]:
        """Everybody who may be meant by a conversation's id, a chat (`telegram:1001`) or a ticket's number."""
        ...

    async def records(self, person: Person) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Everything that is kept of them, JSON-ready, by table."""
        ...

    async def erasable(self, person: Person) -> Mapping[str, int]:
        """How much of it would be erased, by table; empty when nothing is left."""
        ...

    async def outdated(self, before: datetime, after: str, limit: int) -> Sequence[str]:
        """Conversations, by id above `after`, without open tickets, in which something was said before that time."""
        ...

    async def leftovers(self, since: datetime) -> Sequence[str]:
        """Conversations forgotten since then of which something has been kept after all: it was in hand meanwhile."""
        ...
