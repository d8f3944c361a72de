"""Rights: who may do what at the desk, and the words of a refusal, in the operator's language."""

from collections.abc import Iterable
from difflib import get_close_matches

from bot.dialog.errors import RefusedError
from bot.dialog.work import Work
from handoff.desk import Operator, titled
from handoff.operators import Presence, Standing
from handoff.ticket import Ticket


def words(work: Work, operator: str, key: str, /, **params: object) -> str:
    """A text to an operator in their first language."""
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


def must_be_skill(work: Work, operator: str, skill: str) -> None:
    """Raises RefusedError for a skill that the desk has not, with the nearest it has."""
    skills = work.content.desk.skills
    if skill not in skills:
        raise refuse(work, operator, "op_no_such_skill", "not_found", given=skill, known=_nearest(skill, skills))


def colleague_here(work: Work, operator: str, team: Iterable[Standing], other: str) -> Standing:
    """The colleague, who is online. Raises RefusedError for one who is not, and for a stranger."""
    standing = next((each for each in team if each.operator.id == other), None)
    if standing is None:
        known = _nearest(other, work.content.desk.operators)
        raise refuse(work, operator, "op_no_such_colleague", "not_found", given=other, known=known)
    if standing.presence is not Presence.ONLINE:
        raise refuse(work, operator, "op_colleague_away", name=name_of(work, other, operator))
    return standing


def best_skill(operator: Operator, wanted: str) -> str | None:
    """The skill that is wanted if the operator has it, else what they know best; None for one without any."""
    levels = {skill: level for skill, level in operator.skills.items() if level > 0}
    return wanted if wanted in levels else max(levels, key=lambda skill: levels[skill], default=None)


def _language(work: Work, operator: str) -> str:
    who = work.content.desk.operators.get(operator)
    return who.locales[0] if who and who.locales else work.content.desk.default_locale


def _nearest(given: str, known: Iterable[str]) -> str:
    names = list(known)
    return ", ".join(get_close_matches(given, names, n=2) or names)
