"""The service: acts come in, are handled in batches, one transaction each, and are answered after the commit."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from bot.dialog import acts, floor, salvage
from bot.dialog.acts import Act, Outcome
from bot.dialog.content import Content
from bot.dialog.conversation import Owner
from bot.dialog.dispatch import handle, ticket_of
from bot.dialog.errors import ConflictError, StoreUnavailableError
from bot.dialog.messages import Author
from bot.dialog.ports import Store
from bot.dialog.records import Changes, Published
from bot.dialog.tools import Tools
from bot.dialog.work import Work

log = logging.getLogger(__name__)

BATCH = 200  # acts in one transaction at most
CONFLICT_TRIES = 5


@dataclass(slots=True)
class Turn:
    """An act on its way, and whoever waits for its outcome. `inbox` is the inbox row that it completes."""

    act: Act
    inbox: tuple[int, ...]
    outcome: asyncio.Future[Outcome]


class Audience(Protocol):
    """Somebody who shows what happens, live."""

    def publish(self, published: Published) -> None:
        """Called after each commit, on the event loop; must return at once."""
        ...


class DialogService:
    """The one door to the conversations. A batch of one is the ordinary case; under load batches grow by themselves."""

    def __init__(
        self, store: Store, content: Callable[[], Content], clock: Callable[[], datetime], tools: Tools
    ) -> None:
        self._store, self._content, self._clock, self._tools = store, content, clock, tools
        self._audiences: list[Audience] = []
        self._turns: asyncio.Queue[Turn] = asyncio.Queue()
        self.batches = 0
        self.turns = 0

    def attend(self, audience: Audience) -> None:
        """From now on the audience is told what each commit changed."""
        self._audiences.append(audience)

    async def do(self, act: Act, *, inbox: int | Sequence[int] | None = None) -> Outcome:
        """Handle the act in the next batch; returns after the commit. `inbox` names the inbox rows that it completes.

        Raises StoreUnavailableError when the database does not answer: then nothing was stored and nothing may be
        acknowledged. Any other error is the act's own: nothing of it was stored, other acts were not disturbed. What
        a customer said is kept even then (`bot.dialog.salvage`), unless it stands in the inbox, to be tried again.
        """
        rows = () if inbox is None else (inbox,) if isinstance(inbox, int) else tuple(inbox)
        turn = Turn(act, rows, asyncio.get_running_loop().create_future())
        self._turns.put_nowait(turn)
        return await turn.outcome

    def typing(self, conversation: str, author: Author) -> None:
        """Somebody types; told at once and kept nowhere."""
        self._publish(Published(typing=((conversation, author),)))

    def renewed(self) -> None:
        """The content has changed, and all that is shown of it may have."""
        self._publish(Published(desk=True, content=True))

    async def run(self) -> None:
        """Handle batches until cancelled; runs in the application's task group."""
        while True:
            batch = [await self._turns.get()]
            while len(batch) < BATCH and not self._turns.empty():
                batch.append(self._turns.get_nowait())
            await self._settle(batch)
            for _ in batch:
                self._turns.task_done()

    async def drain(self) -> None:
        """Returns when everything that was handed in so far has been answered."""
        await self._turns.join()

    async def _settle(self, batch: list[Turn]) -> None:
        """All together; if one of them raises, each alone, so that it harms no other."""
        try:
            await self._commit(batch, partial(self._transact, batch))
        except StoreUnavailableError as error:
            _fail(batch, error)
        except Exception as error:  # noqa: BLE001 - the worker's edge: whoever waits is told
            if len(batch) == 1:
                await self._rescue(batch[0], error)
                return
            for turn in batch:
                await self._settle([turn])

    async def _rescue(self, turn: Turn, error: Exception) -> None:
        """The turn has failed, also alone: what a customer said is kept all the same."""
        log.error("turn failed", exc_info=error, extra={"act": type(turn.act).__name__, "of": _whose(turn.act)})
        if turn.inbox or not isinstance(turn.act, acts.Said):
            _fail([turn], error)
            return
        try:
            await self._commit([turn], partial(self._salvage, turn.act, error))
        except Exception as worse:  # noqa: BLE001 - the same edge
            _fail([turn], worse)

    async def _commit(
        self, batch: list[Turn], transact: Callable[[bool], Awaitable[tuple[list[Outcome], Changes]]]
    ) -> None:
        conflicts = 0
        while True:
            try:
                outcomes, changes = await transact(conflicts > 0)  # who was overtaken waits for the desk first
            except ConflictError:
                conflicts += 1
                if conflicts == CONFLICT_TRIES:
                    raise
            else:
                self.batches += 1
                self.turns += len(outcomes)
                # Who waits is woken first: what they send then leaves together with what is shown.
                _answer(batch, outcomes)
                self._publish(_news(changes))
                return

    async def _transact(self, batch: list[Turn], desk: bool) -> tuple[list[Outcome], Changes]:
        async with self._store.begin(desk=desk) as tx:
            work = Work(tx, self._content(), self._tools, self._clock())
            await _prepare(work, [turn.act for turn in batch])
            outcomes: list[Outcome] = []
            for turn in batch:
                outcomes.append(await handle(work, turn.act))
                work.changes.inbox_done.extend(turn.inbox)
            if work.floor_touched:
                await floor.serve(work)
            changes = await work.save()
        return outcomes, changes

    async def _salvage(self, act: acts.Said, error: Exception, desk: bool) -> tuple[list[Outcome], Changes]:
        async with self._store.begin(desk=desk) as tx:
            work = Work(tx, self._content(), self._tools, self._clock())
            outcome = await salvage.keep(work, act, error)
            changes = await work.save()
        return [outcome], changes

    def _publish(self, published: Published) -> None:
        for audience in self._audiences:
            try:
                audience.publish(published)
            except Exception:  # one who cannot show it must not undo what is stored
                log.exception("%s could not show what happened", type(audience).__name__)


