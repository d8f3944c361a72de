"""Commands that pass a ticket on, end it for another one, or keep a customer out."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.dialog.operator_acts import Assign, Bar, Merge, Transfer
from bot.telegram.asked import Answer, Asked, Deed, Handler, Said, form, held, number, tickets
from bot.telegram.glances import glance
from bot.telegram.keyboards import passing
from bot.telegram.surroundings import Surroundings
from handoff.desk import Desk, Operator, Skill, titled
from handoff.naming import nearest_operator, nearest_skill, operator_first, skill_named
from handoff.ticket import Offered, Ticket

OFF: Final = "off"


async def _transfer(around: Surroundings, asked: Asked) -> Answer:
    if asked.topic is None:
        return form(around, asked, "transfer")
    ticket = await _mine_or_offered(around, asked)
    if ticket is None:
        return around.say_to(asked.operator, "tg_no_ticket")
    if not asked.argument:
        locale = around.desk.default_locale  # everybody in the topic sees the buttons
        buttons = passing(around, locale, ticket, await glance(around))
        return Said(around.say(locale, "tg_pass_to", ticket=ticket.number), buttons)
    to, note = _whom(around.desk, asked.argument)
    match to:
        case Skill(id=skill):
            return Deed(Transfer(asked.operator.id, ticket.number, skill, note=note))
        case Operator(id=colleague):
            return Deed(Transfer(asked.operator.id, ticket.number, to=colleague, note=note))
        case None:
            skills = [titled(each.title, around.locale_of(asked.operator)) for each in around.desk.skills.values()]
            return _unknown(around, asked, skills)


def _whom(desk: Desk, words: str) -> tuple[Skill | Operator | None, str]:
    """The skill or the operator that the words name first, and the note behind it; after an @ only an operator."""
    parts = words.split()
    for count in range(0 if words.startswith("@") else len(parts), 0, -1):
        skill = skill_named(desk, " ".join(parts[:count]))
        if skill is not None:
            return skill, words.split(maxsplit=count)[count] if count < len(parts) else ""
    return operator_first(desk, words)


def _unknown(around: Surroundings, asked: Asked, skills: Sequence[str] = ()) -> str:
    """Nobody is called so: the nearest, else everybody and, where a skill would do, every skill."""
    first, desk, locale = asked.argument.split(maxsplit=1)[0], around.desk, around.locale_of(asked.operator)
    skill, operator = nearest_skill(desk, first) if skills else None, nearest_operator(desk, first)
    near = f"@{operator.id}" if operator else titled(skill.title, locale) if skill else ""
    if near:
        return around.say_to(asked.operator, "tg_nobody_called", given=first, nearest=near)
    known = ", ".join([*skills, *(f"@{each}" for each in desk.operators)])
    return around.say_to(asked.operator, "tg_nobody_at_all", given=first, known=known)


async def _mine_or_offered(around: Surroundings, asked: Asked) -> Ticket | None:
    """One may pass on what one was offered, too."""
    assert asked.topic is not None
    offered = [each for each in await tickets(around, asked.topic) if isinstance(each.state, Offered)]
    mine = next((each for each in offered if each.operator == asked.operator.id), None)
    return mine or await held(around, asked)


async def _assign(around: Surroundings, asked: Asked) -> Answer:
    if asked.topic is None or not asked.argument:
        return form(around, asked, "assign")
    to, rest = operator_first(around.desk, asked.argument)
    open_ones = await tickets(around, asked.topic)
    if to is None or rest:
        return _unknown(around, asked) if to is None else form(around, asked, "assign")
    if not open_ones:
        return around.say_to(asked.operator, "tg_no_ticket")
    free = [each for each in open_ones if not each.engaged] or open_ones
    return Deed(Assign(asked.operator.id, free[0].number, to.id))


async def _merge(around: Surroundings, asked: Asked) -> Answer:
    into = number(asked.argument)
    if asked.topic is None or into is None:
        return form(around, asked, "merge")
    gone = await held(around, asked) or next(iter(await tickets(around, asked.topic)), None)
    if gone is None:
        return around.say_to(asked.operator, "tg_no_ticket")
    return Deed(Merge(asked.operator.id, gone.number, into))


async def _block(around: Surroundings, asked: Asked) -> Answer:
    if asked.topic is None or asked.argument not in ("", OFF):
        return form(around, asked, "block")
    return Deed(Bar(asked.operator.id, asked.topic.conversation, on=asked.argument != OFF))


COMMANDS: Final[Mapping[str, Handler]] = {
    "transfer": _transfer,
    "merge": _merge,
    "block": _block,
    "assign": _assign,
}
