"""Which act is handled where."""

from typing import assert_never

from bot.dialog import acts, alarms, customer, desk, presses, saying, surveying
from bot.dialog.acts import Act, Done, Outcome, Refused
from bot.dialog.errors import RefusedError
from bot.dialog.sweeping import sweep
from bot.dialog.work import Work
from handoff.desk import titled
from handoff.errors import HandoffError, NotYoursError


async def handle(work: Work, act: Act) -> Outcome:
    """Do the act within the work. What is not possible is refused in words, and then the act changed nothing."""
    try:
        return await _route(work, act)
    except RefusedError as refusal:
        return Refused(refusal.code, refusal.text)
    except NotYoursError as error:
        return Refused("unauthorized", _who_has_it(work, act, error))
    except HandoffError as error:
        return Refused("unsupported", _not_now(work, act, error))


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


async def _operator(work: Work, act: acts.OperatorAct) -> Done:
    match act:
        case acts.Accept() | acts.Decline() | acts.Take() | acts.Close() | acts.Hold():
            return await _with_ticket(work, act)
        case acts.Say() | acts.Resay() | acts.Unsay():
            return await _with_words(work, act)
        case acts.Note():
            return await desk.note(work, act)
        case acts.Declare():
            return await desk.declare(work, act)
        case acts.Redeliver():
            return await desk.redeliver(work, act)
        case acts.SeenByOperator():
            return await desk.seen(work, act)
        case acts.Met():
            return await desk.met(work, act)
        case _ as never:
            assert_never(never)


async def _with_ticket(work: Work, act: acts.Accept | acts.Decline | acts.Take | acts.Close | acts.Hold) -> Done:
    match act:
        case acts.Accept():
            return await desk.accept(work, act)
        case acts.Decline():
            return await desk.decline(work, act)
        case acts.Take():
            return await desk.take(work, act)
        case acts.Close():
            return await desk.close(work, act)
        case acts.Hold():
            return await desk.hold(work, act)
        case _ as never:
            assert_never(never)


async def _with_words(work: Work, act: acts.Say | acts.Resay | acts.Unsay) -> Done:
    match act:
        case acts.Say():
            return await saying.say(work, act)
        case acts.Resay():
            return await saying.resay(work, act)
        case acts.Unsay():
            return await saying.unsay(work, act)
        case _ as never:
            assert_never(never)


def _who_has_it(work: Work, act: Act, error: NotYoursError) -> str:
    actor = getattr(act, "operator", "")
    holder = work.content.desk.operators.get(error.holder)
    name = titled(holder.name, work.content.desk.default_locale) if holder else error.holder
    return desk.words(work, actor, "op_not_yours", ticket=error.ticket, holder=name)


def _not_now(work: Work, act: Act, error: HandoffError) -> str:
    ticket, state = getattr(error, "ticket", 0), getattr(error, "state", "")
    return desk.words(work, getattr(act, "operator", ""), "op_not_now", ticket=ticket, state=state)
