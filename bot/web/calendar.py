"""The calendar: a promised callback as a file that any calendar opens, at an address that its customer alone has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.dialog.appointments import FILE, appointment
from bot.dialog.content import Content
from bot.dialog.ports import Store
from bot.web.signing import ForgedError, Seal

PATH = "/calendar/"
ENDING = ".ics"
_PURPOSE = "calendar"


def calendar_link(secret: str, public_url: str) -> Callable[[int], str]:
    """Makes the address of a ticket's file. Who has it can read when and how the customer is called, and no more."""
    seal = Seal(secret, _PURPOSE)
    return lambda ticket: f"{public_url.rstrip('/')}{PATH}{seal.close(str(ticket).encode())}{ENDING}"


@dataclass(frozen=True, slots=True)
class Calendar:
    """Serves the files."""

    secret: str
    store: Store
    content: Callable[[], Content]
    clock: Callable[[], datetime]
    host: str

    async def serve(self, request: web.Request) -> web.Response:
        """The callback as it is promised now; when it is promised no more, what takes it out of the calendar."""
        try:
            number = int(Seal(self.secret, _PURPOSE).open(request.match_info["sealed"].removesuffix(ENDING)))
        except (ForgedError, ValueError):
            raise web.HTTPNotFound from None
        async with self.store.read() as tx:
            ticket = await tx.ticket(number)
        if ticket is None or ticket.promised is None:
            raise web.HTTPNotFound
        return web.Response(
            text=appointment(ticket, self.content(), self.clock(), self.host),
            content_type="text/calendar",
            charset="utf-8",
            headers={"Content-Disposition": f'attachment; filename="{FILE}"', "Cache-Control": "no-store"},
        )