def _answer(batch: list[Turn], outcomes: list[Outcome]) -> None:
    for turn, outcome in zip(batch, outcomes, strict=True):
        if not turn.outcome.done():
            turn.outcome.set_result(outcome)


def _fail(batch: list[Turn], error: Exception) -> None:
    for turn in batch:
        if not turn.outcome.done():
            turn.outcome.set_exception(error)


def _whose(act: Act) -> str:
    """Whom the act concerns, for the log."""
    sender = getattr(act, "sender", None)
    named = (getattr(act, name, None) for name in ("conversation", "ticket", "subject", "operator"))
    return f"{sender.channel}:{sender.address}" if sender else str(next((each for each in named if each), ""))


async def _prepare(work: Work, batch: Sequence[Act]) -> None:
    """Read at once what the batch needs, and rank its texts together."""
    numbers = {number for act in batch if (number := ticket_of(act)) is not None}
    if numbers:
        await work.come_to_desk(numbers)  # first: the desk is waited for empty-handed
    spoken = [act for act in batch if isinstance(act, acts.Said)]
    if not spoken:
        return
    await work.preload([act.sender for act in spoken])
    keys, queries = [], []
    for act in spoken:
        conversation = work.known(act.sender)
        if conversation is not None:
            keys.append((conversation.id, act.key))
        text = act.text.strip() if isinstance(act, acts.Wrote) else ""
        if text and (conversation is None or conversation.owner is Owner.BOT):
            language = conversation.locale if conversation else act.sender.language
            queries.append((text, work.content.desk.locale_of(language)))
    await work.preload_keys(keys)
    if queries:
        work.prerank(list(dict.fromkeys(queries)))


def _news(changes: Changes) -> Published:
    conversations = [conversation for conversation, _ in changes.conversations.values()]
    return Published(
        messages=tuple(changes.messages),
        edits=tuple(changes.edits),
        shown=tuple((each.id, each.shown) for each in conversations),
        reads=tuple((each.id, each.read_seq, each.operator_read_seq) for each in conversations),
        desk=bool(changes.tickets or changes.duties or changes.notes or changes.roster),
        orders=bool(changes.orders),
        alarms=bool(changes.alarms),
        content=changes.roster is not None,
        roster=changes.roster,
    )
