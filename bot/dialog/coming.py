"""Coming due: what becomes of a callback when its time has come, and when its time goes by."""

from datetime import datetime
from typing import Final

from bot.dialog import booking, returning
from bot.dialog.ending import end
from bot.dialog.offers import refresh_topic, settle_offer
from bot.dialog.ringing import SHUT
from bot.dialog.scene import Scene
from bot.dialog.times import when
from bot.dialog.waiting import introduce
from bot.dialog.wishes import wish_again
from bot.dialog.work import Work
from handoff.callbacks import callable_until, rules_of
from handoff.operators import Presence
from handoff.ticket import Came, Kind, Preferred, Reason, Scheduled, Ticket, WasScheduled

CLOCK: Final = "clock"
POSTPONED: Final = "postponed"


async def due(work: Work, ticket: Ticket) -> None:
    """The promised time has come."""
    assert isinstance(ticket.state, Scheduled)
    await _come(await work.scene(ticket.conversation), ticket, ticket.state.due)


async def near(work: Work, ticket: Ticket) -> None:
    """The promised time is near: the customer is reminded."""
    assert isinstance(ticket.state, Scheduled)
    if ticket.state.due > work.now:
        scene = await work.scene(ticket.conversation)
        scene.note("callback_reminder", booking.promise_buttons(scene, ticket), when=when(scene, ticket.state.due))


async def late(work: Work, ticket: Ticket) -> None:
    """Nobody has taken it within its slot: the customer is not left to wonder."""
    scene = await work.scene(ticket.conversation)
    if _until(scene, ticket):  # else it is put off, and they hear of that
        scene.note("callback_late", booking.promise_buttons(scene, ticket))


async def shut(work: Work, ticket: Ticket) -> None:
    """It is not the time to call any more. What nobody has taken waits for the next time that is."""
    scene = await work.scene(ticket.conversation)
    until = _until(scene, ticket)
    if until is None and not ticket.engaged:
        await _postpone(scene, ticket)
    else:  # what somebody has may come back to the queue
        work.ring(SHUT, ticket.number, until or work.now + work.content.desk.callbacks.slot)


async def _come(scene: Scene, ticket: Ticket, promised: datetime) -> None:
    """The callback stands in the queue. A chat that waits becomes one with it; whoever talks with them keeps it."""
    work, by = scene.work, promised + scene.content.desk.callbacks.slot
    ticket = booking.at_home(scene, ticket)
    chat, talk, until = scene.ticket_of(Kind.CHAT), scene.engaged, _until(scene, ticket)
    if until is None:
        await _postpone(scene, work.move(ticket, Came(by), CLOCK))
        return
    since = None
    if chat is not None and not chat.engaged:
        since = chat.asked
        await end(scene, chat, Reason.MERGED, CLOCK)
        scene.note("callback_soon", booking.promise_buttons(scene, ticket))
    came = work.move(ticket, Came(by, since, await _who_first(scene, ticket, talk)), CLOCK)
    if talk is not None and not came.phone:
        scene.announce("topic_callback_merged", ticket=came.number)
        await end(scene, came, Reason.MERGED, CLOCK)
        return
    scene.settle()
    introduce(scene, came)
    work.ring(SHUT, came.number, until)


async def _who_first(scene: Scene, ticket: Ticket, talk: Ticket | None) -> Preferred | None:
    """Who talks with the customer now, else who tried to reach them, else who knows them from another time."""
    work, routing = scene.work, scene.content.desk.routing
    tried = [each.operator for each in await work.tx.log(ticket.number) if each.after == "active"]
    first = talk.operator if talk is not None else tried[-1] if tried else None
    duty = (await work.duties()).get(first or "")
    if duty is None or duty.presence is not Presence.ONLINE:
        return await returning.who_knows(scene, ticket.skill, work.now)
    return Preferred(duty.operator, work.now + routing.preferred_wait)


async def _postpone(scene: Scene, ticket: Ticket) -> None:
    """To the next free time; after as many as there are attempts, or when there is none, we have failed."""
    work = scene.work
    before = sum(each.reason == POSTPONED for each in await work.tx.log(ticket.number))
    free = await booking.free_times(scene)
    if not free or before + 1 >= scene.content.desk.callbacks.attempts:
        await end(scene, ticket, Reason.EXPIRED, CLOCK)
        scene.set_talk(wish=wish_again(ticket))
        scene.note("callback_expired", booking.anew(scene))
        return
    settle_offer(work, ticket, "withdrawn")
    ticket = work.move(ticket, WasScheduled(free[0], why=POSTPONED), CLOCK)
    await booking.seat(scene, ticket, free[0])
    scene.settle()
    refresh_topic(work, ticket)
    scene.note("callback_postponed", booking.promise_buttons(scene, ticket), when=when(scene, free[0]))


def _until(scene: Scene, ticket: Ticket) -> datetime | None:
    """How long the customer can be called from now on; None when not even now."""
    desk = scene.content.desk
    return callable_until(desk.skill(ticket.skill).hours, rules_of(desk, ticket.skill), scene.work.now, scene.zone)
