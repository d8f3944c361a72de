"""Booking a callback: a day, a time, a seat, a promise; moving it and giving it back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.dialog.buttons import simple, slot_id, when_nobody_is_free
from bot.dialog.conversation import Awaiting, Wish
from bot.dialog.handover import give_up_place, introduce, open_ticket, wish_for
from bot.dialog.messages import Button, ButtonKind
from bot.dialog.offers import refresh_topic, settle_offer
from bot.dialog.records import Seat
from bot.dialog.scene import Scene
from bot.dialog.times import clock, day_label, when
from handoff.callbacks import by_day, slots
from handoff.ticket import ContactChanged, Kind, Reason, Scheduled, Ticket, WasClosed, WasMovedTo, WasScheduled

DUE = "callback"  # alarms of a callback; their subject is the ticket's number
REMINDER = "reminder"
LATE = "late"
TIMES_SHOWN = 8
DAYS_SHOWN = 7


async def offer_times(scene: Scene, day: date | None = None, page: int = 0) -> None:
    """Times of a day as buttons, the first day with any unless one is named; with a way to other days."""
    if _called_now(scene):
        scene.say("with_colleague")
        return
    days = by_day(await _free(scene, _skill(scene)), scene.zone)
    if not days:
        _no_slots(scene)
        return
    chosen = day if day is not None and day in days else next(iter(days))
    times = days[chosen]
    shown = times[page * TIMES_SHOWN : (page + 1) * TIMES_SHOWN] or times[:TIMES_SHOWN]
    choices = [_time(scene, each) for each in shown]
    if len(times) > (page + 1) * TIMES_SHOWN:
        choices.append(simple(scene, f"day:{chosen.isoformat()}:{page + 1}", "button_later"))
    if len(days) > 1:
        choices.append(simple(scene, "days", "button_other_day"))
    scene.say("choose_time", choices, day=day_label(scene, chosen))


async def offer_days(scene: Scene) -> None:
    """Days that have free times."""
    days = list(by_day(await _free(scene, _skill(scene)), scene.zone))
    shown = [Button(f"day:{each.isoformat()}:0", day_label(scene, each)) for each in days[:DAYS_SHOWN]]
    scene.say("choose_day", shown) if shown else _no_slots(scene)


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
    wish, skill = wish_for(scene, "callback"), _skill(scene)
    if start not in await _free(scene, skill):
        scene.say("slot_gone")
        await offer_times(scene, start.astimezone(ZoneInfo(scene.zone)).date())
        return
    give_up_place(scene, Reason.CANCELLED)  # the callback replaces the place in the queue
    ticket = await _promise(scene, replace(wish, skill=skill), start)
    await take_seat(scene, ticket, start)
    _set_alarms(scene, ticket, start)
    scene.set_talk(wish=None)
    scene.settle()
    confirm(scene, ticket)


async def take_seat(scene: Scene, ticket: Ticket, start: datetime) -> None:
    """A seat of the ticket's skill in a slot that has one left."""
    taken = {each.number for each in await _seats(scene, ticket.skill, start)}
    number = next(n for n in range(scene.content.desk.callbacks.per_slot) if n not in taken)
    scene.work.changes.seats_taken.append(Seat(ticket.skill, start, number, ticket.number))


async def free_times(scene: Scene) -> list[datetime]:
    """The starts of the slots that can be promised to this customer now."""
    return await _free(scene, _skill(scene))


def confirm(scene: Scene, ticket: Ticket) -> None:
    """Say what is promised, and what can still be changed about it."""
    match ticket.state:
        case Scheduled(due=due):
            key = "callback_booked_phone" if ticket.phone else "callback_booked"
            said = when(scene, due)
            scene.say(key, promise_buttons(scene, ticket), when=said, phone=ticket.phone or "")
        case _:
            scene.say("callback_soon", promise_buttons(scene, ticket))


def ask_for_phone(scene: Scene, *, other: bool = False) -> None:
    """The customer would rather be called by phone, at the number that is known unless it is to be an `other` one."""
    ticket = scene.ticket_of(Kind.CALLBACK)
    if ticket is None or ticket.engaged:
        scene.say("nothing_to_change")
        return
    if scene.conversation.phone and not other:
        take_phone(scene, scene.conversation.phone)
        return
    if scene.engaged:  # what is written goes to the operator
        scene.say("with_colleague")
        return
    scene.set_talk(awaiting=Awaiting.PHONE, subject=ticket.number)
    share = [simple(scene, "phone:share", "button_share_phone")] if scene.conversation.channel == "telegram" else []
    scene.say("ask_phone", [*share, simple(scene, "form:cancel", "button_cancel")])


