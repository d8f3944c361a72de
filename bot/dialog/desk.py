"""The desk: what operators do. Both places they work in, Telegram and the browser, act through here."""

from collections.abc import Collection
from dataclasses import replace
from typing import assert_never

from bot.dialog import absence, alternatives, booking, rating, returning, silence, waiting
from bot.dialog.acts import Done
from bot.dialog.buttons import simple
from bot.dialog.ending import calls, forget_talk, take_along
from bot.dialog.offers import refresh_topic, settle_offer
from bot.dialog.operator_acts import Accept, Close, Declare, Decline, Hold, Met, Note, Redeliver, SeenByOperator, Take
from bot.dialog.orders import ShowMessage
from bot.dialog.rights import must_hold, must_know, refuse, words
from bot.dialog.ringing import GRACE, PAUSE, WRAP_UP
from bot.dialog.scene import Scene
from bot.dialog.times import when
from bot.dialog.work import Work
from handoff.callbacks import after_result
from handoff.operators import Presence
from handoff.ticket import (
    Active,
    Kind,
    Offered,
    OfferWithdrawn,
    OnHold,
    Reason,
    Result,
    Scheduled,
    Ticket,
    WasAccepted,
    WasClosed,
    WasDeclined,
    WasHeld,
    WasRequeued,
    WasResumed,
    WasScheduled,
    WasTaken,
)


async def accept(work: Work, act: Accept) -> Done:
    """The offer becomes a talk; of two who press, one wins and the other is told who."""
    duty = await work.duty(act.operator)
    before = await work.ticket(act.ticket)
    ticket = work.move(before, WasAccepted(act.operator), act.operator)
    await work.keep_duty(replace(duty, missed=0, idle_since=work.now))
    await join(work, before, ticket)
    return Done()


async def take(work: Work, act: Take) -> Done:
    """An operator helps themselves from the queue, within their capacity."""
    duty = await work.duty(act.operator)
    if duty.presence is Presence.OFFLINE:
        raise refuse(work, act.operator, "op_offline", ticket=act.ticket)
    before = await work.ticket(act.ticket)
    mine = next(each for each in await work.team() if each.operator.id == act.operator)
    if not before.engaged and before.operator != act.operator and not mine.room:
        raise refuse(work, act.operator, "op_full", load=mine.load)
    ticket = work.move(before, WasTaken(act.operator), act.operator)
    await work.keep_duty(replace(duty, missed=0, idle_since=work.now, had_turn=work.now))
    await join(work, before, ticket)
    return Done()


async def decline(work: Work, act: Decline) -> Done:
    """The next operator's turn; it does not count against the customer, and no offer was missed."""
    duty = await work.duty(act.operator)
    before = await work.ticket(act.ticket)
    work.move(before, WasDeclined(act.operator), act.operator)
    await work.keep_duty(replace(duty, missed=0))
    settle_offer(work, before, "declined")
    return Done()


async def hold(work: Work, act: Hold) -> Done:
    """Waiting for the customer, or going on."""
    await work.duty(act.operator)
    ticket = await mine(work, act.operator, act.ticket)
    if act.on is isinstance(ticket.state, OnHold):
        return Done()  # by a button of before: it is so already
    event = WasHeld(act.operator) if act.on else WasResumed()
    ticket = work.move(ticket, event, act.operator)
    scene = await work.scene(ticket.conversation)
    scene.settle()
    if act.on:
        silence.hold(work, ticket)
        await _tell_hold(scene, ticket)
    elif await silence.owes(scene, ticket):
        silence.listen(work, ticket)
    refresh_topic(work, ticket)
    return Done()


async def _tell_hold(scene: Scene, ticket: Ticket) -> None:
    """The customer learns that they are waited for: once, until somebody says something."""
    operator = scene.name_of(ticket.operator or "")
    said = [each.text for each in await scene.recent(1)]
    if not calls(ticket) and scene.phrase("on_hold", operator=operator) not in said[-1:]:
        scene.note("on_hold", operator=operator)


