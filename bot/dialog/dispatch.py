"""Which act is handled where."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.dialog import (
    acts,
    alarms,
    barring,
    customer,
    desk,
    forgetting,
    lessons,
    merging,
    operator_acts,
    passing,
    presses,
    promising,
    quoting,
    ringing,
    roster,
    saying,
    surveying,
    sweeping,
)
from bot.dialog.acts import Act, Done, Outcome, Refused
from bot.dialog.errors import NoSuchTicketError, RefusedError
from bot.dialog.rights import name_of, state_said, words
from bot.dialog.work import Work
from handoff.errors import IllegalTransitionError, NotYoursError


async def handle(work: Work, act: Act) -> Outcome:
    """Do the act within the work. What is not possible is refused in words, and then the act changed nothing."""
    read = act.locale if isinstance(act, operator_acts.Answered) else ""
    work.answers_in = {_actor(act): read} if read else {}
    try:
        return await repeated(work, act) or await HANDLERS[type(act)](work, act)
    except NoSuchTicketError as refusal:
        return Refused(refusal.code, words(work, _actor(act), "op_no_such_ticket", ticket=refusal.ticket))
    except RefusedError as refusal:
        return Refused(refusal.code, refusal.text)
    except NotYoursError as error:
        return Refused("unauthorized", await _who_has_it(work, act, error))
    except IllegalTransitionError as error:
        return Refused("unsupported", await _not_now(work, act, error))


async def repeated(work: Work, act: Act) -> Done | None:
    """What came of the act before, if it has come already: the same key twice has one effect."""
    match act:
        case acts.Wrote() | acts.Started() | acts.Pressed() | acts.SharedContact():
            await work.preload([act.sender])
            known = work.known(act.sender)
            seq = await work.seq_of(known.id, act.key) if known else None
        case operator_acts.Say() | operator_acts.Quote():
            seq = await work.seq_of(act.conversation, saying.said_key(act.operator, act.key))
        case _:
            return None
    return None if seq is None else Done(seq, repeated=True)


HANDLERS: Mapping[type[Any], Callable[[Work, Any], Awaitable[Done]]] = {
    acts.Blocked: customer.blocked,
    acts.Expire: forgetting.expire,
    acts.Forget: forgetting.forget,
    acts.Present: customer.present,
    acts.Pressed: presses.pressed,
    acts.Rang: alarms.rang,
    acts.Read: customer.read,
    acts.Rewrote: customer.rewrote,
    acts.SharedContact: customer.shared_contact,
    acts.Started: customer.started,
    acts.Surveyed: surveying.surveyed,
    acts.Swept: sweeping.swept,
    acts.Undelivered: saying.undelivered,
    acts.Wrote: customer.wrote,
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
        return int(act.subject) if act.kind in ringing.OF_TICKETS else None
    number: int | None = getattr(act, "ticket", None)
    return number


def _actor(act: Act) -> str:
    return getattr(act, "operator", "")


async def _who_has_it(work: Work, act: Act, error: NotYoursError) -> str:
    actor, engaged = _actor(act), (await work.ticket(error.ticket)).engaged
    key = "op_not_yours" if engaged else "op_offered_to"
    return words(work, actor, key, ticket=error.ticket, holder=name_of(work, error.holder, actor))


async def _not_now(work: Work, act: Act, error: IllegalTransitionError) -> str:
    """Who presses twice has what they want already."""
    actor, ticket = _actor(act), await work.ticket(error.ticket)
    if ticket.engaged and ticket.operator == actor:
        return words(work, actor, "op_yours_already", ticket=error.ticket)
    return words(work, actor, "op_not_now", ticket=error.ticket, state=state_said(work, actor, error.state))
