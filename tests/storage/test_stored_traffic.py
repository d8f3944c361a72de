"""The inbox takes each update once, the outbox keeps the order of each destination, leases and values hold."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import text

from bot.dialog.messages import Ref
from bot.dialog.orders import MarkFailed, Order, Outgoing, Post, RefreshTopic, ShowMessage
from bot.dialog.records import Changes, Incoming
from bot.storage import inbox
from bot.storage.mapping.traffic import incoming_row
from bot.storage.storage import REPEATS_KNOWN, Storage
from tests.servers import PostgresServer
from tests.storage.samples import MINUTE, NOW, begin_with, message, save

GROUP, CUSTOMER = "telegram:-100", "telegram:5"


def shown(*seqs: int, to: str = CUSTOMER) -> list[tuple[str, Order]]:
    return [(to, ShowMessage("c1", seq)) for seq in seqs]


async def waiting(storage: Storage, destination: str = CUSTOMER) -> list[Outgoing]:
    return await storage.outbox.head(destination, NOW, limit=100)


async def test_an_update_is_taken_once(storage: Storage) -> None:
    assert await storage.inbox.put("telegram", [("1", {"a": "ё"}), ("2", {})], NOW) == 2
    assert await storage.inbox.put("telegram", [("2", {"b": 1}), ("3", {}), ("3", {})], NOW + MINUTE) == 1
    assert await storage.inbox.put("other", [("1", {})], NOW) == 1
    assert await storage.inbox.put("telegram", [], NOW) == 0
    found = await storage.inbox.pending("telegram")
    assert [(each.key, each.payload, each.received) for each in found] == [
        ("1", {"a": "ё"}, NOW),
        ("2", {}, NOW),
        ("3", {}, NOW + MINUTE),
    ]


async def test_updates_come_in_order_of_arrival_from_where_one_was(storage: Storage) -> None:
    keys = [str(number * 7919 % 1500) for number in range(1500)]
    await storage.inbox.put("telegram", [(key, {}) for key in keys], NOW)
    read: list[Incoming] = []
    while page := await storage.inbox.pending("telegram", after=read[-1].id if read else 0):
        read += page
    assert [each.key for each in read] == keys


async def test_an_update_that_was_handled_is_known_and_not_pending(storage: Storage) -> None:
    await storage.inbox.put("telegram", [("1", {"secret": 1}), ("2", {})], NOW)
    first, second = await storage.inbox.pending("telegram")
    await save(storage, inbox_done=[first.id])
    assert await storage.inbox.pending("telegram") == [second]
    assert await storage.inbox.put("telegram", [("1", {})], NOW) == 0


async def test_an_update_whose_turn_failed_stays_pending(storage: Storage) -> None:
    await storage.inbox.put("telegram", [("1", {})], NOW)
    (only,) = await storage.inbox.pending("telegram")
    with suppress(ZeroDivisionError):
        async with storage.work.begin() as work:
            await work.save(Changes(inbox_done=[only.id]))
            raise ZeroDivisionError
    assert await storage.inbox.pending("telegram") == [only]


async def test_a_poison_update_is_parked_with_its_error(storage: Storage) -> None:
    await storage.inbox.put("telegram", [("1", {"x": 1}), ("2", {})], NOW)
    poison, good = await storage.inbox.pending("telegram")
    await storage.inbox.failed(poison.id, "KeyError: 'text'", park=False)
    assert [each.tries for each in await storage.inbox.pending("telegram")] == [1, 0]
    assert await storage.inbox.parked() == []
    await storage.inbox.failed(poison.id, "KeyError: 'from'", park=True)
    assert await storage.inbox.pending("telegram") == [good]
    parked = Incoming(poison.id, "telegram", "1", {"x": 1}, NOW, tries=2)
    assert await storage.inbox.parked() == [(parked, "KeyError: 'from'")]


async def test_handled_updates_are_forgotten_after_a_while_and_no_others(storage: Storage) -> None:
    await storage.inbox.put("telegram", [("old", {}), ("pending", {})], NOW)
    await storage.inbox.put("telegram", [("new", {})], NOW + MINUTE)
    old, _, new = await storage.inbox.pending("telegram")
    await save(storage, inbox_done=[old.id, new.id])
    await storage.tidy(NOW + REPEATS_KNOWN + MINUTE)
    assert await storage.inbox.put("telegram", [("old", {}), ("pending", {}), ("new", {})], NOW) == 1


async def test_a_payload_that_no_database_can_hold_is_held_as_well_as_can_be(storage: Storage) -> None:
    await storage.inbox.put("telegram", [("1", {"text": "a\0b\ud800"})], NOW)
    (found,) = await storage.inbox.pending("telegram")
    assert found.payload == {"text": "a\0b\ufffd"}


async def test_orders_leave_in_the_order_they_were_given_for_each_destination(storage: Storage) -> None:
    others: list[tuple[str, Order]] = [(GROUP, RefreshTopic(1)), (GROUP, Post("Готово", thread=4))]
    await save(storage, orders=[*shown(1, 2), *others, *shown(3)])
    await save(storage, orders=shown(4))
    assert await storage.outbox.destinations(NOW) == [GROUP, CUSTOMER]
    assert [each.order for each in await waiting(storage)] == [ShowMessage("c1", seq) for seq in (1, 2, 3, 4)]
    assert [each.order for each in await waiting(storage, GROUP)] == [RefreshTopic(1), Post("Готово", thread=4)]
    (first,) = await storage.outbox.head(CUSTOMER, NOW)
    assert first == Outgoing(first.id, CUSTOMER, ShowMessage("c1", 1))


async def test_what_was_sent_is_gone_and_known_by_where_it_stands(storage: Storage) -> None:
    await begin_with(storage)
    await save(storage, messages=[message(1)], orders=shown(1, 2))
    first, second = await waiting(storage)
    place = Ref(CUSTOMER, "991")
    await storage.outbox.sent([first.id], [(place, "c1", 1)])
    assert await waiting(storage) == [second]
    async with storage.work.read() as look:
        assert await look.refs_of("c1", 1) == [place]
    await storage.outbox.sent([second.id])
    assert await storage.outbox.destinations(NOW) == []


async def test_a_number_of_an_order_is_never_given_again(storage: Storage) -> None:
    await save(storage, orders=shown(1))
    (first,) = await waiting(storage)
    await storage.outbox.sent([first.id])
    await save(storage, orders=shown(2))
    (second,) = await waiting(storage)
    assert second.id > first.id


async def test_a_try_leaves_a_trace_until_its_outcome_is_known(storage: Storage) -> None:
    await save(storage, orders=shown(1, 2))
    first, second = await waiting(storage)
    await storage.outbox.begun([first.id, second.id], NOW)
    assert [each.begun for each in await waiting(storage)] == [NOW, NOW]
    await storage.outbox.wait(CUSTOMER, NOW, "429", first.id)
    assert [(each.tries, each.begun) for each in await waiting(storage)] == [(1, None), (0, NOW)]


async def test_a_destination_that_must_wait_holds_up_no_other(storage: Storage) -> None:
    await save(storage, orders=[*shown(1), *shown(2, to=GROUP)])
    assert await storage.outbox.next_due() is None
    await storage.outbox.wait(GROUP, NOW + MINUTE, "retry after 60")
    assert await storage.outbox.destinations(NOW) == [CUSTOMER]
    assert await waiting(storage, GROUP) == []
    assert await storage.outbox.next_due() == NOW + MINUTE
    later = NOW + MINUTE
    assert await storage.outbox.destinations(later) == [GROUP, CUSTOMER]
    assert [each.tries for each in await storage.outbox.head(GROUP, later)] == [0]
    await storage.outbox.wait(GROUP, NOW + 3 * MINUTE, "again")
    assert await storage.outbox.head(GROUP, later) == []


async def test_a_destination_without_orders_is_nothing_to_wait_for(storage: Storage) -> None:
    await storage.outbox.wait(GROUP, NOW + MINUTE, "retry after 60")
    assert await storage.outbox.next_due() is None


async def test_a_parked_order_lets_the_ones_behind_it_go_on(storage: Storage) -> None:
    await save(storage, orders=[(GROUP, MarkFailed("c1", 1, "blocked")), *shown(2, to=GROUP)])
    first, second = await waiting(storage, GROUP)
    await storage.outbox.park(first.id, "403")
    assert await waiting(storage, GROUP) == [second]
    assert await storage.outbox.length() == 1
    await storage.outbox.park(second.id, "400")
    assert await storage.outbox.destinations(NOW) == []
    assert await storage.outbox.length() == 0


async def test_a_lease_is_held_by_one(storage: Storage) -> None:
    held = await asyncio.gather(*(storage.leases.hold("poll", f"process-{n}", NOW, 30) for n in range(8)))
    assert sum(held) == 1
    holder = f"process-{held.index(True)}"
    assert await storage.leases.hold("poll", holder, NOW + MINUTE / 4, 30)
    assert not await storage.leases.hold("poll", "another", NOW + MINUTE / 2, 30)
    assert await storage.leases.hold("ring", "another", NOW, 30)


async def test_a_lease_that_ran_out_or_was_released_goes_to_who_asks(storage: Storage) -> None:
    assert await storage.leases.hold("poll", "one", NOW, 30)
    assert await storage.leases.hold("poll", "two", NOW + MINUTE / 2, 30)
    await storage.leases.release("poll", "one")
    assert not await storage.leases.hold("poll", "one", NOW + MINUTE / 2, 30)
    await storage.leases.release("poll", "two")
    assert await storage.leases.hold("poll", "one", NOW + MINUTE / 2, 30)


async def test_a_lease_of_a_clock_that_was_set_back_is_nobodys(storage: Storage) -> None:
    assert await storage.leases.hold("poll", "one", NOW + 60 * MINUTE, 30)
    assert await storage.leases.hold("poll", "two", NOW, 30)
    assert not await storage.leases.hold("poll", "three", NOW - MINUTE / 2, 30), "clocks that differ a little"


async def test_a_kept_value_is_there_until_it_is_changed(storage: Storage) -> None:
    assert await storage.keep.get("offset") is None
    await storage.keep.put("offset", "1")
    await storage.keep.put("offset", "2")
    assert await storage.keep.get("offset") == "2"


async def test_a_value_that_is_put_once_is_put_by_one(storage: Storage) -> None:
    put = await asyncio.gather(*(storage.keep.put_once("secret", str(number)) for number in range(8)))
    assert sum(put) == 1
    assert await storage.keep.get("secret") == str(put.index(True))


@pytest.mark.postgres
async def test_no_update_becomes_visible_behind_one_that_was_read(server: PostgresServer) -> None:
    waits = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    async with Storage.open(server.create("inbox")) as storage, asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        await storage.upgrade()
        async with storage._engine.writing() as slow:
            await slow.run(inbox._put, "telegram", [incoming_row("telegram", ("1", {}), NOW)])
            quick = tasks.create_task(storage.inbox.put("telegram", [("2", {})], NOW))
            while not await slow.run(lambda connection: connection.execute(waits).scalar()):
                assert not quick.done()
            assert await storage.inbox.pending("telegram") == []
        await quick
        assert [each.key for each in await storage.inbox.pending("telegram")] == ["1", "2"]


async def test_a_destination_struggles_from_a_try_that_failed_until_what_was_tried_has_arrived(
    storage: Storage,
) -> None:
    async def struggles(destination: str) -> bool:
        async with storage.work.read() as look:
            return await look.struggles(destination)

    await save(storage, orders=[("a", ShowMessage("c1", 1)), ("b", ShowMessage("c2", 1))])
    [first] = await storage.outbox.head("a", NOW)
    await storage.outbox.begun([first.id], NOW)
    assert not await struggles("a")
    await storage.outbox.wait("a", NOW, "down", first.id)
    assert (await struggles("a"), await struggles("b")) == (True, False)
    await storage.outbox.sent([first.id])
    assert not await struggles("a")
