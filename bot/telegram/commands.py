"""The operators' commands: each becomes an act, or an answer with the right form."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.dialog.looking_up import internal, look_up
from bot.dialog.operator_acts import Close, Declare, Take, Unsay
from bot.dialog.topics import Topic
from bot.telegram import supervising
from bot.telegram.asked import Asked, Deed, Handler, form
from bot.telegram.surroundings import Surroundings
from handoff.desk import titled
from handoff.operators import Presence
from handoff.ticket import Kind, Reason, Result, Ticket
from kb.article import Hit

COMMAND: Final = re.compile(r"/([A-Za-z_]+)(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
LONGEST_PAUSE: Final = 24 * 60  # minutes
WHOLE: Final = 600  # characters; of a longer text /kb shows the sentence that fits
SHOWN: Final = 30  # tickets in /queue


def command_of(text: str, bot_name: str) -> tuple[str, str] | None:
    """Name and argument; None for what is no command of ours."""
    found = COMMAND.fullmatch(text.strip())
    if found is None or (found[2] or bot_name).lower() != bot_name.lower():
        return None
    return found[1].lower(), (found[3] or "").strip()


async def obey(around: Surroundings, name: str, asked: Asked) -> Deed | str:
    """The act that the command means, or a text that answers it."""
    handler = COMMANDS.get(name)
    if handler is None:
        return around.say_to(asked.operator, "tg_unknown_command", command=name)
    return await handler(around, asked)


async def _online(_around: Surroundings, asked: Asked) -> Deed | str:
    return Deed(Declare(asked.operator.id, Presence.ONLINE), "tg_online")


async def _offline(_around: Surroundings, asked: Asked) -> Deed | str:
    return Deed(Declare(asked.operator.id, Presence.OFFLINE), "tg_offline")


async def _pause(around: Surroundings, asked: Asked) -> Deed | str:
    if not asked.argument:
        return Deed(Declare(asked.operator.id, Presence.PAUSED), "tg_paused")
    if not (asked.argument.isascii() and asked.argument.isdigit()) or not 0 < int(asked.argument) <= LONGEST_PAUSE:
        return form(around, asked, "pause")
    until = around.clock() + timedelta(minutes=int(asked.argument))
    return Deed(Declare(asked.operator.id, Presence.PAUSED, until), "tg_paused")


async def _take(around: Surroundings, asked: Asked) -> Deed | str:
    number = asked.argument.removeprefix("#")
    if number.isascii() and number.isdigit():
        return Deed(Take(asked.operator.id, int(number)), "tg_taken")
    if number or asked.topic is None:
        return form(around, asked, "take")
    open_ones = await _tickets(around, asked.topic)
    free = [each for each in open_ones if not each.engaged] or open_ones
    if not free:
        return around.say_to(asked.operator, "tg_no_ticket")
    return Deed(Take(asked.operator.id, free[0].number), "tg_taken")


async def _close(around: Surroundings, asked: Asked) -> Deed | str:
    if asked.topic is None:
        return form(around, asked, "close")
    held = [each for each in await _tickets(around, asked.topic) if each.engaged]
    mine = next((each for each in held if each.operator == asked.operator.id), held[0] if held else None)
    if mine is None:
        return around.say_to(asked.operator, "tg_no_ticket")
    word = asked.argument.lower()
    if mine.kind is Kind.CALLBACK and word in set(Result):
        return Deed(Close(asked.operator.id, mine.number, result=Result(word)))
    if word and word not in set(Reason):
        return form(around, asked, "close")
    return Deed(Close(asked.operator.id, mine.number, Reason(word) if word else Reason.RESOLVED))


async def _delete(around: Surroundings, asked: Asked) -> Deed | str:
    if asked.topic is None or asked.replied is None:
        return form(around, asked, "delete")
    return Deed(Unsay(asked.operator.id, asked.replied), "tg_deleted")


async def _queue(around: Surroundings, asked: Asked) -> Deed | str:
    locale, now = around.locale_of(asked.operator), around.clock()
    async with around.ports.store.read() as tx:
        tickets, duties = await tx.open_tickets(), await tx.duties()
    operators = around.desk.operators
    here = [each.operator for each in duties if each.presence is Presence.ONLINE and each.operator in operators]
    names = ", ".join(titled(operators[each].name, locale) for each in here) or "-"
    lines = [around.say(locale, "tg_on_duty", names=names)]
    lines += [around.say(locale, "tg_queue_empty")] if not tickets else []
    for ticket in sorted(tickets, key=lambda each: each.asked)[:SHOWN]:
        skill = around.desk.skills.get(ticket.skill)
        holder = operators.get(ticket.operator or "")
        lines.append(
            around.say(
                locale,
                "tg_queue_line",
                ticket=ticket.number,
                skill=titled(skill.title, locale) if skill else ticket.skill,
                state=around.say(locale, f"tg_state_{ticket.state_name}"),
                operator=titled(holder.name, locale) if holder else "-",
                minutes=max(0, int((now - ticket.asked).total_seconds() // 60)),
            )
        )
    return "\n".join(lines)


async def _kb(around: Surroundings, asked: Asked) -> Deed | str:
    if not asked.argument:
        return form(around, asked, "kb")
    locales = [around.locale_of(asked.operator)]
    if asked.topic is not None:
        async with around.ports.store.read() as tx:
            locales = [each.locale for each in await tx.conversations_by_id([asked.topic.conversation])] + locales
    hits = look_up(around.content().library, asked.argument, locales)
    return "\n\n".join(_told(around, asked, hit) for hit in hits) or around.say_to(asked.operator, "tg_nothing_found")


def _told(around: Surroundings, asked: Asked, hit: Hit) -> str:
    key = "tg_found_internal" if internal(hit.document) else "tg_found"
    whole = around.content().plain(hit.document.body)
    title = around.say_to(asked.operator, key, title=hit.document.title)
    return f"{title}\n{whole if len(whole) <= WHOLE else hit.snippet}"


async def _help(around: Surroundings, asked: Asked) -> Deed | str:
    forms = [around.say_to(asked.operator, f"tg_form_{each}") for each in COMMANDS]
    return "\n".join([around.say_to(asked.operator, "tg_help"), *forms])


async def _tickets(around: Surroundings, topic: Topic) -> list[Ticket]:
    async with around.ports.store.read() as tx:
        return [each for each in await tx.tickets_of([topic.conversation]) if each.state_name != "scheduled"]


COMMANDS: Final[Mapping[str, Handler]] = {
    "online": _online,
    "pause": _pause,
    "offline": _offline,
    "take": _take,
    "close": _close,
    "delete": _delete,
    "kb": _kb,
    "queue": _queue,
    **supervising.COMMANDS,
    "help": _help,
}
