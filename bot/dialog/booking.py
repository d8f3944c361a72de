"""Booking a callback: a day, a time, a seat, a promise; moving it and giving it back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bot.dialog.appointments import FILE, appointment
from bot.dialog.buttons import CALENDAR, simple, slot_id, telegram, when_nobody_is_free
from bot.dialog.conversation import Awaiting, Wish
from bot.dialog.messages import Button, ButtonKind
from bot.dialog.offers import refresh_topic, settle_offer
from bot.dialog.records import Seat
from bot.dialog.scene import Scene
from bot.dialog.times import city, clock, day_label, when
from bot.dialog.waiting import give_up_place, open_ticket
from bot.dialog.wishes import wish_for
from handoff.callbacks import by_day, nearest, rules_of, slots
from handoff.ticket import Kind, Reason, Scheduled, Ticket, WasClosed, WasMovedTo, WasScheduled

TIMES_SHOWN = 24  # a day of half hours, so that any time is three presses away
DAYS_SHOWN = 14
NEAREST = 6  # times shown when the one that was wanted is gone


async def offer_times(scene: Scene, day: date | None = None, page: int = 0) -> None:
    """Times of a day as buttons, the first day with any unless one is named; with a way to other days."""
    if _called_now(scene):
        scene.say("with_colleague")
        return
    days = by_day(await free_times(scene), scene.zone)
    if not days:
        _no_slots(scene)
        return
    chosen = day if day is not None and day in days else next(iter(days))
    pages = _pages(days[chosen])
    shown = pages[page] if page < len(pages) else pages[0]
    choices = [_time(scene, each) for each in shown]
    for number, other in enumerate(pages):
        if other != shown:
            label = f"{clock(scene, other[0])} – {clock(scene, other[-1])}"
            choices.append(Button(f"day:{chosen.isoformat()}:{number}", label))
    if len(days) > 1:
        choices.append(simple(scene, "days", "button_other_day"))
    _ask_when(scene, "choose_time", choices, day=day_label(scene, chosen))


async def offer_days(scene: Scene) -> None:
    """Days that have free times."""
    days = list(by_day(await free_times(scene), scene.zone))
    shown = [Button(f"day:{each.isoformat()}:0", day_label(scene, each)) for each in days[:DAYS_SHOWN]]
    _ask_when(scene, "choose_day", shown) if shown else _no_slots(scene)


async def book(scene: Scene, start: datetime) -> None:
    """Take a seat in the slot; who has a callback already moves it. A slot gone meanwhile is answered with others."""
    ticket = scene.ticket_of(Kind.CALLBACK)
    if _called_now(scene):
        scene.say("with_colleague")
        return
    scene.stop_waiting()
    if ticket and ticket.state == Scheduled(start):  # the same button twice
        confirm(scene, ticket)
        return
    wish, skill, free = wish_for(scene, "callback"), skill_of(scene), await free_times(scene)
    if start not in free:
        _gone(scene, start, free)
        return
    give_up_place(scene, Reason.CANCELLED)  # the callback replaces the place in the queue
    ticket = await _promise(scene, replace(wish, skill=skill), start)
    await seat(scene, ticket, start)
    scene.set_talk(wish=None)
    scene.set(zone=scene.zone)  # who had nothing to say against ours lives by it
    scene.settle()
    confirm(scene, ticket)


async def seat(scene: Scene, ticket: Ticket, start: datetime) -> None:
    """From now on the promise is for this slot, which has a seat left; the old seat is free."""
    ticket = at_home(scene, ticket)
    scene.work.free_seat(ticket.number)
    taken = {each.number for each in await scene.work.seats(ticket.skill, start, start + timedelta.resolution)}
    number = next(each for each in count() if each not in taken)
    scene.work.changes.seats_taken.append(Seat(ticket.skill, start, number, ticket.number))


async def free_times(scene: Scene) -> list[datetime]:
    """The starts of the slots that can be promised to this customer now, in order."""
    desk, now, skill = scene.content.desk, scene.work.now, skill_of(scene)
    mine, rules = scene.ticket_of(Kind.CALLBACK), rules_of(desk, skill)
    seats = await scene.work.seats(skill, now, now + rules.horizon + rules.slot)
    taken = Counter(each.start for each in seats if mine is None or each.ticket != mine.number)
    return slots(desk.skills[skill].hours, rules, now, taken, scene.zone)


def confirm(scene: Scene, ticket: Ticket) -> None:
    """Say what is promised, and what can still be changed about it."""
    match ticket.state:
        case Scheduled(due=due):
            key = "callback_booked_phone" if ticket.phone else "callback_booked"
            said = when(scene, due)
            scene.say(key, promise_buttons(scene, ticket), when=said, phone=shown_phone(scene, ticket))
        case _:
            scene.say("callback_soon", promise_buttons(scene, ticket))


def shown_phone(scene: Scene, ticket: Ticket) -> str:
    """The number to call, as people read it; nothing when there is none."""
    return scene.content.show_phone(ticket.phone) if ticket.phone else ""


def unbook(scene: Scene) -> None:
    """The customer needs no callback any more; the seat is free again."""
    ticket = scene.ticket_of(Kind.CALLBACK)
    if ticket is None or ticket.engaged:
        scene.say("nothing_to_cancel")
        return
    if ticket.state_name != "scheduled":  # the operators know of it
        settle_offer(scene.work, ticket, "closed")
        scene.announce("topic_callback_cancelled")
        refresh_topic(scene.work, ticket)
    scene.work.move(ticket, WasClosed(Reason.CANCELLED), "customer")
    scene.work.free_seat(ticket.number)
    scene.settle()
    scene.say("callback_cancelled", _calendar(scene, ticket, "button_calendar_off"))


def call_off(scene: Scene, ticket: Ticket, operator: str) -> None:
    """We will not be in touch at the time that was agreed: the customer hears of it, and can choose anew."""
    assert isinstance(ticket.state, Scheduled)
    said = when(scene, ticket.state.due)
    scene.work.move(ticket, WasClosed(Reason.CANCELLED), operator)
    scene.work.free_seat(ticket.number)
    scene.settle()
    scene.note("callback_called_off", [*_calendar(scene, ticket, "button_calendar_off"), *anew(scene)], when=said)
    refresh_topic(scene.work, ticket)


def promise_buttons(scene: Scene, ticket: Ticket) -> list[Button]:
    """What can still be changed about a promise."""
    by_phone = [simple(scene, "phone", "button_by_phone")]
    otherwise = [simple(scene, "phone:other", "button_other_number"), simple(scene, "phone:none", "button_in_chat")]
    how = otherwise if ticket.phone else by_phone
    kept = [simple(scene, "move", "button_move"), simple(scene, "unbook", "button_unbook")]
    calendar = _calendar(scene, ticket, "button_calendar") if isinstance(ticket.state, Scheduled) else []
    return [*how, *kept, *calendar, *telegram(scene)]


def _calendar(scene: Scene, ticket: Ticket, label: str) -> list[Button]:
    """The way to a calendar file: a link for a page, a file for a chat (see `give_appointment`)."""
    link = scene.work.tools.calendar
    address = link(ticket.number) if link is not None else ""
    return [Button(f"{CALENDAR}:{ticket.number}", scene.phrase(label), ButtonKind.URL, address)] if address else []


async def give_appointment(scene: Scene, number: int) -> None:
    """The callback as a calendar file in the chat: opened again after a move or a cancellation, it follows it."""
    ticket = await scene.work.ticket(number)
    content = appointment(ticket, scene.content, scene.work.now, scene.work.tools.host)
    scene.hand("calendar_file" if ticket.open else "calendar_file_off", FILE, content)


def anew(scene: Scene) -> list[Button]:
    """When a callback came to nothing."""
    return when_nobody_is_free(scene, wait=False)


async def _promise(scene: Scene, wish: Wish, start: datetime) -> Ticket:
    """The customer's callback, on the clock for `start`: the one they have is moved."""
    ticket = scene.ticket_of(Kind.CALLBACK)
    if ticket is not None:
        settle_offer(scene.work, ticket, "withdrawn")
        if ticket.state_name != "scheduled":
            refresh_topic(scene.work, ticket)
        return scene.work.move(ticket, WasScheduled(start), "customer")
    scene.happened("callback_booked", wish.intent, skill=wish.skill)
    return await open_ticket(scene, Kind.CALLBACK, wish, start)


