"""Looks at the store that something overtakes on their way: what is newer stays shown."""

import asyncio

from bot.dialog.records import Published
from bot.web import gateway
from tests.web.at_desk import desk_with_talk
from tests.web.stage import serving


async def test_a_sweep_that_is_overtaken_brings_no_old_state_back(monkeypatch):
    monkeypatch.setattr(gateway, "SWEEP", 0.01)
    async with serving() as front:
        peer, welcome = await front.talker("a")
        found = front.memory.conversations_by_id

        async def overtaken(ids):
            there = await found(ids)
            front.memory.conversations_by_id = found
            front.memory.show(welcome["conversation"], "queued", position=1)
            return there

        front.memory.conversations_by_id = overtaken
        assert (await peer.until("state"))["mode"] == "queued"
        assert [each["mode"] for each in await peer.silence() if each["type"] == "state"] == []


async def test_a_talk_that_is_opened_during_a_look_at_another_stays_open():
    async with serving() as front:
        _, first, peer = await desk_with_talk(front, "раз")
        visitor, welcome = await front.talker("два")
        found, looks, opened = front.memory.conversations_by_id, asyncio.Event(), asyncio.Event()

        async def slowly(ids):
            there = await found(ids)
            if ids == (first,) and not opened.is_set():
                looks.set()
                await opened.wait()
            return there

        front.memory.conversations_by_id = slowly
        front.memory.publish(Published(desk=True))
        await looks.wait()
        await peer.send(type="open", id="other", conversation=welcome["conversation"])
        await peer.until("ok")
        opened.set()
        await visitor.send(type="message", id="3", text="три")
        assert (await peer.until("message"))["message"]["text"] == "три"
