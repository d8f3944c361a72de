"""Reconnecting, several tabs, lost publishes and slow readers: everything arrives, in order and once."""

import asyncio
from dataclasses import replace

import aiohttp
import pytest

from bot.web import gateway, sockets
from tests.web.memory import ANNA, BOT
from tests.web.stage import serving

pytestmark = pytest.mark.usefixtures("both_ways")
BY_SOCKET = pytest.mark.parametrize("both_ways", ["socket"], indirect=True)  # who goes is missed at once


async def seqs(peer):
    return [frame["seq"] for frame in await peer.silence() if frame["type"] == "message"]


async def test_what_was_missed_is_replayed_in_order():
    async with serving() as front:
        peer, welcome = await front.talker("a", "b", "c")
        await peer.close()
        back, again = await front.visitor(welcome["token"], seen=1)
        assert again["seq"] == 3
        assert await seqs(back) == [2, 3]


async def test_a_long_talk_is_replayed_whole():
    async with serving() as front:
        peer, welcome = await front.talker("a")
        await peer.close()
        for number in range(2 * gateway.PAGE):
            front.memory.say(welcome["conversation"], BOT, f"{number}")
        back, _ = await front.visitor(welcome["token"])
        assert await seqs(back) == list(range(1, 2 * gateway.PAGE + 2))


async def test_whoever_claims_to_have_seen_more_than_there_is_sees_what_comes():
    async with serving() as front:
        peer, welcome = await front.talker("a")
        await peer.close()
        back, again = await front.visitor(welcome["token"], seen=7)
        assert again["seq"] == 1
        front.memory.say(welcome["conversation"], BOT, "b")
        assert await seqs(back) == [2]


async def test_the_state_is_welcomed_as_it_is():
    async with serving() as front:
        peer, welcome = await front.talker("a")
        await peer.close()
        front.memory.show(welcome["conversation"], "queued", position=3)
        _, again = await front.visitor(welcome["token"])
        assert (again["state"]["mode"], again["state"]["position"]) == ("queued", 3)


async def test_two_tabs_are_one_conversation():
    async with serving() as front:
        one, welcome = await front.talker("a")
        two, again = await front.visitor(welcome["token"])
        assert again["conversation"] == welcome["conversation"]
        assert await seqs(two) == [1]
        await two.send(type="message", id="from-two", text="b")
        assert (await one.until("message"))["text"] == "b"
        assert (await two.until("ack"))["seq"] == 2
        front.memory.say(welcome["conversation"], ANNA, "c")
        assert (await one.until("message"))["seq"] == 3
        assert (await two.until("message"))["seq"] == 3


@BY_SOCKET
async def test_a_tab_that_is_closed_is_forgotten():
    async with serving() as front:
        peer, _ = await front.visitor()
        assert front.server.connections == 1
        await peer.close()
        await front.visitor()  # by the time another is welcomed, the first is gone
        assert front.server.connections == 1


async def test_a_gap_is_filled_from_the_store(monkeypatch):
    monkeypatch.setattr(gateway, "SWEEP", 1000)
    async with serving() as front:
        peer, welcome = await front.talker("a")
        front.memory.deaf = True
        front.memory.say(welcome["conversation"], BOT, "unheard")
        front.memory.deaf = False
        front.memory.say(welcome["conversation"], BOT, "heard")
        shown = [await peer.get(), await peer.get()]
        assert [(frame["seq"], frame["text"]) for frame in shown] == [(2, "unheard"), (3, "heard")]


async def test_a_message_published_again_is_not_shown_again():
    async with serving() as front:
        peer, welcome = await front.talker("a")
        said = front.memory.say(welcome["conversation"], BOT, "b")
        front.memory.publish(gateway.Published(messages=(said, said)))
        assert await seqs(peer) == [2]


async def test_a_sweep_finds_what_nobody_published(monkeypatch):
    monkeypatch.setattr(gateway, "SWEEP", 0.01)
    async with serving() as front:
        peer, welcome = await front.talker("a")
        front.memory.deaf = True
        front.memory.say(welcome["conversation"], BOT, "unheard")
        front.memory.show(welcome["conversation"], "active", operator="Анна")
        front.memory.change(welcome["conversation"], operator_read_seq=1)
        found = [await peer.get() for _ in range(3)]
        assert {frame["type"] for frame in found} == {"message", "state", "read"}


async def test_a_sweep_finds_an_edit_that_nobody_published(monkeypatch):
    monkeypatch.setattr(gateway, "SWEEP", 0.01)
    async with serving() as front:
        peer, welcome = await front.talker("a", "b")
        front.memory.deaf = True
        front.memory.edit(welcome["conversation"], 1, text="A")
        again = await peer.get()
        assert (again["seq"], again["text"], again["edited"]) == (1, "A", True)
        front.memory.say(welcome["conversation"], BOT, "c")
        assert (await peer.get())["seq"] == 3, "and it is shown once"


async def test_an_edit_that_was_missed_is_shown_to_whoever_comes_back():
    async with serving() as front:
        peer, welcome = await front.talker("a", "b")
        await peer.close()
        front.memory.edit(welcome["conversation"], 1, deleted=True)
        back, _ = await front.visitor(welcome["token"], seen=2)
        assert [(each["seq"], each["deleted"]) for each in await back.silence()] == [(1, True)]
        anew, _ = await front.visitor(welcome["token"])
        assert await seqs(anew) == [1, 2]


