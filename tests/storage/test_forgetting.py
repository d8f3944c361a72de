"""Forgetting: of a person nothing is left in any table; of everybody else, and of what counts, everything."""

import asyncio
import json
import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Text
from sqlalchemy.types import TypeDecorator

from bot.dialog.acts import Erased, Forget, Sender, Wrote
from bot.dialog.buttons import slot_id
from bot.dialog.conversation import Shown, Talk
from bot.dialog.messages import Attachment, Button, Entity
from bot.dialog.people import Person
from bot.storage.personal import HOLDINGS, NOT_OF_CUSTOMERS, Holding
from bot.storage.storage import Storage
from bot.storage.tables import INBOX, METADATA, OUTBOX
from handoff.ticket import Brief
from tests.storage.customers import (
    CHAT,
    GROUP,
    MARK,
    OTHER,
    OTHER_CHAT,
    UPDATES,
    crowded,
    every_row,
    execute,
    mentioning,
    opened,
)

PAGE = Path(__file__).parents[2] / "docs" / "privacy.md"

# What stands in a column that has values of ours and no plain words.
VALUES: dict[str, Any] = {
    "message.entities": (Entity("text_link", 0, 1, MARK),),
    "message.buttons": (Button("x", MARK),),
    "message.attachments": (Attachment("document", MARK, MARK),),
    "dialog_event.detail": {"comment": MARK, "why": "asked"},
    "ticket.brief": Brief("asked", "cost", MARK, {MARK: MARK}),
    "conversation.talk": Talk(question=MARK, answers={"a": MARK}),
    "conversation.shown": Shown(operator=MARK),
}


def words_of(holding: Holding) -> list[str]:
    """The columns of the table that hold text, be it JSON, and that an erasure must empty."""
    keys = {each.name for each in holding.table.primary_key} | {"conversation"}
    texts = [each for each in holding.table.columns if isinstance(getattr(each.type, "impl", each.type), Text)]
    assert all(isinstance(each.type, TypeDecorator) for each in texts)
    return [each.name for each in texts if each.name not in holding.kept | keys]


async def planted(storage: Storage, person: Person) -> None:
    """The mark in every such column of the person's rows."""
    for holding in HOLDINGS:
        table = holding.table
        for name in words_of(holding) if table not in (OUTBOX, INBOX) else ():
            if f"{table.name}.{name}" not in ("conversation.address", "conversation.continued", "conversation.owner"):
                value = VALUES.get(f"{table.name}.{name}", MARK)
                unique = table.name == "message" and name == "key"
                rows = holding.rows(person) & (table.c.seq == 1) if unique else holding.rows(person)
                await execute(storage, table.update().where(rows).values({name: value}))


def counting(rows: dict[str, list[dict[str, Any]]]) -> list[tuple[Any, ...]]:
    """What the figures are made from."""
    logged = [tuple(row.values()) for row in rows["ticket_event"] if row["event"] != "WasClosed"]
    made = [(row["kind"], row["intent"], row["score"], row["at"], row["seq"]) for row in rows["dialog_event"]]
    asked = [(row["number"], row["kind"], row["skill"], row["asked"], row["promised"]) for row in rows["ticket"]]
    return sorted(map(str, (*logged, *made, *asked)))


def test_of_every_column_it_is_decided_what_an_erasure_does_with_it() -> None:
    holdings = {each.table.name: each for each in HOLDINGS}
    assert holdings.keys() | NOT_OF_CUSTOMERS == METADATA.tables.keys(), "decide in bot/storage/personal.py"
    assert not holdings.keys() & NOT_OF_CUSTOMERS
    for name, holding in holdings.items():
        decided = holding.kept | holding.emptied.keys()
        columns = {each.name for each in holding.table.columns}
        assert holding.goes or decided == columns, (
            f"{name}: decide about {decided ^ columns} in bot/storage/personal.py"
        )
        assert not holding.kept & holding.emptied.keys()


def test_the_page_about_privacy_says_of_every_table_what_becomes_of_it() -> None:
    told = {row.split("|")[1].strip(): row for row in PAGE.read_text("utf-8").splitlines() if row.startswith("| `")}
    for name in METADATA.tables:
        assert f"`{name}`" in told
    for holding in HOLDINGS:
        row = told[f"`{holding.table.name}`"]
        assert row.split("|")[3].strip().startswith("the row goes") is holding.goes, row
        for column in holding.emptied:
            assert f"`{column}`" in row, f"{column}: {row}"