async def close(work: Work, act: Close) -> Done:
    """The operator is done; of a callback they say how it went. One that is only booked can be called off."""
    await work.duty(act.operator)
    ticket = await work.ticket(act.ticket)
    scene = await work.scene(ticket.conversation)
    if isinstance(ticket.state, Scheduled) and act.reason is Reason.CANCELLED:
        must_know(work, act.operator, ticket)
        booking.call_off(scene, ticket, act.operator)
        return Done()
    must_hold(work, act.operator, ticket)
    event = _by_result(scene, ticket, act) if ticket.kind is Kind.CALLBACK else WasClosed(act.reason)
    work.move(ticket, event, act.operator)
    await work.idle_from_now(act.operator)
    await wrap_up(work, act.operator)
    scene.settle()
    _tell_end(scene, ticket, event)
    refresh_topic(work, ticket)
    return Done()


async def wrap_up(work: Work, operator: str) -> None:
    """The operator has finished work, and is left in peace for as long as the desk says."""
    if rest := work.content.desk.routing.wrap_up:
        await work.keep_duty(replace(await work.duty(operator), wraps_up=work.now + rest))
        work.ring(WRAP_UP, operator, work.now + rest)


async def declare(work: Work, act: Declare) -> Done:
    """Presence. Who goes away keeps nothing: offers at once, talks after a grace. Who says online wraps up no more."""
    duty = await work.duty(act.operator)
    went = act.presence is not duty.presence
    came = act.presence is Presence.ONLINE and duty.presence is not Presence.ONLINE
    idle = work.now if came else duty.idle_since
    missed = 0 if came else duty.missed
    since = work.now if went else duty.since
    until = act.until if act.presence is Presence.PAUSED else None
    wraps_up = None if act.presence is Presence.ONLINE else duty.wraps_up
    changed = replace(duty, presence=act.presence, since=since, until=until, wraps_up=wraps_up)
    await work.keep_duty(replace(changed, idle_since=idle, missed=missed))
    if duty.wraps_up and not wraps_up:
        work.hush(WRAP_UP, act.operator)
    if until:
        work.ring(PAUSE, act.operator, until)
    else:
        work.hush(PAUSE, act.operator)
    if act.presence is not Presence.OFFLINE:
        work.hush(GRACE, act.operator)
    if act.presence is Presence.OFFLINE and await work.lines.held_by(act.operator):
        work.ring(GRACE, act.operator, since + work.content.desk.routing.grace)
    if act.presence is not Presence.ONLINE:
        await withdraw_offers(work, act.operator)
    if duty.presence is Presence.ONLINE and went:
        await absence.left(work, act.operator)
    return Done()


async def withdraw_offers(work: Work, operator: str, skills: Collection[str] | None = None) -> None:
    """Who takes no tickets now (of these skills, or none at all) is shown none; that is no offer missed."""
    for ticket in await work.lines.held_by(operator):
        if isinstance(ticket.state, Offered) and (skills is None or ticket.skill in skills):
            settle_offer(work, ticket, "withdrawn")
            work.move(ticket, OfferWithdrawn(), "bot")


async def give_back(work: Work, operator: str) -> None:
    """The operator is gone: their talks return to the queue, at their original place, and the customers are told."""
    left: dict[str, list[Ticket]] = {}
    for ticket in [each for each in await work.lines.held_by(operator) if each.engaged]:
        left.setdefault(ticket.conversation, []).append(work.move(ticket, WasRequeued(), "clock"))
        refresh_topic(work, ticket)
    for scene in await work.scenes(left):
        await _tell_left(scene, left[scene.id])


async def _tell_left(scene: Scene, tickets: list[Ticket]) -> None:
    """Once, whatever the customer had with the operator; who waits at the screen learns if nobody else is there."""
    scene.settle()
    chat = next((each for each in tickets if each.kind is Kind.CHAT), None)
    if chat is None:
        scene.note("operator_left_later")
        return
    scene.note("operator_left")
    await waiting.stand_in_line(scene, chat)
    await alternatives.offer_what_else(scene, chat.skill)


