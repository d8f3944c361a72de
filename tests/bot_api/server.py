"""The Bot API over HTTP: every request is checked against the library's own description of its method."""

import inspect
import json
from typing import Any, Self

import aiogram.methods
from aiogram.methods import TelegramMethod
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import ValidationError

from tests.bot_api.asking import ASKING
from tests.bot_api.changing import CHANGING
from tests.bot_api.people import Group, Person
from tests.bot_api.refusals import RefusalError, bad
from tests.bot_api.sending import SENDING, Uploads
from tests.bot_api.world import BOT, Chat, World

METHODS: dict[str, Any] = SENDING | CHANGING | ASKING
SHAPES: dict[str, type[TelegramMethod[Any]]] = {
    shape.__api_method__.lower(): shape
    for shape in vars(aiogram.methods).values()
    if inspect.isclass(shape) and issubclass(shape, TelegramMethod) and shape is not TelegramMethod
}
HANDLERS = {name.lower(): handler for name, handler in METHODS.items()}


class BotApi(World):
    """The emulator. `async with BotApi() as api` serves it at `api.url` on loopback; `api.token` is the bot's token."""

    token = "42:EMULATED-TOKEN_of_frontline"

    def __init__(self, port: int | None = None) -> None:
        super().__init__()
        self._refusals: list[tuple[str, int | None, RefusalError | None]] = []
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{folder}/{id}/{name}", self._download)
        self._server = TestServer(app, host="127.0.0.1", port=port)

    async def __aenter__(self) -> Self:
        await self._server.start_server(access_log=None)  # it would tell the token
        return self

    async def __aexit__(self, *_: object) -> None:
        self.updates.close()
        await self._server.close()

    @property
    def url(self) -> str:
        return str(self._server.make_url("")).rstrip("/")

    # the people, and trouble

    def person(self, name: str, id: int | None = None, language: str = "en") -> Person:
        """Somebody with an account."""
        return Person(self, id or 50_000 + self.number(), name, language)

    def group(self, title: str, id: int = -1001234567890, *, forum: bool = True) -> Group:
        """A supergroup in which the bot may manage topics."""
        chat = self.chats[id] = Chat(id, "supergroup", title, is_forum=forum, last_id=1)
        chat.admins[BOT["id"]] = {"can_manage_topics": True, "can_delete_messages": True, "can_pin_messages": True}
        return Group(self, chat)

    def refuse(self, method: str, refusal: RefusalError | None, times: int = 1, chat: int | None = None) -> None:
        """Answer the next calls of a method with this; None drops the connection after doing what was asked."""
        self._refusals += [(method.lower(), chat, refusal)] * times

    def called(self, method: str) -> list[Any]:
        """The calls of a method so far, as the library's objects."""
        return [call for name, call in self.calls if name == method]

    # HTTP

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        try:
            name = self._method(request.match_info["token"], request.match_info["method"].lower())
            params, uploads = await _read(request)
            call = _checked(SHAPES[name], params)
            drops = self._planned(name, call)
            self.calls.append((call.__api_method__, call))
            result = HANDLERS[name](self, call, uploads)
            result = await result if inspect.isawaitable(result) else result
            if drops and request.transport is not None:
                request.transport.close()
        except RefusalError as refusal:
            return web.json_response(refusal.answer, status=refusal.code)
        finally:
            self.touch()
        return web.json_response({"ok": True, "result": _public(result)})

    def _method(self, token: str, name: str) -> str:
        if token != self.token:
            raise RefusalError(401, "Unauthorized")
        if name not in HANDLERS:
            raise RefusalError(404, "Not Found")
        return name

    def _planned(self, name: str, call: Any) -> bool:
        """Whether the connection is to be dropped after the call; raises what was planned instead of an answer."""
        for index, (method, chat, refusal) in enumerate(self._refusals):
            if method in (name, "*") and str(chat) in ("None", str(getattr(call, "chat_id", None))):
                del self._refusals[index]
                if refusal is not None:
                    raise refusal
                return True
        return False

    async def _download(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token or request.match_info["id"] not in self.files:
            return web.Response(status=404)
        return web.Response(body=self.files[request.match_info["id"]][1])


def _public(result: Any) -> Any:
    if isinstance(result, dict):
        return {key: _public(value) for key, value in result.items() if not key.startswith("_")}
    return [_public(each) for each in result] if isinstance(result, list) else result


async def _read(request: web.Request) -> tuple[dict[str, Any], Uploads]:
    """Parameters, decoded from JSON where they are lists and objects, and uploaded files by part name."""
    if request.content_type == "application/json":
        return await request.json(), {}
    params: dict[str, Any] = dict(request.query)
    uploads: Uploads = {}
    for key, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            uploads[key] = (value.filename, value.file.read())
            value.file.close()
        else:
            params[key] = (
                json.loads(value) if isinstance(value, str) and value[:1] in ("{", "[") and key != "text" else value
            )
    return params, uploads


def _checked(shape: type[TelegramMethod[Any]], params: dict[str, Any]) -> Any:
    if unknown := params.keys() - shape.model_fields.keys():
        raise bad(f"{shape.__api_method__} has no parameter {sorted(unknown)}")
    try:
        return shape.model_validate(params)
    except ValidationError as error:
        raise bad(f"{shape.__api_method__}: {error.errors(include_url=False)[0]}") from None
