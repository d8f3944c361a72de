"""The roster: who works here, with which skills and how much at once, changed while the product runs."""

from dataclasses import replace

from bot.dialog import absence
from bot.dialog.acts import Done
from bot.dialog.desk import give_back, withdraw_offers
from bot.dialog.errors import RefusedError
from bot.dialog.operator_acts import Dismiss, Enlist, Reskill, SetCapacity, SwitchBroadcast
from bot.dialog.rights import colleague_meant, read_by, refuse, skill_meant, supervises, words
from bot.dialog.work import Work
from handoff.desk import Operator, titled
from handoff.operators import Presence
from handoff.roster import MOST, Invitation, Member
from handoff.strategies import BROADCAST


async def set_capacity(work: Work, act: SetCapacity) -> Done:
    """The operator's own number; the desk's stays what it is."""
    duty = await work.duty(act.operator)
    if act.capacity is not None and not 1 <= act.capacity <= MOST:
        raise refuse(work, act.operator, "op_capacity_range", most=MOST)
    await work.keep_duty(replace(duty, capacity=act.capacity))
    if act.capacity is not None:
        return Done(text=words(work, act.operator, "op_capacity", capacity=act.capacity))
    usual = work.content.desk.operators[act.operator].capacity
    return Done(text=words(work, act.operator, "op_capacity_reset", capacity=usual))


async def reskill(work: Work, act: Reskill) -> Done:
    """Whoever has learnt something is offered it at once; what somebody may do no more is offered to others.

    Without changes the answer tells how things stand.
    """
    await supervisor(work, act.operator)
    whom = colleague_meant(work, act.operator, act.whom)
    levels = {skill_meant(work, act.operator, name).id: level for name, level in act.levels.items()}
    if not all(0 <= level <= 1 for level in levels.values()):
        raise refuse(work, act.operator, "op_level", skill=next(iter(levels)))
    if levels:
        member = work.content.roster.of(whom.id)
        taught = replace(member, skills={**member.skills, **levels})
        await work.keep_roster(work.content.roster.with_member(taught))
    await withdraw_offers(work, whom.id, [skill for skill, level in levels.items() if not level])
    return Done(text=skills_of(work, act.operator, work.content.desk.operators[whom.id]))


async def switch_broadcast(work: Work, act: SwitchBroadcast) -> Done:
    """Off brings back whatever the desk says, which may be the same."""
    await supervisor(work, act.operator)
    await work.keep_roster(replace(work.content.roster, broadcast=act.on))
    on = work.content.desk.routing.strategy == BROADCAST
    return Done(text=words(work, act.operator, "op_broadcast_on" if on else "op_broadcast_off"))


async def dismiss(work: Work, act: Dismiss) -> Done:
    """They keep nothing, as whoever has left for good; the team is never without its last supervisor by mistake."""
    await supervisor(work, act.operator)
    whom = colleague_meant(work, act.operator, act.whom)
    if whom.id == act.operator:
        raise refuse(work, act.operator, "op_not_yourself")
    await withdraw_offers(work, whom.id)
    await give_back(work, whom.id)
    duty = await work.duty(whom.id)
    await work.keep_duty(replace(duty, presence=Presence.OFFLINE, since=work.now, capacity=None))
    if duty.presence is Presence.ONLINE:
        await absence.left(work, whom.id)
    roster = work.content.roster
    await work.keep_roster(roster.with_member(roster.of(whom.id).gone()))
    return Done(text=words(work, act.operator, "op_dismissed", name=read_by(work, act.operator, whom.name)))


async def enlist(work: Work, act: Enlist) -> Done:
    """The account is the operator's from now on. Whose invitation it is, is told by its code alone."""
    await work.duties()
    roster, operators = work.content.roster, work.content.desk.operators
    member = roster.invited(act.code)
    if member is None or member.invitation is None or member.operator not in operators:
        raise _refused(work, act, "op_invite_unknown")
    known = next((each for each in operators.values() if each.telegram == act.telegram), None)
    if known is not None and known.id == member.operator and member.invitation.used:
        return Done(text=words(work, known.id, "op_enlisted_again", name=read_by(work, known.id, known.name)))
    _check(work, act, member.invitation)
    if known is not None and known.id != member.operator:
        raise _refused(work, act, "op_invite_taken", name=titled(known.name, _locale(work, act)))
    await work.keep_roster(roster.with_member(_joined(work, act, member, member.invitation)))
    who = work.content.desk.operators[member.operator]
    await work.keep_duty(replace(await work.duty(who.id), private_chat=act.venue))
    name, skills = read_by(work, who.id, who.name), _listed(work, who.id, who)
    return Done(text=words(work, who.id, "op_enlisted", name=name, skills=skills))


def _check(work: Work, act: Enlist, invitation: Invitation) -> None:
    if invitation.used:
        raise _refused(work, act, "op_invite_used")
    if invitation.until <= work.now:
        raise _refused(work, act, "op_invite_expired")


def _joined(work: Work, act: Enlist, member: Member, invitation: Invitation) -> Member:
    named = member.name or ({work.content.desk.default_locale: act.name} if member.joined and act.name else None)
    return replace(member, telegram=act.telegram, name=named, invitation=replace(invitation, used=True))


def _locale(work: Work, act: Enlist) -> str:
    return work.content.desk.locale_of(act.language)


def _refused(work: Work, act: Enlist, key: str, **params: object) -> RefusedError:
    """In the language of whoever opened it; they are nobody here yet."""
    return RefusedError("unauthorized", work.content.phrases.say(_locale(work, act), key, **params))


async def supervisor(work: Work, operator: str) -> None:
    """Raises RefusedError for whoever is not a supervisor."""
    await work.duty(operator)
    if not supervises(work, operator):
        raise refuse(work, operator, "op_supervisors_only", "unauthorized")


def skills_of(work: Work, operator: str, whom: Operator) -> str:
    """What somebody can do, as one line for the operator."""
    key = "op_skills" if whom.skills else "op_skills_none"
    return words(work, operator, key, name=read_by(work, operator, whom.name), skills=_listed(work, operator, whom))


def _listed(work: Work, operator: str, whom: Operator) -> str:
    skills = work.content.desk.skills
    levels = [f"{read_by(work, operator, skills[each].title)} {level:g}" for each, level in whom.skills.items()]
    return ", ".join(levels) or "-"
