"""Passing on: a ticket goes to another skill, to a colleague, or to whom a supervisor says."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialog import alternatives, desk, waiting
from bot.dialog.acts import Done
from bot.dialog.offers import refresh_topic, settle_offer
from bot.dialog.operator_acts import Assign, Transfer
from bot.dialog.orders import Announce, TellOperator
from bot.dialog.rights import (
    best_skill,
    colleague_here,
    colleague_meant,
    must_hold,
    name_of,
    read_by,
    refuse,
    skill_meant,
    supervises,
    words,
)
from bot.dialog.scene import Scene
from bot.dialog.work import Work
from handoff.desk import titled
from handoff.operators import Standing, able
from handoff.ticket import Kind, Offered, Ticket, WasAssigned, WasTransferred


async def transfer(work: Work, act: Transfer) -> Done:
    """The ticket goes back to its place in the queue, for the skill; a colleague who is named may have it first.

    One may pass on what one was offered, too: whoever reads it knows best whose it is.
    """
    await work.duty(act.operator)
    act = _named(work, act)
    before = await work.ticket(act.ticket)
    if not (isinstance(before.state, Offered) and before.operator == act.operator):
        must_hold(work, act.operator, before)
    skill = await _skill_wanted(work, act, before)
    until = work.now + work.content.desk.routing.preferred_wait if act.to else None
    settle_offer(work, before, "withdrawn")
    after = work.move(before, WasTransferred(skill, act.to, until), act.operator)
    if before.engaged:
        await work.idle_from_now(act.operator)
    scene = await work.scene(after.conversation)
    scene.settle()
    await _tell_customer(scene, before, after)
    _tell_colleagues(scene, act, before, after)
    for each in await work.team():
        if each.operator.id == act.to and not each.room:
            text = words(
                work, act.to, "op_waits_for_you", ticket=act.ticket, operator=name_of(work, act.operator, act.to)
            )
            work.order(work.venue(after.skill), TellOperator(act.to, text, about=scene.id))
    return Done()


async def assign(work: Work, act: Assign) -> Done:
    """What a supervisor says is so at once, without an offer; the operator must be here and have room."""
    await work.duty(act.operator)
    if not supervises(work, act.operator):
        raise refuse(work, act.operator, "op_supervisors_only", "unauthorized")
    colleague = colleague_here(work, act.operator, await work.team(), act.to)
    act, before = replace(act, to=colleague.operator.id), await work.ticket(act.ticket)
    name = name_of(work, act.to, act.operator)
    if before.engaged and before.operator == act.to:
        raise refuse(work, act.operator, "op_has_it_already", ticket=act.ticket, name=name)
    if before.operator != act.to and not colleague.room:
        raise refuse(work, act.operator, "op_colleague_full", name=name, load=colleague.load)
    after = work.move(before, WasAssigned(act.to), act.operator)
    await work.keep_duty(replace(await work.duty(act.to), idle_since=work.now, had_turn=work.now))
    if before.engaged and before.operator in await work.duties():
        await work.idle_from_now(before.operator)
    await desk.join(work, before, after)
    line = {"operator": name_of(work, act.operator), "ticket": act.ticket, "to": name_of(work, act.to)}
    (await work.scene(after.conversation)).announce("topic_assigned", **line)
    concerned = {act.to, before.operator if before.engaged else None} - {act.operator}
    for each in work.content.desk.operators:
        if each in concerned:
            key = "op_assigned_you" if each == act.to else "op_assigned"
            work.order(
                work.venue(after.skill), TellOperator(each, words(work, each, key, **line), about=after.conversation)
            )
    return Done()


def _named(work: Work, act: Transfer) -> Transfer:
    """The same with ids in the place of names. Raises RefusedError for what nobody is called."""
    skill = skill_meant(work, act.operator, act.skill).id if act.skill is not None else None
    to = colleague_meant(work, act.operator, act.to).id if act.to is not None else None
    return replace(act, skill=skill, to=to)


async def _skill_wanted(work: Work, act: Transfer, ticket: Ticket) -> str:
    """The skill that the ticket needs from now on: one that somebody else has. Raises RefusedError."""
    if act.to == act.operator:
        raise refuse(work, act.operator, "op_to_oneself", ticket=ticket.number)
    if act.to is not None:
        colleague = colleague_here(work, act.operator, await work.team(), act.to).operator
        wanted = best_skill(colleague, act.skill or ticket.skill)
        if wanted is None:
            raise refuse(work, act.operator, "op_colleague_no_skill", name=name_of(work, act.to, act.operator))
    elif act.skill is not None:
        wanted = act.skill
    else:
        raise refuse(work, act.operator, "op_transfer_where")
    _must_leave(work, act, wanted, await work.team())
    return wanted


def _must_leave(work: Work, act: Transfer, skill: str, team: Sequence[Standing]) -> None:
    """Raises RefusedError when the ticket would never be anybody's, or come back to the one who gives it away."""
    others = [each for each in team if each.operator.id != act.operator]
    mine, title = work.content.desk.operators[act.operator].skills.get(skill), work.content.desk.skills[skill].title
    if not any(each.operator.skills.get(skill) for each in others):
        raise refuse(work, act.operator, "op_nobody_has_skill", skill=read_by(work, act.operator, title))
    if mine and not any(able(each, skill) for each in others):
        raise refuse(work, act.operator, "op_nobody_else_here", skill=read_by(work, act.operator, title))


async def _tell_customer(scene: Scene, before: Ticket, after: Ticket) -> None:
    """One line; and where nobody is there now, what can be done meanwhile."""
    if not before.engaged and before.skill == after.skill:
        return  # to the customer nothing has changed: they wait
    title = titled(scene.content.desk.skills[after.skill].title, scene.locale)
    scene.note("transferred" if before.skill == after.skill else "transferred_skill", skill=title)
    if after.kind is Kind.CHAT:
        await waiting.stand_in_line(scene, after)
        await alternatives.offer_what_else(scene, after.skill)


def _tell_colleagues(scene: Scene, act: Transfer, before: Ticket, after: Ticket) -> None:
    """Where it goes, and why, in the topic; another group gets the card first."""
    work = scene.work
    to = name_of(work, act.to) if act.to else _title(work, after.skill)
    said = scene.remark("topic_transferred", operator=name_of(work, act.operator), ticket=after.number, to=to)
    if act.note:
        work.changes.notes.append((scene.id, work.now, act.operator, act.note))
        said = f"{said}\n{act.note}"
    old, new = work.venue(before.skill), work.venue(after.skill)
    if new != old:
        work.order(old, Announce(scene.id, said))
        waiting.introduce(scene, after)
    refresh_topic(work, before)
    work.order(new, Announce(scene.id, said))


def _title(work: Work, skill: str) -> str:
    return titled(work.content.desk.skills[skill].title, work.content.desk.default_locale)
