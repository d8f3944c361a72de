"""The same sockets in front of the real service, the real store and the sample workspace."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiohttp
import pytest

from bot.dialog.service import DialogService
from bot.dialog.tools import Tools
from bot.storage.files import Files
from bot.storage.storage import Storage
from bot.web.desk_door import desk_link
from bot.web.server import Site, Spine, WebServer
from tests.web.stage import ORIGIN, SECRET, Front

MONDAY = datetime(2026, 5, 4, 9, tzinfo=UTC)


@asynccontextmanager
async def product(sample, folder):
    """The product without its ticker, on a database in the folder."""
    numbers = iter(range(1000))
    async with Storage.open(f"sqlite+aiosqlite:///{folder}/frontline.db") as storage:
        await storage.upgrade()
        tools = Tools(make_id=lambda: f"made-{next(numbers)}", operators_venue=lambda _desk, _skill: None)
        service = DialogService(storage.work, lambda: sample, lambda: MONDAY, tools)
        spine = Spine(service, storage.work, storage.keep, Files(folder / "files"), lambda: sample, lambda: MONDAY)
        web = WebServer(Site(ORIGIN, SECRET, port=0), spine)
        service.attend(web)
        cookies = aiohttp.CookieJar(unsafe=True)
        async with asyncio.TaskGroup() as tasks, aiohttp.ClientSession(cookie_jar=cookies) as http:
            running = tasks.create_task(service.run())
            await web.start(tasks)
            try:
                yield Front(web, None, http)
            finally:
                await http.close()
                await web.stop()
                running.cancel()


async def to_desk(front, operator):
    await front.enter(desk_link(SECRET, operator, front.base, MONDAY))
    peer = await front.connect("/ws/desk")
    await peer.until("snapshot")
    return peer


async def answer(peer):
    """The next message that is not the visitor's own."""
    while (frame := await peer.until("message"))["author"]["kind"] == "customer":
        pass
    return frame


async def test_a_question_is_answered_once_however_often_it_is_sent(sample, tmp_path):
    async with product(sample, tmp_path) as front:
        peer, welcome = await front.visitor()
        await peer.send(type="message", id="same", text="Как можно оплатить?")
        first = await answer(peer)
        assert "Visa" in first["text"]
        await peer.send(type="message", id="same", text="Как можно оплатить?")
        assert (await peer.until("ack"))["seq"] == 1
        again, _ = await front.visitor(welcome["token"])
        assert [frame["seq"] for frame in await again.silence() if frame["type"] == "message"] == [1, 2]


async def test_the_talk_outlives_the_server(sample, tmp_path):
    async with product(sample, tmp_path) as front:
        peer, welcome = await front.visitor()
        await peer.send(type="message", id="1", text="Как можно оплатить?")
        await answer(peer)
    async with product(sample, tmp_path) as front:
        back, again = await front.visitor(welcome["token"], seen=1)
        assert (again["conversation"], again["seq"]) == (welcome["conversation"], 2)
        assert (await back.get())["seq"] == 2
        await back.send(type="message", id="1", text="Как можно оплатить?")
        assert (await back.get()) == {"type": "ack", "id": "1", "seq": 1}


async def test_only_a_button_that_was_shown_can_be_pressed(sample, tmp_path):
    async with product(sample, tmp_path) as front:
        peer, _ = await front.visitor()
        await peer.send(type="message", id="1", text="Как можно оплатить?")
        shown = await answer(peer)
        await peer.send(type="press", id="2", button="handoff:nonsense")
        error = await peer.until("error")
        assert (error["code"], error["id"]) == ("not_found", "2")
        button = next(each for each in shown["buttons"] if each["kind"] == "reply")
        await peer.send(type="press", id="3", button=button["id"])
        assert (await peer.until("message"))["text"] == button["label"]


async def test_the_story_from_the_call_to_the_rating(sample, tmp_path):
    async with product(sample, tmp_path) as front:
        desk = await to_desk(front, "anna")
        await desk.send(type="declare", id="here", presence="online")
        await desk.until("ok")
        peer, welcome = await front.visitor()
        await peer.send(type="message", id="1", text="Позовите оператора")
        queued = await peer.until("state")
        assert (queued["mode"], queued["position"]) == ("queued", 1)
        while not (shown := await desk.until("snapshot"))["mine"]:
            pass
        offer = shown["mine"][0]
        assert (offer["state"], offer["conversation"]) == ("offered", welcome["conversation"])
        await desk.send(type="accept", id="2", ticket=offer["number"])
        assert (await peer.until("state"))["operator"] == {"name": "Анна"}
        await desk.send(type="say", id="3", conversation=offer["conversation"], text="Здравствуйте!")
        while (frame := await peer.until("message"))["author"]["kind"] != "operator":
            pass
        assert (frame["author"]["name"], frame["text"]) == ("Анна", "Здравствуйте!")
        await desk.send(type="close", id="4", ticket=offer["number"])
        while not (stars := [each for each in (await answer(peer))["buttons"] if each["kind"] == "rate"]):
            pass
        await peer.send(type="press", id="5", button=stars[4]["id"])
        assert (await answer(peer))["author"]["kind"] == "bot"


async def test_of_two_who_take_a_ticket_one_is_told_who_has_it(sample, tmp_path):
    async with product(sample, tmp_path) as front:
        peer, _ = await front.visitor()
        await peer.send(type="message", id="1", text="Позовите оператора")
        offered = await answer(peer)
        waiting = next(each for each in offered["buttons"] if each["id"] == "wait")
        await peer.send(type="press", id="2", button=waiting["id"])
        await peer.until("ack")
        anna = await to_desk(front, "anna")
        front.http.cookie_jar.clear()
        olga = await to_desk(front, "olga")
        for each in (anna, olga):
            await each.send(type="declare", id="pause", presence="paused")
            await each.until("ok")
        await anna.send(type="take", id="a", ticket=1)
        await anna.until("ok")
        await olga.send(type="take", id="o", ticket=1)
        error = await olga.until("error")
        assert error["code"] == "unauthorized"
        assert "Анна" in error["message"] or "Anna" in error["message"]


@pytest.mark.parametrize(("browser", "said"), [("lv,en;q=0.5", "Pieteikuma Nr. 99 nav."), ("de", "Обращения №99 нет.")])
async def test_the_desk_refuses_in_the_language_that_it_shows(sample, tmp_path, browser, said):
    async with product(sample, tmp_path) as front:
        front.http.headers["Accept-Language"] = browser
        desk = await to_desk(front, "anna")
        await desk.send(type="take", id="1", ticket=99)
        assert (await desk.until("error"))["message"] != said  # not online: that comes first
        await desk.send(type="declare", id="2", presence="online")
        await desk.until("ok")
        await desk.send(type="take", id="3", ticket=99)
        assert (await desk.until("error"))["message"] == said
