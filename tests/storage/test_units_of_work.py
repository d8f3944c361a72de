"""All or nothing, one after the other, and fit for the next."""

import asyncio
from contextlib import suppress
from dataclasses import replace

import pytest

from bot.dialog.errors import ConflictError
from bot.dialog.records import Changes, Happening
from bot.storage.storage import Storage
from tests.patience import PATIENCE
from tests.storage.samples import NOW, begin_with, conversation, message, save, ticket


async def test_an_error_leaves_nothing_behind(storage: Storage) -> None:
    await begin_with(storage)
    changes = Changes(
        conversations={"c2": (conversation("c2"), True), "c1": (conversation(name="changed"), False)},
        messages=[message(1)],
        notes=[("c1", NOW, "anna", "note")],
        happenings=[Happening("c1", 1, NOW, "answered", "delivery", 0.9, {"a": "b"})],
    )
    last = replace(changes, tickets={1: (ticket(version=7), 6)})  # of which nobody has heard
    with pytest.raises(ConflictError):
        async with storage.work.begin() as work:
            await work.save(last)
    with suppress(ZeroDivisionError):
        async with storage.work.begin() as work:
            await work.save(changes)
            raise ZeroDivisionError
    async with storage.work.read() as look:
        assert await look.conversations_by_id(["c1", "c2"]) == [conversation()]
        assert await look.messages("c1") == []
        assert await look.notes("c1") == []


async def test_a_reader_sees_one_moment_and_holds_up_no_writer(storage: Storage) -> None:
    await begin_with(storage)
    async with storage.work.read() as look:
        assert await look.messages("c1") == []
        async with asyncio.timeout(PATIENCE):
            await save(storage, messages=[message(1)])
        assert await look.messages("c1") == []
    async with storage.work.read() as look:
        assert await look.messages("c1") == [message(1)]


async def test_no_count_is_lost_when_several_processes_read_then_write(storage: Storage, url: str) -> None:
    await begin_with(storage)

    async def count_one(opened: Storage, *, desk: bool) -> None:
        async with opened.work.begin(desk=desk) as work:
            (found,) = await work.conversations_by_id(["c1"])
            await asyncio.sleep(0)  # let the others in, if they can come in
            await work.save(Changes(conversations={"c1": (replace(found, last_seq=found.last_seq + 1), False)}))

    async def count(opened: Storage) -> None:
        for _ in range(10):
            try:
                await count_one(opened, desk=False)
            except ConflictError:  # somebody was faster: once more, in turn
                await count_one(opened, desk=True)

    async with Storage.open(url) as another:
        await asyncio.gather(*(count(opened) for opened in (storage, another) for _ in range(3)))
    async with storage.work.read() as look:
        (found,) = await look.conversations_by_id(["c1"])
    assert found.last_seq == 60


async def test_a_turn_that_is_cancelled_leaves_the_store_fit_for_the_next(storage: Storage) -> None:
    await begin_with(storage)
    inside = asyncio.Event()

    async def turn() -> None:
        async with storage.work.begin() as work:
            await work.save(Changes(messages=[message(1)]))
            inside.set()
            await asyncio.Event().wait()

    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
        task = tasks.create_task(turn())
        await inside.wait()
        task.cancel()
    async with asyncio.timeout(PATIENCE):
        await save(storage, messages=[message(1, text="after")])
    async with storage.work.read() as look:
        assert await look.messages("c1") == [message(1, text="after")]


async def test_a_turn_that_is_cancelled_while_it_waits_for_another_holds_up_nobody(storage: Storage) -> None:
    await begin_with(storage)
    entered = asyncio.Event()

    async def turn() -> None:
        entered.set()
        async with storage.work.begin(desk=True) as work:
            await work.conversations_by_id(["c1"])

    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks, storage.work.begin(desk=True) as work:
        await work.conversations_by_id(["c1"])
        waiting = [tasks.create_task(turn()) for _ in range(20)]
        await entered.wait()
        await work.save(Changes(messages=[message(1)]))
        for task in waiting:
            task.cancel()
    async with asyncio.timeout(PATIENCE):
        await save(storage, messages=[message(2)])
    async with storage.work.read() as look:
        assert await look.messages("c1") == [message(1), message(2)]
