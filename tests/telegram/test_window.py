"""What is sent is recorded before anything else is sent, so that little is repeated after a crash or an outage."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from bot.dialog.content import Content
from bot.dialog.errors import StoreUnavailableError
from bot.dialog.messages import Ref
from bot.dialog.topics import TopicState
from bot.storage.inbox import SqlInbox
from bot.storage.outbox import SqlOutbox
from bot.storage.schedule import SqlLeases
from bot.telegram import dispatcher, gateway, window
from bot.telegram.window import Window
from tests.patience import PATIENCE
from tests.telegram.stage import GROUP, stage


class Sender:
    """A delivery that is in doubt from `sent` until it is told to record."""

    def __init__(self, shared: Window) -> None:
        self._window, self.sent, self.record = shared, asyncio.Event(), asyncio.Event()

    async def run(self) -> None:
        await self._window.open()
        self.sent.set()
        await self.record.wait()
        self._window.close()


async def test_one_delivery_at_a_time_is_in_doubt() -> None:
    shared = Window()
    one, two = Sender(shared), Sender(shared)
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
        tasks.create_task(one.run())
        await one.sent.wait()
        tasks.create_task(two.run())
        for _ in range(10):
            await asyncio.sleep(0)
        assert not two.sent.is_set()
        one.record.set()
        await two.sent.wait()
        two.record.set()


async def test_a_delivery_that_hangs_lets_the_others_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "PATIENCE", 0.01)
    shared = Window()
    one, two = Sender(shared), Sender(shared)
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
        tasks.create_task(one.run())
        await one.sent.wait()
        tasks.create_task(two.run())
        await two.sent.wait()
        one.record.set()  # too late: it closes nobody else's window
        two.record.set()


async def test_who_is_late_lets_nobody_in_beside_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "PATIENCE", 0.01)
    shared = Window()
    late, two, three = Sender(shared), Sender(shared), Sender(shared)
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
        tasks.create_task(late.run())
        await late.sent.wait()
        monkeypatch.setattr(window, "PATIENCE", 1000)
        tasks.create_task(two.run())
        await two.sent.wait()
        tasks.create_task(three.run())
        late.record.set()
        for _ in range(10):
            await asyncio.sleep(0)
        assert not three.sent.is_set()
        two.record.set()
        await three.sent.wait()
        three.record.set()


async def test_the_patience_with_one_that_was_recorded_in_time_does_not_run_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(window, "PATIENCE", 0.01)
    shared = Window()
    quick, two, three = Sender(shared), Sender(shared), Sender(shared)
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
        tasks.create_task(quick.run())
        await quick.sent.wait()
        monkeypatch.setattr(window, "PATIENCE", 1000)
        tasks.create_task(two.run())
        tasks.create_task(three.run())
        quick.record.set()
        await two.sent.wait()
        with suppress(TimeoutError):
            async with asyncio.timeout(0.03):
                await three.sent.wait()
        assert not three.sent.is_set()
        two.record.set()
        three.record.set()


async def test_others_go_as_soon_as_it_is_known_where_a_message_stands(
    sample: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "PATIENCE", 1000)
    async with stage(sample, tmp_path) as s:
        sent, ended = s.storage.outbox.sent, asyncio.Event()

        async def slowly(rows: Sequence[int], refs: Sequence[tuple[Ref, str, int]] = ()) -> None:
            if rows and not ended.is_set():
                await ended.wait()  # the first order's end; that its message stands there is known
            await sent(rows, refs)

        monkeypatch.setattr(s.storage.outbox, "sent", slowly)
        boris, vera = s.api.person("Boris"), s.api.person("Vera")
        boris.says("/start")
        await s.until(boris.sees)
        vera.says("/start")
        await s.until(vera.sees)
        ended.set()
        await s.settled()


async def test_an_answer_of_which_nothing_is_recorded_holds_up_nobody(
    sample: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window, "PATIENCE", 1000)
    async with stage(sample, tmp_path) as s:
        s.operator("anna").says("/queue", to=s.group)
        await s.until(s.group.shows)
        boris = s.api.person("Boris")
        boris.says("/start")
        await s.until(boris.sees)


async def test_what_was_sent_is_not_sent_again_when_the_database_is_away_for_a_moment(
    sample: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent, failures = SqlOutbox.sent, [1, 2, 1, 1]  # the record of the post, then of its order

    async def failing(self: SqlOutbox, ids: Sequence[int], refs: Sequence[tuple[Ref, str, int]] = ()) -> None:
        if failures and failures.pop() % 2:
            raise StoreUnavailableError("it is away")
        await sent(self, ids, refs)

    monkeypatch.setattr(SqlOutbox, "sent", failing)
    monkeypatch.setattr(window, "AGAIN", 0.01)
    async with stage(sample, tmp_path) as s:
        boris = s.api.person("Boris", language="ru")
        for _ in range(3):
            boris.says("сколько стоит доставка")
        await s.handled()
        await s.settled()
        assert not failures
        conversation = (await _conversation(s.storage, boris.id)).id
        async with s.storage.work.read() as tx:
            said = [each for each in await tx.messages(conversation) if each.author.kind != "customer"]
        assert len(boris.sees()) == len(said)


@pytest.mark.parametrize(("port", "asked"), [(SqlLeases, "hold"), (SqlOutbox, "destinations"), (SqlInbox, "pending")])
async def test_a_database_that_is_away_interrupts_no_delivery(
    sample: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, port: type, asked: str
) -> None:
    known, failures = getattr(port, asked), [False, True]

    async def failing(self: object, *args: object) -> object:
        if failures and failures.pop(0):
            raise StoreUnavailableError("it is away")
        return await known(self, *args)

    monkeypatch.setattr(port, asked, failing)
    monkeypatch.setattr(gateway, "SWEEP", 0.05)
    monkeypatch.setattr(dispatcher, "SWEEP", 0.05)
    async with stage(sample, tmp_path, lease=0.06) as s:
        boris = s.api.person("Boris")
        boris.says("hello")
        await s.until(lambda: not failures and boris.sees())
        await s.handled()
        assert len(s.api.called("getMe")) == 1  # it did not begin anew


async def test_it_is_ready_before_anybody_writes(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path, poll=20) as s:
        await s.until(lambda: s.room.fault() is None)


async def test_a_topic_that_was_closed_in_a_last_moment_gets_the_next_card(sample: Content, tmp_path: Path) -> None:
    async with stage(sample, tmp_path) as s:
        boris, anna, topic = await s.talking()
        anna.writes_in(topic, "/close", s.group)
        await s.until(lambda: s.group.topics[0].closed)
        await s.settled()
        known = await s.storage.topics.by_thread(GROUP, topic)
        assert known is not None
        await s.storage.topics.put(replace(known, state=TopicState.OPEN))  # as if killed before it was recorded
        boris.says("позовите оператора")
        await s.until(lambda: any("#2 · " in text for text in s.group.reads(topic)))
        assert len(s.group.topics) == 1
        assert not s.group.topics[0].closed


async def _conversation(storage, person):
    async with storage.work.read() as tx:
        [found] = await tx.conversations([("telegram", str(person))])
        return found
