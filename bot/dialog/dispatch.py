"""Which act is handled where."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, assert_never

from bot.dialog import (
    acts,
    alarms,
    barring,
    customer,
    desk,
    lessons,
    merging,
    operator_acts,
    passing,
    presses,
    promising,
    quoting,
    roster,
    saying,
    surveying,
)
from bot.dialog.acts import Act, Done, Outcome, Refused
from bot.dialog.errors import RefusedError
from bot.dialog.operator_acts import OperatorAct
from bot.dialog.rights import name_of, words
from bot.dialog.sweeping import sweep
from bot.dialog.work import Work
from handoff.errors import HandoffError, NotYoursError


async def handle(work: Work, act: Act) -> Outcome:
    """Do the act within the work. What is not possible is refused in words, and then the act changed nothing."""
    try:
        return await repeated(work, act) or await _route(work, act)
    except RefusedError as refusal:
        return Refused(refusal.code, refusal.text)
    except NotYoursError as error:
        return Refused("unauthorized", _who_has_it(work, act, error))
    except HandoffError as error:
        return Refused("unsupported", _not_now(work, act, error))


async def repeated(work: Work, act: Act) -> Done | None:
    """What came of the act before, if it has come already: the same key twice has one effect."""
    match act:
        case acts.Wrote() | acts.Started() | acts.Pressed() | acts.SharedContact():
            await work.preload([act.sender])
            known = work.known(act.sender)
            seq = await work.seq_of(known.id, act.key) if known else None
        case operator_acts.Say() | operator_acts.Quote():
            seq = await work.seq_of(act.conversation, act.key)
        case _:
            return None
    return None if seq is None else Done(seq, repeated=True)


async def _route(work: Work, act: Act) -> Done:
    match act:
        case acts.Rang():
            return await alarms.rang(work, act)
        case acts.Undelivered():
            return await saying.undelivered(work, act)
        case acts.Swept():
            await sweep(work)
            return Done()
        case acts.Surveyed():
            return surveying.surveyed(work, act)
        case acts.Wrote() | acts.Started() | acts.Pressed() | acts.Rewrote() | acts.SharedContact():
            return await _spoken(work, act)
        case acts.Read():
            return await customer.read(work, act)
        case acts.Blocked():
            return await customer.blocked(work, act)
        case _:
            return await _operator(work, act)


async def _spoken(
    work: Work, act: acts.Wrote | acts.Started | acts.Pressed | acts.Rewrote | acts.SharedContact
) -> Done:
    match act:
        case acts.Wrote():
            return await customer.wrote(work, act)
        case acts.Started():
            return await customer.started(work, act)
        case acts.Pressed():
            return await presses.pressed(work, act)
        case acts.Rewrote():
            return await customer.rewrote(work, act)
        case acts.SharedContact():
            return await customer.shared_contact(work, act)
        case _ as never:
            assert_never(never)


async def _operator(work: Work, act: OperatorAct) -> Done:
    return await HANDLERS[type(act)](work, act)


HANDLERS: Mapping[type[Any], Callable[[Work, Any], Awaitable[Done]]] = {
    operator_acts.Accept: desk.accept,
    operator_acts.Assign: passing.assign,
    operator_acts.Bar: barring.bar,
    operator_acts.Close: desk.close,
    operator_acts.Declare: desk.declare,
    operator_acts.Decline: desk.decline,
    operator_acts.Dismiss: roster.dismiss,
    operator_acts.Enlist: roster.enlist,
    operator_acts.Hold: desk.hold,
    operator_acts.Learn: lessons.learn,
    operator_acts.Merge: merging.merge,
    operator_acts.Met: desk.met,
    operator_acts.Note: desk.note,
    operator_acts.Promise: promising.promise,
    operator_acts.Quote: quoting.quote,
    operator_acts.Redeliver: desk.redeliver,
    operator_acts.Resay: saying.resay,
    operator_acts.Reskill: roster.reskill,
    operator_acts.Say: saying.say,
    operator_acts.SeenByOperator: desk.seen,
    operator_acts.SetCapacity: roster.set_capacity,
    operator_acts.SwitchBroadcast: roster.switch_broadcast,
    operator_acts.Take: desk.take,
    operator_acts.Transfer: passing.transfer,
    operator_acts.Unsay: saying.unsay,
}


def ticket_of(act: Act) -> int | None:
    """The number of the ticket that the act is about, if it names one."""
    if isinstance(act, acts.Rang):
        return int(act.subject) if act.kind in alarms.OF_TICKETS else None
    number: int | None = getattr(act, "ticket", None)
    return number


def _who_has_it(work: Work, act: Act, error: NotYoursError) -> str:
    actor = getattr(act, "operator", "")
    return words(work, actor, "op_not_yours", ticket=error.ticket, holder=name_of(work, error.holder, actor))


def _not_now(work: Work, act: Act, error: HandoffError) -> str:
    ticket, state = getattr(error, "ticket", 0), getattr(error, "state", "")
    return words(work, getattr(act, "operator", ""), "op_not_now", ticket=ticket, state=state)
