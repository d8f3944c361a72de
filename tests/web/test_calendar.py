"""A promised callback as a calendar file, at an address that nobody can guess."""

from datetime import timedelta

import pytest

from bot.web.calendar import calendar_link
from handoff.ticket import Closed, Kind, Reason, Scheduled, Ticket
from tests.web.memory import NOW
from tests.web.stage import SECRET, serving

DUE = NOW + timedelta(hours=3)
PROMISED = Ticket(7, "c", Kind.CALLBACK, "general", NOW, Scheduled(DUE), promised=DUE, locale="ru", version=2)


def path(ticket: int, secret: str = SECRET) -> str:
    return calendar_link(secret, "")(ticket)


async def test_the_customer_gets_the_promise_as_it_stands_now():
    async with serving() as front:
        front.memory.tickets = [PROMISED]
        answer = await front.http.get(front.base + path(7))
        text = (await answer.read()).decode()
        assert (answer.status, answer.content_type) == (200, "text/calendar")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="callback.ics"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        for line in ("METHOD:PUBLISH", "DTSTART:20260504T120000Z", "DTEND:20260504T123000Z", "SEQUENCE:2"):
            assert f"\r\n{line}\r\n" in text
        assert "SUMMARY:Обратный звонок" in text
        assert "DESCRIPTION:Мы напишем вам в чат." in text


async def test_a_cancelled_promise_takes_itself_out_of_the_calendar():
    async with serving() as front:
        gone = Ticket(
            7, "c", Kind.CALLBACK, "general", NOW, Closed(Reason.CANCELLED), promised=DUE, phone="+37129123456"
        )
        front.memory.tickets = [gone]
        text = await (await front.http.get(front.base + path(7))).text()
        assert "METHOD:CANCEL" in text
        assert "+37129123456" in text


@pytest.mark.parametrize(
    "wrong",
    [path(7, "another secret"), path(7)[:-6] + "aa.ics", "/calendar/7.ics", "/calendar/", path(8), path(9)],
)
async def test_whoever_guesses_finds_nothing(wrong):
    async with serving() as front:
        chat = Ticket(9, "c", Kind.CHAT, "general", NOW)
        front.memory.tickets = [PROMISED, chat]
        assert (await front.http.get(front.base + wrong)).status == 404
