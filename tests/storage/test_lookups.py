"""No look-up reads a whole table, however long the history has grown."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from bot.dialog.messages import Ref
from bot.dialog.orders import ShowMessage
from bot.dialog.questions import Outcome, Question
from bot.dialog.records import Seat
from bot.dialog.topics import OfferPost, Topic
from bot.storage.storage import Storage
from handoff.ticket import Active, opened
from tests.storage.samples import MINUTE, NOW, begin_with, conversation, message, save, ticket

OURS = r"anon_\d+|family|skills|liked|\(subquery-"  # what a statement brings with it or has found already


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """Every statement that is run, with its parameters in it."""
    found = list[str]()

    def listen(connection: sqlite3.Connection, _entry: object) -> None:
        connection.set_trace_callback(found.append)

    event.listen(Engine, "connect", listen)
    yield found
    event.remove(Engine, "connect", listen)


async def _use_everything(storage: Storage) -> None:
    await begin_with(storage)
    await save(
        storage,
        messages=[message(1, key="k")],
        refs=[(Ref("telegram:5", "1"), "c1", 1)],
        tickets={1: (ticket(), None)},
        entries=[opened(ticket(), NOW)],
        alarms={("offer", "1"): NOW},
        seats_taken=[Seat("general", NOW, 0, 1)],
        orders=[("telegram:5", ShowMessage("c1", 1))],
        notes=[("c1", NOW, "anna", "note")],
        questions={("c1", 1): Question(1, NOW, "en", Outcome.MISSED)},
    )
    await save(
        storage,
        conversations={"c1": (conversation(), False)},
        edits=[message(1)],
        tickets={1: (ticket(state=Active("anna"), version=1), 0)},
        alarms={("offer", "1"): None},
        seats_freed=[1],
        inbox_done=[1],
    )
    async with storage.work.begin() as work:
        await work.conversations([("widget", "a"), ("telegram", "b")])
        await work.conversations_by_id(["c1", "c2"])
        await work.seqs_of([("c1", "k"), ("c2", "k")])
        await work.find([Ref("telegram:5", "1"), Ref("telegram:5", "2")])
        await work.refs_of("c1", 1)
        await work.message("c1", 1)
        await work.messages("c1")
        await work.tickets_of(["c1", "c2"])
        await work.last_closed("c1")
        await work.ticket(1)
        await work.next_ticket()
        await work.open_tickets()
        await work.with_tickets([1, 2])
        await work.head(["general"], ["anna"], NOW, MINUTE, 5)
        await work.in_line("general", NOW, MINUTE, 5)
        await work.longer("general", 5)
        await work.seats("general", NOW, NOW)
        await work.log(1)
        await work.notes("c1")
    await _use_traffic(storage)


async def _use_traffic(storage: Storage) -> None:
    await storage.inbox.put("telegram", [("1", {})], NOW)
    await storage.inbox.pending("telegram")
    await storage.inbox.failed(1, "error", park=False)
    await storage.inbox.parked()
    await storage.tidy(NOW)
    await storage.questions.since(NOW, 10)
    await storage.outbox.destinations(NOW)
    await storage.outbox.head("telegram:5", NOW)
    await storage.outbox.begun([1], NOW)
    await storage.outbox.wait("telegram:5", NOW, "error", 1)
    await storage.outbox.next_due()
    await storage.outbox.park(1, "error")
    await storage.outbox.sent([1])
    await storage.alarms.due(NOW)
    await storage.alarms.next_due()
    await storage.topics.put(Topic("c1", -100, 7))
    await storage.topics.find("c1", -100)
    await storage.topics.by_thread(-100, 7)
    await storage.topics.add_offer_post(OfferPost(1, "anna", "topic", "telegram:-100", "1"))
    await storage.topics.offer_posts(1)
    await storage.topics.drop_offer_posts(1)


async def test_no_look_up_reads_a_whole_table(tmp_path: Path, asked: list[str]) -> None:
    file = tmp_path / "a.db"
    async with Storage.open(f"sqlite+aiosqlite:///{file}") as storage:
        await storage.upgrade()
        asked.clear()
        await _use_everything(storage)
    ours = [sql for sql in asked if sql.startswith(("SELECT", "WITH", "UPDATE", "DELETE"))]
    assert len(ours) > 35
    plans = sqlite3.connect(file)
    for sql in ours:
        for *_, step in plans.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall():
            assert not re.match(rf"SCAN (?!{OURS})", step), f"{step}: {sql}"
    plans.close()
