"""The calendar: a promised callback as a file that any calendar opens, at an address that its customer alone has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from aiohttp import web

from bot.dialog.content import Content
from bot.dialog.ports import Store
from bot.web.signing import ForgedError, Seal
from handoff.appointment import Appointment, ics
from handoff.ticket import Ticket

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
    public_url: str

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
            text=ics(self._appointment(ticket, ticket.promised), self.clock()),
            content_type="text/calendar",
            charset="utf-8",
            headers={"Content-Disposition": 'attachment; filename="callback.ics"', "Cache-Control": "no-store"},
        )

    def _appointment(self, ticket: Ticket, promised: datetime) -> Appointment:
        content = self.content()
        phrases, locale = content.phrases, content.desk.locale_of(ticket.locale)
        how = "calendar_by_phone" if ticket.phone else "calendar_in_chat"
        number = content.show_phone(ticket.phone) if ticket.phone else ""
        return Appointment(
            uid=f"{ticket.number}@{urlsplit(self.public_url).hostname}",
            start=promised,
            end=promised + content.desk.callbacks.slot,
            summary=phrases.say(locale, "calendar_title"),
            description=phrases.say(locale, how, phone=number),
            sequence=ticket.version,
            cancelled=not ticket.open,
        )