@BY_SOCKET
async def test_who_talks_with_a_person_is_looked_after_more_often(monkeypatch):
    monkeypatch.setattr(gateway, "SWEEP", 0.01)
    async with serving() as front:
        (one, alone), (two, talking) = await front.talker("a"), await front.talker("b")
        front.memory.show(talking["conversation"], "active", operator="Анна")
        asked, enough = [], asyncio.Event()
        read = front.memory.conversations_by_id

        async def noted(ids):
            asked.extend(ids)
            if asked.count(alone["conversation"]) > 2:
                enough.set()
            return await read(ids)

        front.memory.conversations_by_id = noted
        await enough.wait()
        assert asked.count(talking["conversation"]) >= 2 * gateway.EVERYBODY
        assert not one.socket.closed
        assert not two.socket.closed


async def test_a_sweep_asks_only_for_what_may_be_stored(monkeypatch):
    monkeypatch.setattr(gateway, "SWEEP", 0.01)
    async with serving() as front:
        _, fresh = await front.visitor()
        _, known = await front.talker("a")
        asked, swept = [], asyncio.Event()
        read = front.memory.conversations_by_id

        async def noted(ids):
            asked.extend(ids)
            swept.set()
            return await read(ids)

        front.memory.conversations_by_id = noted
        await swept.wait()
        assert known["conversation"] in asked
        assert fresh["conversation"] not in asked


async def test_a_sweep_survives_a_database_that_is_down(monkeypatch):
    monkeypatch.setattr(gateway, "SWEEP", 0.01)
    async with serving() as front:
        peer, welcome = await front.talker("a")
        front.memory.deaf = front.memory.down = True
        await peer.silence()
        front.memory.down = False
        front.memory.say(welcome["conversation"], BOT, "b")
        assert (await peer.get())["seq"] == 2


async def test_a_row_that_nobody_understands_ends_nothing(monkeypatch):
    monkeypatch.setattr(gateway, "SWEEP", 0.01)
    async with serving() as front:
        peer, welcome = await front.talker("a")
        read, looked = front.memory.messages, asyncio.Event()
        found, swept = front.memory.conversations_by_id, asyncio.Event()

        async def broken(*_):
            looked.set()
            raise ValueError

        async def broken_too(*_):
            swept.set()
            raise ValueError

        front.memory.messages, front.memory.deaf = broken, True
        front.memory.say(welcome["conversation"], BOT, "b")
        await looked.wait()
        front.memory.conversations_by_id = broken_too
        await swept.wait()
        front.memory.messages, front.memory.conversations_by_id = read, found
        assert (await peer.until("message"))["seq"] == 2


async def test_what_is_said_during_the_welcome_is_not_lost():
    async with serving() as front:
        peer, welcome = await front.talker("a")
        await peer.close()
        read = front.memory.conversations_by_id

        async def slowly(ids):
            found = await read(ids)
            found = [replace(each) for each in found]
            front.memory.say(welcome["conversation"], BOT, "meanwhile")
            front.memory.show(welcome["conversation"], "active", operator="Анна")
            return found

        front.memory.conversations_by_id = slowly
        back, again = await front.visitor(welcome["token"], seen=1)
        assert again["state"]["mode"] == "active"
        front.memory.conversations_by_id = read
        assert await seqs(back) == [2]


@BY_SOCKET
async def test_a_peer_that_does_not_read_is_dropped_and_harms_nobody(monkeypatch):
    monkeypatch.setattr(sockets, "BOUND", 20)
    async with serving() as front:
        slow, welcome = await front.talker("a")
        quick, _ = await front.visitor(welcome["token"], seen=1)
        slow.socket._response.connection.transport.pause_reading()
        said = 1
        while front.server.connections == 2:
            front.memory.say(welcome["conversation"], BOT, "x" * 4000 * 10)
            said += 1
            assert (await quick.until("message"))["seq"] == said
        back, _ = await front.visitor(welcome["token"], seen=said - 3)
        assert await seqs(back) == [said - 2, said - 1, said]


async def test_a_frame_that_is_too_big_ends_the_connection():
    async with serving() as front:
        peer, _ = await front.visitor()
        await peer.raw("x" * (sockets.MAX_FRAME + 1))
        assert (await peer.get())["closed"] == aiohttp.WSCloseCode.MESSAGE_TOO_BIG


async def test_what_is_published_while_the_gap_is_read_is_not_lost(monkeypatch):
    monkeypatch.setattr(gateway, "SWEEP", 1000)
    async with serving() as front:
        peer, welcome = await front.talker("a")
        read = front.memory.messages
        spoken = []

        async def slowly(conversation, after=0, limit=500):
            found = list(await read(conversation, after, limit))
            if not spoken:
                spoken.append("meanwhile, twice: the first of them unheard")
                front.memory.deaf = True
                front.memory.say(conversation, BOT, "unheard")
                front.memory.deaf = False
                front.memory.say(conversation, BOT, "heard")
            return found

        front.memory.deaf = True
        front.memory.say(welcome["conversation"], BOT, "gap")
        front.memory.deaf = False
        front.memory.messages = slowly
        front.memory.say(welcome["conversation"], BOT, "after the gap")
        assert [(await peer.until("message"))["seq"] for _ in range(4)] == [2, 3, 4, 5]


async def test_a_gap_that_cannot_be_filled_now_is_filled_by_the_sweep(monkeypatch):
    monkeypatch.setattr(gateway, "SWEEP", 0.05)
    async with serving() as front:
        peer, welcome = await front.talker("a")
        front.memory.deaf = True
        front.memory.say(welcome["conversation"], BOT, "unheard")
        front.memory.deaf, front.memory.down = False, True
        front.memory.say(welcome["conversation"], BOT, "heard")
        assert await peer.silence() == []
        front.memory.down = False
        assert [(await peer.until("message"))["seq"] for _ in range(2)] == [2, 3]
