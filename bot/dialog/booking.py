"""Booking a callback: a day, a time, a seat, a promise; moving it and giving it back."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.dialog.buttons import simple, slot_id, when_nobody_is_free
from bot.dialog.conversation import Awaiting, Wish
from bot.dialog.handover import give_up_place, introduce, open_ticket
from bot.dialog.messages import Button, ButtonKind
from bot.dialog.offers import settle_offer
from bot.dialog.ports import Seat
from bot.dialog.scene import Scene
from bot.dialog.times import clock, day_label, when
from handoff.callbacks import by_day, slots
from handoff.ticket import ContactChanged, Kind, Reason, Scheduled, Ticket, WasClosed, WasScheduled

DUE = "callback"  # alarms of a callback; their subject is the ticket's number
REMINDER = "reminder"
LATE = "late"
TIMES_SHOWN = 8
DAYS_SHOWN = 7


async def offer_times(scene: Scene, day: date | None = None, page: int = 0) -> None:
    """Times of a day as buttons, the first day with any unless one is named; with a way to other days."""
    skill = _skill(scene)
    days = by_day(await _free(scene, skill), scene.zone)
    if not days:
        scene.say("no_slots", [each for each in when_nobody_is_free(scene) if each.kind is not ButtonKind.CALLBACK])
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
    scene.say("choose_day", shown) if shown else scene.say("no_slots", when_nobody_is_free(scene))


async def book(scene: Scene, start: datetime) -> None:
    """Take a seat in the slot; who has a callback already moves it. A slot gone meanwhile is answered with others."""
    ticket = scene.ticket_of(Kind.CALLBACK)
    if ticket and ticket.engaged:
        scene.say("callback_running")
        return
    skill = ticket.skill if ticket else _skill(scene)
    seats = await _seats(scene, skill, start)
    taken = {each.number for each in seats}
    if start not in await _free(scene, skill):
        scene.say("slot_gone")
        await offer_times(scene, start.astimezone(ZoneInfo(scene.zone)).date())
        return
    number = next(n for n in range(scene.content.desk.callbacks.per_slot) if n not in taken)
    give_up_place(scene, Reason.CANCELLED)  # the callback replaces the place in the queue
    ticket = await _promise(scene, ticket, skill, start)
    scene.work.changes.seats_taken.append(Seat(skill, start, number, ticket.number))
    _set_alarms(scene, ticket, start)
    scene.set_talk(wish=None)
    scene.stop_waiting()
    scene.settle()
    scene.say(
        _promise_phrase(ticket), promise_buttons(scene, ticket), when=when(scene, start), phone=ticket.phone or ""
    )


def ask_for_phone(scene: Scene) -> None:
    """The customer would rather be called by phone."""
    ticket = scene.ticket_of(Kind.CALLBACK)
    if ticket is None:
        scene.say("nothing_to_change")
        return
    if scene.conversation.phone:
        take_phone(scene, scene.conversation.phone)
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
        return
    ticket = scene.work.move(ticket, ContactChanged(phone), "customer")
    due = when(scene, ticket.promised or scene.work.now)
    scene.say(_promise_phrase(ticket), promise_buttons(scene, ticket), when=due, phone=phone)


def unbook(scene: Scene) -> None:
    """The customer needs no callback any more; the seat is free again."""
    ticket = scene.ticket_of(Kind.CALLBACK)
    if ticket is None or ticket.engaged:
        scene.say("nothing_to_cancel")
        return
    settle_offer(scene.work, ticket, "closed")
    scene.announce("topic_callback_cancelled")
    scene.work.move(ticket, WasClosed(Reason.CANCELLED), "customer")
    clear_alarms(scene, ticket)
    scene.work.changes.seats_freed.append(ticket.number)
    scene.settle()
    scene.say("callback_cancelled")


def come(scene: Scene, ticket: Ticket) -> None:
    """A callback has become due and stands in the queue: its operators learn of it."""
    scene.settle()
    introduce(scene, ticket)
    scene.work.ring(LATE, ticket.number, scene.work.now + scene.content.desk.callbacks.slot)


def schedule_again(scene: Scene, ticket: Ticket, due: datetime) -> None:
    """After an attempt that did not reach the customer."""
    clear_alarms(scene, ticket)
    _set_alarms(scene, ticket, due)


def clear_alarms(scene: Scene, ticket: Ticket) -> None:
    """Nothing rings for this callback any more."""
    for kind in (DUE, REMINDER, LATE):
        scene.work.hush(kind, ticket.number)


def promise_buttons(scene: Scene, ticket: Ticket) -> list[Button]:
    """What can still be changed about a promise."""
    by_phone = [] if ticket.phone else [simple(scene, "phone", "button_by_phone")]
    return [*by_phone, simple(scene, "move", "button_move"), simple(scene, "unbook", "button_unbook")]


def anew(scene: Scene) -> list[Button]:
    """When a callback came to nothing."""
    return when_nobody_is_free(scene, wait=False)


async def _promise(scene: Scene, ticket: Ticket | None, skill: str, start: datetime) -> Ticket:
    if ticket is not None:
        settle_offer(scene.work, ticket, "withdrawn")
        scene.work.changes.seats_freed.append(ticket.number)
        clear_alarms(scene, ticket)
        return scene.work.move(ticket, WasScheduled(start), "customer")
    wish = scene.talk.wish or Wish(skill, "callback", intent=scene.talk.intent)
    scene.happened("callback_booked", wish.intent, skill=skill)
    return await open_ticket(scene, Kind.CALLBACK, replace(wish, skill=skill), state=Scheduled(start), promised=start)


def _promise_phrase(ticket: Ticket) -> str:
    return "callback_booked_phone" if ticket.phone else "callback_booked"


def _set_alarms(scene: Scene, ticket: Ticket, due: datetime) -> None:
    scene.work.ring(DUE, ticket.number, due)
    remind = due - scene.content.desk.callbacks.reminder
    if remind > scene.work.now:
        scene.work.ring(REMINDER, ticket.number, remind)


def _skill(scene: Scene) -> str:
    ticket = scene.ticket_of(Kind.CALLBACK)
    intent = scene.content.intents.intents.get(scene.talk.intent or "")
    wish = scene.talk.wish
    wanted = (ticket.skill if ticket else None, wish.skill if wish else None, intent.skill if intent else None)
    desk = scene.content.desk
    return next((skill for skill in wanted if skill in desk.skills), None) or desk.default_skill


async def _seats(scene: Scene, skill: str, start: datetime) -> Sequence[Seat]:
    return await scene.work.seats(skill, start, start + timedelta(microseconds=1))


async def _free(scene: Scene, skill: str) -> list[datetime]:
    desk, now = scene.content.desk, scene.work.now
    taken = Counter(each.start for each in await scene.work.seats(skill, now, now + desk.callbacks.horizon * 2))
    return slots(desk.skills[skill].hours, desk.callbacks, now, taken, scene.zone)


def _time(scene: Scene, start: datetime) -> Button:
    return Button(slot_id(start), clock(scene, start), ButtonKind.SLOT)
