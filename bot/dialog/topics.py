"""What is kept of the operators' forum: the topic of each conversation, and the posts that show an offer.

No method of Telegram lists topics: what is kept here is the only register of them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class TopicState(StrEnum):
    """Whether one can write in the topic. A `gone` one was deleted and must be remade."""

    OPEN = "open"
    CLOSED = "closed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Topic:
    """The topic of a conversation in a group. A conversation has one in each group, a thread is of one conversation."""

    conversation: str
    chat: int
    thread: int
    state: TopicState = TopicState.OPEN
    title: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class OfferPost:
    """A post that shows an offer to an operator: `kind` says how it was drawn, `venue` and `id` where it stands.

    One that is the ticket's card, too, knows the last message of its transcript, `upto`.
    """

    ticket: int
    operator: str
    kind: str
    venue: str
    id: str
    upto: int | None = None


class Topics(Protocol):
    """The register of topics and offer posts."""

    async def find(self, conversation: str, chat: int) -> Topic | None:
        """The conversation's topic in the group, whatever its state."""
        ...

    async def by_thread(self, chat: int, thread: int) -> Topic | None:
        """Whose topic this is."""
        ...

    async def put(self, topic: Topic) -> None:
        """Remember the topic in place of what was known of the conversation in that group."""
        ...

    async def migrate(self, old_chat: int, new_chat: int) -> None:
        """The group has another id now: topics, refs, offer posts and waiting orders follow it."""
        ...

    async def offer_posts(self, ticket: int) -> list[OfferPost]:
        """The posts that show offers of this ticket, oldest first."""
        ...

    async def add_offer_post(self, post: OfferPost) -> None:
        """Remember a post; the same place twice is one."""
        ...

    async def drop_offer_posts(self, ticket: int) -> None:
        """Forget them: they are settled."""
        ...
