"""The wait as customers are told it, and how the pace behind it is learnt."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.dialog.conversation import Conversation
from bot.dialog.estimates import promise
from bot.dialog.plurals import FEW, MANY, ONE, form
from bot.dialog.recent_pace import FRESH, RECENT, TICKETS, RecentPace
from bot.dialog.scene import Scene
from bot.dialog.tools import Tools
from bot.dialog.work import Work
from handoff.pace import Pace
from handoff.promises import PROMISED
from handoff.ticket import Entry, Kind, Reason, Ticket, WasAccepted, WasClosed, WasOffered, opened, transition
from handoff.wait import Wait
from tests.dialog.shop import desk

NOW = datetime(2026, 5, 5, 9, 0, tzinfo=UTC)
TRILINGUAL = desk(locales=("en", "ru", "lv", "de"))
TICKET = Ticket(7, "c", Kind.CHAT, "general", NOW)


def scene(locale: str) -> Scene:
    talk = Conversation("c", "widget", "v", NOW, NOW, locale=locale)
    tools = Tools(lambda: "id", lambda _desk, _skill: None)
    return Scene(Work(None, TRILINGUAL, tools, NOW), talk)  # nothing is read


def wait(low: int, high: int) -> Wait:
    return Wait(timedelta(minutes=low), timedelta(minutes=low), timedelta(minutes=high))


@pytest.mark.parametrize(
    ("locale", "low", "high", "said"),
    [
        ("en", 0, 1, "The wait is up to 1 minute."),
        ("en", 0, 2, "The wait is up to 2 minutes."),
        ("en", 3, 6, "The wait is about 3–6 minutes."),
        ("en", 66, 66, "The wait is about 60–70 minutes."),
        ("en", 60, 180, "The wait is about 1–3 hours."),
        ("en", 0, 180, "The wait is up to 3 hours."),
        ("ru", 0, 1, "Ожидание — до 1 минуты."),
        ("ru", 0, 5, "Ожидание — до 5 минут."),
        ("ru", 1, 2, "Ожидание примерно 1–2 минуты."),
        ("ru", 3, 6, "Ожидание примерно 3–6 минут."),
        ("ru", 5, 12, "Ожидание примерно 5–12 минут."),
        ("ru", 120, 240, "Ожидание примерно 2–4 часа."),
        ("ru", 120, 300, "Ожидание примерно 2–5 часов."),
        ("ru", 0, 180, "Ожидание — до 3 часов."),
        ("lv", 0, 1, "Jāgaida līdz 1 minūtei."),
        ("lv", 0, 3, "Jāgaida līdz 3 minūtēm."),
        ("lv", 3, 6, "Jāgaida aptuveni 3–6 minūtes."),
        ("lv", 60, 180, "Jāgaida aptuveni 1–3 stundas."),
        ("lv", 0, 180, "Jāgaida līdz 3 stundām."),
    ],
)
def test_a_wait_is_said_as_a_native_would(locale: str, low: int, high: int, said: str):
    assert promise(scene(locale), TICKET, wait(low, high)) == f" {said}"


def test_what_is_said_is_shown_and_logged():
    told = scene("en")
    promise(told, TICKET, wait(3, 6))
    assert told.conversation.shown.wait == (180, 360)
    (row,) = told.work.changes.entries
    assert (row.ticket, row.event, dict(row.detail)) == (7, PROMISED, {"low": "3", "high": "6"})


def test_without_an_estimate_nothing_is_said_and_the_last_one_is_shown_no_more():
    told = scene("en")
    promise(told, TICKET, wait(3, 6))
    assert promise(told, TICKET, None) == ""
    assert told.conversation.shown.wait is None
    assert len(told.work.changes.entries) == 1


@pytest.mark.parametrize(
    ("locale", "one", "few", "many"),
    [
        ("en", {1}, set(), {0, 2, 5, 11, 21}),
        ("de", {1}, set(), {0, 2, 5, 11, 21}),
        ("lv", {1, 21, 101}, set(), {0, 2, 5, 10, 11, 20, 111}),
        ("ru", {1, 21, 101}, {2, 3, 4, 22, 104}, {0, 5, 9, 10, 11, 12, 14, 19, 20, 111, 112}),
    ],
)
def test_a_number_takes_the_form_that_its_language_asks_for(locale: str, one: set[int], few: set[int], many: set[int]):
    for forms, numbers in ((ONE, one), (FEW, few), (MANY, many)):
        assert {number for number in numbers if form(locale, number) == forms} == numbers


class Log:
    """A store that has only a log, and counts how often it is read."""

    def __init__(self, *entries: Entry) -> None:
        self.entries, self.asked = list(entries), []

    async def last_closed_logs(self, tickets: int) -> list[Entry]:
        self.asked.append(tickets)
        return self.entries


def handled(closed: datetime, number: int = 1, minutes: int = 6) -> list[Entry]:
    began = closed - timedelta(minutes=minutes)
    ticket = Ticket(number, "c", Kind.CHAT, "general", began)
    entries = [opened(ticket, began)]
    for event, at in (
        (WasOffered("anna", closed), began),
        (WasAccepted("anna"), began),
        (WasClosed(Reason.RESOLVED), closed),
    ):
        ticket, entry = transition(ticket, event, at, "anna")
        entries.append(entry)
    return entries


async def test_the_pace_is_read_and_not_again_while_it_is_fresh():
    log, pace = Log(*handled(NOW)), RecentPace()
    first = await pace.at(NOW, log)
    assert first.by_skill == {"general": Pace(1, timedelta(minutes=6))}
    log.entries += handled(NOW, 2)
    assert await pace.at(NOW + FRESH - timedelta(seconds=1), log) is first
    later = await pace.at(NOW + FRESH, log)
    assert later.by_skill == {"general": Pace(2, timedelta(minutes=12))}
    assert log.asked == [TICKETS, TICKETS]


async def test_a_clock_that_was_set_back_makes_it_read_anew():
    log, pace = Log(*handled(NOW)), RecentPace()
    await pace.at(NOW, log)
    await pace.at(NOW - timedelta(hours=1), log)
    assert len(log.asked) == 2


async def test_what_was_closed_long_ago_is_no_recent_pace():
    log = Log(*handled(NOW - RECENT), *handled(NOW - RECENT + timedelta(seconds=1), 2))
    found = await RecentPace().at(NOW, log)
    assert found.by_skill["general"].handled == 1