async def met(work: Work, act: Met) -> Done:
    """The operator has started the bot in private and can be reached there."""
    duty = await work.duty(act.operator)
    await work.keep_duty(replace(duty, private_chat=act.venue))
    return Done()


async def note(work: Work, act: Note) -> Done:
    """For colleagues only."""
    await work.duty(act.operator)
    scene = await work.scene(act.conversation)
    work.changes.notes.append((scene.id, work.now, act.operator, act.text))
    return Done()


async def redeliver(work: Work, act: Redeliver) -> Done:
    """Send again what did not reach the customer."""
    await work.duty(act.operator)
    scene = await work.scene(act.conversation)
    if not 0 < act.seq <= scene.last_seq:
        raise refuse(work, act.operator, "op_no_such_message", "not_found")
    scene.set(blocked=False)
    scene.deliver(ShowMessage(act.conversation, act.seq))
    return Done(act.seq)


async def seen(work: Work, act: SeenByOperator) -> Done:
    """How far the operators' side has read."""
    await work.duty(act.operator)
    scene = await work.scene(act.conversation)
    seq = min(act.seq, scene.last_seq)
    if seq > scene.conversation.operator_read_seq:
        scene.set(operator_read_seq=seq)
    return Done()


async def join(work: Work, before: Ticket, ticket: Ticket) -> None:
    """The operator of the ticket and the customer talk from now on; `before` is the ticket as it was until now."""
    assert isinstance(ticket.state, Active)
    if before.operator == ticket.operator:
        settle_offer(work, before, "accepted")
    else:
        settle_offer(work, before, "taken", ticket.state.operator)
    scene = await work.scene(ticket.conversation)
    scene.stop_waiting()
    scene.settle()
    name = scene.name_of(ticket.state.operator)
    scene.note("calling" if calls(ticket) else "joined", operator=name, phone=booking.shown_phone(scene, ticket))
    await take_along(scene, ticket)
    refresh_topic(work, ticket)


async def mine(work: Work, operator: str, number: int) -> Ticket:
    """The ticket, if the operator has it; else they are told who does."""
    ticket = await work.ticket(number)
    must_hold(work, operator, ticket)
    return ticket


def _by_result(scene: Scene, ticket: Ticket, act: Close) -> WasClosed | WasScheduled:
    if act.result is None:
        results = ", ".join(words(scene.work, act.operator, f"tg_result_{each}").lower() for each in Result)
        raise refuse(scene.work, act.operator, "op_needs_result", ticket=ticket.number, results=results)
    desk = scene.content.desk
    hours = desk.skill(ticket.skill).hours
    event = after_result(ticket, act.result, desk.callbacks, hours, scene.work.now, scene.zone)
    assert isinstance(event, WasClosed | WasScheduled)
    return event


def fell_silent(scene: Scene, ticket: Ticket) -> None:
    """The talk that broke off can be taken up again, in words or by the button."""
    returning.served(scene, ticket, Reason.NO_ANSWER)
    scene.note("closed_silent", [simple(scene, "resume", "button_resume")])


def _tell_end(scene: Scene, ticket: Ticket, event: WasClosed | WasScheduled) -> None:
    """`ticket` is as it was until now."""
    match event:
        case WasScheduled(due=due):
            key = "callback_again" if event.result is not Result.ASKED_LATER else "callback_later"
            scene.note(key, booking.promise_buttons(scene, ticket), when=when(scene, due))
        case WasClosed(reason=Reason.NO_ANSWER | Reason.EXPIRED) if ticket.kind is Kind.CALLBACK:
            scene.note("callback_failed", booking.anew(scene))
        case WasClosed(reason=Reason.NO_ANSWER):
            fell_silent(scene, ticket)
            forget_talk(scene)
        case WasClosed(reason=reason):
            returning.served(scene, ticket, reason)
            scene.note("closed")
            if reason is Reason.RESOLVED:
                rating.ask(scene, ticket)
            forget_talk(scene)
        case _ as never:
            assert_never(never)
