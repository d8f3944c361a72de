"""Who the desk's socket lets in, who is shut out, and what it refuses."""

from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from bot.dialog import acts
from bot.dialog.records import Published
from tests.web.at_desk import enter
from tests.web.stage import ORIGIN, SHOP, serving


async def test_the_session_ends_after_twelve_hours():
    async with serving() as front:
        await enter(front)
        front.memory.now += timedelta(hours=12)
        peer = await front.connect("/ws/desk")
        assert (await peer.get())["code"] == "unauthorized"
        assert (await peer.get())["closed"] == 1008


async def test_a_page_that_stays_open_does_nothing_after_its_session():
    async with serving() as front:
        peer, _ = await enter(front)
        front.memory.now += timedelta(hours=12)
        await peer.send(type="declare", id="1", presence="online")
        assert (await peer.until("error"))["code"] == "unauthorized"
        assert (await peer.get())["closed"] == 1008
        assert front.memory.acts == []


@pytest.mark.parametrize("cookie", [None, "rubbish"])
async def test_without_a_session_the_desk_stays_shut(cookie):
    async with serving() as front:
        if cookie:
            front.http.cookie_jar.update_cookies({"frontline_desk": cookie})
        assert (await front.http.get(f"{front.base}/desk")).status == 200, "the page itself holds no secret"
        peer = await front.connect("/ws/desk")
        assert (await peer.get())["code"] == "unauthorized"


async def test_a_widgets_site_may_not_open_the_desk():
    async with serving() as front:
        await enter(front)
        for origin in (SHOP, None):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await front.connect("/ws/desk", origin=origin)


async def test_who_left_the_team_is_shut_out():
    async with serving() as front:
        peer, _ = await enter(front)
        olga = {"olga": front.memory.desk.operators["olga"]}
        front.memory.desk = replace(front.memory.desk, operators=olga)
        front.memory.publish(Published(desk=True))
        assert (await peer.until("closed"))["closed"]
        again = await front.connect("/ws/desk")
        assert (await again.get())["code"] == "unauthorized"


async def test_a_refusal_is_told_to_who_acted():
    async with serving() as front:
        peer, _ = await enter(front)

        async def refuse(act):
            return acts.Refused("unauthorized", "Ticket 7 is with Olga.")

        front.memory.do = refuse
        await peer.send(type="accept", id="1", ticket=7)
        error = await peer.until("error")
        assert (error["code"], error["message"], error["id"]) == ("unauthorized", "Ticket 7 is with Olga.", "1")
        await peer.send(type="accept", id="2", ticket=7)
        assert (await peer.until("error"))["id"] == "2", "the desk stays open"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("?", "bad_frame"),
        ('{"type":"accept","id":"1"}', "bad_frame"),
        ('{"type":"close","id":"1","ticket":1,"reason":"nonsense"}', "bad_frame"),
        ('{"type":"say","id":"1","conversation":"c","text":" "}', "bad_frame"),
        ('{"type":"say","id":"1","conversation":"c","text":"' + "x" * 4001 + '"}', "too_long"),
    ],
)
async def test_a_bad_frame_at_the_desk_is_named(raw, code):
    async with serving() as front:
        peer, _ = await enter(front)
        await peer.raw(raw)
        assert (await peer.until("error"))["code"] == code
        assert front.memory.acts == []


async def test_the_desk_answers_only_from_our_own_origin_not_the_hosts():
    async with serving() as front:
        await enter(front)
        assert (await front.connect("/ws/desk", origin=ORIGIN)) is not None
