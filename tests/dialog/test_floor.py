"""The floor: who is served does not cost reading all who wait, and a long line is told its places once a minute."""

from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.dialog import floor, places, ringing
from bot.dialog.acts import Rang, Swept
from bot.dialog.conversation import Conversation, Mode, Owner, Shown
from bot.dialog.desk import WRAP_UP
from bot.dialog.operator_acts import Accept, Close, Declare, Take
from bot.dialog.records import Changes
from handoff.desk import Routing, Widen
from handoff.operators import Presence
from handoff.ticket import Kind, Preferred, Priority, Ticket
from tests.dialog.shop import OPERATORS, TUESDAY_NOON, desk, online, open_shop

SECOND = timedelta(seconds=1)
LONG = places.PAGE + places.SHORT


class Counting:
    """A store that counts the tickets which are read from the queue, and how often some are read by their numbers."""

    def __init__(self, store):
        self.store, self.read, self.tickets, self.named = store, store.read, 0, 0

    @asynccontextmanager
    async def begin(self, *, desk=False):
        async with self.store.begin(desk=desk) as tx:
            head, opened, numbered = tx.head, tx.open_tickets, tx.staff_with_tickets

            async def counted(*given):
                found = await head(*given)
                self.tickets += len(found)
                return found

            async def all_of_them():
                found = await opened()
                self.tickets += len(found)
                return found

            async def by_number(numbers):
                self.named += 1
                return await numbered(numbers)

            tx.head, tx.open_tickets, tx.staff_with_tickets = counted, all_of_them, by_number
            yield tx


@pytest.fixture
async def shop(tmp_path):
    async with open_shop(tmp_path, wrap=Counting) as made:
        yield made


async def wait(shop, number, **more):
    """So many more wait, each asked a second after the one before."""
    async with shop.read() as tx:
        first = await tx.next_ticket()
    changes = Changes()
    shown = Shown(mode=Mode.QUEUED, position=999, told=shop.now)
    for each in range(first, first + number):
        who = f"w{each}"
        asked = TUESDAY_NOON - timedelta(hours=1) + each * SECOND
        talk = Conversation(who, "widget", who, shop.now, shop.now, owner=Owner.OPERATOR, shown=shown)
        ticket = Ticket(each, who, Kind.CHAT, "general", asked, priority=Priority.URGENT)
        changes.conversations[who] = (talk, True)
        changes.tickets[each] = (replace(ticket, **more), None)
    async with shop.storage.work.begin() as tx:
        await tx.save(changes)


async def holds(shop, operator):
    async with shop.read() as tx:
        return [each.number for each in await tx.held(operator)]


async def test_one_who_is_freed_costs_reading_a_few_though_hundreds_wait(shop):
    await wait(shop, 300)
    await online(shop, "anna")
    assert await holds(shop, "anna") == [1, 2]
    await shop.do(Accept("anna", 1))
    shop._store.tickets = 0
    await shop.do(Close("anna", 1))
    assert await holds(shop, "anna") == [2, 3]
    assert shop._store.tickets < 10


async def test_one_whom_nobody_waits_for_does_not_make_the_others_queue_be_read(shop):
    await wait(shop, 300)
    shop.content = desk(operators={**OPERATORS, "olga": replace(OPERATORS["olga"], skills={"workshop": 1.0})})
    await online(shop, "olga", "anna")
    await shop.do(Accept("anna", 1))
    shop._store.tickets = 0
    await shop.do(Close("anna", 1))
    assert await holds(shop, "anna") == [2, 3]
    assert shop._store.tickets < 50


async def test_the_queue_is_read_further_while_the_first_cannot_be_served(shop):
    await wait(shop, 40, passed=("anna",), again=TUESDAY_NOON + timedelta(hours=9))
    await wait(shop, 1)
    await online(shop, "anna")
    assert await holds(shop, "anna") == [41]


async def test_who_has_just_come_does_not_overtake_those_who_are_not_yet_read(shop):
    await wait(shop, 40, passed=("olga",), again=TUESDAY_NOON + timedelta(hours=9))
    await wait(shop, 1)
    await shop.all([Declare("olga", Presence.ONLINE), shop.wrote("person")])
    assert (await shop.tickets())[0].number == 42
    assert await holds(shop, "olga") == [41]


async def test_a_ticket_deep_in_another_queue_is_found_by_the_one_who_knows_the_customer(shop):
    await wait(shop, 40)
    await wait(shop, 1, preferred=Preferred("mia", TUESDAY_NOON + timedelta(hours=1)))
    mia = replace(OPERATORS["olga"], id="mia", skills={"workshop": 1.0})
    shop.content = desk(operators={**OPERATORS, "mia": mia})
    await online(shop, "mia", "anna")
    assert (await holds(shop, "mia"), await holds(shop, "anna")) == ([41], [1, 2])


