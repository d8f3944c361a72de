"""`frontline run` as anybody runs it: a save is live, a bad one is not, and the supervisors read why."""

import asyncio
import json
from pathlib import Path
from uuid import uuid4

import aiohttp

from tests.bot_api import BotApi
from tests.kill.process import Frontline
from tests.patience import PATIENCE
from tests.reloading.workspaces import QUESTION, intents, make


async def answer(url: str) -> str:
    """What a new visitor is told."""
    async with aiohttp.ClientSession() as http, http.ws_connect(f"{url}/ws/v1", origin=url) as socket:
        await socket.send_json({"type": "hello", "token": None, "locale": "en", "tz": "UTC", "seen": 0})
        await socket.send_json({"type": "message", "id": str(uuid4()), "text": QUESTION})
        async for frame in socket:
            event = json.loads(frame.data)
            if event["type"] == "message" and event["author"]["kind"] == "bot":
                return str(event["text"])
    raise AssertionError("the socket was closed")


async def told(url: str, words: str) -> None:
    """Wait until visitors are told so."""
    async with asyncio.timeout(PATIENCE):
        while words not in await answer(url):
            await asyncio.sleep(0.02)


async def test_a_save_is_live_and_a_bad_one_is_told(tmp_path: Path) -> None:
    folder = make(tmp_path / "workspace")
    async with BotApi() as api:
        group = api.group("Desk")
        settings = {"FRONTLINE_WORKSPACE": str(folder), "FRONTLINE_WATCH": "on"}
        frontline = Frontline(tmp_path, tmp_path / "cache", api.url, api.token, group.id, **settings)
        try:
            await frontline.start()
            await frontline.ready()
            await told(frontline.url, "It costs v0.")
            (folder / "intents/talk.yaml").write_text(intents(1), encoding="utf-8")
            await told(frontline.url, "It costs v1.")

            (folder / "intents/talk.yaml").write_text(intents(2).replace("title:", "titel:", 1), encoding="utf-8")
            await api.until(lambda: 'unknown key "titel"' in "".join(group.reads()))
            told_off = next(each for each in group.reads() if "titel" in each)
            assert all(each.startswith("intents/talk.yaml:") for each in told_off.splitlines()[1:])
            assert await answer(frontline.url) == "It costs v1."
            status, said = await frontline.readiness()
            assert (status, json.loads(said)["remarks"].keys()) == (200, {"content"})
            assert "talk.yaml:3: error: unknown key" in frontline.said()

            (folder / "intents/talk.yaml").write_text(intents(3), encoding="utf-8")
            await told(frontline.url, "It costs v3.")
            assert await frontline.stop() == 0
        finally:
            await frontline.end()
