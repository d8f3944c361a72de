"""The unit of work: the dialog's Store and Transaction on a database."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from bot.dialog.conversation import Conversation
from bot.dialog.messages import Message, Ref
from bot.dialog.people import Person
from bot.dialog.records import Changes, Duty, Past, Seat, Staff
from bot.storage import archive, floor, outbox, people, reading, roster, writing
from bot.storage.engine import Engine
from bot.storage.engine import Line as Connected
from bot.storage.reading import Lock
from handoff.queue import Line, OrderKey
from handoff.roster import Roster
from handoff.ticket import Entry, Ticket

T = TypeVar("T")


class SqlTransaction:
    """One unit of work. Conversations are locked when it `writes`, tickets are versioned.

    On PostgreSQL only one decides about the desk at a time: two that assign at once would give one operator's last
    room away twice. One waits for the desk empty-handed, and for conversations at the desk. Everybody else is told at
    once that somebody was faster (ConflictError), lest two stand face to face, each with what the other waits for.
    """

    def __init__(self, line: Connected, *, writes: bool) -> None:
        self._line = line
        self._desk = Lock.WAIT if writes else Lock.NONE
        self._rows = Lock.TRY if writes else Lock.NONE
        self._given = 0

    async def come_to_desk(self) -> None:
        """Wait until no other transaction decides about the desk."""
        await self._line.run(reading.lock_desk, self._desk)
        self._at_desk(None)

    def _at_desk(self, seen: T) -> T:
        if self._desk is not Lock.NONE:
            self._desk = self._rows = Lock.WAIT
        return seen

    def _holding(self, found: list[Conversation]) -> list[Conversation]:
        if found and self._rows is Lock.TRY:
            self._desk = Lock.TRY
        return found

    async def conversations(self, addresses: Iterable[tuple[str, str]]) -> list[Conversation]:
        """Those that exist, by (channel, address), and those that are continued in such a chat."""
        wanted = list(addresses)
        return self._holding(await self._line.run(reading.conversations, wanted, self._rows)) if wanted else []

    async def conversations_by_id(self, ids: Iterable[str]) -> list[Conversation]:
        """Those that exist."""
        wanted = list(ids)
        return self._holding(await self._line.run(reading.conversations_by_id, wanted, self._rows)) if wanted else []

    async def seqs_of(self, keys: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], int]:
        """The `seq` of messages already stored, by (conversation, key)."""
        wanted = list(keys)
        return await self._line.run(reading.seqs_of, wanted) if wanted else {}

    async def find(self, refs: Iterable[Ref]) -> Mapping[Ref, tuple[str, int]]:
        """(conversation, seq) of the messages that stand at these places."""
        wanted = list(refs)
        return await self._line.run(reading.find, wanted) if wanted else {}

    async def refs_of(self, conversation: str, seq: int) -> list[Ref]:
        """Every place where the message stands."""
        return await self._line.run(reading.refs_of, conversation, seq)

    async def message(self, conversation: str, seq: int) -> Message | None:
        """One message."""
        return await self._line.run(reading.message, conversation, seq)

    async def messages(self, conversation: str, after: int = 0, limit: int = 500) -> list[Message]:
        """The messages with `seq` above `after`, in order."""
        return await self._line.run(reading.messages, conversation, after, limit)

    async def tickets_of(self, conversations: Iterable[str]) -> list[Ticket]:
        """The open tickets of these conversations, oldest first."""
        wanted = list(conversations)
        return await self._line.run(reading.tickets_of, wanted) if wanted else []

    async def last_closed(self, conversation: str) -> tuple[Ticket, datetime, str | None] | None:
        """The conversation's last closed ticket, when it was closed, and who had it last."""
        return await self._line.run(reading.last_closed, conversation)

    async def ticket(self, number: int) -> Ticket | None:
        """One ticket, open or closed."""
        return await self._line.run(reading.ticket, number)

    async def with_tickets(self, numbers: Iterable[int]) -> tuple[list[Conversation], list[Ticket]]:
        """The conversations of these tickets; the tickets that exist, open or closed, and the other open ones there."""
        wanted = list(numbers)
        found, tickets = await self._line.run(reading.with_tickets, wanted, self._rows) if wanted else ([], [])
        return self._holding(found), tickets

    async def next_ticket(self) -> int:
        """A number that no ticket has, another one each time; takes the desk's lock."""
        self._given = max(self._given + 1, self._at_desk(await self._line.run(reading.next_ticket, self._desk)))
        return self._given

    async def open_tickets(self) -> list[Ticket]:
        """Every ticket that is queued, offered, active or on hold; takes the desk's lock."""
        return self._at_desk(await self._line.run(reading.open_tickets, self._desk))

    async def lines(self) -> Mapping[str, Line]:
        """How many stand in line for each skill for which anybody does; takes the desk's lock."""
        return self._at_desk(await self._line.run(floor.lines, self._desk))

    async def longer(self, skill: str, than: int) -> bool:
        """Whether more than so many (0 or more) stand in line for the skill; what stands behind is not looked at."""
        return await self._line.run(floor.longer, skill, than)

    async def lengths(self) -> Mapping[str, tuple[int, datetime]]:
        """How many stand in line for each skill for which anybody does, and when the first of them asked."""
        return await self._line.run(floor.lengths)

    async def held(self, operator: str | None = None) -> list[Ticket]:
        """What the operator holds, offers included, oldest first; without one, of all. Takes the desk's lock."""
        return self._at_desk(await self._line.run(floor.held, operator, self._desk))

    async def head(
        self, skills: Iterable[str], preferred: Iterable[str], now: datetime, ageing: timedelta, limit: int
    ) -> list[Ticket]:
        """The first who wait for one of the skills, or who prefer one of these operators, in the queue's order."""
        wanted = sorted(skills), sorted(preferred)
        return await self._line.run(floor.head, *wanted, floor.aged(now, ageing), limit)

    async def in_line(self, skill: str, now: datetime, ageing: timedelta, limit: int, offset: int = 0) -> list[Ticket]:
        """A part of the line for the skill, offers included, in the queue's order."""
        return await self._line.run(floor.line, skill, floor.aged(now, ageing), limit, offset)

    async def firsts(self, skills: Iterable[str], now: datetime, ageing: timedelta, limit: int) -> list[Ticket]:
        """The first of each of these lines, as `in_line` has them."""
        return await self._line.run(floor.firsts, list(skills), floor.aged(now, ageing), limit)

    async def ahead(self, skill: str, now: datetime, ageing: timedelta, key: OrderKey) -> int:
        """How many in line for the skill have this place in the queue's order or a better one."""
        return await self._line.run(floor.ahead, skill, floor.aged(now, ageing), key)

    async def scheduled(self) -> list[Ticket]:
        """Every callback that is not yet due."""
        return await self._line.run(reading.scheduled)

    async def booked(self, limit: int) -> tuple[list[Ticket], Mapping[str, int]]:
        """Of each skill the first callbacks that are not yet due, soonest first, and how many there are of it."""
        return await self._line.run(floor.booked, limit)

    async def duties(self) -> list[Duty]:
        """What is kept of the operators; takes the desk's lock."""
        return self._at_desk(await self._line.run(reading.duties, self._desk))

    async def roster(self) -> Roster:
        """What was changed at run time about who works here; takes the desk's lock."""
        return self._at_desk(await self._line.run(roster.read, self._desk))

    async def staff(self) -> Staff:
        """Everything about who works here, at once; takes the desk's lock."""
        return self._at_desk(await self._line.run(roster.staff, self._desk))

    async def staff_with_tickets(self, numbers: Iterable[int]) -> tuple[Staff, list[Conversation], list[Ticket]]:
        """What `staff` and then `with_tickets` return, at once; takes the desk's lock."""
        return self._at_desk(await self._line.run(roster.staff_with_tickets, list(numbers), self._desk))

    async def seats(self, skill: str, start: datetime, end: datetime) -> list[Seat]:
        """The seats taken in [start, end)."""
        return await self._line.run(reading.seats, skill, start, end)

    async def log(self, ticket: int) -> list[Entry]:
        """The ticket's event log, in order."""
        return await self._line.run(reading.log, ticket)

    async def last_closed_logs(self, tickets: int) -> list[Entry]:
        """The event logs of so many tickets, those closed last; of each ticket in order."""
        return await self._line.run(reading.last_closed_logs, tickets)

    async def history(self, conversation: str, skip: int, limit: int) -> list[Past]:
        """The closed tickets of the conversation, the last closed first."""
        return await self._line.run(archive.history, conversation, skip, limit)

    async def log_since(self, moment: datetime) -> list[Entry]:
        """The event log of all tickets from that moment on, in order."""
        return await self._line.run(archive.log_since, moment)

    async def notes(self, conversation: str) -> list[tuple[datetime, str, str]]:
        """Internal notes: (at, operator, text)."""
        return await self._line.run(reading.notes, conversation)

    async def person(self, conversation: str) -> Person:
        """Whose conversation it is, with everything that is theirs, be it forgotten or not."""
        return await self._line.run(people.person_of, [conversation])

    async def erasable(self, person: Person) -> Mapping[str, int]:
        """How much an erasure would reach, by table; empty when nothing is left."""
        return await self._line.run(people.erasable, person)

    async def forgotten(self, conversations: Iterable[str]) -> set[str]:
        """Those that were erased."""
        wanted = list(conversations)
        return await self._line.run(reading.forgotten, wanted) if wanted else set()

    async def struggles(self, destination: str) -> bool:
        """Whether something for this destination was tried, did not arrive, and is still to be delivered."""
        return await self._line.run(outbox.struggles, destination)

    async def save(self, changes: Changes) -> None:
        """Write everything at the end, which raises ConflictError when a ticket, a seat or a number was taken."""
        self._line.last(partial(writing.save, changes=changes))


class SqlStore:
    """Where everything is kept."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def begin(self, *, desk: bool = False) -> AsyncIterator[SqlTransaction]:
        """A transaction that commits on a clean exit and rolls back on an error; with `desk` it has the desk's lock."""
        async with self._engine.writing() as line:
            work = SqlTransaction(line, writes=True)
            if desk:
                await work.come_to_desk()
            yield work

    @asynccontextmanager
    async def read(self) -> AsyncIterator[SqlTransaction]:
        """A read-only look that takes no lock and holds up no writer."""
        async with self._engine.reading() as line:
            yield SqlTransaction(line, writes=False)
