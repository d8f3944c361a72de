"""What the dialog needs from the outside: a store, an inbox and an outbox, and what else is kept."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from bot.dialog.conversation import Conversation
from bot.dialog.messages import Attachment, Message, Ref, Upload
from bot.dialog.orders import Outgoing
from bot.dialog.people import Person
from bot.dialog.records import Alarm, Changes, Duty, Incoming, Past, Seat, Staff
from handoff.queue import Line, OrderKey
from handoff.roster import Roster
from handoff.ticket import Entry, Ticket


class Transaction(Protocol):
    """One unit of work. What it returns is locked or versioned until the commit."""

    async def conversations(self, addresses: Iterable[tuple[str, str]]) -> list[Conversation]:
        """Those that exist, by (channel, address), and those that are continued in such a chat."""
        ...

    async def conversations_by_id(self, ids: Iterable[str]) -> list[Conversation]:
        """Those that exist."""
        ...

    async def seqs_of(self, keys: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], int]:
        """The `seq` of messages already stored, by (conversation, key)."""
        ...

    async def find(self, refs: Iterable[Ref]) -> Mapping[Ref, tuple[str, int]]:
        """(conversation, seq) of the messages that stand at these places."""
        ...

    async def refs_of(self, conversation: str, seq: int) -> list[Ref]:
        """Every place where the message stands."""
        ...

    async def message(self, conversation: str, seq: int) -> Message | None:
        """One message."""
        ...

    async def messages(self, conversation: str, after: int = 0, limit: int = 500) -> list[Message]:
        """The messages with `seq` above `after`, in order."""
        ...

    async def tickets_of(self, conversations: Iterable[str]) -> list[Ticket]:
        """The open tickets of these conversations, oldest first."""
        ...

    async def last_closed(self, conversation: str) -> tuple[Ticket, datetime, str | None] | None:
        """The conversation's last closed ticket, when it was closed, and who had it last."""
        ...

    async def ticket(self, number: int) -> Ticket | None:
        """One ticket, open or closed."""
        ...

    async def with_tickets(self, numbers: Iterable[int]) -> tuple[list[Conversation], list[Ticket]]:
        """The conversations of these tickets; the tickets that exist, open or closed, and the other open ones there."""
        ...

    async def next_ticket(self) -> int:
        """A number that no ticket has."""
        ...

    async def open_tickets(self) -> list[Ticket]:
        """Every ticket that is queued, offered, active or on hold (not the scheduled ones)."""
        ...

    async def lines(self) -> Mapping[str, Line]:
        """How many stand in line for each skill for which anybody does. Every one of them is counted."""
        ...

    async def longer(self, skill: str, than: int) -> bool:
        """Whether more than so many (0 or more) stand in line for the skill; what stands behind is not looked at."""
        ...

    async def lengths(self) -> Mapping[str, tuple[int, datetime]]:
        """How many stand in line for each skill for which anybody does, and when the first of them asked."""
        ...

    async def held(self, operator: str | None = None) -> list[Ticket]:
        """What the operator holds, offers included, oldest first; without one, what all of them hold."""
        ...

    async def head(
        self, skills: Iterable[str], preferred: Iterable[str], now: datetime, ageing: timedelta, limit: int
    ) -> list[Ticket]:
        """The first who wait for one of the skills, or who prefer one of these operators, in the queue's order."""
        ...

    async def in_line(self, skill: str, now: datetime, ageing: timedelta, limit: int, offset: int = 0) -> list[Ticket]:
        """A part of the line for the skill, offers included, in the queue's order."""
        ...

    async def firsts(self, skills: Iterable[str], now: datetime, ageing: timedelta, limit: int) -> list[Ticket]:
        """The first of each of these lines, as `in_line` has them."""
        ...

    async def ahead(self, skill: str, now: datetime, ageing: timedelta, key: OrderKey) -> int:
        """How many in line for the skill have this place in the queue's order or a better one."""
        ...

    async def scheduled(self) -> list[Ticket]:
        """Every callback that is not yet due."""
        ...

    async def booked(self, limit: int) -> tuple[list[Ticket], Mapping[str, int]]:
        """Of each skill the first callbacks that are not yet due, soonest first, and how many there are of it."""
        ...

    async def duties(self) -> list[Duty]:
        """What is kept of the operators."""
        ...

    async def roster(self) -> Roster:
        """What was changed at run time about who works here."""
        ...

    async def staff(self) -> Staff:
        """Everything about who works here, at once."""
        ...

    async def staff_with_tickets(self, numbers: Iterable[int]) -> tuple[Staff, list[Conversation], list[Ticket]]:
        """What `staff` and then `with_tickets` return, at once."""
        ...

    async def seats(self, skill: str, start: datetime, end: datetime) -> list[Seat]:
        """The seats taken in [start, end)."""
        ...

    async def log(self, ticket: int) -> list[Entry]:
        """The ticket's event log, in order."""
        ...

    async def last_closed_logs(self, tickets: int) -> list[Entry]:
        """The event logs of so many tickets, those closed last; of each ticket in order."""
        ...

    async def history(self, conversation: str, skip: int, limit: int) -> list[Past]:
        """The closed tickets of the conversation and of those whose place it has taken, the last closed first."""
        ...

    async def log_since(self, moment: datetime) -> list[Entry]:
        """The event log of all tickets from that moment on, in order."""
        ...

    async def notes(self, conversation: str) -> list[tuple[datetime, str, str]]:
        """Internal notes: (at, operator, text)."""
        ...

    async def person(self, conversation: str) -> Person:
        """Whose conversation it is, with everything that is theirs, be it forgotten or not."""
        ...

    async def erasable(self, person: Person) -> Mapping[str, int]:
        """How much an erasure would reach, by table; empty when nothing is left."""
        ...

    async def forgotten(self, conversations: Iterable[str]) -> set[str]:
        """Those that were erased, which every other look takes for conversations that do not exist."""
        ...

    async def struggles(self, destination: str) -> bool:
        """Whether something for this destination was tried, did not arrive, and is still to be delivered."""
        ...

    async def save(self, changes: Changes) -> None:
        """Write everything at the end, which raises ConflictError when a ticket, a seat or a number was taken."""
        ...


