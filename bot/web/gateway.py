"""The gateway: who is connected to which conversation, and is shown what happens there, in order and once."""

import asyncio
import logging
from asyncio import TaskGroup
from collections.abc import Awaitable, Callable, Iterable
from itertools import count
from typing import TypeVar

from aiohttp import WSCloseCode

from bot.dialog.acts import Present
from bot.dialog.buttons import READY
from bot.dialog.conversation import Conversation, Mode, Shown
from bot.dialog.errors import DialogError
from bot.dialog.messages import Author, AuthorKind, Message
from bot.dialog.ports import Store
from bot.dialog.records import Published
from bot.web.errors import GoneError
from bot.web.service import Service, ask
from bot.web.showing import author_shown, leads_into_telegram, message_frame, state_frame
from bot.web.sockets import Line
from bot.web.wire import ReadShown, StateShown, TypingShown, encode

_log = logging.getLogger(__name__)
T = TypeVar("T")

PAGE = 100  # messages replayed at a time
SWEEP = 1.0  # seconds; what a lost publish costs whoever waits for a person or talks with one
EVERYBODY = 5  # every so many sweeps all others are looked after too
EDITS_BACK = 200  # messages; an edit of an older one is seen when the page is opened anew
_CHUNK = 500


class Visit:
    """One connection: `sent` is the last `seq` on its line. It is shown nothing before it is `live`."""

    __slots__ = ("behind", "catching_up", "conversation", "line", "live", "sent")

    def __init__(self, line: Line, conversation: str) -> None:
        self.line, self.conversation = line, conversation
        self.sent = 0
        self.live = self.catching_up = self.behind = False


class Room:
    """The visits of one conversation (its tabs), and what they were last shown beside the messages.

    `fresh` tells that nothing of it has ever been stored: only this connection knows the id.
    """

    __slots__ = ("fresh", "operators_read", "shown", "visits")

    def __init__(self) -> None:
        self.visits: list[Visit] = []
        self.shown: Shown | None = None
        self.operators_read = 0
        self.fresh = True

    @property
    def with_people(self) -> bool:
        """Whether operators, who may be served by another process, have a part in it now."""
        return self.shown is not None and self.shown.mode in {Mode.QUEUED, Mode.ACTIVE}