def _called_now(scene: Scene) -> bool:
    """An operator is at the callback."""
    ticket = scene.ticket_of(Kind.CALLBACK)
    return ticket is not None and ticket.engaged


def _ask_when(scene: Scene, key: str, choices: list[Button], **params: object) -> None:
    """Ask for a day or a time. Where the zone is not known, say whose clock it is, which can be changed."""
    await_time(scene)
    if scene.conversation.zone is None:
        question = scene.phrase(key, **params)
        scene.say("times_here", [*choices, simple(scene, "zone", "button_zone")], question=question, city=city(scene))
    else:
        scene.say(key, choices, **params)


def await_time(scene: Scene) -> None:
    """Who would rather write the time may. Beside an operator what is written goes to them."""
    if not scene.engaged:
        scene.set_talk(awaiting=Awaiting.TIME, subject=None, form=None)


def _gone(scene: Scene, start: datetime, free: Sequence[datetime]) -> None:
    """The nearest that there is instead."""
    near = nearest(free, start, NEAREST)
    if not near:
        _no_slots(scene)
        return
    day = start.astimezone(ZoneInfo(scene.zone)).date()
    choices = [_time(scene, each, beside=day) for each in near]
    await_time(scene)
    key = "slot_past" if start <= scene.work.now else "slot_gone"
    scene.say(key, [*choices, simple(scene, "days", "button_other_day")])


def _pages(times: Sequence[datetime]) -> list[Sequence[datetime]]:
    """As few equal parts as make each fit a screen."""
    parts = -(-len(times) // TIMES_SHOWN)
    size = -(-len(times) // parts)
    return [times[at : at + size] for at in range(0, len(times), size)]


def _no_slots(scene: Scene) -> None:
    """Everything is taken: the other ways."""
    scene.say("no_slots", [each for each in when_nobody_is_free(scene) if each.kind is not ButtonKind.CALLBACK])


def skill_of(scene: Scene) -> str:
    """Of the callback that there is, wherever it is at home now; else what the customer wants a person for."""
    ticket = scene.ticket_of(Kind.CALLBACK)
    return scene.content.desk.skill(ticket.skill).id if ticket else wish_for(scene, "callback").skill


def at_home(scene: Scene, ticket: Ticket) -> Ticket:
    """The callback with a skill that the desk has: of one that is gone it goes where the queue's tickets do."""
    skill = scene.content.desk.skill(ticket.skill).id
    return ticket if skill == ticket.skill else scene.work.move(ticket, WasMovedTo(skill), "bot")


def _time(scene: Scene, start: datetime, beside: date | None = None) -> Button:
    """A slot; when its day is not the one that it is shown beside, the day too."""
    day = start.astimezone(ZoneInfo(scene.zone)).date()
    shown = clock(scene, start)
    label = shown if beside in (None, day) else scene.phrase("label_day_time", day=day_label(scene, day), time=shown)
    return Button(slot_id(start), label, ButtonKind.SLOT)