def take_phone(scene: Scene, phone: str | None) -> None:
    """The number, validated (None: it was not one); shown back with the promise."""
    ticket = scene.ticket_of(Kind.CALLBACK)
    if phone is None:
        scene.say("phone_invalid", [simple(scene, "form:cancel", "button_cancel")])
        return
    scene.set(phone=phone)
    scene.stop_waiting()
    if ticket is None:
        scene.say("phone_kept", phone=phone)
    else:
        confirm(scene, scene.work.move(ticket, ContactChanged(phone), "customer"))


def answer_in_chat(scene: Scene) -> None:
    """The customer would rather read than hear."""
    ticket = scene.ticket_of(Kind.CALLBACK)
    if ticket is None or ticket.engaged:
        scene.say("nothing_to_change")
        return
    scene.stop_waiting()
    confirm(scene, scene.work.move(ticket, ContactChanged(None), "customer"))


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
    forget(scene, ticket)
    scene.settle()
    scene.say("callback_cancelled")


def come(scene: Scene, ticket: Ticket) -> None:
    """A callback has become due and stands in the queue: its operators learn of it."""
    scene.settle()
    introduce(scene, ticket)
    scene.work.ring(LATE, ticket.number, ticket.asked + scene.content.desk.callbacks.slot)


def schedule_again(scene: Scene, ticket: Ticket, due: datetime) -> None:
    """After an attempt that did not reach the customer."""
    clear_alarms(scene, ticket)
    _set_alarms(scene, ticket, due)


def clear_alarms(scene: Scene, ticket: Ticket) -> None:
    """Nothing rings for this callback any more."""
    for kind in (DUE, REMINDER, LATE):
        scene.work.hush(kind, ticket.number)


def forget(scene: Scene, ticket: Ticket) -> None:
    """The ticket is closed: its seat is free, and nothing rings."""
    clear_alarms(scene, ticket)
    scene.work.free_seat(ticket.number)


def promise_buttons(scene: Scene, ticket: Ticket) -> list[Button]:
    """What can still be changed about a promise."""
    by_phone = [simple(scene, "phone", "button_by_phone")]
    otherwise = [simple(scene, "phone:other", "button_other_number"), simple(scene, "phone:none", "button_in_chat")]
    how = otherwise if ticket.phone else by_phone
    return [*how, simple(scene, "move", "button_move"), simple(scene, "unbook", "button_unbook")]


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
        forget(scene, ticket)
        if ticket.skill != wish.skill:  # the admin has removed it since
            ticket = scene.work.move(ticket, WasMovedTo(wish.skill), "customer")
        return scene.work.move(ticket, WasScheduled(start), "customer")
    scene.happened("callback_booked", wish.intent, skill=wish.skill)
    return await open_ticket(scene, Kind.CALLBACK, wish, start)


def _called_now(scene: Scene) -> bool:
    """An operator is at the callback."""
    ticket = scene.ticket_of(Kind.CALLBACK)
    return ticket is not None and ticket.engaged


def _no_slots(scene: Scene) -> None:
    """Everything is taken: the other ways."""
    scene.say("no_slots", [each for each in when_nobody_is_free(scene) if each.kind is not ButtonKind.CALLBACK])


def _set_alarms(scene: Scene, ticket: Ticket, due: datetime) -> None:
    scene.work.ring(DUE, ticket.number, due)
    remind = due - scene.content.desk.callbacks.reminder
    if remind > scene.work.now:
        scene.work.ring(REMINDER, ticket.number, remind)


def _skill(scene: Scene) -> str:
    """Of the callback that there is, as long as the desk has it; else what the customer wants a person for."""
    ticket = scene.ticket_of(Kind.CALLBACK)
    kept = ticket is not None and ticket.skill in scene.content.desk.skills
    return ticket.skill if ticket and kept else wish_for(scene, "callback").skill


async def _seats(scene: Scene, skill: str, start: datetime) -> Sequence[Seat]:
    return await scene.work.seats(skill, start, start + timedelta(microseconds=1))


async def _free(scene: Scene, skill: str) -> list[datetime]:
    desk, now = scene.content.desk, scene.work.now
    mine = scene.ticket_of(Kind.CALLBACK)
    seats = await scene.work.seats(skill, now, now + desk.callbacks.horizon + desk.callbacks.slot)
    taken = Counter(each.start for each in seats if mine is None or each.ticket != mine.number)
    return slots(desk.skills[skill].hours, desk.callbacks, now, taken, scene.zone)


def _time(scene: Scene, start: datetime) -> Button:
    return Button(slot_id(start), clock(scene, start), ButtonKind.SLOT)