async def test_one_who_can_be_shown_nothing_does_not_make_the_others_queue_be_read(shop):
    await wait(shop, 300)
    skilled = {**OPERATORS, "olga": replace(OPERATORS["olga"], skills={"workshop": 1.0})}
    shop.content = desk(operators=skilled, routing=Routing(strategy="broadcast"))
    await online(shop, "olga", "anna")
    shop._store.tickets = 0
    await shop.do(Take("anna", 1))
    assert 0 < shop._store.tickets < 50


async def test_where_tickets_are_shown_to_everybody_they_see_the_head_of_a_long_queue_and_more_as_it_is_taken(shop):
    shop.content = desk(routing=Routing(strategy="broadcast"))
    await wait(shop, 300)
    await online(shop, "anna", "olga")
    shown = {number for number in range(1, 301) if (await shop.ticket(number)).shown}
    assert shown == set(range(1, floor.ON_SHOW + 1))
    shop._store.tickets = 0
    await shop.do(Take("anna", 1))
    assert shop._store.tickets < 2 * floor.ON_SHOW
    assert (await shop.ticket(floor.ON_SHOW + 1)).shown == ("anna", "olga")
    assert not (await shop.ticket(floor.ON_SHOW + 2)).shown


async def test_nobody_with_room_is_shown_nothing_because_the_head_of_the_queue_is_not_for_them(shop):
    shop.content = desk(routing=Routing(strategy="broadcast"))
    await wait(shop, 40, passed=("olga",))
    await wait(shop, 1)
    await online(shop, "anna", "olga")
    assert (await shop.ticket(41)).shown == ("anna", "olga")


async def test_many_bells_that_ring_at_once_have_their_tickets_read_at_once(shop):
    shop.content = desk(routing=Routing(widen=(Widen(2 * timedelta(hours=1), min_level=0.1),)))
    await wait(shop, 30)
    bells = [Rang(ringing.LOOK, str(number)) for number in range(1, 31)]
    await shop.all(bells)
    assert shop._store.named == 1
    assert {kind for kind, _ in await shop.alarms()} == {ringing.LOOK}


async def test_a_long_line_is_told_its_places_once_a_minute_in_parts(shop):
    await wait(shop, LONG)
    await online(shop, "anna")
    assert not any("999" not in each.text for each in await shop.messages(f"w{LONG}"))
    due = {kind: at for (kind, subject), at in (await shop.alarms()).items() if subject == "general:0901:0"}
    assert due == {places.SWEEP: TUESDAY_NOON + timedelta(minutes=1)}
    await shop.move(timedelta(minutes=1))
    for number in (3, places.PAGE, LONG):
        assert (await shop.conversation(f"w{number}")).shown.position == number
    (said,) = await shop.messages(f"w{LONG}")
    assert str(LONG) in said.text
    left = [subject for kind, subject in await shop.alarms() if kind == places.SWEEP]
    assert left == ["general:0902:0"]  # the offers have lapsed meanwhile


async def test_within_a_minute_nobody_in_a_long_line_is_told_twice(shop):
    await wait(shop, LONG)
    await online(shop, "anna")
    shop.now += timedelta(seconds=30)
    await shop.ring(places.SWEEP, "general:0900:0")
    assert await shop.messages("w3") == []


async def test_the_wrap_up_lasts_from_the_last_close_and_is_over_only_once(shop):
    shop.content = desk(routing=Routing(wrap_up=timedelta(seconds=40)))
    await wait(shop, 3)
    await online(shop, "anna")
    for number in (1, 2):
        await shop.do(Accept("anna", number))
    await shop.do(Close("anna", 1))
    shop.now += 30 * SECOND
    await shop.do(Close("anna", 2))
    shop.now += 20 * SECOND
    await shop.ring(WRAP_UP, "anna")  # as it was set by the first
    assert await holds(shop, "anna") == []
    await shop.move(20 * SECOND)
    assert await holds(shop, "anna") == [3]
    await shop.ring(WRAP_UP, "anna")  # one too many
    assert await holds(shop, "anna") == [3]


async def test_after_a_start_the_wrap_up_the_widening_and_the_pause_still_ring(shop):
    widen = (Widen(timedelta(minutes=2), min_level=0.1),)
    shop.content = desk(routing=Routing(wrap_up=timedelta(minutes=5), widen=widen))
    await online(shop, "anna")
    await shop.say("person")
    await shop.do(Accept("anna", 1))
    await shop.do(Close("anna", 1))
    await shop.say("person", "another")
    await shop.do(Declare("olga", Presence.PAUSED, shop.now + timedelta(minutes=5)))
    before = await shop.alarms()
    await clear(shop, *before)
    await shop.do(Swept())
    assert await shop.alarms() == before


async def clear(shop, *alarms):
    async with shop.storage.work.begin() as tx:
        await tx.save(Changes(alarms=dict.fromkeys(alarms)))
