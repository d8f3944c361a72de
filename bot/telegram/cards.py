"""Cards: what an operator should know at a glance, and what was said so far. Nothing a customer wrote is markup."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiogram.utils.formatting import Bold, Italic, Text, as_list

from bot.dialog.messages import AuthorKind, Message
from bot.telegram.cases import Case
from bot.telegram.surroundings import Surroundings
from bot.telegram.texts import TEXT_LIMIT, TITLE_LIMIT, shortened
from handoff.desk import titled
from handoff.ticket import Ticket
from kb.split import units

ICONS: Final = {
    "scheduled": "🕓",
    "queued": "🟡",
    "kept": "🔖",
    "offered": "🔔",
    "active": "🟢",
    "on_hold": "⏸",
    "closed": "⚪",
}
LINE_LIMIT: Final = 500  # of a line of the transcript
FIELD_LIMIT: Final = 300
NOTES_SHOWN: Final = 3
WHY: Final = frozenset({"asked", "always", "misses", "repeats", "feedback", "attachment"})


def title(around: Surroundings, case: Case) -> tuple[str, str]:
    """Icon and the rest of a topic's title: customer's name, ticket's number, skill."""
    ticket = case.ticket
    name = case.conversation.name or around.say_here("tg_customer")
    if ticket is None:
        return "", shortened(name, TITLE_LIMIT)
    rest = f" #{ticket.number} · {skill_of(around, ticket)}"
    room = TITLE_LIMIT - units(rest) - 3
    return ICONS[state_of(ticket)], shortened(shortened(name, max(room, 10)) + rest, TITLE_LIMIT - 3)


def state_of(ticket: Ticket) -> str:
    """The state's name; of a place that is kept, that it is."""
    return "kept" if ticket.kept is not None else ticket.state_name


def skill_of(around: Surroundings, ticket: Ticket, locale: str = "") -> str:
    """The skill's title."""
    skill = around.desk.skills.get(ticket.skill)
    return titled(skill.title, locale or around.desk.default_locale) if skill else ticket.skill


def card(around: Surroundings, case: Case, upto: int, beside: int = 0) -> Text:
    """Who and what about; then the talk up to the message `upto`, the newest of it if not all fits.

    `beside` is how many units of the post are for something else.
    """
    head = as_list(*_head(around, case))
    room = TEXT_LIMIT - 100 - beside - units(head.as_kwargs()["text"])
    lines: list[Text] = []
    for message in reversed(_said(case, upto)):
        line = _line(around, message)
        room -= units(line.as_kwargs()["text"]) + 1
        if room < 0:
            lines.append(Text("…"))
            break
        lines.append(line)
    return as_list(head, "", *reversed(lines)) if lines else head


def _said(case: Case, upto: int) -> list[Message]:
    """Not what belonged to an earlier ticket: its own card has that."""
    since = case.earlier.at if case.earlier else datetime.min.replace(tzinfo=UTC)
    return [each for each in case.messages if each.seq <= upto and each.at > since and not each.deleted]


def _line(around: Surroundings, message: Message) -> Text:
    ours = message.author.kind in (AuthorKind.BOT, AuthorKind.SYSTEM)
    speaker = AuthorKind.BOT if ours else message.author.kind
    who = "" if ours else message.author.name
    files = " ".join(f"[{each.kind}]" for each in message.attachments)
    said = shortened(f"{message.text} {files}".strip(), LINE_LIMIT)
    return Text(Bold(who or around.say_here(f"tg_author_{speaker}")), ": ", said)


def _head(around: Surroundings, case: Case) -> Iterator[Text]:
    conversation, ticket = case.conversation, case.ticket
    who = conversation.name or around.say_here("tg_customer")
    yield Bold(shortened(who, FIELD_LIMIT) + (f" @{conversation.username}" if conversation.username else ""))
    if ticket is not None:
        kind = around.say_here(f"tg_kind_{ticket.kind}")
        yield Text(f"#{ticket.number} · {skill_of(around, ticket)} · {kind}")
    goes_on = [conversation.continued.partition(":")[0]] if conversation.continued else []
    channels = " + ".join(around.say_here(f"tg_channel_{each}") for each in [conversation.channel, *goes_on])
    yield Text(f"{channels} · {_language(around, conversation.locale)} · {_local_time(around, case)}")
    if conversation.page:
        yield _field(around, "page", conversation.page)
    if ticket is not None:
        yield from _asked(around, ticket)
    if case.earlier is not None:
        yield _field(around, "earlier", _before(around, case))
    for operator, note in case.notes[-NOTES_SHOWN:]:
        yield Text("📝 ", Italic(_name(around, operator)), ": ", shortened(note, FIELD_LIMIT))


def _language(around: Surroundings, locale: str) -> str:
    """As it calls itself, where its phrases say."""
    return str(around.content().phrases.texts.get(locale, {}).get("language_name", locale))


def _asked(around: Surroundings, ticket: Ticket) -> Iterator[Text]:
    if ticket.kept is not None:
        yield Text(around.say_here("tg_card_kept"))
    if ticket.phone:
        yield _field(around, "phone", around.content().show_phone(ticket.phone))
    if ticket.promised:
        yield _field(around, "promised", _on_desk_clock(around, ticket.promised))
    if ticket.brief.why in WHY:
        yield _field(around, "why", _why(around, ticket))
    if ticket.brief.question:
        yield _field(around, "question", ticket.brief.question)
    for name, answer in ticket.brief.form.items():
        yield Text(Italic(shortened(name, FIELD_LIMIT)), ": ", shortened(answer, FIELD_LIMIT))


def _field(around: Surroundings, name: str, value: str) -> Text:
    return Text(Italic(around.say_here(f"tg_card_{name}")), ": ", shortened(value, FIELD_LIMIT))


def _before(around: Surroundings, case: Case) -> str:
    assert case.earlier is not None
    name = _name(around, case.earlier.operator or "")
    when = _on_desk_clock(around, case.earlier.at)
    return " · ".join(part for part in (f"#{case.earlier.ticket.number}", when, name) if part)


def _why(around: Surroundings, ticket: Ticket) -> str:
    """Why it came to a person, and what the bot took it for."""
    intent = around.content().intents.intents.get(ticket.brief.intent or "")
    why = around.say_here(f"tg_why_{ticket.brief.why}")
    return f"{why} ({titled(intent.title, around.desk.default_locale)})" if intent else why


def _name(around: Surroundings, operator: str) -> str:
    who = around.desk.operators.get(operator)
    return titled(who.name, around.desk.default_locale) if who else operator


def _on_desk_clock(around: Surroundings, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(around.desk.timezone)):%Y-%m-%d %H:%M}"


def _local_time(around: Surroundings, case: Case) -> str:
    zone = case.conversation.zone or around.desk.timezone
    try:
        return f"{around.clock().astimezone(ZoneInfo(zone)):%H:%M} {zone}"
    except (ZoneInfoNotFoundError, ValueError):
        return ""
