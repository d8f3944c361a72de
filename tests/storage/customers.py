"""Customers who have done all that there is to do, for whoever looks for what is kept of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from bot.bridge import Bridge
from bot.dialog.acts import Done, Pressed, Sender, Started, Wrote
from bot.dialog.buttons import slot_id
from bot.dialog.messages import Ref
from bot.dialog.operator_acts import Close, Learn, Note, Say, Take
from bot.dialog.topics import Topic, TopicState
from bot.storage.storage import Storage
from bot.storage.tables import INBOX, METADATA, OUTBOX
from tests.dialog.shop import Shop, online, seq

MARK, CHAT = "Zaphnath", "777000111"
OTHER, OTHER_CHAT = "Bystander", "888000222"
GROUP = -1001234567890
DAY = timedelta(days=1)

# Rows that come and go too fast to be caught: an order and an update for each way in which they can be the person's.
ORDERS = (
    (f"telegram:{CHAT}", "Post", {"text": MARK, "thread": None, "reply_to": None}),
    (f"telegram:{GROUP}", "Post", {"text": MARK, "thread": 7, "reply_to": None}),
    (f"telegram:{GROUP}", "TellOperator", {"operator": "olga", "text": MARK, "alone": False, "about": "v"}),
    (f"telegram:{GROUP}", "Announce", {"conversation": "v", "text": MARK}),
)
UPDATES = (
    ("telegram", "1", "pending", {"message": {"chat": {"id": int(CHAT)}, "text": MARK}}),
    ("telegram", "2", "parked", {"message": {"chat": {"id": GROUP}, "message_thread_id": 7, "text": MARK}}),
    ("telegram", "3", "parked", {"callback_query": {"from": {"id": int(CHAT)}, "data": MARK}}),
    ("telegram", "4", "parked", {"callback_query": {"from": {"id": 5}, "message": {"chat": {"id": int(CHAT)}}}}),
    ("dialog", "v/k", "parked", {"act": "Wrote", "said": MARK}),
)
OF_OTHERS = (
    ("telegram", "11", "pending", {"message": {"chat": {"id": int(OTHER_CHAT)}, "text": OTHER, "photo": [{}]}}),
    ("telegram", "12", "parked", {"message": {"chat": {"id": GROUP}, "message_thread_id": 8, "text": OTHER}}),
    ("telegram", "13", "parked", {"callback_query": {"from": {"id": int(CHAT)}, "message": {"chat": {"id": GROUP}}}}),
    ("dialog", "w/k", "parked", {"act": "Wrote", "said": OTHER}),
)


@asynccontextmanager
async def opened(storage: Storage) -> AsyncIterator[Shop]:
    shop = Shop(storage)
    here = {"bridge": Bridge("secret", "shop_bot"), "operators_venue": lambda _desk, _skill: f"telegram:{GROUP}"}
    shop._tools = replace(shop._tools, **here)
    async with asyncio.TaskGroup() as tasks:
        shop.open(tasks)
        try:
            yield shop
        finally:
            shop.close()


async def every_row(storage: Storage) -> dict[str, list[dict[str, Any]]]:
    """All tables as the database itself has them."""

    def dump(connection: Connection) -> dict[str, list[dict[str, Any]]]:
        found = {name: connection.exec_driver_sql(f'SELECT * FROM "{name}"') for name in METADATA.tables}
        return {name: [dict(row._mapping) for row in rows] for name, rows in found.items()}

    async with storage._engine.reading() as line:
        return await line.run(dump)


async def execute(storage: Storage, statement: Any, rows: Any = None) -> None:
    async with storage._engine.writing() as line:
        await line.run(Connection.execute, statement, rows)


async def next_number(shop: Shop) -> int:
    async with shop.read() as tx:
        return await tx.next_ticket()


async def customer(shop: Shop, who: str, called: str, chat: str) -> None:
    """What a customer can do: ask, fill a form, talk with a person, rate, book, leave a number, go on in Telegram."""
    number = await next_number(shop)
    await shop.say(f"{called} is a word that nobody knows", who, name=called, page=f"https://shop.example/{called}")
    await shop.say("repair", who)
    for answer in ("city", f"the wheel of {called}", "+371 20 000 123"):
        await shop.say(answer, who)
    assert await shop.do(Take("olga", number)) == Done()
    await shop.say(f"{called} again", who)
    answered = await shop.do(Say("olga", who, shop.key(), f"Dear {called}", refs=(Ref("desk", who),)))
    await shop.do(Learn("olga", who, seq(answered)))
    await shop.do(Note("olga", who, f"{called} is nice"))
    await shop.do(Close("olga", number))
    await shop.press(f"rate:{number}:5", who)
    await shop.press(f"comment:{number}", who)
    await shop.say(f"thanks from {called}", who)
    link = shop._tools.bridge.link(who, shop.now + DAY)
    there = Sender("telegram", chat, called, called)
    await shop.do(Wrote(there, shop.key(), "hello", shop.now))
    await shop.do(Started(there, shop.key(), link.partition("=")[2]))
    await shop.do(Wrote(there, shop.key(), "call me", shop.now))
    await shop.do(Pressed(there, shop.key(), slot_id(shop.now + timedelta(hours=2))))
    await shop.do(Pressed(there, shop.key(), "phone"))


async def crowded(shop: Shop) -> None:
    """Two customers who have done everything, with a topic each, and with what is on its way."""
    storage = shop.storage
    await online(shop, "olga")
    await customer(shop, "v", MARK, CHAT)
    await customer(shop, "w", OTHER, OTHER_CHAT)
    await shop.say("person", "w")
    await shop.say("person", "v")
    await shop.say(f"{MARK} waits", CHAT, channel="telegram")
    await storage.topics.put(Topic("v", GROUP, 7, TopicState.CLOSED, MARK, "x"))
    await storage.topics.put(Topic("v", GROUP - 1, 9, TopicState.GONE, MARK, "x"))
    await storage.topics.put(Topic("w", GROUP, 8, TopicState.OPEN, OTHER, "x"))
    await storage.keep.put(f"telegram:keyboard:{CHAT}", "shown")
    await storage.keep.put(f"telegram:keyboard:{OTHER_CHAT}", "shown")
    await storage.outbox.wait(f"telegram:{CHAT}", shop.now, MARK)
    await storage.outbox.wait(f"telegram:{OTHER_CHAT}", shop.now, OTHER)
    how = {"status": "parked", "tries": 1, "error": MARK}
    await execute(
        storage, OUTBOX.insert(), [{"destination": to, "kind": kind, "data": data} | how for to, kind, data in ORDERS]
    )
    rows = [(*each, MARK) for each in UPDATES] + [(*each, OTHER) for each in OF_OTHERS]
    names = ("source", "key", "status", "payload", "error")
    come = {"received": shop.now, "tries": 1}
    await execute(storage, INBOX.insert(), [dict(zip(names, each, strict=True)) | come for each in rows])


def mentioning(rows: dict[str, list[dict[str, Any]]], *words: str) -> list[str]:
    """`table.column` of whatever holds one of the words."""
    return sorted(
        {
            f"{table}.{column}"
            for table, found in rows.items()
            for row in found
            for column, value in row.items()
            if any(word in str(value) for word in words)
        }
    )
