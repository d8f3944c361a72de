"""The doorway: what whoever opens a one-time link is shown, and the press that lets them in.

Only the press uses the link up, so that a messenger that looks at it for a preview does not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape

from aiohttp import web

from bot.dialog.ports import Keep
from bot.web import desk_door, pages
from bot.web.desk_socket import COOKIE, DeskEntrance, languages_of
from bot.web.desk_view import locale_of
from bot.web.errors import ShutError, UnauthorizedError
from bot.web.pages import Page
from handoff.desk import Operator, titled

KEY = "key"  # in the link, and in the form


@dataclass(frozen=True, slots=True)
class Doorway:
    """`GET` and `POST /desk`."""

    desk: DeskEntrance
    keep: Keep
    clock: Callable[[], datetime]
    public_url: str
    files: Mapping[str, Page]

    async def page(self, request: web.Request) -> web.Response:
        """The desk; with a key, the door to it. The desk's page holds no secret: its socket asks for the session."""
        key = request.query.get(KEY)
        if key is None:
            return pages.send(self.files["desk.html"], request)
        try:
            operator = self._operator(await desk_door.look_at(self.desk.secret, key, self.keep, self.clock()))
        except ShutError as error:
            return self._known(request) or self._shut(request, error)
        return self._door(request, operator, key)

    async def enter(self, request: web.Request) -> web.Response:
        """The button was pressed: the link is used up, and the browser has a session."""
        if not self._is_ours(request):
            raise web.HTTPForbidden(text="The desk is entered from its own page only. Open the link again.\n")
        key = str((await request.post()).get(KEY, ""))
        try:
            operator = self._operator(await desk_door.use_link(self.desk.secret, key, self.keep, self.clock()))
        except ShutError as error:
            return self._known(request) or self._shut(request, error)
        inside = _inside()
        inside.set_cookie(
            COOKIE,
            desk_door.session(self.desk.secret, operator.id, self.clock()),
            max_age=int(desk_door.SESSION_LIFETIME.total_seconds()),
            httponly=True,
            samesite="Strict",
            secure=self.public_url.startswith("https://"),
            path="/",
        )
        return inside

    def _operator(self, id_: str) -> Operator:
        found = self.desk.content().desk.operators.get(id_)
        if found is None:
            raise ShutError("stranger", "This operator is not on the team.")
        return found

    def _known(self, request: web.Request) -> web.Response | None:
        """The same browser again: it is inside already."""
        try:
            self.desk.who(request)
        except UnauthorizedError:
            return None
        return _inside()

    def _is_ours(self, request: web.Request) -> bool:
        """Whether the form stood on our own page; browsers on an insecure network tell the origin alone."""
        site = request.headers.get("Sec-Fetch-Site")
        return site == "same-origin" if site else request.headers.get("Origin") in self.desk.origins

    def _door(self, request: web.Request, operator: Operator, key: str) -> web.Response:
        content = self.desk.content()
        locale = locale_of(operator, content, languages_of(request))
        say = content.phrases.say
        form = (
            f'<form method="post" action="/desk"><input type="hidden" name="{KEY}" value="{escape(key)}">'
            f"<button>{escape(say(locale, 'door_button'))}</button></form>"
        )
        lines = (say(locale, "door_text", name=titled(operator.name, locale)),)
        text = pages.notice(say(locale, "door_title"), lines, locale, form)
        # Without a referrer browsers would not say which page the form stood on.
        headers = {"Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    def _shut(self, request: web.Request, error: ShutError) -> web.Response:
        content = self.desk.content()
        spoken = (each for each in languages_of(request) if each in content.desk.locales)
        locale = next(spoken, content.desk.default_locale)
        say = content.phrases.say
        lines = (say(locale, f"door_{error.why}"), say(locale, "door_remedy"))
        text = pages.notice(say(locale, "door_shut"), lines, locale)
        return web.Response(status=403, text=text, content_type="text/html", headers={"Cache-Control": "no-store"})


def _inside() -> web.Response:
    return web.Response(status=303, headers={"Location": "/desk", "Cache-Control": "no-store"})