class Gateway:
    """An audience of the dialog: publishing is a hint, the store is the truth."""

    def __init__(
        self, store: Store, tasks: TaskGroup, service: Service, link: Callable[[str], str | None] | None = None
    ) -> None:
        """`link` makes a conversation's way into Telegram, as long as there is one."""
        self._store, self._tasks, self._service, self._link = store, tasks, service, link
        self._rooms: dict[str, Room] = {}

    @property
    def visits(self) -> int:
        """How many connections are live."""
        return sum(len(room.visits) for room in self._rooms.values())

    def enter(self, visit: Visit) -> Room:
        """From now on the visit belongs to its conversation's room."""
        room = self._rooms.setdefault(visit.conversation, Room())
        room.visits.append(visit)
        return room

    def leave(self, visit: Visit) -> None:
        """The connection is gone."""
        room = self._rooms[visit.conversation]
        room.visits.remove(visit)
        if not room.visits:
            del self._rooms[visit.conversation]

    async def arrive(self, visit: Visit, seen: int, *, fresh: bool) -> tuple[int, StateShown]:
        """How the conversation stands: its last `seq` and state; of a `fresh` one without a look into the store.

        Raises GoneError for one that was erased, and StoreUnavailableError.
        """
        room = self._rooms[visit.conversation]
        found: list[Conversation] = []
        if not fresh:
            room.fresh = False
            async with self._store.read() as look:
                found = await look.conversations_by_id((visit.conversation,))
                if not found and await look.forgotten((visit.conversation,)):
                    raise GoneError
        last = found[0].last_seq if found else 0
        visit.sent = min(seen, last)
        if room.shown is None:  # else a publish was faster than this look, or another tab is shown it already
            room.shown = found[0].shown if found else Shown()
            room.operators_read = found[0].operator_read_seq if found else 0
        return last, state_frame(room.shown)

    async def catch_up(self, visit: Visit) -> None:
        """Show what the store has and the visit has not, until there is no more. Raises StoreUnavailableError."""
        if visit.catching_up:
            visit.behind = True
            return
        visit.catching_up = visit.behind = True
        try:
            while visit.behind and visit.line.open:
                visit.behind = False  # unless something is published from here on
                async with self._store.read() as look:
                    page = await look.messages(visit.conversation, visit.sent, PAGE)
                visit.behind = visit.behind or len(page) == PAGE
                for message in page:
                    if message.seq > visit.sent:
                        _show(visit, message.seq, self._frame(message))
                await visit.line.flushed()
                if any(map(_asks, page)):
                    await self.seen(visit.conversation)
        finally:
            visit.catching_up = False

    async def show_edits(self, visit: Visit) -> None:
        """Show again what has changed of what the visit has seen. Raises StoreUnavailableError."""
        async with self._store.read() as look:
            page = await look.messages(visit.conversation, max(0, visit.sent - EDITS_BACK), EDITS_BACK)
        for message in page:
            if message.edited and message.seq <= visit.sent:
                visit.line.push(self._frame(message))

    def _frame(self, message: Message) -> bytes:
        """A link is made when it is shown, so that it is fresh, and never that of a bot of long ago."""
        link = self._link(message.conversation) if self._link and leads_into_telegram(message) else None
        return encode(message_frame(message, link))

    async def seen(self, conversation: str) -> None:
        """Somebody has the conversation before them: what it asks, it asks of somebody. Raises DialogError."""
        await ask(self._service, Present(conversation), conversation)

    async def _seen(self, visit: Visit) -> None:
        await self.seen(visit.conversation)

    def publish(self, published: Published) -> None:
        """Show what a commit changed to those who are connected."""
        for room, message in self._here((each.conversation, each) for each in published.messages):
            self._message(room, message)
        for room, edit in self._here((each.conversation, each) for each in published.edits):
            _tell((visit for visit in room.visits if visit.sent >= edit.seq), self._frame(edit))
        for room, shown in self._here(published.shown):
            _state(room, shown)
        for room, operators in self._here((who, operators) for who, _, operators in published.reads):
            _read(room, operators)
        for room, author in self._here(published.typing):
            _typing(room, author)

    def _here(self, happened: Iterable[tuple[str, T]]) -> list[tuple[Room, T]]:
        """What happened in conversations that somebody is connected to."""
        return [(room, what) for conversation, what in happened if (room := self._rooms.get(conversation))]

    def _message(self, room: Room, message: Message) -> None:
        room.fresh = False
        frame = self._frame(message)
        for visit in room.visits:
            if message.seq == visit.sent + 1 and visit.live:
                _show(visit, message.seq, frame)
                if _asks(message):
                    self._tasks.create_task(self._show_from_store(visit, self._seen))
            elif message.seq > visit.sent:
                self._fill(visit)

    def _fill(self, visit: Visit) -> None:
        """Something is missing between what was shown and what is published."""
        if visit.catching_up or not visit.live:
            visit.behind = True
        else:
            self._tasks.create_task(self._show_from_store(visit, self.catch_up))

    async def _show_from_store(self, visit: Visit, show: Callable[[Visit], Awaitable[None]]) -> None:
        try:
            await show(visit)
        except DialogError as error:
            _log.warning("Conversation %s is behind until the next sweep: %s", visit.conversation, error)
        except Exception:  # noqa: BLE001 - the worker's edge: one talk must not end the others
            _log.exception("Conversation %s cannot be shown", visit.conversation)

    async def sweep_forever(self) -> None:
        """Every few seconds, show what was stored and never published here (by another process, say)."""
        for turn in count(1):
            await asyncio.sleep(SWEEP)
            try:
                await self.sweep(everybody=turn % EVERYBODY == 0)
            except DialogError as error:
                _log.warning("The sweep is left out: %s", error)
            except Exception:  # noqa: BLE001 - the worker's edge, as above
                _log.exception("The sweep is left out")

    async def sweep(self, *, everybody: bool) -> None:
        """Compare the conversations that are connected with the store once. Raises StoreUnavailableError."""
        ids = [who for who, room in self._rooms.items() if not room.fresh and (everybody or room.with_people)]
        for start in range(0, len(ids), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            before = {who: room.shown for who in chunk if (room := self._rooms.get(who))}
            async with self._store.read() as look:
                found = await look.conversations_by_id(chunk)
                gone = await look.forgotten(set(chunk) - {each.id for each in found})
            for conversation in found:
                self._compare(conversation, before.get(conversation.id))
            for room in filter(None, map(self._rooms.get, gone)):
                self._end(room)

    def _end(self, room: Room) -> None:
        """Its conversation was erased: whoever still looks at it begins anew."""
        error = GoneError()
        for visit in (each for each in room.visits if each.line.open):
            visit.line.push(encode(error.frame()))
            self._tasks.create_task(visit.line.close(WSCloseCode.POLICY_VIOLATION, error.code))

    def _compare(self, conversation: Conversation, before: Shown | None) -> None:
        """`before` is what was shown when the look at the store began."""
        room = self._rooms.get(conversation.id)
        if room is None:
            return
        for visit in room.visits:
            if visit.sent < conversation.last_seq:
                self._fill(visit)
            if room.shown and room.shown.edits != conversation.shown.edits:
                self._tasks.create_task(self._show_from_store(visit, self.show_edits))
        if room.shown is before:  # else a publish was faster than the look
            _state(room, conversation.shown)
        _read(room, conversation.operator_read_seq)


def _asks(message: Message) -> bool:
    """Whether the answer is waited for, and not for ever."""
    return any(each.id == READY for each in message.buttons)


def _show(visit: Visit, seq: int, frame: bytes) -> None:
    visit.sent = seq
    visit.line.push(frame)


def _tell(visits: Iterable[Visit], frame: bytes) -> None:
    for visit in visits:
        if visit.live:
            visit.line.push(frame)


def _state(room: Room, shown: Shown) -> None:
    before = room.shown
    room.shown = shown
    if before is None or _visible(shown) != _visible(before):
        _tell(room.visits, encode(state_frame(shown)))


def _visible(shown: Shown) -> tuple[object, ...]:
    return shown.mode, shown.position, shown.wait, shown.operator


def _read(room: Room, operators: int) -> None:
    if operators > room.operators_read:
        room.operators_read = operators
        _tell(room.visits, encode(ReadShown(seq=operators)))


def _typing(room: Room, author: Author) -> None:
    if author.kind is not AuthorKind.CUSTOMER:
        _tell(room.visits, encode(TypingShown(author=author_shown(author))))
