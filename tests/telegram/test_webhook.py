"""The webhook answers 200 only for what is stored, and Telegram brings the rest again, each chat in order."""

from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.dialog.acts import Wrote
from bot.dialog.content import Content
from bot.dialog.errors import StoreUnavailableError
from bot.storage.inbox import SqlInbox
from bot.telegram.room import Hook, TelegramRoom
from bot.telegram.webhook import PATH, SECRET_HEADER, Webhook
from tests.telegram.stage import stage

UPDATE = b'{"update_id": 7, "message": {}}'


class Boxes:
    """An inbox that only counts."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.down = False

    async def put(self, source: str, updates: list[tuple[str, dict[str, Any]]], now: object) -> int:
        if self.down:
            raise StoreUnavailableError("it is away")
        self.kept += [key for key, _ in updates]
        return len(updates)


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [
        ("right", UPDATE, 200),
        ("wrong", UPDATE, 403),
        ("", UPDATE, 403),
        (None, UPDATE, 403),
        ("rÿght", UPDATE, 403),
        ("right", b"{", 400),
        ("right", b"[]", 400),
        ("right", b'{"message": {}}', 400),
    ],
)
async def test_only_updates_from_telegram_are_taken(secret: str | None, body: bytes, status: int) -> None:
    boxes = Boxes()
    webhook = Webhook(boxes, "right", lambda: None)  # all that it uses
    assert await webhook.accept(secret, body) == status
    assert boxes.kept == (["7"] if status == 200 else [])


async def test_what_cannot_be_stored_is_not_acknowledged() -> None:
    boxes = Boxes()
    boxes.down = True
    assert await Webhook(boxes, "right", lambda: None).accept("right", UPDATE) == 503


async def test_refused_updates_come_again_in_order(
    sample: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [StoreUnavailableError("it is away")] * 3
    put = SqlInbox.put

    async def failing(self: SqlInbox, *given: Any) -> int:
        if failures:
            raise failures.pop()
        return await put(self, *given)

    monkeypatch.setattr(SqlInbox, "put", failing)
    rooms: list[TelegramRoom] = []

    async def route(request: web.Request) -> web.Response:
        webhook = rooms[0].webhook
        assert webhook is not None
        return web.Response(status=await webhook.accept(request.headers.get(SECRET_HEADER), await request.read()))

    served = web.Application()
    served.router.add_post(PATH, route)
    async with TestServer(served, host="127.0.0.1") as server:
        hook = Hook(str(server.make_url(PATH)), "right")
        async with stage(sample, tmp_path, scripted=True, hook=hook, run=False) as s:
            rooms.append(s.room)
            s.room.run(s.tasks)
            await s.until(lambda: s.api.updates.hook)
            boris = s.api.person("Boris")
            for text in ("one", "two", "three"):
                boris.says(text)
            await s.told(3)
            assert [act.text for act in s.acts if isinstance(act, Wrote)] == ["one", "two", "three"]
            assert [status for _, status in s.api.updates.attempts] == [503, 503, 503, 200, 200, 200]
