"""What the widget's socket refuses: bad frames, foreign origins, forged tokens, too much at once."""

import json
from datetime import timedelta

import aiohttp
import jwt
import pytest

from bot.settings import Limit
from bot.web import visits
from bot.web.visitors import Visitor, Visitors
from tests.web.memory import NOW
from tests.web.stage import ORIGIN, SECRET, SHOP, TYPICAL, serving

MINUTE = timedelta(minutes=1)
SITE = "a secret of the shop and nobody else"


@pytest.mark.parametrize("origin", [ORIGIN, "http://localhost:8080", "http://[::1]:8080", SHOP])
async def test_our_own_pages_and_declared_sites_may_connect(origin):
    async with serving() as front:
        peer = await front.connect(origin=origin)
        await peer.send(type="hello")
        assert (await peer.get())["type"] == "welcome"


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://127.0.0.1:81", "http://shop.example"])
async def test_others_may_not_even_upgrade(origin):
    async with serving() as front:
        with pytest.raises(aiohttp.WSServerHandshakeError) as error:
            await front.connect(origin=origin)
        assert error.value.status == 403


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "hello",
        "[]",
        "null",
        '"hello"',
        "{}",
        '{"type":"nonsense"}',
        '{"type":"hello"}',  # a second one
        '{"type":"message","id":"1"}',
        '{"type":"message","id":1,"text":"a"}',
        '{"type":"message","id":"","text":"a"}',
        '{"type":"message","id":"a b","text":"a"}',
        '{"type":"message","id":"1","text":7}',
        '{"type":"message","id":"1","text":"  "}',
        '{"type":"message","id":"1","text":"\\ud800"}',
        '{"type":"press","id":"1","button":""}',
        '{"type":"press","id":"1","button":"' + "x" * 65 + '"}',
        '{"type":"read","seq":-1}',
        '{"type":"read","seq":"1"}',
        "[" * 5000,
    ],
)
async def test_a_bad_frame_is_named_and_forgiven(raw):
    async with serving() as front:
        peer, _ = await front.visitor()
        await peer.raw(raw)
        error = await peer.get()
        assert (error["type"], error["code"]) == ("error", "bad_frame")
        assert "docs/protocol.md" in error["message"]
        assert await peer.silence() == []
        assert front.memory.acts == []


async def test_an_error_does_not_repeat_what_was_sent():
    async with serving() as front:
        peer, _ = await front.visitor()
        await peer.raw('{"type":"message","id":"secret word","text":"a"}')
        assert "secret" not in json.dumps(await peer.get())


async def test_a_binary_frame_is_a_bad_frame():
    async with serving() as front:
        peer, _ = await front.visitor()
        await peer.socket.send_bytes(b"{}")
        assert (await peer.get())["code"] == "bad_frame"


async def test_the_fifth_bad_frame_in_a_row_ends_the_connection():
    async with serving() as front:
        peer, _ = await front.visitor()
        for _ in range(4):
            await peer.raw("?")
            assert (await peer.get())["code"] == "bad_frame"
        assert await peer.silence() == [], "a good one forgives the four"
        for _ in range(5):
            await peer.raw("?")
            assert (await peer.get())["code"] == "bad_frame"
        assert (await peer.get())["closed"] == 1008


async def test_anything_before_hello_is_a_bad_frame():
    async with serving() as front:
        peer = await front.connect()
        await peer.send(type="message", id="1", text="a")
        error = await peer.get()
        assert (error["code"], error["id"]) == ("bad_frame", "1")
        await peer.send(type="hello")
        assert (await peer.get())["type"] == "welcome"


async def test_whoever_says_nothing_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(visits, "HELLO_WITHIN", 0.05)
    async with serving() as front:
        peer = await front.connect()
        assert (await peer.get())["closed"] == 1008


@pytest.mark.parametrize("change", ["forge", "cut", "other secret", "rubbish", "empty"])
async def test_a_forged_token_is_refused(change):
    async with serving() as front:
        _, welcome = await front.visitor()
        token = welcome["token"]
        letter = "A" if token[50] != "A" else "B"
        forged = {
            "forge": token[:50] + letter + token[51:],
            "cut": token[:-4],
            "other secret": Visitors("another secret").token(Visitor("0" * 32, "0" * 32), NOW),
            "rubbish": "?" * 20,
            "empty": "",
        }[change]
        peer, error = await front.visitor(forged)
        assert (error["type"], error["code"]) == ("error", "unauthorized")
        assert (await peer.get())["closed"] == 1008


async def test_an_expired_token_is_refused():
    async with serving() as front:
        _, welcome = await front.visitor()
        front.memory.now += timedelta(days=30)
        _, error = await front.visitor(welcome["token"])
        assert error["code"] == "unauthorized"


async def test_the_site_vouches_for_a_name():
    async with serving(identity_secret=SITE) as front:
        identity = jwt.encode({"name": "Юля\x00 "}, SITE, "HS256")
        peer, _ = await front.visitor(identity=identity)
        await peer.send(type="message", id="1", text="a")
        await peer.until("ack")
        assert front.memory.acts[0].sender.name == "Юля"


