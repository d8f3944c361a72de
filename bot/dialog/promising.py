"""Promising: an operator books a callback for the customer whom they talk with, and moves one that is booked."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.dialog import booking
from bot.dialog.acts import Done
from bot.dialog.desk import wrap_up
from bot.dialog.errors import RefusedError
from bot.dialog.moments import moment_of
from bot.dialog.offers import refresh_topic
from bot.dialog.operator_acts import Promise
from bot.dialog.rights import must_hold, must_know, words
from bot.dialog.scene import Scene
from bot.dialog.times import when
from bot.dialog.work import Work
from handoff.callbacks import asked_later
from handoff.ticket import Kind, Scheduled, Ticket, WasScheduled

SUGGESTED = 3  # free times, when the one that was named is not


async def promise(work: Work, act: Promise) -> Done:
    """At the time that was named; without one the customer is shown times to choose from.

    Who is at a callback already and is asked to call later ends this attempt by it. One that is only booked is moved.
    """
    await work.duty(act.operator)
    ticket = await work.ticket(act.ticket)
    booked = isinstance(ticket.state, Scheduled)
    may = must_know if booked else must_hold
    may(work, act.operator, ticket)
    scene = await work.scene(ticket.conversation)
    called = ticket.kind is Kind.CALLBACK
    at = moment_of(act.words, work.now, scene.zone, work.content.desk.callbacks.slot) if act.words else act.at
    if at is None and not act.words and not called:
        await booking.offer_times(scene)
        return Done()
    free = await booking.free_times(scene)
    if at is None or at not in free:
        raise RefusedError("unsupported", _refusal(scene, act.operator, at, free))
    if booked:
        await _move(scene, ticket, at, act.operator)
    elif called:
        await _later(scene, ticket, at, act.operator)
    else:
        await booking.book(scene, at)
    return Done()


async def _move(scene: Scene, ticket: Ticket, at: datetime, operator: str) -> None:
    if ticket.state == Scheduled(at):
        return
    await _promised(scene, scene.work.move(ticket, WasScheduled(at), operator), at, "callback_moved")


async def _later(scene: Scene, ticket: Ticket, at: datetime, operator: str) -> None:
    ticket = scene.work.move(ticket, asked_later(at), operator)
    await scene.work.idle_from_now(operator)
    await wrap_up(scene.work, operator)
    await _promised(scene, ticket, at, "callback_later")


async def _promised(scene: Scene, ticket: Ticket, at: datetime, key: str) -> None:
    await booking.seat(scene, ticket, at)
    scene.settle()
    scene.note(key, booking.promise_buttons(scene, ticket), when=when(scene, at))
    refresh_topic(scene.work, ticket)


def _refusal(scene: Scene, operator: str, at: datetime | None, free: list[datetime]) -> str:
    """Which times are free instead: from the one that was named on, on the customer's clock."""
    later = [each for each in free if at is None or each > at] or free
    zone = ZoneInfo(scene.zone)
    times = ", ".join(f"{each.astimezone(zone):%Y-%m-%d %H:%M}" for each in later[:SUGGESTED]) or "-"
    return words(scene.work, operator, "op_no_such_time", times=times, zone=scene.zone)
