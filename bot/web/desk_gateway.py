"""The desk's gateway: who sits at the local desk, and sees live what happens."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.dialog.content import Content
from bot.dialog.conversation import Conversation
from bot.dialog.errors import DialogError
from bot.dialog.messages import AuthorKind, Message
from bot.dialog.ports import Store, Transaction
from bot.dialog.records import Published
from bot.web import desk_reads, desk_view
from bot.web.desk_room import Levels, lines_shown
from bot.web.desk_wire import CustomerTyping, Said, TalkGone
from bot.web.showing import author_shown, message_frame
from bot.web.sockets import Line
from bot.web.wire import Frame, encode

_log = logging.getLogger(__name__)

SETTLE = 0.05  # seconds in which further changes join one look at the store
SWEEP = 2.0  # seconds; what a lost publish costs at most


class Sitting:
    """One open desk page: whose it is, the languages its browser prefers, the open talk and its last `seq` shown."""

    __slots__ = ("languages", "line", "operator", "sent", "shown", "talk")

    def __init__(self, line: Line, operator: str, languages: Sequence[str] = ()) -> None:
        self.line, self.operator, self.languages = line, operator, languages
        self.talk: Conversation | None = None
        self.sent = 0
        self.shown: tuple[Frame | None, Frame | None] = (None, None)  # the snapshot and the card as last sent


class DeskGateway:
    """An audience of the dialog. What operators see is read from the store anew, at most every SETTLE seconds."""

    def __init__(
        self,
        store: Store,
        content: Callable[[], Content],
        clock: Callable[[], datetime],
        faults: Callable[[], Sequence[str]],
    ) -> None:
        """`faults` keep the admin's files as they are now from being served; supervisors are told."""
        self._store, self._content, self._clock, self._faults = store, content, clock, faults
        self._sittings: list[Sitting] = []
        self._changed = asyncio.Event()
        self._levels = Levels()
        self._holders: Mapping[str, str | None] = {}  # conversations with an open ticket, and who has it

    def sit_down(self, sitting: Sitting) -> None:
        """From now on the page is kept up to date."""
        self._sittings.append(sitting)
        self._changed.set()

    def stand_up(self, sitting: Sitting) -> None:
        """The page is gone."""
        self._sittings.remove(sitting)

    def holds(self, operator: str, conversation: str) -> bool:
        """Whether, at the last look, the operator had the conversation's ticket."""
        return self._holders.get(conversation) == operator

    def refresh_soon(self) -> None:
        """Something that is not published has changed (a note)."""
        self._changed.set()

    async def open(self, sitting: Sitting, conversation: str, content: Content) -> bool:
        """Show the talk, and what happens in it from now on; False when there is none.

        Raises StoreUnavailableError. The operator must be of the content's desk.
        """
        operator = content.desk.operators[sitting.operator]
        locale = desk_view.locale_of(operator, content, sitting.languages)
        async with self._store.read() as look:
            found = await look.conversations_by_id((conversation,))
            if not found:
                return False
            # Before the look at the messages: one that comes meanwhile is sent twice, not never.
            sitting.talk, sitting.sent = found[0], found[0].last_seq
            shown = await desk_view.talk(look, found[0], content, locale, sitting.operator)
        sitting.line.push(encode(shown))
        return True

    async def read(self, sitting: Sitting, frame: desk_reads.Reading, content: Content) -> Frame:
        """What was asked about the open talk. Raises NotFoundError without one, and StoreUnavailableError."""
        operator = content.desk.operators[sitting.operator]
        reader = desk_reads.Reader(content, operator, desk_view.locale_of(operator, content, sitting.languages))
        async with self._store.read() as look:
            found = await look.conversations_by_id((sitting.talk.id,) if sitting.talk else ())
            return await desk_reads.read(look, frame, found[0] if found else None, reader)

    def publish(self, published: Published) -> None:
        """Pass on what was said in open talks; look at the desk again when it may have changed."""
        if not self._sittings:
            return
        for message in (*published.messages, *published.edits):
            self._said(message)
        for conversation, author in published.typing:
            if author.kind is AuthorKind.CUSTOMER:
                frame = CustomerTyping(conversation=conversation, author=author_shown(author))
                self._tell(conversation, encode(frame))
        concerned = {message.conversation for message in published.messages} | {who for who, *_ in published.reads}
        if published.desk or published.content or not concerned.isdisjoint(self._holders):
            self._changed.set()

    def _said(self, message: Message) -> None:
        here = [each for each in self._sittings if each.talk and each.talk.id == message.conversation]
        for sitting in here:
            if message.seq == sitting.sent + 1:  # one that leaves a gap is found again by the next look
                sitting.sent = message.seq
        if here:
            self._tell(message.conversation, encode(_said(message)))

    def _tell(self, conversation: str, frame: bytes) -> None:
        for sitting in self._sittings:
            if sitting.talk and sitting.talk.id == conversation:
                sitting.line.push(frame)

    async def refresh_forever(self) -> None:
        """Look at the desk whenever something changed, and every few seconds in case that went unheard."""
        while True:
            try:
                async with asyncio.timeout(SWEEP):
                    await self._changed.wait()
                await asyncio.sleep(SETTLE)
            except TimeoutError:
                pass
            self._changed.clear()
            try:
                await self.refresh()
            except DialogError as error:
                _log.warning("The desk shows what it last knew: %s", error)
            except Exception:  # noqa: BLE001 - the worker's edge: what cannot be shown must not end what can be done
                _log.exception("The desk shows what it last knew")

    async def refresh(self) -> None:
        """One look at the store for everybody who sits here. Raises StoreUnavailableError."""
        if not self._sittings:
            return
        content = self._content()
        async with self._store.read() as look:
            floor = await desk_view.look_at_floor(look, content, self._clock())
            who_talks_last = sorted(floor.tickets, key=lambda ticket: ticket.engaged)
            self._holders = {ticket.conversation: ticket.operator for ticket in who_talks_last}
            for sitting in tuple(self._sittings):
                operator = content.desk.operators.get(sitting.operator)
                if operator is None:
                    sitting.line.drop()  # no longer on the team; coming back, they are told
                    continue
                locale = desk_view.locale_of(operator, content, sitting.languages)
                opened = sitting.talk
                talk = opened and await look.conversations_by_id((opened.id,))
                card = await desk_view.card(look, talk[0], content, locale, sitting.operator) if talk else None
                extras = desk_view.NO_EXTRAS
                if operator.supervises:
                    levels = await self._levels.now(look, content.desk, self._clock())
                    room = lines_shown(floor.lines, levels, content, locale)
                    extras = desk_view.Extras(desk_view.notice(content, locale, self._faults()), room)
                _update(sitting, desk_view.snapshot(floor, content, operator, locale, extras), card)
                if sitting.talk is not opened:  # another was opened meanwhile, and shown as it is
                    continue
                if talk:
                    await _catch_up(look, sitting, talk[0])
                elif opened:
                    sitting.line.push(encode(TalkGone(conversation=opened.id)))
                    sitting.talk = None


async def _catch_up(look: Transaction, sitting: Sitting, talk: Conversation) -> None:
    """Show what was said or edited in the open talk and never published here (by another process, say)."""
    before = sitting.talk
    edited = before is not None and before.shown.edits != talk.shown.edits
    after = max(0, sitting.sent - desk_view.HISTORY) if edited else sitting.sent
    for message in await look.messages(talk.id, after):
        if sitting.talk is before and (message.edited or message.seq > sitting.sent):
            sitting.sent = max(sitting.sent, message.seq)
            sitting.line.push(encode(_said(message)))
    if sitting.talk is before:
        sitting.talk = talk


def _said(message: Message) -> Said:
    return Said(conversation=message.conversation, message=message_frame(message))


def _update(sitting: Sitting, *frames: Frame | None) -> None:
    """Send what differs from what the page shows."""
    for frame, before in zip(frames, sitting.shown, strict=True):
        if frame is not None and frame != before:
            sitting.line.push(encode(frame))
    sitting.shown = (frames[0], frames[1])
