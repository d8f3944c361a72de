"""What the room is given: the bot, the ports, the service, the content and a clock."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from aiogram import Bot

from bot.dialog.acts import Act, Outcome
from bot.dialog.content import Content
from bot.dialog.limits import Limit
from bot.dialog.ports import Files, Inbox, Keep, Leases, Outbox, Store
from bot.dialog.topics import Topics
from handoff.desk import Desk, Operator

_ONE: ContextVar[Content | None] = ContextVar("one version of the content", default=None)


class Service(Protocol):
    """Who handles acts."""

    async def do(self, act: Act, *, inbox: int | Sequence[int] | None = None) -> Outcome:
        """Handle the act; returns after the commit, which also ends the inbox rows."""
        ...


@dataclass(frozen=True, slots=True)
class Ports:
    """Where everything is kept."""

    store: Store
    inbox: Inbox
    outbox: Outbox
    topics: Topics
    leases: Leases
    keep: Keep
    files: Files


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every part of the room may use. `chat` is the operators' group, unless a skill has its own.

    Customers who write faster than the `limits` give way to the others.
    """

    bot: Bot
    ports: Ports
    service: Service
    served: Callable[[], Content]
    clock: Callable[[], datetime]
    chat: int | None = None
    limits: Sequence[Limit] = ()

    @contextmanager
    def steady(self) -> Iterator[None]:
        """To the end of the block this task sees one version of the content, whatever is saved meanwhile."""
        token = _ONE.set(self.served())
        try:
            yield
        finally:
            _ONE.reset(token)

    def content(self) -> Content:
        """The content of this act, else what is served now."""
        return _ONE.get() or self.served()

    @property
    def desk(self) -> Desk:
        """The desk, likewise."""
        return self.content().desk

    def operator(self, telegram: int) -> Operator | None:
        """Who this account is on the desk; being in the group gives nothing."""
        return next((each for each in self.desk.operators.values() if each.telegram == telegram), None)

    def chat_of(self, skill: str) -> int | None:
        """The group where the operators of the skill sit."""
        known = self.desk.skills.get(skill)
        return (known.chat if known else None) or self.chat

    def locale_of(self, operator: Operator | None) -> str:
        """The operator's first language, else the desk's."""
        return operator.locales[0] if operator and operator.locales else self.desk.default_locale

    def say(self, locale: str, key: str, **params: object) -> str:
        """A phrase."""
        return self.content().phrases.say(locale, key, **params)

    def say_to(self, operator: Operator | None, key: str, **params: object) -> str:
        """A phrase in the operator's language."""
        return self.say(self.locale_of(operator), key, **params)

    def say_here(self, key: str, **params: object) -> str:
        """A phrase in the desk's language, for what everybody in the group reads."""
        return self.say(self.desk.default_locale, key, **params)
