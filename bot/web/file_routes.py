"""File routes: files for a message, taken from and given to the two parties of its conversation and nobody else."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, unquote

from aiohttp import web

from bot.dialog.errors import FileRefusedError
from bot.dialog.limits import Limiter
from bot.dialog.messages import Attachment
from bot.dialog.ports import Store
from bot.web.addresses import address_of
from bot.web.desk_socket import DeskEntrance
from bot.web.errors import NotFoundError, RateLimitedError, UnauthorizedError, WebError
from bot.web.showing import files_shown
from bot.web.visits import Entrance

_log = logging.getLogger(__name__)

TOKEN = "X-Frontline-Token"  # noqa: S105 - a header's name
NAME = "X-Frontline-Name"
DRAINED = 64 * 1024 * 1024  # bytes
Fetch = Callable[[str], Awaitable[bytes | None]]  # a file that a channel keeps, by the channel's name for it
_STATUS = {
    "too_long": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "unsupported": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "rate_limited": HTTPStatus.TOO_MANY_REQUESTS,
    "unauthorized": HTTPStatus.UNAUTHORIZED,
    "not_found": HTTPStatus.NOT_FOUND,
}


@dataclass(frozen=True, slots=True)
class FileRoutes:
    """Visitors show their token in a header, operators their session; a file is named by its message's `seq`."""

    entrance: Entrance
    desk: DeskEntrance
    store: Store
    uploads: Limiter
    fetch: Fetch | None = None

    def add_to(self, app: web.Application) -> None:
        """Register them."""
        app.add_routes(
            [
                web.post("/files", self.take),
                web.get("/files/{place}", self.give),
                web.options("/files", self.allow),
                web.options("/files/{place}", self.allow),
                web.post("/desk/files/{conversation}", self.take_from_desk),
                web.get("/desk/files/{conversation}/{place}", self.give_to_desk),
            ]
        )

    async def allow(self, request: web.Request) -> web.Response:
        """What a browser asks before it sends a header of ours to another origin."""
        allowed = {
            "Access-Control-Allow-Methods": "GET, POST",
            "Access-Control-Allow-Headers": f"{TOKEN}, {NAME}, Content-Type",
            "Access-Control-Max-Age": "3600",
        }
        return web.Response(status=HTTPStatus.NO_CONTENT, headers=_headers(self.entrance.admit(request)) | allowed)

    async def take(self, request: web.Request) -> web.Response:
        """A visitor's file."""
        headers = _headers(self.entrance.admit(request))
        try:
            conversation = self._visitor(request)
            for subject in (conversation, address_of(request)):
                if wait := self.uploads.wait(subject, self.entrance.clock()):
                    raise RateLimitedError(wait)
        except WebError as error:
            return _refused(error.code, str(error), headers)
        return await self._take(request, conversation, headers)

    async def give(self, request: web.Request) -> web.StreamResponse:
        """A file of the visitor's own conversation. A page of our own names no origin when it asks."""
        headers = _headers(self.entrance.admit(request)) if "Origin" in request.headers else {}
        try:
            return await self._give(self._visitor(request), request.match_info["place"], headers)
        except WebError as error:
            return _refused(error.code, str(error), headers)

    async def take_from_desk(self, request: web.Request) -> web.Response:
        """An operator's file; only the message that it comes with needs the right to speak."""
        if request.headers.get("Origin") not in self.desk.origins:
            raise web.HTTPForbidden(text="The desk can be used only from its own address.\n")
        try:
            self.desk.who(request)
        except UnauthorizedError as error:
            return _refused(error.code, str(error), {})
        return await self._take(request, request.match_info["conversation"], {})

    async def give_to_desk(self, request: web.Request) -> web.StreamResponse:
        """A file of any conversation, to whoever is on the team."""
        try:
            self.desk.who(request)
            return await self._give(request.match_info["conversation"], request.match_info["place"], {})
        except WebError as error:
            return _refused(error.code, str(error), {})

    def _visitor(self, request: web.Request) -> str:
        token = request.headers.get(TOKEN, "")
        return self.entrance.visitors.known(token, self.entrance.clock()).conversation

    async def _take(self, request: web.Request, conversation: str, headers: dict[str, str]) -> web.Response:
        name = unquote(request.headers.get(NAME, ""))
        try:
            upload = await self.entrance.files.take(conversation, name, _parts(request))
        except FileRefusedError as error:
            await _drained(request)
            return _refused(error.code, str(error), headers)
        said = {"id": upload.id, "name": upload.name, "mime": upload.mime, "size": upload.size}
        return web.json_response(said, status=HTTPStatus.CREATED, headers=headers)

    async def _give(self, conversation: str, place: str, headers: dict[str, str]) -> web.StreamResponse:
        """The file at this place, as something to keep and never to look at here. Raises NotFoundError."""
        file, name, mime = await self._find(conversation, place)
        headers = headers | {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
            "Content-Type": mime,
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }
        kept = self.entrance.files.path(conversation, file)
        if kept is not None:
            return web.FileResponse(kept, headers=headers)
        body = await self.fetch(file.ref) if self.fetch and ":" not in file.ref else None
        if body is None:
            raise NotFoundError("file", "It is no longer kept.")
        return web.Response(body=body, headers=headers)

    async def _find(self, conversation: str, place: str) -> tuple[Attachment, str, str]:
        """The file with the name and the type that it is given under."""
        seq, _, number = place.partition(".")
        if seq.isdecimal() and number.isdecimal() and len(place) < 20:  # noqa: PLR2004 - what a database counts to
            async with self.store.read() as look:
                message = await look.message(conversation, int(seq))
            for shown in files_shown(message) if message else ():
                if shown.id == place and message:
                    return message.attachments[int(number)], shown.name, shown.mime
        raise NotFoundError("file", "Its message may have been deleted.")


async def _drained(request: web.Request) -> None:
    """A browser hears no answer while it is still sending; one that sends for ever is cut off."""
    left = DRAINED
    async for part in request.content.iter_any():
        left -= len(part)
        if left < 0:
            return


async def _parts(request: web.Request) -> AsyncIterator[bytes]:
    async for part in request.content.iter_any():
        yield part


def _headers(origin: str) -> dict[str, str]:
    return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}


def _refused(code: str, text: str, headers: dict[str, str]) -> web.Response:
    return web.json_response({"code": code, "message": text}, status=_STATUS[code], headers=headers)
