"""Rights: who may do what at the desk, and the words of a refusal, in the operator's language."""

from collections.abc import Iterable

from bot.dialog.errors import RefusedError
from bot.dialog.work import Work
from handoff.desk import Operator, Skill, Title, titled
from handoff.naming import nearest_operator, nearest_skill, operator_named, skill_named
from handoff.operators import Presence, Standing
from handoff.ticket import Ticket


def words(work: Work, operator: str, key: str, /, **params: object) -> str:
    """A text to an operator in the language that they read now, else in their first."""
    return work.content.phrases.say(_language(work, operator), key, **params)


def refuse(work: Work, operator: str, key: str, code: str = "unsupported", **params: object) -> RefusedError:
    """The refusal, to be raised, of what the operator wanted."""
    return RefusedError(code, words(work, operator, key, **params))


def name_of(work: Work, operator: str | None, reader: str = "") -> str:
    """The operator's name in the language of the one who reads it, else in the desk's."""
    who = work.content.desk.operators.get(operator or "")
    return titled(who.name, _language(work, reader)) if who else operator or "-"


def state_said(work: Work, operator: str, state: str) -> str:
    """A ticket's state in the operator's language."""
    return words(work, operator, f"tg_state_{state}")


def supervises(work: Work, operator: str) -> bool:
    """Whether the operator has a supervisor's rights."""
    who = work.content.desk.operators.get(operator)
    return who is not None and who.supervises


def must_hold(work: Work, operator: str, ticket: Ticket) -> None:
    """Raises RefusedError for a ticket that the operator does not have in hand, and says who has."""
    if not ticket.engaged or ticket.operator != operator:
        key = "op_not_yours" if ticket.engaged else "op_not_active" if ticket.open else "op_not_now"
        holder, state = name_of(work, ticket.operator, operator), state_said(work, operator, ticket.state_name)
        raise refuse(work, operator, key, "unauthorized", ticket=ticket.number, holder=holder, state=state)


def knows(operator: Operator, skill: str) -> bool:
    """Whether booked calls of the skill are the operator's business: with the skill, or as a supervisor."""
    return operator.supervises or operator.skills.get(skill, 0.0) > 0


def must_know(work: Work, operator: str, ticket: Ticket) -> None:
    """Raises RefusedError for a booked call of a skill that is none of the operator's business."""
    if not knows(work.content.desk.operators[operator], ticket.skill):
        raise refuse(work, operator, "op_booked_elsewhere", "unauthorized", ticket=ticket.number)


def skill_meant(work: Work, operator: str, named: str) -> Skill:
    """The skill that the operator names. Raises RefusedError with the nearest there is."""
    desk = work.content.desk
    found = skill_named(desk, named)
    if found is not None:
        return found
    near = nearest_skill(desk, named)
    known = [near] if near else desk.skills.values()
    titles = ", ".join(f"{read_by(work, operator, each.title)} ({each.id})" for each in known)
    raise refuse(work, operator, "op_no_such_skill", "not_found", given=named, known=titles)


def colleague_meant(work: Work, operator: str, named: str) -> Operator:
    """Whom the operator names. Raises RefusedError with the nearest there is."""
    desk = work.content.desk
    found = operator_named(desk, named)
    if found is not None:
        return found
    near = nearest_operator(desk, named)
    known = [near] if near else desk.operators.values()
    names = ", ".join(f"{read_by(work, operator, each.name)} (@{each.id})" for each in known)
    raise refuse(work, operator, "op_no_such_colleague", "not_found", given=named, known=names)


def colleague_here(work: Work, operator: str, team: Iterable[Standing], named: str) -> Standing:
    """The colleague, who is online. Raises RefusedError for one who is not, and for a stranger."""
    other = colleague_meant(work, operator, named).id
    standing = next(each for each in team if each.operator.id == other)
    if standing.presence is not Presence.ONLINE:
        raise refuse(work, operator, "op_colleague_away", name=name_of(work, other, operator))
    return standing


def best_skill(operator: Operator, wanted: str) -> str | None:
    """The skill that is wanted if the operator has it, else what they know best; None for one without any."""
    levels = {skill: level for skill, level in operator.skills.items() if level > 0}
    return wanted if wanted in levels else max(levels, key=lambda skill: levels[skill], default=None)


def _language(work: Work, operator: str) -> str:
    if operator in work.answers_in:
        return work.answers_in[operator]
    who = work.content.desk.operators.get(operator)
    return who.locales[0] if who and who.locales else work.content.desk.default_locale


def read_by(work: Work, operator: str, title: Title) -> str:
    """A name or a title in the operator's language."""
    return titled(title, _language(work, operator))