async def test_nothing_is_left_of_a_person_and_everything_of_anybody_else(
    storage: Storage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with opened(storage) as shop:
        await crowded(shop)
        (person,) = await storage.people.named(f"telegram:{CHAT}")
        assert len(person.conversations) == 2
        assert (person.venues, person.topics[-1]) == ((f"telegram:{CHAT}",), (GROUP, 7))
        await planted(storage, person)
        before = await every_row(storage)
        expected = {f"{each.table.name}.{name}" for each in HOLDINGS for name in words_of(each)}
        plain = {"conversation.owner", "outbox.kind", "outbox.status", "outbox.destination", "inbox.status"}
        assert expected - plain <= set(mentioning(before, MARK, CHAT)), "plant the mark there, too"

        outcome = await shop.do(Forget("v"))
        assert isinstance(outcome, Erased)
        assert (outcome.counts["conversation"], outcome.counts["topic"], outcome.counts["outbox"] > 4) == (2, 2, True)
        assert outcome.counts["inbox"] == len(UPDATES)

        after = await every_row(storage)
        in_the_group = [row for row in after["inbox"] if row["key"] == "13"]  # an operator's, though it names the chat
        after["inbox"] = [row for row in after["inbox"] if row not in in_the_group]
        assert mentioning(after, MARK, CHAT) == []
        after["inbox"] += in_the_group
        of_others = [
            (table, row)
            for table, rows in before.items()
            for row in rows
            if OTHER in str(row) or OTHER_CHAT in str(row) or row.get("conversation", row.get("id")) == "w"
        ]
        assert len(of_others) > 40
        assert [each for each in of_others if each[1] not in after[each[0]]] == []
        assert counting(after) == counting(before)
        assert MARK not in caplog.text


async def test_what_is_kept_of_a_person_is_told_whole_and_nothing_of_anybody_else(storage: Storage) -> None:
    async with opened(storage) as shop:
        await crowded(shop)
        (person,) = await storage.people.named("v")
        kept = await storage.people.records(person)
        told = json.loads(json.dumps(kept, ensure_ascii=False))
        assert set(told) == {each.table.name for each in HOLDINGS} - {"post"}
        assert OTHER not in str(told)
        said = [each["text"] for each in told["message"] if each["author"] == "customer"]
        assert f"the wheel of {MARK}" in said
        assert told["ticket"][0]["brief"]["form"]["trouble"] == f"the wheel of {MARK}"
        assert told["message"][0]["at"] == "2026-05-05T09:00:00Z"


async def test_a_customer_is_named_by_ticket_by_chat_or_by_conversation(storage: Storage) -> None:
    async with opened(storage) as shop:
        for name, chat in (("v", CHAT), ("w", "2")):
            await shop.do(Wrote(Sender("telegram", chat), shop.key(), "hello", shop.now))
            await shop.say("call me", name)
            await shop.press(slot_id(shop.now + timedelta(hours=2)), name)
        named = storage.people.named
        ids = {each: [one.conversations for one in await named(each)] for each in ("v", "#1", "1", CHAT, "#2")}
        assert ids["v"] == ids["#1"] == ids["1"] == [("v",)]
        assert (ids["#2"], len(ids[CHAT])) == ([("w",)], 1)
        assert ids[CHAT] == [each.conversations for each in await named(f"telegram:{CHAT}")]
        assert [len(each.tickets) for each in await named("2")] == [1, 0], "ticket 2, or the account 2"
        for nobody in ("", "x", "#3", "3", "telegram:3", f"#{CHAT}", "9" * 40, "٣", "widget:v", "telegram:"):
            assert await named(nobody) == []


async def test_whoever_writes_while_they_are_forgotten_leaves_nothing(url: str, storage: Storage) -> None:
    async with Storage.open(url) as beside, opened(storage) as shop, opened(beside) as other:
        await shop.say("hello")
        words = [shop.wrote(f"{MARK} {number}") for number in range(30)]
        later = [asyncio.ensure_future(shop.do(each)) for each in words]  # noqa: TID251 - awaited below, all of them
        outcome = await other.do(Forget("v"))
        assert isinstance(outcome, Erased)
        await asyncio.gather(*later)
        assert mentioning(await every_row(storage), MARK) == []


async def test_an_erasure_that_fails_erases_nothing(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(storage) as shop:
        await crowded(shop)
        before = await every_row(storage)

        def fail(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("bot.storage.people._remove_topics", fail)
        with pytest.raises(ZeroDivisionError):
            await shop.do(Forget("v"))
        assert await every_row(storage) == before


def in_files(folder: Path, word: str) -> list[str]:
    return [each.name for each in folder.iterdir() if word.encode() in each.read_bytes()]


async def test_not_even_the_file_of_the_database_holds_what_was_erased(tmp_path: Path) -> None:
    async with Storage.open(f"sqlite+aiosqlite:///{tmp_path}/a.db") as storage:
        await storage.upgrade()
        async with opened(storage) as shop:
            await crowded(shop)
            assert in_files(tmp_path, MARK)
            await shop.do(Forget("v"))
            await storage.scrub()
            assert in_files(tmp_path, MARK) == []
            assert in_files(tmp_path, OTHER)