async def test_an_identity_without_a_name_is_nobody_s():
    async with serving(identity_secret=SITE) as front:
        _, welcome = await front.visitor(identity=jwt.encode({"name": 7}, SITE, "HS256"))
        assert welcome["type"] == "welcome"


@pytest.mark.parametrize(
    "identity",
    [
        jwt.encode({"name": "Eve"}, "another secret that is long enough", "HS256"),
        jwt.encode({"name": "Eve"}, SECRET, "HS256"),
        jwt.encode({"name": "Eve", "exp": 1}, SITE, "HS256"),
        jwt.encode({"name": "Eve"}, None, "none"),
        "rubbish",
    ],
)
async def test_an_identity_that_the_site_did_not_sign_is_refused(identity):
    async with serving(identity_secret=SITE) as front:
        _, error = await front.visitor(identity=identity)
        assert error["code"] == "unauthorized"


@pytest.mark.parametrize("secret", [SITE, SECRET])
async def test_without_a_secret_of_the_site_s_own_no_identity_is_believed(secret):
    async with serving() as front:
        _, error = await front.visitor(identity=jwt.encode({"name": "Eve"}, secret, "HS256"))
        assert error["code"] == "unauthorized"
        assert "FRONTLINE_IDENTITY_SECRET" in error["message"]


async def test_a_frame_that_is_too_big_to_be_read_ends_the_connection_and_nothing_is_stored():
    async with serving() as front:
        peer, welcome = await front.visitor()
        await peer.send(type="message", id="1", text="я" * 70_000)
        assert (await peer.get())["closed"] == 1009
        assert front.memory.acts == []
        back, _ = await front.visitor(welcome["token"])
        assert await back.silence() == []


async def test_a_text_that_is_too_long_is_refused_and_the_longest_is_not():
    async with serving() as front:
        peer, _ = await front.visitor()
        await peer.send(type="message", id="1", text="я" * 4001)
        error = await peer.get()
        assert (error["code"], error["id"]) == ("too_long", "1")
        await peer.send(type="message", id="2", text="я" * 4000)
        assert (await peer.until("ack"))["id"] == "2"


@pytest.mark.parametrize("upload", ["", "upload-1", "../../etc/passwd", "0" * 32])
async def test_a_file_that_was_never_sent_is_not_found(upload):
    async with serving() as front:
        peer, _ = await front.visitor()
        await peer.send(type="message", id="1", text="a", file=upload)
        error = await peer.get()
        assert (error["code"], error["id"]) == ("not_found", "1")
        assert front.memory.acts == []


async def test_nul_never_reaches_the_database():
    async with serving() as front:
        peer, _ = await front.visitor()
        await peer.send(type="message", id="1", text="a\x00b")
        assert (await peer.get())["text"] == "ab"


async def test_five_messages_in_five_seconds_and_no_more():
    async with serving(messages=TYPICAL) as front:
        peer, welcome = await front.talker(*"abcde")
        await peer.send(type="message", id="late", text="f")
        error = await peer.get()
        assert (error["code"], error["id"], error["retry_s"]) == ("rate_limited", "late", 5)
        assert "5 s" in error["message"]
        other, _ = await front.visitor(welcome["token"], seen=5)
        await other.send(type="press", id="late", button="helped")
        assert (await other.get())["code"] == "rate_limited", "another tab is the same visitor"
        front.memory.now += timedelta(seconds=5)
        await peer.send(type="message", id="late", text="f")
        assert (await peer.until("ack"))["seq"] == 6


async def test_sixty_messages_in_five_minutes_and_no_more():
    async with serving(messages=TYPICAL) as front:
        peer, _ = await front.talker()
        for number in range(60):
            front.memory.now += timedelta(seconds=2)
            await peer.send(type="message", id=str(number), text="a")
            assert (await peer.until("ack"))["id"] == str(number)
        front.memory.now += timedelta(seconds=2)
        await peer.send(type="message", id="60", text="a")
        error = await peer.get()
        assert (error["code"], error["retry_s"]) == ("rate_limited", 300 - 60 * 2)


async def test_an_address_brings_so_many_new_visitors_a_minute():
    async with serving(newcomers=(Limit(2, MINUTE),)) as front:
        _, first = await front.visitor()
        await front.visitor()
        peer, error = await front.visitor()
        assert (error["code"], error["retry_s"]) == ("rate_limited", 60)
        _, known = await front.visitor(first["token"])
        assert known["type"] == "welcome", "a visitor we know is not new"
        front.memory.now += MINUTE
        await peer.send(type="hello")
        assert (await peer.get())["type"] == "welcome"


async def test_behind_a_proxy_the_address_is_the_visitors():
    async with serving(newcomers=(Limit(1, MINUTE),)) as front:
        answers = []
        for forwarded in ["198.51.100.1", "6.6.6.6, 198.51.100.2", "198.51.100.1", "rubbish", "rubbish"]:
            headers = {"Origin": ORIGIN, "X-Forwarded-For": forwarded}
            async with front.http.ws_connect(front.base + "/ws/v1", headers=headers) as socket:
                await socket.send_str('{"type":"hello"}')
                answers.append((await socket.receive_json())["type"])
        assert answers == ["welcome", "welcome", "error", "welcome", "error"]