class Store(Protocol):
    """Where everything is kept. Whoever wants what another has is told so (ConflictError), or waits at the `desk`."""

    def begin(self, *, desk: bool = False) -> AbstractAsyncContextManager[Transaction]:
        """A transaction that commits on a clean exit and rolls back on an error. Raises StoreUnavailableError."""
        ...

    def read(self) -> AbstractAsyncContextManager[Transaction]:
        """A read-only look that takes no lock and holds up no writer."""
        ...


class Inbox(Protocol):
    """Updates that were accepted and not yet handled. `Changes.inbox_done` ends one, in its turn's transaction."""

    async def put(self, source: str, updates: Sequence[tuple[str, dict[str, Any]]], now: datetime) -> int:
        """Store updates by (key, payload), each key once; return how many were new. Durable on return."""
        ...

    async def pending(self, source: str, after: int = 0, limit: int = 200) -> list[Incoming]:
        """Updates to handle, in order of arrival, with id above `after`."""
        ...

    async def failed(self, row: int, error: str, *, park: bool) -> None:
        """Count a try; parked rows are listed by `parked` and not handled again."""
        ...

    async def parked(self, limit: int = 50) -> list[tuple[Incoming, str]]:
        """What could not be handled, with its last error."""
        ...


class Outbox(Protocol):
    """Orders to deliver. `Changes.orders` fills it."""

    async def destinations(self, now: datetime) -> list[str]:
        """Destinations that have something to send and need not wait."""
        ...

    async def head(self, destination: str, now: datetime, limit: int = 1) -> list[Outgoing]:
        """The oldest orders to this destination, in order; empty while it must wait."""
        ...

    async def begun(self, ids: Sequence[int], now: datetime) -> None:
        """A try begins: recorded before the send, so that a crash leaves a trace."""
        ...

    async def sent(self, ids: Sequence[int], refs: Sequence[tuple[Ref, str, int]] = ()) -> None:
        """Delivered; `refs` say where messages now stand."""
        ...

    async def wait(self, destination: str, until: datetime, error: str, row: int | None = None) -> None:
        """Nothing goes to this destination before `until`; counts a try of `row` when given."""
        ...

    async def park(self, row: int, error: str) -> None:
        """It can never succeed; the ones behind it go on."""
        ...

    async def next_due(self) -> datetime | None:
        """When the earliest waiting destination may be tried again."""
        ...

    async def length(self) -> int:
        """How many orders are still to be delivered."""
        ...


class Alarms(Protocol):
    """The schedule is rows."""

    async def due(self, now: datetime, limit: int = 200) -> list[Alarm]:
        """Alarms to ring, earliest first. Each stays until a turn's Changes clear or move it."""
        ...

    async def next_due(self) -> datetime | None:
        """The earliest due-time."""
        ...


class Leases(Protocol):
    """Who does what only one process may do (poll, ring, deliver)."""

    async def hold(self, name: str, holder: str, now: datetime, seconds: float) -> bool:
        """Take or renew the lease; False while another holds it."""
        ...

    async def release(self, name: str, holder: str) -> None:
        """Give it up."""
        ...


class Keep(Protocol):
    """Small values that outlive a restart (the secret, the poll offset)."""

    async def get(self, name: str) -> str | None:
        """The value."""
        ...

    async def put(self, name: str, value: str) -> None:
        """Set the value, durable on return."""
        ...

    async def put_once(self, name: str, value: str) -> bool:
        """Set it if it is not set; False when it was there (a one-time link was used, the secret exists)."""
        ...


class Files(Protocol):
    """Files that were sent here, and not to a channel that keeps them itself."""

    async def take(self, owner: str, name: str, parts: AsyncIterator[bytes]) -> Upload:
        """Keep a file for a message of the conversation `owner`. Raises FileRefusedError."""
        ...

    def claim(self, conversation: str, id: str) -> Attachment | None:
        """The upload as part of a message of its own conversation, else None; again and again the same."""
        ...

    def path(self, conversation: str, attachment: Attachment) -> Path | None:
        """Where it is, None when another keeps it or it is gone."""
        ...
