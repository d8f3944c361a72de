"""Live traffic on both channels: customers with questions, talks and callbacks, and two operators who serve them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from tests.bot_api import Group, Person
from tests.kill.telegram import Posted, WatchedApi

THOUGHT = (0.02, 0.2)  # seconds that a person thinks
ANSWER = "This is the answer."
PATIENCE = 120.0  # seconds that anybody waits for anything: through several lives, and a slot is a minute away


class Customer(Protocol):
    """Somebody on one of the channels."""

    name: str

    def says(self, text: str) -> None: ...

    def presses(self, button: str) -> None: ...

    def finds(self, button: str) -> str | None: ...

    def reads(self) -> list[str]: ...


@dataclass
class Ledger:
    """What was done by people, to be found again in the end."""

    questions: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bookings: list[str] = field(default_factory=list)
    ratings: int = 0


@dataclass
class Crowd:
    """Everybody, until `leaving` is set: then each ends what was begun."""

    api: WatchedApi
    group: Group
    random: Random
    ledger: Ledger = field(default_factory=Ledger)
    leaving: asyncio.Event = field(default_factory=asyncio.Event)
    holders: dict[int, str] = field(default_factory=dict)  # topic -> the operator who has accepted

    async def until(self, condition: Callable[[], object], who: str) -> None:
        """Wait for it. Raises AssertionError with the name of who waited in vain."""
        try:
            await self.api.until(condition, PATIENCE)
        except TimeoutError:
            raise AssertionError(f"{who} has waited in vain") from None

    # customers

    async def asks(self, customer: Customer) -> None:
        """One to three questions at a time, and the answers awaited."""
        asked = 0
        while not self.leaving.is_set():
            await asyncio.sleep(self.random.uniform(*THOUGHT))
            for _ in range(self.random.randint(1, 3)):
                asked += 1
                self.ledger.questions.append(f"question {customer.name}-{asked}")
                customer.says(self.ledger.questions[-1])
            await self.until(lambda: _heard(customer, ANSWER) >= asked, f"{customer.name}, question {asked}")

    async def talks(self, customer: Customer) -> None:
        """Call a person, talk, part, and rate every other time."""
        call = 0
        while not self.leaving.is_set():
            call += 1
            self.ledger.calls.append(f"person {customer.name}-{call}")
            joined, rates = _heard(customer, "joined"), _heard(customer, "How was")
            customer.says(self.ledger.calls[-1])
            await self.until(lambda: _heard(customer, "joined") > joined, f"{customer.name}, call {call}")
            for number in range(1, self.random.randint(2, 4)):
                self._line(customer, f"line {customer.name}-{call}.{number}")
                if self.random.random() < 0.7:
                    await self._answered(customer)
            await self._answered(customer)
            self._line(customer, f"bye {customer.name}-{call}")
            await self.until(lambda: _heard(customer, "How was") > rates, f"{customer.name}, end of {call}")
            if call % 2:
                thanks = _heard(customer, "for your rating")
                self.ledger.ratings += 1
                customer.presses("rate:")
                await self.until(lambda: _heard(customer, "for your rating") > thanks, f"{customer.name}, rating")

    async def books(self, customer: Customer) -> None:
        """Book a callback for the next minute, and wait for it as long as the show goes on."""
        while not self.leaving.is_set():
            self.ledger.bookings.append(customer.name)
            rates = _heard(customer, "How was")
            await self._book(customer, len(self.ledger.bookings))
            await self.until(
                lambda: _heard(customer, "How was") > rates or self.leaving.is_set(),
                f"{customer.name}, callback",
            )

    async def _book(self, customer: Customer, number: int) -> None:
        asked = _heard(customer, "which time suits")
        customer.says(f"callback {customer.name}-{number}")
        while True:
            await self.until(lambda: _heard(customer, "which time suits") > asked, f"{customer.name}, times")
            asked, agreed = _heard(customer, "which time suits"), _heard(customer, "Agreed")
            customer.presses("slot:")
            await self.until(
                lambda: _heard(customer, "Agreed") > agreed or _heard(customer, "which time suits") > asked,
                f"{customer.name}, booking",
            )
            if _heard(customer, "Agreed") > agreed:
                return

    def _line(self, customer: Customer, text: str) -> None:
        self.ledger.lines.append(text)
        customer.says(text)

    async def _answered(self, customer: Customer) -> None:
        last = self.ledger_line(customer)
        await self.until(lambda: f"reply to {last}" in customer.reads(), f"{customer.name}, {last}")

    def ledger_line(self, customer: Customer) -> str:
        """The last that the customer said to an operator."""
        return next(each for each in reversed(self.ledger.lines) if f" {customer.name}-" in each)

    # operators

    async def serves(self, operator: Person, name: str) -> None:
        """Accept offers, answer lines, take notes, close, and say how callbacks went; until cancelled."""
        shift = Shift(self, operator, name)
        while True:
            before = self.api.changes
            shift.look()
            await self.api.until(lambda: self.api.changes != before, 600)


class Shift:
    """What one operator has seen and done."""

    def __init__(self, crowd: Crowd, operator: Person, name: str) -> None:
        self._crowd, self._operator, self._name = crowd, operator, name
        self._seen = 0
        self._mine: list[Posted] = []  # offers that I accepted and have not ended
        self._tried: set[str] = set()  # callbacks that I called once
        self._answered: set[str] = set()

    def look(self) -> None:
        """Everything new."""
        crowd = self._crowd
        new, self._seen = crowd.api.posted[self._seen :], len(crowd.api.posted)
        for post in new:
            if post.chat == crowd.group.id and post.thread is not None:
                self._react(post, post.thread)
        self._mine = [post for post in self._mine if not self._called(post)]

    def _react(self, post: Posted, topic: int) -> None:
        accept = next((each for each in post.buttons if each.startswith("accept:")), None)
        if accept is not None and self._is_for_me(post):
            self._crowd.holders[topic] = self._name
            self._operator.presses_data(accept, post.message)
            self._mine.append(post)
        elif self._crowd.holders.get(topic) == self._name and post.text not in self._answered:
            self._answered.add(post.text)
            if post.text.startswith("line "):
                self._reply(post.text, topic)
            elif post.text.startswith("bye "):
                self._close(topic)

    def _reply(self, line: str, topic: int) -> None:
        crowd = self._crowd
        crowd.ledger.replies.append(f"reply to {line}")
        self._operator.writes_in(topic, crowd.ledger.replies[-1], crowd.group)
        if line.endswith(".1"):
            crowd.ledger.notes.append(f"note on {line}")
            self._operator.writes_in(topic, f"// {crowd.ledger.notes[-1]}", crowd.group)

    def _close(self, topic: int) -> None:
        """By the button when it is there, else by the command: a button that comes after that has nothing to close."""
        here = [post for post in self._mine if post.thread == topic]
        self._mine = [post for post in self._mine if post.thread != topic]
        for post in reversed(here):
            button = next((each for each in post.buttons if each.startswith("close:")), None)
            if button is not None:
                self._operator.presses_data(button, post.message)
                return
        self._operator.writes_in(topic, "/close", self._crowd.group)

    def _called(self, post: Posted) -> bool:
        """Whether a callback has got its result: nobody answers the first time."""
        button = next((each for each in post.buttons if each.startswith("result:")), None)
        if button is None:
            return False
        ticket = button.split(":")[1]
        result = "resolved" if ticket in self._tried else "no_answer"
        self._tried.add(ticket)
        self._operator.presses_data(f"result:{ticket}:{result}", post.message)
        return True

    def _is_for_me(self, post: Posted) -> bool:
        mentioned = (each.get("user", {}).get("id") for each in post.message.get("entities", ()))
        return self._operator.id in mentioned


def _heard(customer: Customer, words: str) -> int:
    return sum(words in text for text in customer.reads())
