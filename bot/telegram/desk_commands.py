"""Commands that show: the queue, the team, the day, what was before, and what one can do."""

import math
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialog.lines import in_view
from bot.dialog.records import Past
from bot.telegram.asked import Answer, Asked, Handler, Said, form, number
from bot.telegram.cards import skill_of, state_of
from bot.telegram.charts import by_hour
from bot.telegram.glances import clock, duty_lines, glance
from bot.telegram.surroundings import Surroundings
from bot.telegram.texts import shortened
from handoff.desk import titled
from handoff.operators import Presence
from handoff.promises import kept
from handoff.tally import tally
from handoff.ticket import Closed, Kind

SHOWN: Final = 30  # tickets in /queue
PAGE: Final = 8  # tickets in /history
FIRST_WORDS: Final = 80
A_MINUTE: Final = 60  # seconds


async def _queue(around: Surroundings, asked: Asked) -> Answer:
    locale, seen = around.locale_of(asked.operator), await glance(around)
    operators = around.desk.operators
    here = [titled(each.operator.name, locale) for each, _ in seen.team if each.presence is Presence.ONLINE]
    lines = [around.say(locale, "tg_on_duty", names=", ".join(here)) if here else around.say(locale, "tg_nobody_here")]
    async with around.ports.store.read() as tx:
        tickets, scheduled = await in_view(tx, around.desk.routing, seen.now, SHOWN), await tx.scheduled()
    lines += [around.say(locale, "tg_queue_empty")] if not tickets else []
    for ticket in sorted(tickets, key=lambda each: each.asked)[:SHOWN]:
        holder = operators.get(ticket.operator or "")
        lines.append(
            around.say(
                locale,
                "tg_queue_line",
                ticket=ticket.number,
                skill=skill_of(around, ticket, locale),
                state=around.say(locale, f"tg_state_{state_of(ticket)}"),
                operator=titled(holder.name, locale) if holder else "-",
                minutes=max(0, int((seen.now - ticket.asked).total_seconds() // 60)),
            )
        )
    promised = [each.promised or each.asked for each in scheduled]
    if promised:
        when = clock(around, min(promised), seen.now)
        lines.append(around.say(locale, "tg_queue_promised", count=len(promised), when=when))
    return "\n".join(lines)


async def _who(around: Surroundings, asked: Asked) -> Answer:
    locale, seen = around.locale_of(asked.operator), await glance(around)
    away = [titled(each.operator.name, locale) for each, _ in seen.team if each.presence is Presence.OFFLINE]
    lines = list(duty_lines(around, seen, locale)) or [around.say(locale, "tg_nobody_here")]
    lines += [around.say(locale, "tg_away", names=", ".join(away))] if away else []
    return "\n".join(lines)


async def _stats(around: Surroundings, asked: Asked) -> Answer:
    locale, zone = around.locale_of(asked.operator), ZoneInfo(around.desk.timezone)
    midnight = datetime.combine(around.clock().astimezone(zone).date(), time(), zone)
    async with around.ports.store.read() as tx:
        log = await tx.log_since(midnight)
    day, promises = tally(log), kept(log)
    lines = [around.say(locale, "tg_stats", asked=day.asked, answered=day.answered)]
    if day.wait is not None:
        lines.append(around.say(locale, "tg_stats_wait", span=_span(around, locale, day.wait)))
    if promises.judged:
        lines.append(around.say(locale, "tg_stats_promises", kept=promises.within, judged=promises.judged))
    lines += [f"· {around.say(locale, f'tg_reason_{reason}')}: {count}" for reason, count in day.closed]
    operators = around.desk.operators
    named = ((titled(operators[who].name, locale) if who in operators else who, n) for who, n in day.by_operator)
    lines += [f"👤 {name}: {count}" for name, count in named]
    rows = {around.say(locale, "tg_stats_asked"): day.asked_at, around.say(locale, "tg_stats_taken"): day.taken_at}
    return Said("\n".join(lines), chart=by_hour(rows, zone))


def _span(around: Surroundings, locale: str, span: timedelta) -> str:
    seconds = math.ceil(span.total_seconds())
    if seconds < A_MINUTE:
        return around.say(locale, "tg_seconds", count=seconds)
    return around.say(locale, "tg_minutes", count=math.ceil(seconds / A_MINUTE))


async def _history(around: Surroundings, asked: Asked) -> Answer:
    page = number(asked.argument) if asked.argument else 1
    if asked.topic is None or not page:
        return form(around, asked, "history")
    async with around.ports.store.read() as tx:
        found = await tx.history(asked.topic.conversation, (page - 1) * PAGE, PAGE + 1)
    if not found:
        return around.say_to(asked.operator, "tg_no_history")
    lines = [_past(around, asked, each) for each in found[:PAGE]]
    more = [around.say_to(asked.operator, "tg_more", command=f"/history {page + 1}")] if len(found) > PAGE else []
    return "\n".join([*lines, *more])


def _past(around: Surroundings, asked: Asked, past: Past) -> str:
    """Number, day, skill, who had it, how it ended, and the first words."""
    locale, ticket = around.locale_of(asked.operator), past.ticket
    who = around.desk.operators.get(past.operator or "")
    when = f"{past.closed.astimezone(ZoneInfo(around.desk.timezone)):%Y-%m-%d %H:%M}"
    parts = [f"#{ticket.number}", when, skill_of(around, ticket, locale)]
    parts += [around.say(locale, f"tg_kind_{ticket.kind}")] if ticket.kind is not Kind.CHAT else []
    parts += [titled(who.name, locale)] if who else []
    assert isinstance(ticket.state, Closed)
    ended = f"tg_result_{past.result}" if past.result else f"tg_reason_{ticket.state.reason}"
    parts.append(around.say(locale, ended))
    words = shortened(ticket.brief.question, FIRST_WORDS)
    return " · ".join(parts) + (f"\n  {words}" if words else "")


COMMANDS: Final[Mapping[str, Handler]] = {
    "history": _history,
    "queue": _queue,
    "who": _who,
    "stats": _stats,
}
