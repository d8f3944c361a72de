"""Barring: a customer whom the operators will hear no more, and hearing them again."""

from dataclasses import replace

from bot.dialog.acts import Done
from bot.dialog.conversation import Mode
from bot.dialog.ending import end
from bot.dialog.operator_acts import Bar
from bot.dialog.rights import name_of, refuse, words
from bot.dialog.work import Work
from handoff.operators import Presence
from handoff.ticket import Reason


async def bar(work: Work, act: Bar) -> Done:
    """Whoever is on duty may. The customer is told once; what they write from then on is kept and not answered."""
    duty = await work.duty(act.operator)
    if duty.presence is Presence.OFFLINE:
        raise refuse(work, act.operator, "op_off_duty", "unauthorized")
    scene, key = await work.scene(act.conversation), "topic_barred" if act.on else "topic_heard_again"
    said = words(work, act.operator, key, operator=name_of(work, act.operator, act.operator))
    if scene.barred is act.on:
        return Done(text=said)
    watched = any(each.state_name != "scheduled" for each in scene.tickets)  # else nobody reads what is announced
    scene.announce(key, operator=name_of(work, act.operator))
    scene.happened("barred" if act.on else "heard_again", operator=act.operator)
    scene.set(barred=act.on)
    if act.on:
        for ticket in scene.tickets:
            await end(scene, ticket, Reason.CUSTOMER_BLOCKED, act.operator)
        scene.stop_waiting()
        scene.set_talk(wish=None)
        scene.note("barred")
        scene.set(shown=replace(scene.shown, mode=Mode.CLOSED))
    return Done(text="" if watched else said)
