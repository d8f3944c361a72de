"""The way in where WebSockets are blocked; that the frames' rules are the same is told by `both_ways` elsewhere."""

import asyncio
import json

import pytest

from bot.web import streams, visits
from bot.web.sockets import MAX_FRAME
from tests.patience import PATIENCE
from tests.web.stage import ORIGIN, SHOP, WAY, serving

HELLO = json.dumps({"type": "hello", "token": None, "locale": "ru", "tz": "Europe/Riga", "page": "", "seen": 0})


@pytest.fixture(autouse=True)
def by_stream():
    token = WAY.set("stream")
    yield
    WAY.reset(token)


def posted(front, body, origin=ORIGIN, path="/sse/v1/frames"):
    return front.http.post(front.base + path, data=body, headers={"Origin": origin} if origin else {})


@pytest.mark.parametrize("path", ["/sse/v1", "/sse/v1/frames"])
@pytest.mark.parametrize("origin", [None, "null", "https://evil.example"])
async def test_another_origin_may_not_come_in_nor_read_the_answer(origin, path):
    async with serving() as front, posted(front, HELLO, origin, path) as answer:
        assert answer.status == 403
        assert "Access-Control-Allow-Origin" not in answer.headers


async def test_only_the_page_that_asked_may_read_and_nobody_may_keep_it():
    async with serving() as front, posted(front, HELLO, SHOP, "/sse/v1") as answer:
        assert answer.content_type == "text/event-stream"
        assert answer.headers["Access-Control-Allow-Origin"] == SHOP
        assert answer.headers["Vary"] == "Origin"
        assert "no-store" in answer.headers["Cache-Control"]
        assert "Access-Control-Allow-Credentials" not in answer.headers


async def test_frames_of_one_post_take_effect_in_their_order():
    async with serving() as front:
        peer, _ = await front.visitor()
        frames = [json.dumps({"type": "message", "id": str(each), "text": f"т {each}"}) for each in range(5)]
        async with posted(front, "\n".join([peer.id, *frames])) as answer:
            assert answer.status == 204
        assert [act.text for act in front.memory.acts] == [f"т {each}" for each in range(5)]


async def test_a_stream_that_is_not_there_is_not_found():
    async with serving() as front, posted(front, 'guessed\n{"type":"ping"}') as answer:
        assert answer.status == 404
        assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN


async def test_who_does_not_say_hello_is_told_so_and_not_kept():
    async with serving() as front:
        peer = await front.connect()
        await peer.send(type="ping")
        assert (await peer.get())["code"] == "bad_frame"
        assert await peer.get() == {"type": "closed", "closed": 1008}
        assert front.server.connections == 0


async def test_who_never_finishes_hello_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(streams, "HELLO_WITHIN", 0.05)

    async def slow():
        yield b"{"
        await asyncio.Event().wait()

    async with serving() as front, posted(front, slow(), path="/sse/v1") as answer:
        assert answer.status == 408


async def test_a_hello_that_is_too_big_is_not_read():
    async with serving() as front, posted(front, "x" * (MAX_FRAME + 1), path="/sse/v1") as answer:
        assert answer.status == 413


async def test_a_frame_that_is_too_big_ends_the_connection_and_nothing_is_stored():
    async with serving() as front:
        peer, _ = await front.visitor()
        big = json.dumps({"type": "message", "id": "1", "text": "x" * MAX_FRAME})
        async with posted(front, f"{peer.id}\n{big}") as answer:
            assert answer.status == 413
        assert await peer.get() == {"type": "closed", "closed": 1009}
        assert front.memory.acts == []


async def test_who_has_gone_is_forgotten_and_their_stream_with_them(monkeypatch):
    monkeypatch.setattr(streams, "LOOK", 0.01)
    async with serving() as front:
        peer, _ = await front.visitor()
        await peer.close()
        async with asyncio.timeout(PATIENCE):
            while front.server.connections:
                await front.http.get(f"{front.base}/healthz")
        async with posted(front, peer.id) as answer:
            assert answer.status == 404


async def test_a_quiet_stream_gives_signs_of_life(monkeypatch):
    monkeypatch.setattr(streams, "LOOK", 0.01)
    monkeypatch.setattr(streams, "BEAT", 0.02)
    async with serving() as front:
        peer, _ = await front.visitor()
        async with asyncio.timeout(PATIENCE):
            assert (await peer.answer.content.readline(), await peer.answer.content.readline()) == (b":\n", b"\n")


def test_hello_has_as_long_as_over_a_socket():
    assert streams.HELLO_WITHIN == visits.HELLO_WITHIN
